//! The report as JSON, in the format that `grader/schema/report-1.schema.json` describes.

use crate::report::Report;

/// One JSON document, ended by a line feed.
pub fn render(report: &Report) -> String {
    let mut text =
        serde_json::to_string_pretty(&report.clone().bounded()).expect("a report is plain data");
    text.push('\n');
    text
}
