//! A submission as a tar stream.
//!
//! Names that do not fit into a header come before it as contents of their own, which may claim any
//! size. They are read here and not by the library, which would hold all of them in memory.

use std::io::Read;

use tar::{Archive, Entry, EntryType, PaxExtensions};

use super::UNPACKED;
use super::archive::untrusted;
use super::basket::{Basket, Kind};

/// Bytes that may be said of one entry before it: its name, its owner, attributes of the system that
/// packed it.
const SAID: u64 = 1 << 20;

const DAMAGED: &str = "the archive is damaged, or unpacks to more than 256 MiB";
const SPARSE: &str = "the archive holds a sparse file: pack it without --sparse";

/// Offers what a tar stream holds.
pub fn take(stream: impl Read, basket: &mut Basket<'_>) {
    if let Err(because) = offer_all(stream, basket) {
        basket.refuse_all(because);
    }
}

fn offer_all(stream: impl Read, basket: &mut Basket<'_>) -> Result<(), &'static str> {
    let mut archive = Archive::new(stream.take(UNPACKED));
    let mut ahead = Ahead::default();
    let mut count = 0;
    for entry in archive.entries().map_err(|_| DAMAGED)?.raw(true) {
        // A stream that is cut off at the limit ends in the middle of an entry.
        let mut entry = entry.map_err(|_| DAMAGED)?;
        let kind = entry.header().entry_type();
        if ahead.hears(kind, &mut entry)? {
            continue;
        }
        let raw = match std::mem::take(&mut ahead.name) {
            Some(name) => name,
            None => entry.path_bytes().into_owned(),
        };
        if let Some(because) = untrusted(&raw, count) {
            return Err(because);
        }
        count += 1;
        let Ok(path) = std::str::from_utf8(&raw) else { continue };
        let kind = match kind {
            kind if kind.is_gnu_sparse() => return Err(SPARSE),
            kind if kind.is_file() || kind.is_contiguous() => Kind::File,
            kind if kind.is_symlink() || kind.is_hard_link() => Kind::Link,
            kind if kind.is_dir() => continue,
            _ => Kind::Special,
        };
        basket.offer(path, kind, |limit| {
            let mut bytes = Vec::new();
            entry.by_ref().take(limit).read_to_end(&mut bytes)?;
            Ok(bytes)
        });
    }
    Ok(())
}

/// What was said of the next entry.
#[derive(Default)]
struct Ahead {
    name: Option<Vec<u8>>,
}

impl Ahead {
    /// Takes note of an entry that says something of the next; `false` if it is none of these.
    fn hears(
        &mut self,
        kind: EntryType,
        entry: &mut Entry<'_, impl Read>,
    ) -> Result<bool, &'static str> {
        if kind.is_gnu_longname() {
            let mut name = content(entry)?;
            let end = name.iter().position(|&byte| byte == 0).unwrap_or(name.len());
            name.truncate(end);
            self.name = Some(name);
        } else if kind.is_pax_local_extensions() {
            self.understand(&content(entry)?)?;
        } else {
            return Ok(kind.is_gnu_longlink() || kind.is_pax_global_extensions());
        }
        Ok(true)
    }

    fn understand(&mut self, said: &[u8]) -> Result<(), &'static str> {
        for extension in PaxExtensions::new(said) {
            let extension = extension.map_err(|_| DAMAGED)?;
            match extension.key_bytes() {
                b"path" => self.name = Some(extension.value_bytes().to_vec()),
                // Another size than in the header: for files of more than 8 GiB, and for tricks.
                b"size" => return Err(DAMAGED),
                key if key.starts_with(b"GNU.sparse.") => return Err(SPARSE),
                _ => {}
            }
        }
        Ok(())
    }
}

/// What an entry holds, if it is not too long to be said of another one.
fn content(entry: &mut Entry<'_, impl Read>) -> Result<Vec<u8>, &'static str> {
    if entry.size() > SAID {
        return Err("the archive says more than 1 MiB of one of its entries");
    }
    let mut bytes = Vec::new();
    entry.read_to_end(&mut bytes).map_err(|_| DAMAGED)?;
    Ok(bytes)
}
