//! A submission as a folder.

use std::fs::{self, DirEntry, File, FileType, OpenOptions};
use std::io::{self, Read as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::Path;

use nix::fcntl::OFlag;

use super::{Basket, ENTRIES, Kind};

/// Offers what lies where answers lie. Links are offered as links and never followed.
pub fn take(root: &Path, basket: &mut Basket<'_>) {
    let mut left = ENTRIES;
    let folders: Vec<String> =
        basket.exercises.iter().map(|exercise| format!("exercises/{}", exercise.folder)).collect();
    let alone = basket.exercises.len() == 1;
    let mut any = false;
    for folder in &folders {
        // A link anywhere on the way leads out of the submission.
        let steps = ["exercises".to_owned(), folder.clone(), format!("{folder}/src")];
        match steps.iter().find_map(|step| Some((step, link_or_missing(&root.join(step))?))) {
            // Handed in, but empty: that is an answer too.
            Some((step, Missing::Gone)) if step.ends_with("/src") => basket.expect(folder),
            Some((_, Missing::Gone)) => {}
            Some((_, Missing::Link)) => {
                any = true;
                basket.offer(&format!("{folder}/src/lib.rs"), Kind::Link, |_| Ok(Vec::new()));
            }
            None => {
                any = true;
                basket.expect(folder);
                walk(root, &format!("{folder}/src"), &mut left, basket);
            }
        }
    }
    if alone && !any {
        match link_or_missing(&root.join("src")) {
            None => walk(root, "src", &mut left, basket),
            Some(Missing::Link) => basket.offer("src/lib.rs", Kind::Link, |_| Ok(Vec::new())),
            Some(Missing::Gone) => offer(root, "lib.rs", basket),
        }
    }
}

enum Missing {
    Gone,
    Link,
}

fn link_or_missing(path: &Path) -> Option<Missing> {
    match fs::symlink_metadata(path) {
        Err(_) => Some(Missing::Gone),
        Ok(metadata) if metadata.is_symlink() => Some(Missing::Link),
        Ok(metadata) if metadata.is_dir() => None,
        Ok(_) => Some(Missing::Gone),
    }
}

fn walk(root: &Path, inside: &str, left: &mut usize, basket: &mut Basket<'_>) {
    let entries = fs::read_dir(root.join(inside)).into_iter().flatten().flatten();
    for entry in entries {
        if *left == 0 {
            return basket.refuse_all("it holds more than 20 000 files");
        }
        *left -= 1;
        let path = format!("{inside}/{}", name(&entry));
        match entry.file_type() {
            Ok(kind) if kind.is_dir() => walk(root, &path, left, basket),
            Ok(_) => offer(root, &path, basket),
            Err(_) => {}
        }
    }
}

/// Names that are not UTF-8 are not those of modules either; they get one that is refused.
fn name(entry: &DirEntry) -> String {
    entry.file_name().to_string_lossy().into_owned()
}

fn offer(root: &Path, path: &str, basket: &mut Basket<'_>) {
    let Ok(metadata) = fs::symlink_metadata(root.join(path)) else { return };
    basket.offer(path, kind(metadata.file_type()), |limit| {
        let mut bytes = Vec::new();
        open(&root.join(path))?.take(limit).read_to_end(&mut bytes)?;
        Ok(bytes)
    });
}

fn kind(kind: FileType) -> Kind {
    if kind.is_file() {
        Kind::File
    } else if kind.is_symlink() {
        Kind::Link
    } else {
        Kind::Special
    }
}

/// Opens a regular file. It may have been replaced since it was looked at, so neither a link nor a
/// pipe must be able to fool this.
fn open(path: &Path) -> io::Result<File> {
    let flags = OFlag::O_NOFOLLOW | OFlag::O_NONBLOCK;
    let file = OpenOptions::new().read(true).custom_flags(flags.bits()).open(path)?;
    if file.metadata()?.is_file() {
        Ok(file)
    } else {
        Err(io::Error::other("it is not a regular file"))
    }
}
