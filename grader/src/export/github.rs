//! GitHub's workflow commands: annotations on the lines that broke a promise.

use super::{Audience, Entry, State, entries};
use crate::report::Report;

/// GitHub shows so many annotations of each level for a step; the first are the ones to begin with.
const SHOWN: usize = 10;

/// Annotations, then all that was seen, in a fence within which GitHub obeys no command.
pub fn render(report: &Report, fence: &str) -> String {
    let all = entries(report, Audience::Learner);
    let mut text = String::new();
    for (level, state) in
        [("error", State::Failed), ("warning", State::Error), ("notice", State::Inconclusive)]
    {
        let shown = all.iter().filter(|entry| entry.state == state).take(SHOWN);
        shown.for_each(|entry| text += &annotation(level, entry));
    }
    text += &format!("::stop-commands::{fence}\n");
    for entry in all.iter().filter(|e| matches!(e.state, State::Failed | State::Error)) {
        text += &format!("{} ({})\n{}\n\n", entry.id(), entry.reason, unobeyed(&entry.text()));
    }
    text += &format!("::{fence}::\n");
    let passed = all.iter().filter(|entry| entry.state == State::Passed).count();
    text += &format!(
        "{passed} of {} checks passed: {} of {} points\n",
        all.len(),
        report.points,
        report.max_points
    );
    text
}

fn annotation(level: &str, entry: &Entry<'_>) -> String {
    let place = entry.place.as_ref().map_or(String::new(), |place| {
        format!("file={},line={},", property(&place.file), place.line)
    });
    let title = property(&format!("{}: {}", entry.exercise.title, entry.reason));
    let message = if entry.message.is_empty() { &entry.promise } else { &entry.message };
    format!("::{level} {place}title={title}::{}\n", data(message))
}

/// Text as the message of a command.
fn data(text: &str) -> String {
    // `##[…]` is how commands were written once; some runners still obey it anywhere in a line.
    let text = text.replace("##[", "## [");
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// Text as a property of a command.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

/// Lines that no runner takes for a command, not even an old one that knows `##[…]`, nor one that
/// guessed the fence.
fn unobeyed(text: &str) -> String {
    let lines = text.lines().map(|line| format!("| {}", line.replace("##[", "## [")));
    lines.collect::<Vec<_>>().join("\n").replace("::", ": :")
}
