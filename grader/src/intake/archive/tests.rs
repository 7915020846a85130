//! Archives of all kinds, whole and broken.

use std::io::Write as _;

use flate2::{Compression, write::GzEncoder};
use proptest::prelude::*;
use tar::{Builder, EntryType, Header};

use super::*;
use crate::answer::Answer;

const LIB: &str = "exercises/02-race-fix/src/lib.rs";

/// What is taken of these bytes; `None`: they are no archive.
fn taken(bytes: &[u8]) -> Option<Vec<Answer>> {
    let exercises = ["02-race-fix".to_owned()];
    let mut basket = Basket::new(&exercises);
    take(bytes, &mut basket).then(|| basket.answers())
}

fn refused(bytes: &[u8]) -> String {
    let answers = taken(bytes).expect("it is an archive");
    answers[0].refused.iter().map(|refusal| &*refusal.because).collect::<Vec<_>>().join("; ")
}

fn header(kind: EntryType, size: u64) -> Header {
    let mut header = Header::new_gnu();
    header.set_entry_type(kind);
    header.set_size(size);
    header.set_mode(0o644);
    header
}

/// A tar archive of entries of a type, a name and a content.
fn tarball(entries: &[(EntryType, &str, &[u8])]) -> Vec<u8> {
    let mut builder = Builder::new(Vec::new());
    for (kind, name, content) in entries {
        let mut header = header(*kind, content.len() as u64);
        builder.append_data(&mut header, name, *content).unwrap();
    }
    builder.into_inner().unwrap()
}

fn packed(bytes: &[u8]) -> Vec<u8> {
    let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
    packed.write_all(bytes).unwrap();
    packed.finish().unwrap()
}

#[test]
fn names_that_come_before_an_entry_are_its_names() {
    let long = format!("{}/{LIB}", "a".repeat(120));
    let gnu = tarball(&[(EntryType::Regular, &long, b"// 1")]);
    let record = format!("{LIB}\n");
    let record = format!("{} path={record}", record.len() + "00 path=".len());
    let pax = tarball(&[
        (EntryType::XGlobalHeader, "g", b"11 other=1\n"),
        (EntryType::XHeader, "x", record.as_bytes()),
        (EntryType::Regular, "short", b"// 1"),
    ]);
    for bytes in [gnu, pax] {
        let answers = taken(&packed(&bytes)).unwrap();
        assert_eq!(answers[0].files[0].bytes, b"// 1", "{answers:?}");
    }
}

#[test]
fn what_comes_before_an_entry_may_not_be_large() {
    let zeros = vec![0; 2 << 20];
    let size = b"10 size=1\n";
    let sparse = b"22 GNU.sparse.major=1\n";
    let long = [&b"a"[..]; 5000].concat();
    for (kind, content, reason) in [
        (EntryType::GNULongName, &zeros[..], "more than 1 MiB"),
        (EntryType::XHeader, &zeros[..], "more than 1 MiB"),
        (EntryType::XHeader, size, "damaged"),
        (EntryType::XHeader, b"no extension", "damaged"),
        (EntryType::XHeader, sparse, "sparse"),
        (EntryType::GNULongName, &long, "4096 bytes"),
        (EntryType::GNUSparse, b"", "sparse"),
    ] {
        let bytes = tarball(&[(kind, "ahead", content), (EntryType::Regular, LIB, b"//")]);
        assert!(refused(&bytes).contains(reason), "{reason}: {}", refused(&bytes));
    }
    // A header may claim what it likes.
    let mut bytes = tarball(&[(EntryType::Regular, LIB, b"//")]);
    let mut claim = header(EntryType::GNULongName, u64::MAX / 2);
    claim.set_cksum();
    bytes.splice(0..0, claim.as_bytes().iter().copied());
    assert!(refused(&bytes).contains("more than 1 MiB"), "{}", refused(&bytes));
}

#[test]
fn entries_are_counted() {
    let mut builder = Builder::new(Vec::new());
    for number in 0..=ENTRIES {
        let mut header = header(EntryType::Regular, 0);
        builder.append_data(&mut header, format!("{number}"), &b""[..]).unwrap();
    }
    let bytes = builder.into_inner().unwrap();
    assert!(refused(&packed(&bytes)).contains("20 000 entries"));
}

#[test]
fn an_answer_is_no_more_than_a_mebibyte() {
    let names: Vec<String> = (0..5).map(|i| format!("exercises/02-race-fix/src/a{i}.rs")).collect();
    let blank = vec![b' '; 220 * 1024];
    let entries: Vec<_> =
        names.iter().map(|name| (EntryType::Regular, &**name, &blank[..])).collect();
    assert!(refused(&tarball(&entries)).contains("1 MiB together"));
    assert_eq!(taken(&tarball(&entries[1..])).unwrap()[0].files.len(), 4);
}

/// As `zip` packs one file without compression.
const ZIP: &[u8] = include_bytes!("tests/one.zip");

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    /// Bytes are read to their end or refused, whatever they are.
    #[test]
    fn any_bytes_are_read(kind in 0..3, bytes in prop::collection::vec(any::<u8>(), 0..2000)) {
        let begin: &[u8] = [&b"PK\x03\x04"[..], b"\x1f\x8b\x08\x00", b""][kind as usize];
        taken(&[begin, &bytes].concat());
    }

    /// An archive that is damaged anywhere is read or refused.
    #[test]
    fn damaged_archives_are_read(
        kind in 0..3,
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..9),
        cut in any::<Option<prop::sample::Index>>(),
    ) {
        let plain = tarball(&[
            (EntryType::Regular, "README.md", &[b'x'; 600]),
            (EntryType::Regular, &format!("{}/{LIB}", "a".repeat(120)), b"// 1"),
        ]);
        let mut bytes = match kind {
            0 => ZIP.to_owned(),
            1 => packed(&plain),
            _ => plain,
        };
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        if let Some(cut) = cut {
            bytes.truncate(cut.index(bytes.len()));
        }
        for answer in taken(&bytes).unwrap_or_default() {
            prop_assert!(answer.files.is_empty() || answer.refused.is_empty());
        }
    }
}
