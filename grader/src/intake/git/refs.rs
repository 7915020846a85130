//! What the name of a revision stands for, read from a repository's plain files.

use std::fs::File;
use std::io;

use crate::intake::beneath;

/// Bytes that one reference, and all that are packed together, may have.
const LOOSE: u64 = 1024;
const PACKED: u64 = 16 << 20;
/// References that may stand for one another: more are a circle.
const LONGEST: usize = 5;

/// Where git looks for a name, in its order.
const PLACES: [&str; 5] = ["", "refs/", "refs/tags/", "refs/heads/", "refs/remotes/"];

/// The object that a revision names, as git understands it: 40 or 64 hexadecimal digits, or fewer,
/// and any `~` and `^` behind them. `None`: there is no such revision.
///
/// # Errors
/// Why one of the files on the way is not to be trusted.
pub fn resolve(root: &File, revision: &str) -> Result<Option<String>, String> {
    let (name, ancestry) = revision.split_at(revision.find(['~', '^']).unwrap_or(revision.len()));
    if !ancestry.bytes().all(|byte| b"~^{}".contains(&byte) || byte.is_ascii_alphanumeric()) {
        return Ok(None);
    }
    let mut places = PLACES.iter().map(|place| follow(root, &format!("{place}{name}")));
    let object = match places.find_map(Result::transpose) {
        Some(found) => Some(found?),
        None => Some(name.to_owned()).filter(|name| is_object(name, 4..=64)),
    };
    Ok(object.map(|object| format!("{object}{ancestry}")))
}

/// The object that a reference leads to.
fn follow(root: &File, name: &str) -> Result<Option<String>, String> {
    let mut name = name.to_owned();
    for _ in 0..LONGEST {
        if !is_reference(&name) {
            return Ok(None);
        }
        let said = match loose(root, &name)? {
            Some(said) => said,
            None => return packed(root, &name),
        };
        match said.strip_prefix("ref:") {
            Some(other) => name = other.trim().to_owned(),
            None => return Ok(Some(said.trim().to_owned()).filter(|id| is_whole(id))),
        }
    }
    Err(format!("the reference {name} leads in a circle"))
}

fn loose(root: &File, name: &str) -> Result<Option<String>, String> {
    read(root, name, LOOSE)
}

fn packed(root: &File, name: &str) -> Result<Option<String>, String> {
    let all = read(root, "packed-refs", PACKED)?.unwrap_or_default();
    let named = |line: &&str| line.split_once(' ').is_some_and(|(_, own)| own == name);
    let found = all.lines().filter(|line| !line.starts_with(['#', '^'])).find(named);
    let id = found.and_then(|line| line.split_once(' ')).map(|(id, _)| id.to_owned());
    Ok(id.filter(|id| is_whole(id)))
}

/// A text file of a repository; `None` if it is not there.
fn read(root: &File, name: &str, limit: u64) -> Result<Option<String>, String> {
    match beneath::bytes(root, name, limit + 1) {
        Ok(bytes) if bytes.len() as u64 > limit => {
            Err(format!("{name} is larger than {limit} bytes"))
        }
        Ok(bytes) => Ok(String::from_utf8(bytes).ok()),
        Err(error) if is_not_there(&error) => Ok(None),
        Err(error) => Err(format!("{name} cannot be read, or is a link: {error}")),
    }
}

/// Nothing is there, or a folder is where a file is meant, or the other way about: a branch `a/b`
/// forbids a branch `a`.
fn is_not_there(error: &io::Error) -> bool {
    use io::ErrorKind::{IsADirectory, NotADirectory, NotFound};
    matches!(error.kind(), NotFound | IsADirectory | NotADirectory)
}

/// Whether this names a file below the repository that may be a reference: `HEAD`, or one in `refs/`.
fn is_reference(name: &str) -> bool {
    let is_plain = |part: &str| {
        !part.is_empty()
            && part.len() < 256
            && !part.starts_with('.')
            && !part.ends_with(".lock")
            && !part.contains(['\0', '\\', ':', ' ', '\n'])
    };
    let is_known = name.starts_with("refs/") || matches!(name, "HEAD" | "FETCH_HEAD" | "ORIG_HEAD");
    is_known && name.len() < 1024 && name.split('/').all(is_plain)
}

fn is_whole(id: &str) -> bool {
    is_object(id, 40..=40) || is_object(id, 64..=64)
}

fn is_object(id: &str, length: std::ops::RangeInclusive<usize>) -> bool {
    length.contains(&id.len())
        && id.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b))
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::os::unix::fs::symlink;

    use super::*;

    #[test]
    fn names_lead_to_objects_and_nowhere_else() {
        let home = tempfile::tempdir().unwrap();
        let write = |name: &str, text: &str| {
            let path = home.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        };
        let [a, b, c] = ["a", "b", "c"].map(|digit| digit.repeat(40));
        write("HEAD", "ref: refs/heads/main\n");
        write("config", &a);
        write("refs/heads/main", &format!("{a}\n"));
        write("refs/heads/deep/er", &b);
        write("refs/heads/round", "ref: refs/heads/about");
        write("refs/heads/about", "ref: refs/heads/round");
        write("refs/heads/out", "ref: ../../etc/passwd");
        write("refs/heads/nonsense", "hello");
        write(
            "packed-refs",
            &format!("# pack-refs\n{b} refs/heads/main\n{c} refs/tags/v1\n^{a}\n"),
        );
        symlink("/etc", home.path().join("refs/etc")).unwrap();
        symlink("main", home.path().join("refs/heads/link")).unwrap();
        let root = beneath::root(home.path()).unwrap();
        let of = |name: &str| resolve(&root, name);
        for (name, expected) in [
            ("HEAD", Some(a.clone())),
            ("main", Some(a.clone())),
            ("refs/heads/main~2^{commit}", Some(format!("{a}~2^{{commit}}"))),
            ("deep/er", Some(b)),
            ("v1", Some(c)),
            ("abcd", Some("abcd".into())),
            ("deep", None),
            ("out", None),
            ("nonsense", None),
            ("config", None),
            ("missing", None),
            ("", None),
            ("--help", None),
            ("main:exercises", None),
            ("main^{/text}", None),
            ("../config", None),
        ] {
            assert_eq!(of(name), Ok(expected), "{name}");
        }
        for name in ["round", "link", "refs/etc/passwd"] {
            assert!(of(name).is_err(), "{name}: {:?}", of(name));
        }
    }
}
