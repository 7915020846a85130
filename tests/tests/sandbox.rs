//! The sandbox is as strong as the report says, and where it is not there, that is said.

use std::fs;

use course_tests::sandbox::{path_with, without_namespaces};
use course_tests::{Submission, check, grade, report_of, root, run};

fn solution() -> String {
    fs::read_to_string(root().join("solutions/02-race-fix/lib.rs")).unwrap()
}

#[test]
fn what_is_required_and_missing_is_told_and_nothing_is_graded() {
    let folder = without_namespaces();
    let mut command = grade(&["--solutions", "2", "--sandbox", "require"]);
    let (code, text) = run(command.env("PATH", path_with(folder.path())));
    assert_eq!(code, 4, "{text}");
    assert!(text.contains("bubblewrap") && text.contains("No permissions"), "{text}");
    assert!(!text.contains("passed"), "{text}");
}

#[test]
fn what_is_there_is_used_and_named() {
    let folder = without_namespaces();
    let mut command = grade(&["--solutions", "2", "11", "--strict", "--format", "json"]);
    let command = command.env("PATH", path_with(folder.path()));
    let (code, report) = report_of(command);
    let level = report["grader"]["sandbox"].as_str().unwrap();
    assert!(level.starts_with("rlimits") && !level.contains("namespaces"), "{level}");
    assert_eq!(code, 0, "{report:#}");
}

#[test]
fn without_a_sandbox_the_report_says_none() {
    let (code, report) = Submission::new("02-race-fix", &solution()).grade("2", &[]);
    assert_eq!((code, &report["grader"]["sandbox"]), (0, &"none".into()));
    assert_eq!(report["grader"]["policy"], "open");
}

/// What a check leaves running is found in the sandbox as well, and told by its own name: the
/// sandbox's processes are not the answer's.
#[test]
fn what_is_left_behind_is_told_without_the_sandboxs_own_processes() {
    let daemon = root().join("tests/attacks/39-daemon");
    let daemon = daemon.to_str().unwrap();
    for level in ["auto", "off"] {
        let arguments =
            ["--submission", daemon, "2", "--sandbox", level, "--format", "json", "--no-cache"];
        let (_, report) = report_of(&mut grade(&arguments));
        let verdict = check(&report, "counts_alone");
        assert_eq!(verdict["fault"], "left-behind", "{level}: {verdict:#}");
        let message = verdict["message"].as_str().unwrap();
        assert!(message.contains("sleep") && !message.contains("guard"), "{level}: {message}");
    }
}
