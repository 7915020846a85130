//! Submissions as folders, archives and repositories: honest ones are read alike, hostile ones are
//! refused with a reason, and nothing of them is written anywhere.

use std::fs;
use std::io::{self, Write as _};
use std::os::unix::fs::symlink;
use std::path::Path;
use std::process::Command;

use course_tests::{grader, root};
use grader::answer::Answer;
use grader::apart::Reader;
use grader::course::{Course, Exercise};
use grader::intake::{self, IntakeError, Submission};
use tempfile::TempDir;

mod hostile;
mod repositories;

const LIB: &str = "exercises/02-race-fix/src/lib.rs";

/// What intake makes of a path, when this exercise and the next are asked for.
fn take(path: &Path) -> Result<Vec<Answer>, IntakeError> {
    let course = Course::load(root()).expect("the course is well-formed");
    let exercises: Vec<&Exercise> = course.exercises.iter().take(2).collect();
    take_for(path, &exercises)
}

fn take_for(path: &Path, exercises: &[&Exercise]) -> Result<Vec<Answer>, IntakeError> {
    let reader = Reader { program: grader().to_owned(), sandbox: None };
    intake::take(&Submission::find(path)?, exercises, &reader)
}

/// The reasons for which the first exercise's answer is refused.
fn refused(path: &Path) -> String {
    let answers = take(path).expect("it can be read");
    let reasons = answers[0].refused.iter().map(|refusal| refusal.because.as_str());
    assert!(answers[0].files.is_empty() || answers[0].refused.is_empty(), "all or nothing");
    reasons.collect::<Vec<_>>().join("; ")
}

/// A folder with a right answer, and whatever `more` does to it.
fn folder(more: impl FnOnce(&Path)) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let lib = folder.path().join(LIB);
    fs::create_dir_all(lib.parent().unwrap()).unwrap();
    fs::copy(root().join("solutions/02-race-fix/lib.rs"), lib).unwrap();
    more(folder.path());
    folder
}

fn write(folder: &Path, path: &str, bytes: &[u8]) {
    let path = folder.join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, bytes).unwrap();
}

fn run(folder: &Path, program: &str, arguments: &[&str]) {
    let status = Command::new(program).args(arguments).current_dir(folder).status();
    assert!(status.is_ok_and(|status| status.success()), "{program} {arguments:?}");
}

#[test]
fn a_folder_an_archive_and_a_repository_are_read_alike() {
    let folder = folder(|folder| {
        write(folder, "exercises/02-race-fix/src/deep/er.rs", b"//! Nothing.\n");
        write(folder, "exercises/02-race-fix/Cargo.toml", b"not even TOML");
        write(folder, "exercises/02-race-fix/src/notes.txt", b"\xff");
    });
    let path = folder.path();
    let expected = take(path).unwrap();
    assert_eq!(expected.len(), 1);
    assert_eq!(expected[0].files.len(), 2, "{:?}", expected[0]);
    run(path, "tar", &["-czf", "a.tar.gz", "exercises"]);
    run(path, "tar", &["-cf", "a.tar", "./exercises"]);
    run(path, "zip", &["-qr", "a.zip", "exercises"]);
    run(path, "zip", &["-q0r", "stored.zip", "exercises"]);
    for archive in ["a.tar.gz", "a.tar", "a.zip", "stored.zip"] {
        assert_eq!(take(&path.join(archive)).unwrap(), expected, "{archive}");
    }
    repositories::init(path);
    run(path, "git", &["clone", "-q", "--bare", ".", "a.git"]);
    for repository in ["a.git", ".git", "a.git#HEAD", "a.git#main", ".git#main^{tree}", ".#HEAD~0"]
    {
        assert_eq!(take(&path.join(repository)).unwrap(), expected, "{repository}");
    }
    // With a repository in it, a folder is a folder still.
    assert_eq!(take(path).unwrap(), expected);
    let address = format!("file://{}#HEAD", path.join("a.git").display());
    assert_eq!(take(Path::new(&address)).unwrap(), expected);
}

/// In a whole checkout `src/` is not only the exercise's; alone, it is.
#[test]
fn short_names_count_only_where_there_are_no_others() {
    let course = Course::load(root()).expect("the course is well-formed");
    let exercise = [course.exercises.iter().find(|e| e.number == 2).expect("there is one")];
    let folder = folder(|folder| {
        (0..70).for_each(|i| write(folder, &format!("grader/src/a{i}.rs"), b""));
        write(folder, "src/lib.rs", b"// another one");
        run(folder, "tar", &["-cf", "checkout.tar", "grader", "src", "exercises"]);
        run(folder, "tar", &["-cf", "short.tar", "src"]);
    });
    let take = |name: &str| take_for(&folder.path().join(name), &exercise).unwrap();
    run(folder.path(), "tar", &["-xf", "short.tar", "--one-top-level=short"]);
    for (name, all) in [(".", "."), ("short", "src")] {
        repositories::init_with(&folder.path().join(name), all);
    }
    for name in ["checkout.tar", ".git"] {
        let answers = take(name);
        assert_eq!((answers.len(), answers[0].refused.as_slice()), (1, &[][..]), "{name}");
        assert_eq!(answers[0].files[0].bytes, fs::read(folder.path().join(LIB)).unwrap());
    }
    for name in ["short.tar", "short/.git"] {
        assert_eq!(take(name)[0].files[0].bytes, b"// another one", "{name}");
    }
}

#[test]
fn what_is_not_a_small_regular_text_file_is_refused() {
    let src = "exercises/02-race-fix/src";
    let lib = LIB;
    let cases: Vec<(&str, TempDir)> = vec![
        ("is a link", folder(|f| symlink("/etc/passwd", f.join(src).join("a.rs")).unwrap())),
        ("is a link", {
            folder(|f| {
                fs::remove_dir_all(f.join(src)).unwrap();
                symlink("/etc", f.join(src)).unwrap();
            })
        }),
        ("not a regular file", folder(|f| run(f, "mkfifo", &[&format!("{src}/a.rs")]))),
        ("not UTF-8", folder(|f| write(f, lib, b"// \xff"))),
        ("U+0000", folder(|f| write(f, lib, b"// \0"))),
        ("U+202E", folder(|f| write(f, lib, "// \u{202e}".as_bytes()))),
        ("256 KiB", folder(|f| write(f, lib, &vec![b' '; 300 * 1024]))),
        ("64 files", {
            folder(|f| (0..70).for_each(|i| write(f, &format!("{src}/a{i}.rs"), b"")))
        }),
        ("would make a program", folder(|f| write(f, &format!("{src}/bin/guard.rs"), b""))),
        ("would make a program", folder(|f| write(f, &format!("{src}/main.rs"), b""))),
        ("1 MiB together", {
            folder(|f| (0..5).for_each(|i| write(f, &format!("{src}/a{i}.rs"), &[b' '; 250_000])))
        }),
        ("100 bytes", folder(|f| write(f, &format!("{src}/{}.rs", "a".repeat(101)), b""))),
        ("not one that a module", folder(|f| write(f, &format!("{src}/a b.rs"), b""))),
        ("6 levels", folder(|f| write(f, &format!("{src}/a/b/c/d/e/f/g.rs"), b""))),
        ("6 levels", folder(|f| write(f, &format!("{src}{}/g.rs", "/a".repeat(1500)), b""))),
        ("20 000 files", {
            folder(|f| (0..=20_000).for_each(|i| write(f, &format!("{src}/{i}"), b"")))
        }),
    ];
    for (reason, folder) in &cases {
        let because = refused(folder.path());
        assert!(because.contains(reason), "{reason}: {because}");
    }
}

/// A tar archive of entries that tar itself would not make.
fn tar(entries: &[(&str, tar::EntryType, &[u8])]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let mut bytes = Vec::new();
    for (path, kind, content) in entries {
        let mut header = tar::Header::new_ustar();
        header.as_mut_bytes()[..path.len()].copy_from_slice(path.as_bytes());
        header.set_entry_type(*kind);
        header.set_size(content.len() as u64);
        header.set_mode(0o644);
        header.set_cksum();
        bytes.extend_from_slice(header.as_bytes());
        bytes.extend_from_slice(content);
        bytes.resize(bytes.len().next_multiple_of(512), 0);
    }
    bytes.resize(bytes.len() + 1024, 0);
    fs::write(folder.path().join("a.tar"), bytes).unwrap();
    folder
}

#[test]
fn hostile_archives_are_refused_as_a_whole_or_by_entry() {
    use tar::EntryType;
    let file = EntryType::Regular;
    for (reason, archive) in [
        ("leads out", tar(&[(LIB, file, b"//"), ("../../evil.rs", file, b"")])),
        ("leads out", tar(&[(LIB, file, b"//"), ("/etc/evil.rs", file, b"")])),
        ("is a link", tar(&[(LIB, EntryType::Symlink, b"")])),
        ("is a link", tar(&[(LIB, EntryType::Link, b"")])),
        ("not a regular file", tar(&[(LIB, EntryType::Char, b"")])),
        ("not a regular file", tar(&[(LIB, EntryType::Fifo, b"")])),
        ("is there twice", tar(&[(LIB, file, b"//"), (LIB, file, b"///")])),
    ] {
        let because = refused(&archive.path().join("a.tar"));
        assert!(because.contains(reason), "{reason}: {because}");
    }
}

/// 42 kilobytes that would be 40 megabytes are read as far as a source file may go.
#[test]
fn bombs_are_not_unpacked() {
    let bomb = folder(|folder| {
        write(folder, LIB, &vec![b' '; 40 << 20]);
        run(folder, "zip", &["-q9r", "a.zip", "exercises"]);
        run(folder, "tar", &["-czf", "a.tar.gz", "exercises"]);
    });
    for archive in ["a.zip", "a.tar.gz"] {
        let because = refused(&bomb.path().join(archive));
        assert!(because.contains("256 KiB"), "{archive}: {because}");
    }
    // Zeros that nobody asked for, in front of the answer: 300 MiB of them.
    let flood = tempfile::tempdir().unwrap();
    let path = flood.path().join("a.tar.gz");
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    let mut header = tar::Header::new_ustar();
    header.set_path("zeros").unwrap();
    header.set_size(300 << 20);
    header.set_cksum();
    packed.write_all(header.as_bytes()).unwrap();
    io::copy(&mut io::Read::take(io::repeat(0), 300 << 20), &mut packed).unwrap();
    fs::write(&path, packed.finish().unwrap()).unwrap();
    assert!(refused(&path).contains("256 MiB"), "{}", refused(&path));
}

#[test]
fn what_is_no_submission_is_told_apart() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "a.txt", b"hello");
    write(folder.path(), "a.zip", b"PK\x03\x04 and no more");
    let of = |name: &str| take(&folder.path().join(name));
    assert!(matches!(of("missing"), Err(IntakeError::Unreadable(..))));
    assert!(matches!(of("a.txt"), Err(IntakeError::Unknown(_))));
    assert!(matches!(of("."), Err(IntakeError::Empty(_))));
    assert_eq!(of("a.zip").unwrap()[0].refused[0].because, "the archive is damaged");
}
