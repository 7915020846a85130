//! A submission as an archive: zip, tar, or tar packed with gzip. Nothing is ever written to disk.

use std::io::{self, Read};

use flate2::read::{DeflateDecoder, MultiGzDecoder};
use rawzip::{CompressionMethod, ZipArchive, ZipSliceArchive};

use super::basket::{Basket, Kind};
use super::{ENTRIES, PATH, place, tarball};

/// Offers what the archive holds; `false` if these bytes are no archive.
pub fn take(bytes: &[u8], basket: &mut Basket<'_>) -> bool {
    match bytes {
        [b'P', b'K', 3, 4, ..] => match ZipArchive::from_slice(bytes) {
            Ok(archive) => take_zip(&archive, basket),
            Err(_) => basket.refuse_all("the archive is damaged"),
        },
        [0x1f, 0x8b, ..] => tarball::take(MultiGzDecoder::new(bytes), basket),
        _ if bytes.get(257..262) == Some(b"ustar") => tarball::take(bytes, basket),
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
        if let Some(because) = untrusted(raw.as_bytes(), count) {
            return basket.refuse_all(because);
        }
        let Ok(path) = std::str::from_utf8(raw.as_bytes()) else { continue };
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

/// Why an entry of this name, after so many others, is nothing that honest people pack.
pub fn untrusted(path: &[u8], count: usize) -> Option<&'static str> {
    if path.len() > PATH {
        Some("the archive holds a path of more than 4096 bytes")
    } else if place::leads_out(path) {
        Some("the archive holds a path that leads out of it")
    } else if count >= ENTRIES {
        Some("the archive holds more than 20 000 entries")
    } else {
        None
    }
}

#[cfg(test)]
mod tests;
