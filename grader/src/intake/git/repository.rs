//! The answers in a repository, tree by tree. Only the trees that lead to answers are read.

use std::io;
use std::path::Path;

use super::objects::{self, Header, Objects};
use super::refs;
use crate::intake::basket::{Basket, Kind};
use crate::intake::place::{self, Form};
use crate::intake::{ENTRIES, FILE, beneath};

/// Why a repository gives no answers.
#[derive(Debug)]
pub enum Unread {
    /// What is wrong with it.
    Refused(String),
    /// There is nothing of that name, or no git: that is for whoever asked.
    Unknown(String),
}

/// Bytes that one tree may have: room for all entries that are looked at.
const TREE: u64 = 8 << 20;

/// Offers what a revision of the repository holds where answers lie. `tools` are git's program and
/// the skeleton that was made for the repository.
pub fn take(
    (path, revision): (&Path, &str),
    (git, skeleton): (&Path, &Path),
    basket: &mut Basket<'_>,
) -> Result<(), Unread> {
    let refused = |error: io::Error| Unread::Refused(format!("the repository: {error}"));
    let root = beneath::root(path).map_err(refused)?;
    if let Some(because) = objects::untrusted(&root) {
        return Err(Unread::Refused(format!("the repository: {because}")));
    }
    let unknown = || Unread::Unknown(format!("there is no revision `{revision}`"));
    let name = refs::resolve(&root, revision)
        .map_err(|because| Unread::Refused(format!("the repository: {because}")))?
        .ok_or_else(unknown)?;
    let is_sha256 = name.bytes().take_while(u8::is_ascii_hexdigit).count() > 40;
    let not_started = |error: io::Error| Unread::Unknown(format!("git: {error}"));
    let objects = Objects::open(git, skeleton, is_sha256).map_err(not_started)?;
    let mut walk = Walk { objects, basket, form: Form::Full, left: ENTRIES };
    let tree = walk.objects.header(&format!("{name}^{{tree}}")).map_err(refused)?;
    let tree = tree.ok_or_else(unknown)?;
    walk.tree(&tree, "").map_err(refused)?;
    // A whole checkout may have many a `src`: they are nobody's answers.
    if walk.basket.is_empty() {
        (walk.form, walk.left) = (Form::Short, ENTRIES);
        walk.tree(&tree, "").map_err(refused)?;
    }
    Ok(())
}

struct Walk<'a, 'b> {
    objects: Objects,
    basket: &'a mut Basket<'b>,
    /// How what is looked for is named.
    form: Form,
    left: usize,
}

impl Walk<'_, '_> {
    /// Offers what is in a tree. It goes no deeper than answers do.
    fn tree(&mut self, header: &Header, inside: &str) -> io::Result<()> {
        if header.kind != "tree" || header.size > TREE {
            return Err(io::Error::other(format!("`{inside}` is no tree of at most 8 MiB")));
        }
        let bytes = self.objects.content(header)?;
        let mut rest = &bytes[..];
        while !rest.is_empty() {
            let entry = Entry::take(&mut rest, header.id.len() / 2)
                .ok_or_else(|| io::Error::other(format!("the tree of `{inside}` is damaged")))?;
            self.left = self
                .left
                .checked_sub(1)
                .ok_or_else(|| io::Error::other("more than 20 000 files lie around the answers"))?;
            // What is not UTF-8 is the name of no module, but a reason to refuse one.
            let name = String::from_utf8_lossy(entry.name);
            if name.is_empty() || name.contains('/') || name == ".." || name == "." {
                return Err(io::Error::other(format!("`{inside}` holds an impossible name")));
            }
            let path =
                if inside.is_empty() { name.into_owned() } else { format!("{inside}/{name}") };
            self.entry(&entry, &path)?;
        }
        Ok(())
    }

    fn may_lead(&self, folder: &str) -> bool {
        place::may_lead(folder, self.form, self.basket.exercises)
    }

    fn entry(&mut self, entry: &Entry<'_>, path: &str) -> io::Result<()> {
        let kind = match entry.mode {
            b"40000" | b"040000" if !self.may_lead(path) => return Ok(()),
            b"40000" | b"040000" if place::is_too_deep(path) => {
                self.basket.refuse_at(path, place::TOO_DEEP);
                return Ok(());
            }
            b"40000" | b"040000" => {
                let header = self.objects.header(&entry.id)?;
                return self.tree(&header.ok_or_else(|| missing(path))?, path);
            }
            mode if mode.starts_with(b"100") => Kind::File,
            b"120000" => Kind::Link,
            _ => Kind::Special,
        };
        if place::find(path, self.basket.exercises).is_none_or(|place| place.form != self.form) {
            return Ok(());
        }
        let objects = &mut self.objects;
        self.basket.offer(path, kind, |_| {
            let header = objects.header(&entry.id)?.ok_or_else(|| missing(path))?;
            if header.kind != "blob" {
                return Err(missing(path));
            }
            if header.size > FILE {
                return Err(io::ErrorKind::FileTooLarge.into());
            }
            objects.content(&header)
        });
        Ok(())
    }
}

fn missing(path: &str) -> io::Error {
    io::Error::other(format!("the object of `{path}` is missing"))
}

/// An entry of a tree: `MODE NAME\0ID`, the last in bytes.
struct Entry<'a> {
    mode: &'a [u8],
    name: &'a [u8],
    id: String,
}

impl<'a> Entry<'a> {
    fn take(rest: &mut &'a [u8], length: usize) -> Option<Self> {
        let space = rest.iter().position(|&byte| byte == b' ')?;
        let (mode, after) = rest.split_at(space);
        let end = after.iter().position(|&byte| byte == 0)?;
        let (name, after) = after.split_at(end);
        let id = after.get(1..=length)?;
        *rest = &after[length + 1..];
        let id = id.iter().map(|byte| format!("{byte:02x}")).collect();
        Some(Self { mode, name: &name[1..], id })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        /// Whatever the bytes of a tree are, they are read to their end or given up.
        #[test]
        fn any_bytes_are_a_tree_or_none(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
            let mut rest = &bytes[..];
            let mut before = rest.len() + 1;
            while let Some(entry) = Entry::take(&mut rest, 20) {
                prop_assert!(rest.len() < before && entry.id.len() == 40);
                before = rest.len();
            }
        }

        /// A tree that was written is read again.
        #[test]
        fn entries_come_back(names in prop::collection::vec("[a-z ]{1,9}", 0..9)) {
            let mut bytes = Vec::new();
            for name in &names {
                bytes.extend_from_slice(format!("100644 {name}\0").as_bytes());
                bytes.extend_from_slice(&[7; 32]);
            }
            let mut rest = &bytes[..];
            let mut read = Vec::new();
            while let Some(entry) = Entry::take(&mut rest, 32) {
                prop_assert_eq!(&entry.id, &"07".repeat(32));
                read.push(String::from_utf8(entry.name.to_vec()).unwrap());
            }
            prop_assert!(rest.is_empty());
            prop_assert_eq!(read, names);
        }
    }
}
