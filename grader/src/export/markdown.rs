//! The report as a page in Markdown: GitHub's step summary, a comment, a file.

use super::{Audience, Entry, State, entries};
use crate::report::Report;

/// GitHub takes one mebibyte for a summary; what is beyond is left out, and said to be.
const ROOM: usize = 900 * 1024;

/// A table of all exercises, then each failure with what was seen.
pub fn render(report: &Report) -> String {
    let all = entries(report, Audience::Learner);
    let mut text = format!(
        "# {} of {} points\n\n| | exercise | checks | points |\n|---|---|---|---|\n",
        report.points, report.max_points
    );
    for exercise in &report.exercises {
        let own = || all.iter().filter(|entry| entry.exercise.folder == exercise.folder);
        let passed = own().filter(|entry| entry.state == State::Passed).count();
        let mark = mark(own().map(|entry| entry.state));
        text += &format!(
            "| {mark} | {} {} | {passed}/{} | {}/{} |\n",
            exercise.number,
            escape(&exercise.title),
            exercise.checks.len(),
            exercise.points,
            exercise.max_points
        );
    }
    let mut left_out = 0;
    for entry in all.iter().filter(|e| !matches!(e.state, State::Passed | State::Skipped)) {
        let section = section(entry);
        if text.len() + section.len() > ROOM {
            left_out += 1;
        } else {
            text += &section;
        }
    }
    if left_out > 0 {
        text += &format!("\n{left_out} more are left out: there is no room.\n");
    }
    text + &format!(
        "\nGraded by lockstep {} with {}, policy {}, sandbox {}.\n",
        escape(&report.grader.version),
        escape(&report.grader.toolchain),
        escape(&report.grader.policy),
        escape(&report.grader.sandbox)
    )
}

fn mark(states: impl Iterator<Item = State>) -> &'static str {
    let states: Vec<State> = states.collect();
    if states.contains(&State::Failed) {
        "✗"
    } else if states.iter().all(|&state| state == State::Passed) {
        "✓"
    } else {
        "?"
    }
}

fn section(entry: &Entry<'_>) -> String {
    let place = entry
        .place
        .as_ref()
        .map_or(String::new(), |place| format!(" in {}, line {}", escape(&place.file), place.line));
    let mut text = format!(
        "\n## {}: {}\n\n{}: {}{place}\n\n{}\n",
        escape(&entry.exercise.title),
        escape(entry.reason),
        escape(&entry.name),
        escape(&entry.promise),
        escape(&entry.message)
    );
    if !entry.details.is_empty() {
        let fence = fence(&entry.details);
        text += &format!("\n{fence}text\n{}\n{fence}\n", entry.details);
    }
    text
}

/// A fence that no line of the text can close.
fn fence(text: &str) -> String {
    let longest = text.split(|character| character != '`').map(str::len).max().unwrap_or(0);
    "`".repeat(longest.max(2) + 1)
}

/// Text in which nothing is markup, a link, a mention or HTML.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '@' => escaped.push_str("&#64;"),
            '\n' => escaped.push_str("<br>"),
            // A bare address becomes a link by itself, unless something stands in its way.
            ':' => escaped.push_str("&#58;"),
            '\\' | '`' | '*' | '_' | '{' | '}' | '[' | ']' | '(' | ')' | '#' | '!' | '|' | '~' => {
                escaped.push('\\');
                escaped.push(character);
            }
            plain => escaped.push(plain),
        }
    }
    escaped
}
