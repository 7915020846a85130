//! Repositories: git sees the objects of one, and nothing else of it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use course_tests::root;
use tempfile::TempDir;

use super::{LIB, folder, run, take, write};

/// Makes a repository of the exercises in this folder, with one commit on `main`.
pub fn init(folder: &Path) {
    init_with(folder, "exercises");
}

/// Makes a repository of this, with one commit on `main`.
pub fn init_with(folder: &Path, all: &str) {
    run(folder, "git", &["init", "-q", "-b", "main", "."]);
    commit(folder, all);
}

fn commit(folder: &Path, all: &str) {
    run(folder, "git", &["add", "-A", all]);
    let identity = ["-c", "user.name=a", "-c", "user.email=a@example.org"];
    run(folder, "git", &[&identity[..], &["commit", "-qm", "a"]].concat());
}

/// What git says.
pub fn said(folder: &Path, arguments: &[&str], input: &[u8]) -> String {
    let mut git = Command::new("git");
    git.args(arguments).current_dir(folder).stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut git = git.spawn().unwrap();
    std::io::Write::write_all(&mut git.stdin.take().unwrap(), input).unwrap();
    let output = git.wait_with_output().unwrap();
    assert!(output.status.success(), "git {arguments:?}");
    String::from_utf8(output.stdout).unwrap().trim().to_owned()
}

/// A folder with the bare repository `a.git` of a right answer, and whatever `more` does to that.
pub fn bare(more: impl FnOnce(&Path)) -> (TempDir, PathBuf) {
    let folder = folder(|folder| {
        init(folder);
        run(folder, "git", &["clone", "-q", "--bare", "--no-local", ".", "a.git"]);
    });
    let repository = folder.path().join("a.git");
    more(&repository);
    (folder, repository)
}

/// The one file of the answer to the first exercise.
pub fn source(repository: &Path) -> String {
    let answers = take(repository).unwrap_or_else(|error| panic!("{error:?}"));
    assert!(answers[0].refused.is_empty(), "{answers:?}");
    assert_eq!(answers[0].files.len(), 1, "{answers:?}");
    String::from_utf8(answers[0].files[0].bytes.clone()).unwrap()
}

pub fn right() -> String {
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

/// What honest people hand in.
#[test]
fn ordinary_repositories_are_read() {
    let (folder, repository) = bare(|repository| run(repository, "git", &["gc", "-q"]));
    assert_eq!(source(&repository), right());
    let path = folder.path();
    // Another state, by branch, by tag, by its name, and by where it is seen from.
    write(path, LIB, b"// later");
    commit(path, "exercises");
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
        commit(folder, "exercises");
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
