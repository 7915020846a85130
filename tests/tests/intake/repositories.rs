//! Repositories: git sees the objects of one, and nothing else of it.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use course_tests::{grade, root};
use tempfile::TempDir;

use super::{LIB, folder, refused, run, take, write};

/// Makes a repository of all in this folder, with one commit on `main`.
pub fn init(folder: &Path) {
    run(folder, "git", &["init", "-q", "-b", "main", "."]);
    commit(folder);
}

fn commit(folder: &Path) {
    run(folder, "git", &["add", "-A", "exercises"]);
    let identity = ["-c", "user.name=a", "-c", "user.email=a@example.org"];
    run(folder, "git", &[&identity[..], &["commit", "-qm", "a"]].concat());
}

/// What git says.
fn said(folder: &Path, arguments: &[&str], input: &[u8]) -> String {
    let mut git = Command::new("git");
    git.args(arguments).current_dir(folder).stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut git = git.spawn().unwrap();
    std::io::Write::write_all(&mut git.stdin.take().unwrap(), input).unwrap();
    let output = git.wait_with_output().unwrap();
    assert!(output.status.success(), "git {arguments:?}");
    String::from_utf8(output.stdout).unwrap().trim().to_owned()
}

/// A folder with the bare repository `a.git` of a right answer, and whatever `more` does to that.
fn bare(more: impl FnOnce(&Path)) -> (TempDir, PathBuf) {
    let folder = folder(|folder| {
        init(folder);
        run(folder, "git", &["clone", "-q", "--bare", "--no-local", ".", "a.git"]);
    });
    let repository = folder.path().join("a.git");
    more(&repository);
    (folder, repository)
}

/// The one file of the answer to the first exercise.
fn source(repository: &Path) -> String {
    let answers = take(repository).unwrap_or_else(|error| panic!("{error:?}"));
    assert!(answers[0].refused.is_empty(), "{answers:?}");
    assert_eq!(answers[0].files.len(), 1, "{answers:?}");
    String::from_utf8(answers[0].files[0].bytes.clone()).unwrap()
}

fn right() -> String {
    fs::read_to_string(root().join("solutions/02-race-fix/lib.rs")).unwrap()
}

/// Whatever settings name, it is not started, and the answer is read as it was committed.
#[test]
fn a_repository_starts_no_program() {
    let home = tempfile::tempdir().unwrap();
    let marker = home.path().join("started");
    let program = format!("touch {}; cat", marker.display());
    let settings = format!(
        "[core]\n\tfsmonitor = \"{program}\"\n\tsshCommand = \"{program}\"\n\tpager = \"{program}\"\n\
         \thooksPath = hooks\n\tworktree = /\n\tattributesFile = {0}/attributes\n\
         [filter \"x\"]\n\tsmudge = \"{program}\"\n\tclean = \"{program}\"\n\trequired = true\n\
         [diff \"x\"]\n\ttextconv = \"{program}\"\n\
         [tar \"tar\"]\n\tcommand = \"{program}\"\n\
         [url \"ext::{program}\"]\n\tinsteadOf = /\n\
         [remote \"origin\"]\n\turl = \"ext::{program}\"\n\tpromisor = true\n\
         [extensions]\n\tpartialClone = origin\n\tworktreeConfig = true\n\tunknown = true\n",
        home.path().display()
    );
    fs::write(home.path().join("attributes"), "* filter=x diff=x\n").unwrap();
    fs::write(home.path().join("included"), &settings).unwrap();
    let included = format!("[include]\n\tpath = {}/included\n", home.path().display());
    for (file, text) in
        [("config", &settings), ("config", &included), ("config.worktree", &settings)]
    {
        let (_folder, repository) = bare(|repository| {
            write(repository, file, text.as_bytes());
            write(repository, "info/attributes", b"* filter=x diff=x\n");
            for hook in
                ["post-checkout", "pre-receive", "fsmonitor-watchman", "reference-transaction"]
            {
                let hook = format!("hooks/{hook}");
                write(repository, &hook, format!("#!/bin/sh\n{program}\n").as_bytes());
                run(repository, "chmod", &["+x", &hook]);
            }
        });
        assert_eq!(source(&repository), right());
        assert!(!marker.exists(), "{file}: a program was started");
    }
    // A folder that looks like a repository is a folder.
    let (folder, repository) = bare(|repository| write(repository, "config", settings.as_bytes()));
    let plain = folder.path().join("plain");
    fs::rename(repository, &plain).unwrap();
    assert!(take(&plain).is_err());
    assert!(!marker.exists(), "a program was started");
}

/// What says that other objects or commits are meant than those that were handed in.
#[test]
fn a_repository_is_read_without_what_it_says_of_itself() {
    let other = folder(|folder| {
        write(folder, LIB, b"// another answer");
        init(folder);
    });
    let git_dir = other.path().join(".git").display().to_string();
    let (_folder, repository) = bare(|repository| {
        let head = said(repository, &["rev-parse", "HEAD"], b"");
        let tree = said(repository, &["mktree"], b"");
        let identity = ["-c", "user.name=a", "-c", "user.email=a@example.org"];
        let arguments = [&identity[..], &["commit-tree", "-m", "b", &tree]].concat();
        let empty = said(repository, &arguments, b"");
        write(repository, &format!("refs/replace/{head}"), empty.as_bytes());
        write(repository, "info/grafts", format!("{head} {empty}\n").as_bytes());
        write(repository, "shallow", format!("{head}\n").as_bytes());
        write(repository, "commondir", git_dir.as_bytes());
        write(repository, "gitdir", git_dir.as_bytes());
        write(repository, "objects/info/commit-graph", b"nonsense");
        write(repository, "objects/pack/multi-pack-index", b"nonsense");
    });
    assert_eq!(source(&repository), right());
    // Neither does the environment of whoever grades say so.
    let report = Command::new(course_tests::grader())
        .args(["--submission", repository.to_str().unwrap(), "--format", "json", "2"])
        .envs([("GIT_DIR", &git_dir), ("GIT_COMMON_DIR", &git_dir)])
        .env("GIT_OBJECT_DIRECTORY", format!("{git_dir}/objects"))
        .env("GIT_CONFIG_COUNT", "nonsense")
        .current_dir(root())
        .output()
        .unwrap();
    assert!(report.status.success(), "{}", String::from_utf8_lossy(&report.stderr));
}

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

/// What honest people hand in.
#[test]
fn ordinary_repositories_are_read() {
    let (folder, repository) = bare(|repository| run(repository, "git", &["gc", "-q"]));
    assert_eq!(source(&repository), right());
    let path = folder.path();
    // Another state, by branch, by tag, by its name, and by where it is seen from.
    write(path, LIB, b"// later");
    commit(path);
    let id = said(path, &["rev-parse", "HEAD"], b"");
    run(path, "git", &["branch", "try/it", "HEAD~1"]);
    let identity = ["-c", "user.name=a", "-c", "user.email=a@example.org"];
    run(path, "git", &[&identity[..], &["tag", "-a", "-m", "t", "v1", "HEAD~1"]].concat());
    for (revision, expected) in [
        ("HEAD", "// later"),
        (&id, "// later"),
        (&id[..9], "// later"),
        ("main", "// later"),
        ("HEAD~1", &right()),
        ("main^", &right()),
        ("try/it", &right()),
        ("v1", &right()),
        ("refs/tags/v1", &right()),
    ] {
        let named = path.join(format!(".git#{revision}"));
        assert_eq!(source(&named), expected, "{revision}");
    }
    assert!(take(&path.join(".git#missing")).is_err());
    assert!(take(&path.join(".git#--help")).is_err());
    // A shallow clone, one of another format, and a large tree around the answer.
    let address = format!("file://{}", path.display());
    run(path, "git", &["clone", "-q", "--bare", "--depth=1", &address, "shallow.git"]);
    assert_eq!(source(&path.join("shallow.git")), "// later");
    let modern = super::folder(|folder| {
        run(folder, "git", &["init", "-q", "-b", "main", "--object-format=sha256", "."]);
        (0..300).for_each(|i| write(folder, &format!("exercises/x/{i}/{i}.txt"), b"x"));
        commit(folder);
    });
    assert_eq!(source(&modern.path().join(".git")), right());
}

/// Damage anywhere is a refusal, an error, or nothing that matters, in bounded time.
#[test]
fn damaged_repositories_are_read_or_refused() {
    let mut word = 1_u64;
    let mut dice = |sides: usize| {
        word = word.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        usize::try_from(word >> 33).unwrap() % sides
    };
    for packed in [true, false] {
        let (_folder, repository) = bare(|repository| {
            if packed {
                run(repository, "git", &["gc", "-q"]);
            }
        });
        let mut files: Vec<PathBuf> = Vec::new();
        let mut folders = vec![repository.join("objects"), repository.join("refs")];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).unwrap().flatten() {
                let kind = entry.file_type().unwrap();
                if kind.is_dir() { folders.push(entry.path()) } else { files.push(entry.path()) }
            }
        }
        files.sort();
        for _ in 0..12 {
            let file = &files[dice(files.len())];
            let whole = fs::read(file).unwrap();
            let mut bytes = whole.clone();
            for _ in 0..4 {
                let at = dice(bytes.len());
                bytes[at] = u8::try_from(dice(256)).unwrap();
            }
            fs::remove_file(file).unwrap();
            fs::write(file, &bytes).unwrap();
            for answer in take(&repository).unwrap_or_default() {
                let only = answer.files.iter().all(|file| file.bytes == right().as_bytes());
                assert!(only, "{}: another answer", file.display());
                let because: Vec<_> = answer.refused.iter().map(|r| &r.because).collect();
                assert!(!because.iter().any(|b| b.contains("broke") || b.contains("nonsense")));
            }
            fs::write(file, whole).unwrap();
        }
    }
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
