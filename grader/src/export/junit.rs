//! JUnit XML, in the subset that GitLab, Jenkins and the GitHub actions agree on.

use super::{Audience, Entry, State, entries};
use crate::report::Report;

/// One `testsuite` for each exercise, one `testcase` for each check.
pub fn render(report: &Report) -> String {
    let all = entries(report, Audience::Learner);
    let mut text = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    text += &format!("<testsuites name=\"lockstep\" {}>\n", counts(&all));
    for exercise in &report.exercises {
        let own: Vec<Entry<'_>> =
            all.iter().filter(|e| e.exercise.folder == exercise.folder).cloned().collect();
        let name = escape(&exercise.folder);
        text += &format!("  <testsuite name=\"{name}\" {}>\n", counts(&own));
        text += "    <properties>\n";
        for (name, value) in [
            ("points", exercise.points.to_string()),
            ("max_points", exercise.max_points.to_string()),
            ("digest", exercise.digest.clone()),
        ] {
            text += &format!("      <property name=\"{name}\" value=\"{}\"/>\n", escape(&value));
        }
        text += "    </properties>\n";
        own.iter().for_each(|entry| text += &case(entry));
        text += "  </testsuite>\n";
    }
    text + "</testsuites>\n"
}

fn counts(entries: &[Entry<'_>]) -> String {
    let of = |states: &[State]| entries.iter().filter(|e| states.contains(&e.state)).count();
    let millis = entries.iter().map(|entry| entry.check.millis).sum();
    format!(
        "tests=\"{}\" failures=\"{}\" errors=\"{}\" skipped=\"{}\" time=\"{}\"",
        entries.len(),
        of(&[State::Failed]),
        of(&[State::Error]),
        of(&[State::Skipped, State::Inconclusive]),
        seconds(millis)
    )
}

fn case(entry: &Entry<'_>) -> String {
    let place = entry.place.as_ref().map_or(String::new(), |place| {
        format!(" file=\"{}\" line=\"{}\"", escape(&place.file), place.line)
    });
    let mut text = format!(
        "    <testcase name=\"{}\" classname=\"{}\" time=\"{}\"{place}",
        escape(&entry.name),
        escape(&entry.exercise.folder),
        seconds(entry.check.millis)
    );
    let message = escape(&entry.message);
    let body = match entry.state {
        State::Passed => None,
        State::Skipped | State::Inconclusive => {
            Some(format!("<skipped message=\"{}: {message}\"/>", entry.reason))
        }
        State::Failed | State::Error => {
            let element = if entry.state == State::Failed { "failure" } else { "error" };
            let (reason, text) = (entry.reason, escape(&entry.text()));
            Some(format!("<{element} message=\"{message}\" type=\"{reason}\">{text}</{element}>"))
        }
    };
    match body {
        None => text += "/>\n",
        Some(body) => text += &format!(">\n      {body}\n    </testcase>\n"),
    }
    text
}

fn seconds(millis: u64) -> String {
    format!("{}.{:03}", millis / 1000, millis % 1000)
}

/// Text that is only text to an XML reader, and to GitLab, which turns `[[ATTACHMENT|…]]` into a link.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.replace("[[ATTACHMENT", "[ [ATTACHMENT").chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&apos;"),
            // XML 1.0 has no way to write these two.
            '\u{fffe}' | '\u{ffff}' => escaped.push('\u{fffd}'),
            plain => escaped.push(plain),
        }
    }
    escaped
}
