//! A submission as a folder.

use std::fs::{File, FileType};
use std::io::{self, Read as _};
use std::path::Path;

use nix::errno::Errno;

use super::basket::{Basket, Kind};
use super::{ENTRIES, beneath, place};

/// Offers what lies where answers lie. Links are offered as links and never followed.
///
/// # Errors
/// When the folder itself cannot be read.
pub fn take(path: &Path, basket: &mut Basket<'_>) -> io::Result<()> {
    let root = beneath::root(path)?;
    let mut left = ENTRIES;
    let mut any = false;
    for exercise in basket.exercises {
        let folder = format!("exercises/{exercise}");
        // A link anywhere on the way leads out of the submission.
        match way(&root, &["exercises", exercise, "src"]) {
            Way::Folder(src) => {
                any = true;
                basket.expect(&folder);
                walk(&src, &format!("{folder}/src"), &mut left, basket);
            }
            // Handed in, but empty: that is an answer too.
            Way::Missing { steps: 2 } => basket.expect(&folder),
            Way::Missing { .. } => {}
            Way::Barred(error) => {
                any = true;
                barred(&format!("{folder}/src"), &error, basket);
            }
        }
    }
    if basket.exercises.len() == 1 && !any {
        match way(&root, &["src"]) {
            Way::Folder(src) => walk(&src, "src", &mut left, basket),
            Way::Missing { .. } => offer(&root, "lib.rs", "lib.rs", None, basket),
            Way::Barred(error) => barred("src", &error, basket),
        }
    }
    Ok(())
}

/// Where some steps lead.
enum Way {
    Folder(File),
    /// After so many there is nothing more, or something that is no folder.
    Missing {
        steps: usize,
    },
    Barred(io::Error),
}

fn way(root: &File, steps: &[&str]) -> Way {
    let mut here = match root.try_clone() {
        Ok(root) => root,
        Err(error) => return Way::Barred(error),
    };
    for (taken, step) in steps.iter().enumerate() {
        here = match beneath::folder(&here, step) {
            Ok(next) => next,
            Err(error) if is(&error, Errno::ENOENT) || is(&error, Errno::ENOTDIR) => {
                return Way::Missing { steps: taken };
            }
            Err(error) => return Way::Barred(error),
        };
    }
    Way::Folder(here)
}

fn is(error: &io::Error, errno: Errno) -> bool {
    error.raw_os_error() == Some(errno as i32)
}

fn barred(path: &str, error: &io::Error, basket: &mut Basket<'_>) {
    if is(error, Errno::ELOOP) {
        basket.offer(&format!("{path}/lib.rs"), Kind::Link, |_| Ok(Vec::new()));
    } else {
        basket.refuse_at(path, &format!("it cannot be read: {error}"));
    }
}

/// Offers all that is in a folder, down to where no answer has anything.
fn walk(folder: &File, inside: &str, left: &mut usize, basket: &mut Basket<'_>) {
    if place::is_too_deep(inside) {
        return basket.refuse_at(inside, place::TOO_DEEP);
    }
    let entries = match beneath::entries(folder) {
        Ok(entries) => entries,
        Err(error) => return barred(inside, &error, basket),
    };
    for entry in entries {
        if *left == 0 {
            return basket.refuse_all("it holds more than 20 000 files");
        }
        *left -= 1;
        let Ok(entry) = entry else {
            return basket.refuse_at(inside, "it cannot be read to its end");
        };
        // Names that are not UTF-8 are not those of modules either; they get one that is refused.
        let name = entry.file_name().to_string_lossy().into_owned();
        let path = format!("{inside}/{name}");
        match entry.file_type() {
            // What git keeps there is nobody's answer.
            Ok(kind) if kind.is_dir() && name == ".git" => {}
            Ok(kind) if kind.is_dir() => match beneath::folder(folder, &name) {
                Ok(next) => walk(&next, &path, left, basket),
                Err(error) => barred(&path, &error, basket),
            },
            Ok(kind) => offer(folder, &name, &path, Some(kind), basket),
            Err(error) => barred(&path, &error, basket),
        }
    }
}

fn offer(folder: &File, name: &str, path: &str, kind: Option<FileType>, basket: &mut Basket<'_>) {
    let kind = match kind {
        Some(kind) if kind.is_symlink() => Kind::Link,
        Some(kind) if !kind.is_file() => Kind::Special,
        Some(_) => Kind::File,
        None => match beneath::file(folder, name) {
            Err(error) if is(&error, Errno::ENOENT) => return,
            Err(error) if is(&error, Errno::ELOOP) => Kind::Link,
            _ => Kind::File,
        },
    };
    basket.offer(path, kind, |limit| {
        let mut bytes = Vec::new();
        beneath::file(folder, name)?.take(limit).read_to_end(&mut bytes)?;
        Ok(bytes)
    });
}
