//! Gradescope's `results.json`.

use serde_json::{Value, json};

use super::{Audience, Entry, State, entries, hundredths, pretty};
use crate::course::Visibility;
use crate::report::Report;

/// One test for each check. Gradescope itself hides what learners may not see, and the total with it.
pub fn render(report: &Report) -> String {
    let all = entries(report, Audience::Teacher);
    let millis: u64 = all.iter().map(|entry| entry.check.millis).sum();
    let tests: Vec<Value> = all.iter().map(test).collect();
    pretty(&json!({
        "score": hundredths(total(report, |e| e.points)),
        "execution_time": millis.div_ceil(1000),
        "output": summary(report),
        "output_format": "text",
        "test_output_format": "text",
        "test_name_format": "text",
        "visibility": "visible",
        "stdout_visibility": "hidden",
        "tests": tests,
        "extra_data": {
            "schema": report.schema,
            "toolchain": report.grader.toolchain,
            "sandbox": report.grader.sandbox,
            "policy": report.grader.policy,
            "max_score": hundredths(total(report, |e| e.max_points)),
        },
    }))
}

fn total(report: &Report, points: fn(&crate::report::ExerciseReport) -> u32) -> f64 {
    report.exercises.iter().map(|e| f64::from(points(e)) * e.weight).sum()
}

fn summary(report: &Report) -> String {
    let lines = report.exercises.iter().map(|e| format!("{} {}", e.folder, e.title));
    format!("Graded: {}.", lines.collect::<Vec<_>>().join(", "))
}

fn test(entry: &Entry<'_>) -> Value {
    let weight = entry.exercise.weight;
    let mut test = json!({
        "name": format!("{}: {}", entry.exercise.title, entry.promise),
        "number": format!("{}.{}", entry.exercise.number, entry.position()),
        "score": hundredths(f64::from(entry.check.points) * weight),
        "max_score": hundredths(f64::from(entry.check.max_points) * weight),
        "status": if entry.state == State::Passed { "passed" } else { "failed" },
        "output": entry.text(),
        // Never html: the text may hold what a learner's program printed.
        "output_format": "text",
        "name_format": "text",
        "tags": [entry.check.kind.to_string(), entry.reason],
        "extra_data": { "check": entry.id() },
    });
    let visibility = match entry.check.visibility {
        Visibility::Visible => "visible",
        Visibility::AfterDueDate => "after_due_date",
        Visibility::AfterPublished => "after_published",
        Visibility::Hidden => "hidden",
    };
    test["visibility"] = visibility.into();
    test
}
