//! A verdict that was kept is given again to the very same answer, and only to that; what the machine
//! is to blame for is not kept.

use std::fs;
use std::os::unix::fs::{PermissionsExt as _, symlink};

use course_tests::{Submission, check, grade, report_of, root};

/// A check of 02-race-fix.
const CHECK: &str = "counts_alone";

fn solution() -> String {
    fs::read_to_string(root().join("solutions/02-race-fix/lib.rs")).unwrap()
}

/// Two answers of which nothing is read: one because it is refused, the other because it is not there.
#[test]
fn a_refusal_is_not_given_to_another_answer() {
    let refused = Submission::new("02-race-fix", &solution());
    let source = refused.path().join("exercises/02-race-fix/src/other.rs");
    symlink("/etc/passwd", source).unwrap();
    let empty = Submission::new("02-race-fix", "");
    fs::remove_file(empty.path().join("exercises/02-race-fix/src/lib.rs")).unwrap();
    for _ in 0..2 {
        let (_, report) = refused.grade("2", &[]);
        assert_eq!(check(&report, CHECK)["fault"], "forbidden");
        let (_, report) = empty.grade("2", &[]);
        assert_eq!(check(&report, CHECK)["fault"], "missing-source");
    }
}

/// A teacher's own checks are listed outside of the course.
#[test]
fn a_check_that_asks_for_something_else_is_made_again() {
    let extra = tempfile::tempdir().unwrap();
    let folder = extra.path().join("exercises/02-race-fix");
    fs::create_dir_all(folder.join("tests")).unwrap();
    let test = "//! Extra.\n\n#[test]\nfn takes_its_time() {\n    \
        checks::example(|| std::thread::sleep(std::time::Duration::from_secs(2)));\n}\n";
    fs::write(folder.join("tests/extra_examples.rs"), test).unwrap();
    let graded = |deadline: u32| {
        let list = format!(
            "[[checks]]\nname = \"takes_its_time\"\nkind = \"example\"\npoints = 1\npromise = \"p\"\n\
             deadline = {deadline}\n"
        );
        fs::write(folder.join("exercise.toml"), list).unwrap();
        let submission = Submission::new("02-race-fix", &solution());
        let (_, report) = submission.grade("2", &["--extra", extra.path().to_str().unwrap()]);
        check(&report, "takes_its_time").clone()
    };
    assert_eq!(graded(60)["verdict"], "passed");
    assert_eq!(graded(1)["fault"], "hang");
}

/// A linker that meets a full disk says nothing about the answer.
#[test]
fn a_full_disk_is_nobodys_fault_and_soon_forgotten() {
    // No other answer has these bytes, so no other test has had it graded.
    let answer = format!("{}\n// {}\n", solution(), std::process::id());
    let submission = Submission::new("02-race-fix", &answer);
    // All that is the course's own is built before.
    Submission::new("02-race-fix", &solution()).grade("2", &[]);
    let tools = tempfile::tempdir().unwrap();
    let linker = tools.path().join("cc");
    let words = "#!/bin/sh\necho 'ld: final link failed: No space left on device' >&2\nexit 1\n";
    fs::write(&linker, words).unwrap();
    fs::set_permissions(&linker, fs::Permissions::from_mode(0o755)).unwrap();
    let mut path = tools.path().as_os_str().to_owned();
    path.push(":");
    path.push(std::env::var_os("PATH").unwrap_or_default());
    let folder = submission.path().to_str().unwrap();
    let mut grader = grade(&["--submission", folder, "--format", "json", "2"]);
    let (code, report) = report_of(grader.env("PATH", path));
    let verdict = check(&report, CHECK);
    assert_eq!(verdict["verdict"], "grader-fault", "{verdict:#}");
    assert!(verdict["because"].as_str().unwrap().contains("No space left"), "{verdict:#}");
    assert_eq!(code, 4);
    let (code, report) = submission.grade("2", &[]);
    assert_eq!(code, 0, "{report:#}");
}
