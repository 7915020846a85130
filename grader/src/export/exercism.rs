//! The `results.json` of Exercism's test runner interface, version 3.

use serde_json::{Value, json};

use super::{Audience, Entry, State, entries, pretty};
use crate::report::Report;

/// The interface's limits, in characters.
const OUTPUT: usize = 500;
const MESSAGE: usize = 65_535;

/// `error` is only for answers of which no check could run.
pub fn render(report: &Report) -> String {
    let all = entries(report, Audience::Learner);
    let unbuilt = |entry: &&Entry<'_>| {
        ["compile-error", "missing-source", "other-signature", "forbidden", "grader-fault"]
            .contains(&entry.reason)
    };
    let broken = all.iter().find(unbuilt);
    if let Some(broken) = broken.filter(|_| !all.iter().any(|e| e.check.millis > 0)) {
        let message = cut(&broken.text(), MESSAGE);
        return pretty(
            &json!({ "version": 3, "status": "error", "message": message, "tests": [] }),
        );
    }
    let passed = all.iter().all(|entry| entry.state == State::Passed);
    pretty(&json!({
        "version": 3,
        "status": if passed { "pass" } else { "fail" },
        "tests": all.iter().map(test).collect::<Vec<_>>(),
    }))
}

fn test(entry: &Entry<'_>) -> Value {
    let status = match entry.state {
        State::Passed => "pass",
        State::Failed => "fail",
        State::Skipped | State::Inconclusive | State::Error => "error",
    };
    let mut test = json!({
        "name": entry.id(),
        "status": status,
        "task_id": entry.exercise.number,
        "test_code": entry.promise,
    });
    if entry.state != State::Passed {
        test["message"] = cut(&entry.text(), MESSAGE).into();
        test["output"] = cut(&entry.message, OUTPUT).into();
    }
    test
}

fn cut(text: &str, characters: usize) -> String {
    text.chars().take(characters).collect()
}
