//! PrairieLearn's `results.json` for externally graded questions.

use serde_json::{Value, json};

use super::{Audience, Entry, State, entries, hundredths, pretty};
use crate::report::Report;

/// PrairieLearn takes one mebibyte; a check's output is cut long before.
const OUTPUT: usize = 16 * 1024;

/// Nothing that the answer did not cause burns one of the learner's attempts.
pub fn render(report: &Report) -> String {
    let all = entries(report, Audience::Learner);
    let fault = all.iter().find(|entry| entry.state == State::Error);
    if let Some(fault) = fault {
        return pretty(&json!({
            "gradable": false,
            "format_errors": ["The grader could not do its work. Your answer is not at fault."],
            "message": fault.message,
        }));
    }
    pretty(&json!({
        "gradable": true,
        "score": report.score,
        "message": format!("{} of {} points", report.points, report.max_points),
        "tests": all.iter().map(test).collect::<Vec<_>>(),
    }))
}

fn test(entry: &Entry<'_>) -> Value {
    let weight = entry.exercise.weight;
    json!({
        "name": format!("{}: {}", entry.exercise.title, entry.name),
        "description": entry.promise,
        "points": hundredths(f64::from(entry.check.points) * weight),
        "max_points": hundredths(f64::from(entry.check.max_points) * weight),
        "message": entry.message,
        "output": start(&entry.details, OUTPUT),
    })
}

fn start(text: &str, bytes: usize) -> &str {
    &text[..text.floor_char_boundary(bytes)]
}
