//! Submitty's `validation_results.json`.

use serde_json::{Value, json};

use super::{Audience, Entry, State, entries, pretty};
use crate::report::Report;

/// One validation for the whole report: its score, and a message for each check.
pub fn render(report: &Report) -> String {
    let all = entries(report, Audience::Learner);
    if let Some(fault) = all.iter().find(|entry| entry.state == State::Error) {
        return pretty(&json!({ "status": "failure", "message": fault.message }));
    }
    let messages: Vec<Value> = all.iter().map(message).collect();
    pretty(&json!({
        "status": "success",
        "data": { "score": report.score, "message": messages },
    }))
}

fn message(entry: &Entry<'_>) -> Value {
    let status = match entry.state {
        State::Passed => "success",
        State::Failed => "failure",
        State::Inconclusive | State::Error => "warning",
        State::Skipped => "information",
    };
    json!({ "message": format!("{}: {}", entry.id(), entry.text()), "status": status })
}
