//! One row for each check, for spreadsheets (RFC 4180).

use super::{Audience, entries};
use crate::report::Report;
use crate::text::harmless;

/// The columns.
const COLUMNS: [&str; 11] = [
    "exercise",
    "answer",
    "check",
    "kind",
    "verdict",
    "points",
    "max_points",
    "weight",
    "millis",
    "digest",
    "message",
];

/// A header, then the rows; for teachers: it shows hidden checks.
pub fn render(report: &Report) -> String {
    let mut text = row(COLUMNS.map(str::to_owned));
    for entry in entries(report, Audience::Teacher) {
        let (exercise, check) = (entry.exercise, entry.check);
        text += &row([
            exercise.folder.clone(),
            harmless(&exercise.answer),
            entry.name.clone(),
            check.kind.to_string(),
            entry.reason.to_owned(),
            check.points.to_string(),
            check.max_points.to_string(),
            exercise.weight.to_string(),
            check.millis.to_string(),
            exercise.digest.clone(),
            entry.message.clone(),
        ]);
    }
    text
}

fn row(cells: [String; COLUMNS.len()]) -> String {
    cells.map(|text| cell(&text)).join(",") + "\r\n"
}

/// Quoted, and no formula: a spreadsheet evaluates what begins with one of these, quoted or not.
fn cell(text: &str) -> String {
    let text = text.replace('\n', " ");
    let formula = text.trim_start().starts_with(['=', '+', '-', '@', '\t', '|', '%']);
    let mark = if formula { "'" } else { "" };
    format!("\"{mark}{}\"", text.replace('"', "\"\""))
}
