//! A submission as an archive: zip, tar, or tar packed with gzip. Nothing is ever written to disk.

use std::io::{self, Read};

use flate2::read::{DeflateDecoder, MultiGzDecoder};
use rawzip::{CompressionMethod, ZipArchive, ZipSliceArchive};

use super::{Basket, ENTRIES, Kind, UNPACKED, place};

/// Offers what the archive holds; `false` if these bytes are no archive.
pub fn take(bytes: &[u8], basket: &mut Basket<'_>) -> bool {
    match bytes {
        [b'P', b'K', 3, 4, ..] => match ZipArchive::from_slice(bytes) {
            Ok(archive) => take_zip(&archive, basket),
            Err(_) => basket.refuse_all("the archive is damaged"),
        },
        [0x1f, 0x8b, ..] => take_tar(MultiGzDecoder::new(bytes), basket),
        _ if bytes.get(257..262) == Some(b"ustar") => take_tar(bytes, basket),
        _ => return false,
    }
    true
}

fn take_zip(archive: &ZipSliceArchive<&[u8]>, basket: &mut Basket<'_>) {
    let mut entries = archive.entries();
    for count in 0.. {
        let entry = match entries.next_entry() {
            Ok(Some(entry)) => entry,
            Ok(None) => return,
            Err(_) => return basket.refuse_all("the archive is damaged"),
        };
        let raw = entry.file_path();
        let Ok(path) = std::str::from_utf8(raw.as_bytes()) else { continue };
        if let Some(because) = untrusted(path, count) {
            return basket.refuse_all(because);
        }
        if entry.is_dir() {
            continue;
        }
        let kind = if entry.mode().is_symlink() { Kind::Link } else { Kind::File };
        let (wayfinder, method) = (entry.wayfinder(), entry.compression_method());
        basket.offer(path, kind, |limit| {
            let entry = archive.get_entry(wayfinder).map_err(io::Error::other)?;
            let mut bytes = Vec::new();
            // At most `limit` bytes are unpacked, however many there would be.
            match method {
                CompressionMethod::STORE => entry.data().take(limit).read_to_end(&mut bytes)?,
                CompressionMethod::DEFLATE => {
                    DeflateDecoder::new(entry.data()).take(limit).read_to_end(&mut bytes)?
                }
                _ => return Err(io::Error::other("it is packed in an unusual way")),
            };
            Ok(bytes)
        });
    }
}

/// Offers what a tar stream holds.
pub fn take_tar(stream: impl Read, basket: &mut Basket<'_>) {
    let mut archive = tar::Archive::new(stream.take(UNPACKED));
    let Ok(entries) = archive.entries() else {
        return basket.refuse_all("the archive is damaged");
    };
    for (count, entry) in entries.enumerate() {
        // A stream that is cut off at the limit ends in the middle of an entry.
        let Ok(mut entry) = entry else {
            return basket.refuse_all("the archive is damaged, or unpacks to more than 256 MiB");
        };
        let raw = entry.path_bytes().into_owned();
        let Ok(path) = std::str::from_utf8(&raw) else { continue };
        if let Some(because) = untrusted(path, count) {
            return basket.refuse_all(because);
        }
        let kind = match entry.header().entry_type() {
            kind if kind.is_file() || kind.is_contiguous() => Kind::File,
            kind if kind.is_symlink() || kind.is_hard_link() => Kind::Link,
            kind if kind.is_dir() || kind.is_pax_global_extensions() => continue,
            _ => Kind::Special,
        };
        basket.offer(path, kind, |limit| {
            let mut bytes = Vec::new();
            entry.by_ref().take(limit).read_to_end(&mut bytes)?;
            Ok(bytes)
        });
    }
}

fn untrusted(path: &str, count: usize) -> Option<&'static str> {
    if place::leads_out(path) {
        Some("the archive holds a path that leads out of it")
    } else if count >= ENTRIES {
        Some("the archive holds more than 20 000 entries")
    } else {
        None
    }
}
