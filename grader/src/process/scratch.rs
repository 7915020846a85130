//! A folder for a check's temporary files.

use std::fs::{self, Permissions};
use std::io;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};

use nix::unistd::mkdtemp;

/// A folder that goes with all that is in it. A check that is killed removes nothing by itself.
///
/// It lies among the system's temporary files, not in the target folder: there every file system
/// has FIFOs and sockets, and the path of a socket has room for only 108 bytes. The supervisor owns
/// it, so that it goes even if the grader is killed.
#[derive(Debug)]
pub(crate) struct Scratch(PathBuf);

impl Scratch {
    /// A new one in this folder.
    ///
    /// # Errors
    /// When it cannot be made.
    pub(crate) fn new(temporary: &Path) -> io::Result<Self> {
        Ok(Self(mkdtemp(&temporary.join("check-XXXXXX"))?))
    }

    /// Where it is.
    pub(crate) fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        // What cannot be removed all the same is left to the system.
        let _ = remove(&self.0);
    }
}

/// Removes the folder, whatever a check made of it: folders that may not be read, and folders within
/// folders, deeper than paths are long and than there are descriptors to walk along.
fn remove(top: &Path) -> io::Result<()> {
    loop {
        open_up(top)?;
        let mut entries = fs::read_dir(top)?.peekable();
        if entries.peek().is_none() {
            return fs::remove_dir(top);
        }
        for entry in entries {
            let entry = entry?;
            if !entry.file_type()?.is_dir() {
                fs::remove_file(entry.path())?;
                continue;
            }
            // The folders in it come up to the top, to be next. No path grows that way.
            open_up(&entry.path())?;
            for inside in fs::read_dir(entry.path())? {
                let inside = inside?;
                if inside.file_type()?.is_dir() {
                    open_up(&inside.path())?;
                    // The name is one that nobody could take before; the folder there is empty.
                    fs::rename(inside.path(), mkdtemp(&top.join("lifted-XXXXXX"))?)?;
                } else {
                    fs::remove_file(inside.path())?;
                }
            }
            fs::remove_dir(entry.path())?;
        }
    }
}

fn open_up(folder: &Path) -> io::Result<()> {
    fs::set_permissions(folder, Permissions::from_mode(0o700))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn goes_with_what_is_in_it() {
        let temporary = tempfile::tempdir().unwrap();
        let [one, other] = [(); 2].map(|()| Scratch::new(temporary.path()).unwrap());
        assert_ne!(one.path(), other.path());
        fs::create_dir_all(one.path().join("a/b")).unwrap();
        drop((one, other));
        assert_eq!(fs::read_dir(temporary.path()).unwrap().count(), 0);
    }

    #[test]
    fn goes_however_deep_and_closed_it_is() {
        let temporary = tempfile::tempdir().unwrap();
        let scratch = Scratch::new(temporary.path()).unwrap();
        // Deeper than a path is long: each chain is made at the top, and hung below the next.
        let chain = "d/".repeat(1000);
        for _ in 0..4 {
            fs::create_dir_all(scratch.path().join("next").join(&chain)).unwrap();
            let deep = scratch.path().join("deep");
            if deep.exists() {
                fs::rename(&deep, scratch.path().join("next").join(&chain).join("deep")).unwrap();
            }
            fs::rename(scratch.path().join("next"), &deep).unwrap();
        }
        let closed = scratch.path().join("closed");
        fs::create_dir_all(closed.join("inside")).unwrap();
        fs::write(closed.join("inside/file"), "").unwrap();
        fs::set_permissions(&closed, Permissions::from_mode(0o0)).unwrap();
        drop(scratch);
        assert_eq!(fs::read_dir(temporary.path()).unwrap().count(), 0);
    }
}
