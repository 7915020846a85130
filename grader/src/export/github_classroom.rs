//! What GitHub Classroom's reporter takes (version 1), for those who still run its actions.

use serde_json::{Value, json};

use super::{Audience, Entry, State, entries, pretty};
use crate::report::Report;

/// The reporter wants it in base64, in a variable: `RESULTS=$(cargo grade --format … | base64 -w0)`.
pub fn render(report: &Report) -> String {
    let all = entries(report, Audience::Learner);
    let any = |state| all.iter().any(|entry| entry.state == state);
    let status = match () {
        () if any(State::Error) => "error",
        () if all.iter().all(|entry| entry.state == State::Passed) => "pass",
        () => "fail",
    };
    pretty(&json!({
        "version": 1,
        "status": status,
        "max_score": report.max_points,
        "tests": all.iter().map(test).collect::<Vec<_>>(),
    }))
}

fn test(entry: &Entry<'_>) -> Value {
    let message = (entry.state != State::Passed).then(|| entry.text());
    json!({
        "name": entry.id(),
        "status": match entry.state {
            State::Passed => "pass",
            State::Error => "error",
            _ => "fail",
        },
        "score": entry.check.points,
        "message": message,
        "test_code": entry.promise,
        "filename": entry.place.as_ref().map_or("", |place| &place.file),
        // The reporter prints "line undefined" for any other number.
        "line_no": 0,
        "duration": entry.check.millis,
    })
}
