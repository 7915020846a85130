//! The lines that Autolab reads from an autograder's output: the very last one holds the scores.

use serde_json::{Map, Value, json};

use super::{Audience, State, entries, hundredths};
use crate::report::Report;

/// The semantic presentation, then the scores. A problem is called like an exercise's package; the
/// problems of the assessment on the web must have the same names.
pub fn render(report: &Report) -> String {
    let mut presentation = Map::new();
    presentation.insert("_presentation".into(), "semantic".into());
    let stages: Vec<&str> = report.exercises.iter().map(|e| &*e.package).collect();
    presentation.insert("stages".into(), json!(stages));
    for entry in entries(report, Audience::Learner) {
        let passed = entry.state == State::Passed;
        let mut result = json!({ "passed": passed });
        if !passed {
            result["hint"] = tame(&entry.message).into();
        }
        let stage = presentation
            .entry(entry.exercise.package.clone())
            .or_insert_with(|| Value::Object(Map::new()));
        stage[tame(&entry.name)] = result;
    }
    let scores: Map<String, Value> = report
        .exercises
        .iter()
        .map(|e| (e.package.clone(), hundredths(f64::from(e.points) * e.weight).into()))
        .collect();
    format!("{}\n{}\n", Value::Object(presentation), json!({ "scores": scores }))
}

/// Autolab puts quotes around every `word:` before it parses the line, inside of strings as well.
fn tame(text: &str) -> String {
    text.replace(':', " -").replace('\n', " ")
}
