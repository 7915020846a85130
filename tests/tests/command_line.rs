//! What `cargo grade` says and how it ends when something is not as it should be.

use std::fs;
use std::path::Path;
use std::process::Command;

use course_tests::{Submission, grade, grader, root, run};

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().flatten() {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

/// A copy of the course with one exercise, in a folder with an odd name.
fn small_course() -> tempfile::TempDir {
    let home = tempfile::Builder::new().prefix("ein Kurs · ünïcode ").tempdir().unwrap();
    for file in ["Cargo.toml", "Cargo.lock"] {
        fs::copy(root().join(file), home.path().join(file)).unwrap();
    }
    for folder in ["support", "exercises/02-race-fix", "solutions/02-race-fix"] {
        copy(&root().join(folder), &home.path().join(folder));
    }
    home
}

/// The grader in another course, with a target folder of its own.
fn grade_in(course: &Path, target: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(grader());
    command.args(arguments).current_dir(course).env("CARGO_TARGET_DIR", target);
    command
}

#[test]
fn an_unknown_exercise_is_a_usage_error_that_names_the_known_ones() {
    let (code, text) = run(&mut grade(&["no-such-thing"]));
    assert_eq!(code, 2, "{text}");
    assert!(text.contains("there is no exercise `no-such-thing`") && text.contains("02-race-fix"));
}

#[test]
fn an_unknown_option_is_a_usage_error() {
    let (code, text) = run(&mut grade(&["--no-such-option"]));
    assert_eq!(code, 2, "{text}");
}

#[test]
fn output_that_is_lost_is_no_success() {
    let full = fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let output = grade(&["--list"]).stdout(full).output().expect("the grader starts");
    let told = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(4), "{told}");
    assert!(told.contains("the output could not be written"), "{told}");
}

/// Whatever becomes of a file: the report is told first.
#[test]
fn an_export_that_fails_takes_no_report_along() {
    let (code, text) = run(&mut grade(&["2", "--export", "json=/proc/no-such-folder/report.json"]));
    assert_eq!(code, 4, "{text}");
    assert!(text.contains("Lost update") && text.contains("could not be written"), "{text}");
    let (code, text) = run(&mut grade(&["2", "--export", "json=x", "--sign", "/no/key.pem"]));
    assert_eq!(code, 2, "{text}");
    assert!(text.contains("/no/key.pem") && !text.contains("Lost update"), "{text}");
}

#[test]
fn a_folder_without_a_course_is_a_usage_error() {
    let nowhere = tempfile::tempdir().unwrap();
    let mut command = grade(&["2"]);
    let (code, text) = run(command.current_dir(nowhere.path()).env_remove("CARGO_MANIFEST_DIR"));
    assert_eq!(code, 2, "{text}");
    assert!(text.contains("there is no course"), "{text}");
}

#[test]
fn a_missing_source_is_told_in_one_sentence() {
    let submission = Submission::new("02-race-fix", "");
    fs::remove_file(submission.path().join("exercises/02-race-fix/src/lib.rs")).unwrap();
    let (code, report) = submission.grade("2", &[]);
    let first = &report["exercises"][0]["checks"][0];
    assert_eq!((code, first["fault"].as_str()), (1, Some("missing-source")), "{report:#}");
    assert!(first["message"].as_str().unwrap().contains("src/lib.rs is not there"));
}

#[test]
fn a_submission_without_answers_is_a_usage_error() {
    let empty = tempfile::tempdir().unwrap();
    let (code, text) = run(&mut grade(&["--submission", empty.path().to_str().unwrap()]));
    assert_eq!(code, 2, "{text}");
    assert!(text.contains("holds no answer"), "{text}");
}

#[test]
fn a_malformed_manifest_is_named_with_its_line() {
    let course = small_course();
    let manifest = course.path().join("exercises/02-race-fix/exercise.toml");
    fs::write(&manifest, "title = \"T\"\ntilte = 3\n").unwrap();
    let target = tempfile::tempdir().unwrap();
    let (code, text) = run(&mut grade_in(course.path(), target.path(), &["2"]));
    assert_eq!(code, 2, "{text}");
    assert!(text.contains("exercise.toml") && text.contains("line 2"), "{text}");
}

#[test]
fn without_cargo_it_says_what_to_install() {
    let target = tempfile::tempdir().unwrap();
    let mut command = grade_in(root(), target.path(), &["2"]);
    let (code, text) = run(command.env("PATH", "/nowhere").env_remove("CARGO"));
    assert_eq!(code, 4, "{text}");
    assert!(text.contains("cargo could not be started") && text.contains("rustup"), "{text}");
}

/// An odd path, sources that cannot be written, and next to no environment: it works all the same.
#[test]
fn works_in_an_odd_read_only_folder_without_an_environment() {
    let course = small_course();
    let target = tempfile::tempdir().unwrap();
    let chmod =
        |mode: &str| Command::new("chmod").args(["-R", mode]).arg(course.path()).status().unwrap();
    assert!(chmod("a-w").success());
    let mut command = grade_in(course.path(), target.path(), &["--solutions", "race-fix"]);
    command.env_clear().env("CARGO_TARGET_DIR", target.path());
    // Where the toolchain lives is not in the environment that matters here.
    for name in ["CARGO", "CARGO_HOME", "RUSTUP_HOME", "RUSTUP_TOOLCHAIN", "HOME", "PATH"] {
        if let Some(value) = std::env::var_os(name) {
            command.env(name, value);
        }
    }
    let (code, text) = run(&mut command);
    assert!(chmod("u+w").success());
    assert_eq!(code, 0, "{text}");
    assert!(text.contains("Every check passed."), "{text}");
}

/// The disk is a file system of 64 KiB in a mount namespace of its own.
#[test]
fn a_full_disk_is_told_and_nothing_is_lost() {
    let course = small_course();
    let target = tempfile::tempdir().unwrap();
    let script = "mount -t tmpfs -o size=64k tmpfs \"$1\" && shift && exec \"$@\"";
    let mut command = Command::new("unshare");
    command.args(["--user", "--map-root-user", "--mount", "sh", "-c", script, "sh"]);
    command.arg(target.path()).arg(grader()).args(["2"]);
    command.current_dir(course.path()).env("CARGO_TARGET_DIR", target.path());
    let mut allowed = Command::new("unshare");
    allowed.args(["--user", "--map-root-user", "--mount", "true"]);
    if !allowed.status().is_ok_and(|status| status.success()) {
        eprintln!("skipped: this machine lets nobody make a file system for a test");
        return;
    }
    let before = fs::read(course.path().join("exercises/02-race-fix/src/lib.rs")).unwrap();
    let (code, text) = run(&mut command);
    assert_eq!(code, 4, "{text}");
    assert!(text.contains("the disk is full"), "{text}");
    let after = fs::read(course.path().join("exercises/02-race-fix/src/lib.rs")).unwrap();
    assert_eq!(before, after);
}

#[test]
fn the_list_names_every_check_and_grades_nothing() {
    let (code, text) = run(&mut grade(&["--list", "2"]));
    assert_eq!(code, 0, "{text}");
    assert!(text.starts_with("02-race-fix"), "{text}");
    assert!(text.contains("two_threads_lose_nothing"), "{text}");
}
