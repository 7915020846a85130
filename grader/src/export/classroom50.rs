//! Classroom 50's `classroom50/result/v1`.

use serde_json::{Value, json};

use super::{Audience, State, entries, pretty};
use crate::report::Report;

/// What Classroom 50's runner says of the submission, in its environment.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Classroom {
    /// `CLASSROOM`.
    pub classroom: String,
    /// `ASSIGNMENT`.
    pub assignment: String,
    /// `ASSIGNMENT_TYPE`: `individual` or `group`.
    pub assignment_type: String,
    /// `OWNER`: whose work it is. The runner puts in what it knows itself.
    pub owner: String,
    /// `SUBMISSION_TAG`: begins with `submit/`.
    pub submission: String,
    /// `COMMIT_URL`.
    pub commit: String,
    /// `RELEASE_URL`.
    pub release: String,
    /// `REVIEW_URL`.
    pub review: String,
    /// Now, as `2026-11-21T12:00:00Z`.
    pub datetime: String,
}

/// Points are whole numbers there, from 0 to 1000 for each test, so weights count in hundredths
/// when one of them is not whole.
pub fn render(report: &Report, classroom: &Classroom) -> String {
    let whole = report.exercises.iter().all(|exercise| exercise.weight.fract() == 0.0);
    let scale = if whole { 1.0 } else { 100.0 };
    let points = |points: u32, weight: f64| (f64::from(points) * weight * scale).round() as u64;
    let tests: Vec<Value> = entries(report, Audience::Learner)
        .iter()
        .map(|entry| {
            let weight = entry.exercise.weight;
            json!({
                "test-name": entry.id(),
                "passed": entry.state == State::Passed,
                "score": points(entry.check.points, weight),
                "max-score": points(entry.check.max_points, weight),
                "promise": entry.promise,
                "reason": entry.reason,
                "output": entry.text(),
            })
        })
        .collect();
    let sum = |field: &str| tests.iter().filter_map(|test| test[field].as_u64()).sum::<u64>();
    pretty(&json!({
        "schema": "classroom50/result/v1",
        "classroom": classroom.classroom,
        "assignment": classroom.assignment,
        "assignment_type": classroom.assignment_type,
        "owner": classroom.owner,
        "submission": classroom.submission,
        "commit": classroom.commit,
        "release": classroom.release,
        "review": classroom.review,
        "datetime": classroom.datetime,
        "score": sum("score"),
        "max-score": sum("max-score"),
        "tests": tests,
    }))
}
