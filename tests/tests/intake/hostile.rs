//! Repositories that are made to lead out of themselves, or to have no end.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use course_tests::{grade, root};
use grader::apart::Reader;
use grader::course::Course;
use grader::intake::{self, Submission};
use tempfile::TempDir;

use super::repositories::{bare, init, right, said, source};
use super::{folder, refused, run, write};

#[test]
fn what_leads_out_of_a_repository_is_refused() {
    let elsewhere = folder(init);
    let theirs = elsewhere.path().join(".git");
    let to = |target: PathBuf, link: PathBuf| {
        let _ = fs::remove_dir_all(&link);
        let _ = fs::remove_file(&link);
        symlink(target, link).unwrap();
    };
    let loan = format!("{}/objects\n", theirs.display());
    let cases: Vec<(&str, (TempDir, PathBuf))> = vec![
        ("borrows", bare(|r| write(r, "objects/info/alternates", loan.as_bytes()))),
        ("borrows", bare(|r| write(r, "objects/info/http-alternates", b"http://example.org\n"))),
        ("borrows", bare(|r| to("/dev/null".into(), r.join("objects/info/alternates")))),
        ("objects is not a folder", bare(|r| to(theirs.join("objects"), r.join("objects")))),
        ("objects/pack is not a folder", {
            bare(|r| to(theirs.join("objects/pack"), r.join("objects/pack")))
        }),
        ("objects/aa is not a folder", {
            bare(|r| to(theirs.join("objects"), r.join("objects/aa")))
        }),
        ("a.pack is not a regular file", {
            bare(|r| to("/etc/passwd".into(), r.join("objects/pack/a.pack")))
        }),
        ("b is not a regular file", {
            bare(|r| {
                fs::create_dir_all(r.join("objects/aa")).unwrap();
                run(r, "mkfifo", &["objects/aa/b"]);
            })
        }),
        ("HEAD cannot be read, or is a link", bare(|r| to(theirs.join("HEAD"), r.join("HEAD")))),
        ("refs/heads/main cannot be read, or is a link", {
            bare(|r| to("/etc/passwd".into(), r.join("refs/heads/main")))
        }),
        ("cannot be read, or is a link", bare(|r| to(theirs.join("refs"), r.join("refs")))),
        ("packed-refs cannot be read", {
            bare(|r| {
                let _ = fs::remove_file(r.join("packed-refs"));
                let _ = fs::remove_file(r.join("refs/heads/main"));
                run(r, "mkfifo", &["packed-refs"]);
            })
        }),
        ("packed-refs is larger than", {
            bare(|r| write(r, "packed-refs", &vec![b'\n'; 17 << 20]))
        }),
    ];
    for (reason, (_folder, repository)) in &cases {
        let revision = repository.with_extension("git#main");
        let named = if reason.starts_with("HEAD") { repository } else { &revision };
        let because = refused(named);
        assert!(because.contains(reason), "{reason}: {because}");
    }
    // The working tree of another repository.
    let tree = folder(|folder| write(folder, ".git", b"gitdir: /elsewhere\n"));
    assert!(refused(&tree.path().join(".git")).contains("leads to a repository elsewhere"));
    let linked = folder(|folder| symlink(&theirs, folder.join(".git")).unwrap());
    assert!(refused(&linked.path().join(".git")).contains("the repository is a link"));
}

/// A bare repository whose `main` is this tree, which git may find impossible.
fn of_tree(make: impl FnOnce(&Path) -> String) -> (TempDir, PathBuf) {
    bare(|repository| {
        let tree = make(repository);
        let identity = ["-c", "user.name=a", "-c", "user.email=a@example.org"];
        let arguments = [&identity[..], &["commit-tree", "-m", "b", &tree]].concat();
        let commit = said(repository, &arguments, b"");
        write(repository, "refs/heads/main", commit.as_bytes());
    })
}

/// The tree that holds this under `src`, as `git ls-tree` writes entries.
fn around_src(repository: &Path, src: &str) -> String {
    let mut tree = said(repository, &["mktree", "--missing"], src.as_bytes());
    for name in ["src", "02-race-fix", "exercises"] {
        let entry = format!("040000 tree {tree}\t{name}\n");
        tree = said(repository, &["mktree", "--missing"], entry.as_bytes());
    }
    tree
}

#[test]
fn what_is_no_small_regular_file_of_a_tree_is_refused() {
    let blob = |repository: &Path, bytes: &[u8]| {
        said(repository, &["hash-object", "-w", "--stdin"], bytes)
    };
    let with = |mode: &'static str, kind: &'static str, bytes: Vec<u8>| {
        of_tree(move |repository| {
            let id = blob(repository, &bytes);
            around_src(repository, &format!("{mode} {kind} {id}\tlib.rs\n"))
        })
    };
    let raw = |bytes: Vec<u8>| {
        of_tree(move |r| {
            said(r, &["hash-object", "-w", "-t", "tree", "--literally", "--stdin"], &bytes)
        })
    };
    let missing = "1".repeat(40);
    let mut outside = b"40000 ..\0".to_vec();
    outside.extend([7; 20]);
    let cases: Vec<(&str, (TempDir, PathBuf))> = vec![
        ("it is a link", with("120000", "blob", b"/etc/passwd".to_vec())),
        ("256 KiB", with("100644", "blob", vec![b' '; 100 << 20])),
        ("not UTF-8", with("100644", "blob", vec![0xff])),
        ("not a regular file", {
            of_tree(|r| around_src(r, &format!("160000 commit {missing}\tlib.rs\n")))
        }),
        ("is missing", of_tree(|r| around_src(r, &format!("100644 blob {missing}\tlib.rs\n")))),
        ("6 levels", {
            of_tree(|r| {
                let mut tree = said(r, &["mktree"], b"");
                for _ in 0..300 {
                    tree = said(r, &["mktree"], format!("040000 tree {tree}\ta\n").as_bytes());
                }
                around_src(r, &format!("040000 tree {tree}\ta\n"))
            })
        }),
        ("impossible name", raw(outside)),
        ("is damaged", raw(b"no tree".to_vec())),
    ];
    for (reason, (_folder, repository)) in &cases {
        let because = refused(repository);
        assert!(because.contains(reason), "{reason}: {because}");
    }
}

/// Ten trees that each hold the one below ten times would be ten thousand million files.
#[test]
fn trees_that_multiply_are_not_walked() {
    let begin = Instant::now();
    let multiplied = |r: &Path| {
        let blob = said(r, &["hash-object", "-w", "--stdin"], b"//");
        let mut entries: String =
            (0..10).map(|i| format!("100644 blob {blob}\ta{i}.rs\n")).collect();
        for _ in 0..10 {
            let tree = said(r, &["mktree"], entries.as_bytes());
            entries = (0..10).map(|i| format!("040000 tree {tree}\td{i}\n")).collect();
        }
        entries
    };
    // Beside an answer it is nobody's business, within one it is refused.
    let (_folder, beside) = of_tree(|r| {
        let more = multiplied(r);
        let right = said(r, &["ls-tree", "HEAD"], b"");
        said(r, &["mktree"], format!("{right}\n{more}").as_bytes())
    });
    assert_eq!(source(&beside), right());
    let (_folder, within) = of_tree(|r| {
        let entries = multiplied(r);
        around_src(r, &entries)
    });
    let because = refused(&within);
    assert!(because.contains("6 levels"), "{because}");
    assert!(begin.elapsed() < Duration::from_secs(120));
}

/// The grader ends with a verdict, and nothing of a repository's is started in the sandbox either.
#[test]
fn a_hostile_repository_costs_one_verdict() {
    let (_folder, repository) =
        bare(|r| write(r, "objects/info/alternates", b"/nowhere/objects\n"));
    let arguments = ["--submission", repository.to_str().unwrap(), "--strict", "2"];
    let (code, said) = course_tests::run(&mut grade(&arguments));
    assert_eq!(code, 1, "{said}");
    assert!(said.contains("it borrows objects"), "{said}");
    let (_folder, repository) = bare(|_| {});
    let named = repository.to_str().unwrap();
    let (code, report) = course_tests::report_of(&mut grade(&[
        "--submission",
        named,
        "--strict",
        "--format",
        "json",
        "2",
    ]));
    assert_eq!(code, 0, "{report:#}");
}

/// A program that can be started at once: this process never had it open for writing, which a process
/// that is forked in that moment would hold open.
fn program(folder: &Path, name: &str, script: &str) -> PathBuf {
    let text = format!("{name}.text");
    write(folder, &text, script.as_bytes());
    run(folder, "install", &["-m", "755", &text, name]);
    folder.join(name)
}

/// Git is run by the reader, so what git may do shows what stands around that, and within which limits
/// it works. This one lies in the submission, where it may be read.
#[test]
fn git_reads_the_submission_and_writes_nothing() {
    let outside = tempfile::tempdir().unwrap();
    let secret = outside.path().join("secret");
    fs::write(&secret, "a").unwrap();
    let (folder, repository) = bare(|_| {});
    let marks = [
        outside.path().join("mark"),
        repository.join("mark"),
        Path::new("/dev/shm").join(folder.path().file_name().unwrap()),
        std::env::temp_dir().join(folder.path().file_name().unwrap()).with_extension("mark"),
    ];
    let touched: Vec<String> = marks.iter().map(|mark| mark.display().to_string()).collect();
    let own = repository.join("bin");
    let script = |if_read: &str| {
        let script = format!(
            "#!/bin/sh\ntouch {} 2>/dev/null\n\
             if cat {} >/dev/null 2>&1; then {if_read}; fi\n\
             [ $(ulimit -v) = {} ] && [ $(ulimit -c) = 0 ] && [ $(ulimit -St) = 20 ] || exit 1\n\
             PATH=/usr/local/bin:/usr/bin:/bin exec git \"$@\"\n",
            touched.join(" "),
            secret.display(),
            256 << 10,
        );
        program(&own, "git", &script);
    };
    let no_namespaces = outside.path().join("bin");
    program(&no_namespaces, "bwrap", "#!/bin/sh\nexit 1\n");
    let path = std::env::var("PATH").unwrap();
    let graded = |before: &[&Path], sandbox: &str| {
        let before: Vec<_> = before.iter().map(|folder| folder.display().to_string()).collect();
        let named = repository.to_str().unwrap();
        let mut command = grade(&["--submission", named, "--sandbox", sandbox, "2"]);
        command.env("PATH", format!("{}:{path}", before.join(":")));
        course_tests::run(&mut command)
    };
    script("exit 1");
    for before in [&[&*own][..], &[&own, &no_namespaces]] {
        let (code, said) = graded(before, "auto");
        assert_eq!(code, 0, "{said}");
        let made: Vec<_> = marks.iter().filter(|mark| mark.exists()).collect();
        assert!(made.is_empty(), "{made:?} {said}");
    }
    // Without walls it does what it likes: this test would see it.
    script("true");
    let (code, said) = graded(&[&own], "off");
    let made: Vec<_> = marks.iter().filter(|mark| mark.exists()).collect();
    marks[2..].iter().for_each(|mark| fs::remove_file(mark).unwrap());
    assert_eq!((code, made.len()), (0, marks.len()), "{said}");
}

/// A reader works on something hostile, so the grader looks at what it says.
#[test]
fn a_reader_that_was_taken_over_names_no_other_file() {
    let home = folder(|_| {});
    let taken = |said: &str| {
        let script = format!("#!/bin/sh\ncat >/dev/null\nprintf 'ready\\n'\n{said}\n");
        let reader = Reader { program: program(home.path(), "reader", &script), sandbox: None };
        let course = Course::load(root()).expect("the course is well-formed");
        let exercise = course.exercises.iter().find(|e| e.number == 2).expect("there is one");
        intake::take(&Submission::find(home.path()).unwrap(), &[exercise], &reader).unwrap()
    };
    let answer = |exercise: &str, path: &str, refused: &str| {
        format!(
            "echo '{{\"Taken\":[{{\"exercise\":\"{exercise}\",\"label\":\"exercises/{exercise}\",\
             \"files\":[{{\"path\":\"{path}\",\"shown\":\"a\",\"text\":\"//\"}}],\"refused\":[{refused}]}}]}}'"
        )
    };
    let fair = taken(&answer("02-race-fix", "src/lib.rs", ""));
    assert_eq!((fair[0].files.len(), fair[0].refused.len()), (1, 0), "{fair:?}");
    let refusal = r#"{"file":"a","line":null,"because":"b"}"#;
    for said in [
        answer("02-race-fix", "tests/examples.rs", ""),
        answer("02-race-fix", "/etc/lib.rs", ""),
        answer("02-race-fix", "src/../../03-rlock/src/lib.rs", ""),
        answer("02-race-fix", "src/bin/guard.rs", ""),
        answer("02-race-fix", "src/lib.rs", refusal),
        answer("03-rlock", "src/lib.rs", ""),
        "echo nonsense".into(),
        "kill -SEGV $$".into(),
    ] {
        let answers = taken(&said);
        assert!(answers[0].files.is_empty(), "{said}: {answers:?}");
        assert_eq!(answers[0].refused[0].file, "the submission", "{said}");
    }
}
