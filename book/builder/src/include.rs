//! `{{#include path:anchor}}`: mdBook does it, and leaves a gap where something is missing.

use std::fs;
use std::path::Path;

use crate::problem::Complaint;

/// Whether what stands within braces is an include.
pub fn is_include(inner: &str) -> bool {
    inner.starts_with("#include ") || inner.starts_with("#rustdoc_include ")
}

/// The include on a line of code: what stands within its braces.
pub fn within(line: &str) -> Option<&str> {
    let inner = line.split_once("{{")?.1.split_once("}}")?.0;
    is_include(inner).then_some(inner)
}

/// The text that `{{#include argument}}` stands for, on a page relative to `pages`.
///
/// # Errors
/// If the file is missing, has not the anchor, or has not the lines.
pub fn resolve(pages: &Path, page: &Path, argument: &str) -> Result<String, Complaint> {
    let (path, part) = argument.trim().split_once(':').unwrap_or((argument.trim(), ""));
    let file = pages.join(page).with_file_name("").join(path);
    let text = fs::read_to_string(&file).map_err(|error| {
        let remedy = "The path is relative to the page. Write it anew, or write the file.";
        Complaint::new(format!("{path}: {error}"), remedy)
    })?;
    if part.is_empty() {
        return Ok(text);
    }
    if part.starts_with(|c: char| c.is_ascii_digit() || c == ':') {
        return lines(&text, part).ok_or_else(|| {
            Complaint::new(format!("{path} has no lines {part}"), "Better include by anchor.")
        });
    }
    anchored(&text, part).ok_or_else(|| {
        let remedy =
            format!("Mark the lines there by `// ANCHOR: {part}` and `// ANCHOR_END: {part}`.");
        Complaint::new(format!("{path} has no anchor `{part}`"), remedy)
    })
}

/// `2:5`, `2:` or `:5`, from 1, both ends included.
fn lines(text: &str, range: &str) -> Option<String> {
    let (from, to) = range.split_once(':').unwrap_or((range, range));
    let count = text.lines().count();
    let from: usize = if from.is_empty() { 1 } else { from.parse().ok()? };
    let to: usize = if to.is_empty() { count } else { to.parse().ok()? };
    let found = (1..=to).contains(&from) && to <= count;
    found.then(|| text.lines().skip(from - 1).take(to + 1 - from).flat_map(|l| [l, "\n"]).collect())
}

/// The lines between an anchor's marks, without other anchors' marks.
fn anchored(text: &str, name: &str) -> Option<String> {
    let mark = |line: &str, word: &str| {
        line.split_once(word).map(|(_, rest)| rest.trim().to_owned()).filter(|n| !n.is_empty())
    };
    let mut lines = text.lines().skip_while(|line| mark(line, "ANCHOR:").as_deref() != Some(name));
    lines.next()?;
    let mut out = String::new();
    for line in lines {
        match (mark(line, "ANCHOR_END:"), mark(line, "ANCHOR:")) {
            (Some(end), _) if end == name => return Some(out),
            (None, None) => out += &format!("{line}\n"),
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str =
        "a\n// ANCHOR: all\nb\n// ANCHOR: one\nc\n// ANCHOR_END: one\n// ANCHOR_END: all\n";

    #[test]
    fn anchors_nest() {
        assert_eq!(anchored(TEXT, "all").as_deref(), Some("b\nc\n"));
        assert_eq!(anchored(TEXT, "one").as_deref(), Some("c\n"));
        assert_eq!(anchored(TEXT, "none"), None);
        assert_eq!(anchored("// ANCHOR: open\nx", "open"), None);
    }

    #[test]
    fn ranges_count_from_one() {
        assert_eq!(lines("a\nb\nc", "2:3").as_deref(), Some("b\nc\n"));
        assert_eq!(lines("a\nb\nc", ":1").as_deref(), Some("a\n"));
        assert_eq!(lines("a\nb\nc", "2").as_deref(), Some("b\n"));
        assert_eq!(lines("a\nb\nc", "3:4"), None);
    }

    #[test]
    fn finds_includes_in_code() {
        assert_eq!(within("  {{#include ../x.rs:a}}"), Some("#include ../x.rs:a"));
        assert_eq!(within("let x = {{}}"), None);
    }
}
