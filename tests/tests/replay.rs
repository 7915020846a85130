//! `cargo grade --replay`: what a learner sees of one failure that is run again, as it is, after a change,
//! and when something was mistyped.

use std::fs;

use course_tests::{Submission, grade, root, run};

const EXERCISE: &str = "06-producer-consumer";

/// The wrong answer that notifies before there is anything to get, and prints.
fn printing() -> String {
    let wrong = root().join("solutions").join(EXERCISE).join("wrong/notifies_too_early.rs");
    let source = fs::read_to_string(wrong).unwrap();
    let printing = source.replacen(
        "        self.not_empty.notify_one();\n        let mut state = self.lock();",
        "        println!(\"put: before notify\");\n        self.not_empty.notify_one();\n        \
         eprintln!(\"put: notified\");\n        let mut state = self.lock();",
        1,
    );
    let printing = printing.replacen(
        "            state = self.not_empty.wait(state)",
        "            dbg!(state.items.len());\n            state = self.not_empty.wait(state)",
        1,
    );
    assert_ne!(printing, source, "the wrong answer is another one now");
    printing
}

/// The answer, and the schedule that the report shows of its first failure.
fn failure(source: &str) -> (Submission, String) {
    let submission = Submission::new(EXERCISE, source);
    let (code, report) = submission.grade("6", &[]);
    assert_eq!(code, 1, "{report:#}");
    let checks = report["exercises"][0]["checks"].as_array().unwrap();
    let evidence = checks.iter().filter_map(|check| check["evidence"].as_array()).flatten();
    let mut schedules = evidence.filter_map(|seen| seen["schedule"].as_str());
    let schedule = schedules.next().expect("a failure of the model checker has one").to_owned();
    (submission, schedule)
}

fn replay(submission: &Submission, schedule: &str, more: &[&str]) -> (i32, String) {
    let folder = submission.path().to_str().unwrap();
    let arguments = ["6", "--submission", folder, "--replay", schedule];
    run(&mut grade(&[&arguments[..], more].concat()))
}

#[test]
fn the_failure_comes_again_with_what_is_printed() {
    let (submission, schedule) = failure(&printing());
    let (code, text) = replay(&submission, &schedule, &[]);
    assert_eq!(code, 1, "{text}");
    insta::assert_snapshot!("printed", text);
    let (code, text) = replay(&submission, &schedule, &["--plain"]);
    assert_eq!(code, 1, "{text}");
    insta::assert_snapshot!("printed_in_sentences", text);
    // The very same in a sandbox, whose processes tell on standard output how the check ended.
    let (code, text) = replay(&submission, &schedule, &["--sandbox", "auto"]);
    assert!(code == 1 && text.contains("» put: before notify"), "{text}");
}

#[test]
fn what_was_mended_is_told() {
    let (submission, schedule) = failure(&printing());
    let reference = root().join("solutions").join(EXERCISE).join("lib.rs");
    submission.write(EXERCISE, "lib.rs", &fs::read_to_string(reference).unwrap());
    let (code, text) = replay(&submission, &schedule, &[]);
    assert_eq!(code, 3, "{text}");
    insta::assert_snapshot!("mended", text);
    submission.write(EXERCISE, "lib.rs", "fn broken(");
    let (code, text) = replay(&submission, &schedule, &[]);
    assert!(code == 1 && text.contains("Does not compile"), "{text}");
}

#[test]
fn what_is_mistyped_is_told_before_anything_is_built() {
    let (_, schedule) = failure(&printing());
    let typed = |schedule: &str, more: &[&str]| {
        let (code, text) = run(&mut grade(&[&["--replay", schedule], more].concat()));
        assert_eq!(code, 2, "{text}");
        text
    };
    let (check, choices) = schedule.split_once(':').unwrap();
    let said = [
        typed("nonsense", &["6"]),
        typed(&schedule[..schedule.len() - 1], &["6"]),
        typed(&schedule.replacen("z3", "z4", 1), &["6"]),
        typed(&schedule, &["2"]),
        typed(choices, &[]),
    ];
    assert!(!check.is_empty());
    insta::assert_snapshot!("mistyped", said.concat());
}

#[test]
fn a_replay_is_not_for_marks() {
    let schedule = "a_check:1.tz3K.000000";
    let others: [&[&str]; 6] = [
        &["--strict"],
        &["--format", "json"],
        &["--html", "report.html"],
        &["--export", "json=report.json"],
        &["--min-score", "50"],
        &["--list"],
    ];
    for other in others {
        let (code, text) = run(&mut grade(&[&["6", "--replay", schedule], other].concat()));
        assert!(code == 2 && text.contains("cannot be used with"), "{other:?}: {text}");
    }
}

/// Nothing of it is remembered: neither a verdict nor progress.
#[test]
fn a_replay_leaves_no_verdict() {
    let (submission, schedule) = failure(&printing());
    let folder = submission.path().to_str().unwrap();
    let graded = || run(&mut grade(&["6", "--verbose", "--submission", folder])).1;
    let before = graded();
    assert!(before.contains("known from an earlier run"), "{before}");
    replay(&submission, &schedule, &[]);
    assert_eq!(graded(), before);
}
