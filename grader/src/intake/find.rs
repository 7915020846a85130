//! What is meant by the path of a submission. Nothing in it is read.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::IntakeError;

/// What kind of thing a submission is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Kind {
    /// A folder with sources in it, whatever it looks like.
    Folder,
    /// A file: an archive, or nothing that is known.
    File,
    /// A repository, and what is asked for of it.
    Repository {
        /// A branch, a tag, an object, `HEAD`; `~` and `^` may follow.
        revision: String,
    },
    /// It is not to be read at all; why.
    Refused(String),
}

/// What is asked for of a repository if nothing is said.
const REVISION: &str = "HEAD";

/// Where the submission lies, and what it is.
pub fn find(named: &Path) -> Result<(PathBuf, Kind), IntakeError> {
    let Named { path, revision, is_explicit } = taken_apart(named);
    let unreadable = |error| IntakeError::Unreadable(path.clone(), error);
    let real = fs::canonicalize(&path).map_err(unreadable)?;
    let metadata = fs::metadata(&real).map_err(unreadable)?;
    let has_name = |name: &str| path.file_name().is_some_and(|own| own == name);
    if metadata.is_file() && has_name(".git") {
        return Ok((real, leads_elsewhere()));
    }
    if metadata.is_dir()
        && (is_explicit || path.extension().is_some_and(|e| e == "git") || has_name(".git"))
    {
        return repository(&path, real, revision, is_explicit || has_name(".git"));
    }
    if is_explicit {
        return Err(IntakeError::Git(path, "it is not a folder".into()));
    }
    if metadata.is_dir() {
        return Ok((real, Kind::Folder));
    }
    if metadata.is_file() { Ok((real, Kind::File)) } else { Err(IntakeError::Unknown(path)) }
}

/// A repository with or without a working tree around it. A folder that is named `DIR.git` and is
/// none is a folder.
fn repository(
    path: &Path,
    real: PathBuf,
    revision: String,
    must_be: bool,
) -> Result<(PathBuf, Kind), IntakeError> {
    let unreadable = |error: io::Error| IntakeError::Unreadable(path.to_owned(), error);
    for (named, real) in [(path.to_owned(), real.clone()), (path.join(".git"), real.join(".git"))] {
        let Ok(metadata) = fs::symlink_metadata(trimmed(&named)) else { continue };
        if metadata.is_file() {
            return Ok((real, leads_elsewhere()));
        }
        let inside =
            if metadata.is_symlink() { fs::canonicalize(&real).map_err(unreadable)? } else { real };
        if !is_repository(&inside) {
            continue;
        }
        if metadata.is_symlink() {
            let because = "the repository is a link: hand in the repository itself";
            return Ok((inside, Kind::Refused(because.into())));
        }
        return Ok((inside, Kind::Repository { revision }));
    }
    if must_be {
        let why = "there is no repository: no HEAD, no objects".to_owned();
        return Err(IntakeError::Git(path.to_owned(), why));
    }
    Ok((real, Kind::Folder))
}

/// Whether there is what every repository has. That it can be read is another matter.
fn is_repository(folder: &Path) -> bool {
    let is_there = |name: &str| fs::symlink_metadata(folder.join(name)).is_ok();
    is_there("HEAD") && is_there("objects")
}

fn leads_elsewhere() -> Kind {
    let because = "`.git` is a file that leads to a repository elsewhere: hand in that repository, \
                   or the folder without it";
    Kind::Refused(because.into())
}

/// Without a slash at the end, which would follow a link.
fn trimmed(path: &Path) -> PathBuf {
    path.components().collect()
}

/// What a path says by itself.
#[derive(Debug, PartialEq, Eq)]
struct Named {
    path: PathBuf,
    revision: String,
    /// It can only be a repository.
    is_explicit: bool,
}

fn taken_apart(named: &Path) -> Named {
    let plain = |path: &Path, is_explicit| Named {
        path: path.to_owned(),
        revision: REVISION.into(),
        is_explicit,
    };
    let Some(text) = named.to_str().filter(|_| !named.exists()) else {
        return plain(named, false);
    };
    let (text, is_address) = match text.strip_prefix("file://") {
        Some(path) => (path, true),
        None => (text, false),
    };
    // The names of folders and of revisions may hold a `#` as well.
    let is_there = |at: &usize| Path::new(&text[..*at]).exists();
    let hashes: Vec<usize> = text.match_indices('#').map(|(at, _)| at).collect();
    let split = if Path::new(text).exists() {
        None
    } else {
        hashes.iter().copied().find(is_there).or(hashes.first().copied())
    };
    match split {
        Some(at) => Named {
            path: PathBuf::from(&text[..at]),
            revision: text[at + 1..].to_owned(),
            is_explicit: true,
        },
        None => plain(Path::new(text), is_address),
    }
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::symlink;

    use super::*;

    #[test]
    fn a_repository_is_one_only_where_it_is_named_as_one() {
        let home = tempfile::tempdir().unwrap();
        let bare = |name: &str| {
            fs::create_dir_all(home.path().join(name).join("objects")).unwrap();
            fs::write(home.path().join(name).join("HEAD"), "ref: refs/heads/main").unwrap();
        };
        ["plain", "a.git", "work/.git", "x#y.git"].into_iter().for_each(bare);
        fs::create_dir(home.path().join("folder.git")).unwrap();
        fs::create_dir(home.path().join("tree")).unwrap();
        fs::write(home.path().join("tree/.git"), "gitdir: /elsewhere").unwrap();
        symlink("a.git", home.path().join("link.git")).unwrap();
        let of = |name: &str| find(Path::new(&format!("{}/{name}", home.path().display())));
        let head = || Kind::Repository { revision: "HEAD".into() };
        for (name, inside, expected) in [
            ("plain", "plain", Kind::Folder),
            ("work", "work", Kind::Folder),
            ("tree", "tree", Kind::Folder),
            ("folder.git", "folder.git", Kind::Folder),
            ("a.git", "a.git", head()),
            ("x#y.git", "x#y.git", head()),
            ("work/.git", "work/.git", head()),
            ("work/.git/", "work/.git", head()),
            ("plain#v1#2", "plain", Kind::Repository { revision: "v1#2".into() }),
            ("x#y.git#v1", "x#y.git", Kind::Repository { revision: "v1".into() }),
            ("work#main~1", "work/.git", Kind::Repository { revision: "main~1".into() }),
        ] {
            let (path, kind) = of(name).unwrap();
            assert_eq!((path, kind), (home.path().join(inside), expected), "{name}");
        }
        let address = format!("file://{}/plain", home.path().display());
        assert_eq!(find(Path::new(&address)).unwrap().1, head());
        for name in ["tree/.git", "tree#main", "link.git", "link.git/"] {
            assert!(matches!(of(name), Ok((_, Kind::Refused(_)))), "{name}: {:?}", of(name));
        }
        assert!(matches!(of("folder.git#main"), Err(IntakeError::Git(..))));
        assert!(matches!(of("missing"), Err(IntakeError::Unreadable(..))));
    }
}
