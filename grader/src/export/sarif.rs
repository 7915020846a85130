//! SARIF 2.1.0, which code scanning and editors read.

use std::collections::BTreeMap;

use evidence::Place;
use serde_json::{Value, json};

use super::{Audience, Entry, State, entries, pretty};
use crate::report::{Report, Verdict};

/// One result for each failed check; one rule for each kind of mistake that occurs.
pub fn render(report: &Report) -> String {
    let all = entries(report, Audience::Learner);
    let failed: Vec<&Entry<'_>> = all.iter().filter(|e| e.state == State::Failed).collect();
    let rules: BTreeMap<&str, Value> =
        failed.iter().map(|entry| (entry.reason, rule(entry))).collect();
    let results: Vec<Value> = failed.iter().map(|entry| result(entry)).collect();
    pretty(&json!({
        "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "lockstep",
                "version": report.grader.version,
                "rules": rules.into_values().collect::<Vec<_>>(),
            }},
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    }))
}

fn rule(entry: &Entry<'_>) -> Value {
    let meaning = match &entry.check.verdict {
        // Of a hidden check not even the kind of mistake is told.
        Verdict::Failed(failed) if failed.failure.fault.id() == entry.reason => {
            &failed.help.meaning
        }
        _ => entry.reason,
    };
    json!({ "id": entry.reason, "shortDescription": { "text": escape(meaning) } })
}

fn result(entry: &Entry<'_>) -> Value {
    let Place { file, line } = entry.place_or_root();
    json!({
        "ruleId": entry.reason,
        "level": "error",
        "message": { "text": escape(&format!("{}: {}", entry.promise, entry.text())) },
        "locations": [{ "physicalLocation": {
            "artifactLocation": { "uri": address(&file) },
            "region": { "startLine": line },
        }}],
        "partialFingerprints": { "check/v1": entry.id() },
    })
}

/// Even plain text has links in SARIF: `[text](target)`. A backslash makes them text.
fn escape(text: &str) -> String {
    text.replace('\\', "\\\\").replace('[', "\\[").replace(']', "\\]")
}

/// A path as a relative URI (RFC 3986).
fn address(path: &str) -> String {
    let mut address = String::new();
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'.' | b'-' | b'_' | b'~' => {
                address.push(char::from(byte));
            }
            other => address += &format!("%{other:02X}"),
        }
    }
    address
}
