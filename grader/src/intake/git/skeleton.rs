//! A repository of our own, through which git sees the objects of another and nothing else of it.

use std::fs;
use std::io;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};

use nix::unistd::mkdtemp;

/// A folder that goes with this value:
///
/// ```text
/// sha1/ sha256/    for git to work in: HEAD, config, refs/, objects/
/// objects/         links to the submission's packs, and to the 256 folders of its other objects
/// ```
///
/// So there are no `objects/info/alternates`, no `commondir`, no `shallow`: git looks for them here.
#[derive(Debug)]
pub struct Skeleton(PathBuf);

/// Git holds no more of a pack in memory than this, and believes no index but that of a pack.
const CONFIG: &str = "\tbare = true
\tpackedGitWindowSize = 8m
\tpackedGitLimit = 64m
\tdeltaBaseCacheLimit = 16m
\tbigFileThreshold = 1m
\tmultiPackIndex = false
\tcommitGraph = false
\tmaxTreeDepth = 64
";

impl Skeleton {
    /// Makes one for this repository, of which nothing is read.
    ///
    /// # Errors
    /// When there is no room for temporary files.
    pub fn around(repository: &Path) -> io::Result<Self> {
        let skeleton = Self(mkdtemp(&std::env::temp_dir().join("intake-XXXXXX"))?);
        for (name, settings) in [
            ("sha1", "[core]\n\trepositoryFormatVersion = 0\n"),
            (
                "sha256",
                "[extensions]\n\tobjectFormat = sha256\n[core]\n\trepositoryFormatVersion = 1\n",
            ),
        ] {
            let folder = skeleton.0.join(name);
            fs::create_dir_all(folder.join("refs"))?;
            fs::create_dir_all(folder.join("objects"))?;
            fs::write(folder.join("HEAD"), "ref: refs/heads/none\n")?;
            fs::write(folder.join("config"), format!("{settings}{CONFIG}"))?;
        }
        let (theirs, ours) = (repository.join("objects"), skeleton.0.join("objects"));
        fs::create_dir(&ours)?;
        symlink(theirs.join("pack"), ours.join("pack"))?;
        for byte in 0..=u8::MAX {
            let name = format!("{byte:02x}");
            symlink(theirs.join(&name), ours.join(&name))?;
        }
        Ok(skeleton)
    }

    /// Where it lies.
    pub fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Skeleton {
    fn drop(&mut self) {
        // What cannot be removed is left to the system.
        let _ = fs::remove_dir_all(&self.0);
    }
}
