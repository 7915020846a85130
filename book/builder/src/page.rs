//! A page of the book, cut into what the builder must look at.

use crate::arguments::Arguments;

/// A piece of a page, with the line (from 1) on which it begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece<'a> {
    /// Where it begins.
    pub line: usize,
    /// What it is.
    pub kind: Kind<'a>,
}

/// What a piece of a page is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind<'a> {
    /// A line of ordinary Markdown.
    Text(&'a str),
    /// A line that is nothing but a directive: what stands within its braces.
    Directive(&'a str),
    /// A fenced code block.
    Fence(Fence<'a>),
}

/// A fenced code block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fence<'a> {
    /// The first word behind the opening fence.
    pub language: &'a str,
    /// The words after it.
    pub words: Arguments,
    /// Its lines, fences included.
    pub lines: Vec<&'a str>,
}

impl Fence<'_> {
    /// The code.
    pub fn code(&self) -> String {
        self.body().iter().flat_map(|line| [line, "\n"]).collect()
    }

    /// The lines between the fences.
    pub fn body(&self) -> &[&str] {
        &self.lines[1..self.lines.len() - 1]
    }

    /// Whether its code stands in another file.
    pub fn includes(&self) -> bool {
        self.body()
            .iter()
            .any(|line| line.contains("{{#include") || line.contains("{{#rustdoc_include"))
    }
}

/// Cuts `text` into pieces. An unclosed fence ends with the page, as in Markdown.
pub fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut lines = text.lines().enumerate();
    while let Some((index, line)) = lines.next() {
        let kind = if let Some(mark) = opening(line) {
            let mut block = vec![line];
            for (_, line) in lines.by_ref() {
                block.push(line);
                if closes(line, mark) {
                    break;
                }
            }
            Kind::Fence(fence(line, mark, block))
        } else if let Some(inner) = directive(line) {
            Kind::Directive(inner)
        } else {
            Kind::Text(line)
        };
        pieces.push(Piece { line: index + 1, kind });
    }
    pieces
}

/// The run of backticks or tildes that opens a fence.
fn opening(line: &str) -> Option<&str> {
    let line = line.trim_start();
    let mark = line.chars().next().filter(|c| matches!(c, '`' | '~'))?;
    let end = line.find(|c| c != mark).unwrap_or(line.len());
    // Backticks in the info string: that is inline code, not a fence.
    (end >= 3 && !line[end..].contains('`')).then_some(&line[..end])
}

fn closes(line: &str, mark: &str) -> bool {
    let line = line.trim();
    line.starts_with(mark) && line.trim_start_matches(&mark[..1]).is_empty()
}

fn fence<'a>(first: &'a str, mark: &str, mut lines: Vec<&'a str>) -> Fence<'a> {
    if lines.len() < 2 || !closes(lines[lines.len() - 1], mark) {
        lines.push("");
    }
    let info = first.trim_start()[mark.len()..].trim();
    let end = info.find(|c: char| c.is_whitespace() || c == ',').unwrap_or(info.len());
    Fence { language: &info[..end], words: Arguments::parse(&info[end..]), lines }
}

/// What stands within the braces of a line that is `{{#…}}` or `{{/…}}`.
fn directive(line: &str) -> Option<&str> {
    let inner = line.trim().strip_prefix("{{")?.strip_suffix("}}")?;
    (inner.starts_with(['#', '/']) && !inner.contains("}}")).then_some(inner)
}

/// Whether a line of text holds a directive that does not stand alone, outside inline code.
pub fn holds_directive(line: &str) -> bool {
    let is_live = |part: &str, opening| {
        part.match_indices(opening).any(|(at, _)| !part[..at].ends_with('\\'))
    };
    line.split('`').step_by(2).any(|part| is_live(part, "{{#") || is_live(part, "{{/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cuts_a_page() {
        let text =
            "# T\n\n{{#exercise 02-race-fix}}\n````rust,no_run\n```\n{{#x}}\n````\n  ~~~\nopen";
        let pieces = pieces(text);
        let lines: Vec<_> = pieces.iter().map(|piece| piece.line).collect();
        assert_eq!(lines, [1, 2, 3, 4, 8]);
        assert_eq!(pieces[2].kind, Kind::Directive("#exercise 02-race-fix"));
        let Kind::Fence(fence) = &pieces[3].kind else { panic!("{pieces:?}") };
        assert_eq!(fence.language, "rust");
        assert_eq!(fence.code(), "```\n{{#x}}\n");
        assert_eq!(fence.words.names().collect::<Vec<_>>(), ["no_run"]);
        let Kind::Fence(open) = &pieces[4].kind else { panic!("{pieces:?}") };
        assert_eq!(open.code(), "open\n");
    }

    #[test]
    fn finds_directives_that_do_not_stand_alone() {
        assert!(holds_directive("see {{#exercise 02-race-fix}} here"));
        assert!(!holds_directive("write `{{#exercise …}}` here"));
        assert!(!holds_directive("write \\{{#exercise …}} here"));
    }
}
