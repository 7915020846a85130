//! GitLab's code quality report: a remark at each line that breaks a promise.

use evidence::Place;
use serde_json::{Value, json};

use super::{Audience, Entry, State, entries, pretty};
use crate::digest::Digest;
use crate::report::Report;

/// An array of remarks; empty when all is well.
pub fn render(report: &Report) -> String {
    let all = entries(report, Audience::Learner);
    let failed = all.iter().filter(|entry| entry.state == State::Failed);
    pretty(&Value::Array(failed.map(remark).collect()))
}

fn remark(entry: &Entry<'_>) -> Value {
    let Place { file, line } = entry.place_or_root();
    let message = if entry.message.is_empty() { &entry.promise } else { &entry.message };
    json!({
        "description": format!("{}: {message}", entry.name),
        "check_name": entry.reason,
        "fingerprint": fingerprint(entry, &file),
        "severity": "major",
        "location": { "path": file, "lines": { "begin": line } },
    })
}

/// The same remark has the same fingerprint in every run, so that GitLab can tell what is new.
/// The line is left out: an edit above it moves it.
fn fingerprint(entry: &Entry<'_>, path: &str) -> String {
    let mut digest = Digest::default();
    digest.add("check", entry.id().as_bytes());
    digest.add("reason", entry.reason.as_bytes());
    digest.add("path", path.as_bytes());
    digest.hex()
}
