//! Colour, marks and wrapping for text that people read on a terminal.

use anstyle::{AnsiColor, Style as Ansi};
use evidence::bounds::grouped;

use crate::terminal::Style;
use crate::text::harmless;

/// Of one text on a terminal so many lines are shown: those at its beginning and those at its end.
const FIRST: usize = 40;
const LAST: usize = 20;

/// Draws text in one style.
#[derive(Debug, Clone, Copy)]
pub struct Paint {
    /// What the terminal takes.
    pub style: Style,
}

/// What a piece of text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// Something good.
    Good,
    /// Something bad.
    Bad,
    /// Something undecided.
    Unsure,
    /// A heading.
    Strong,
    /// Something of less weight.
    Faint,
}

impl Paint {
    /// The text in this tone. Control characters of the text are made visible, so that nothing that
    /// a learner's code prints can steer the terminal.
    pub fn tone(self, tone: Tone, text: &str) -> String {
        let text = harmless(text);
        if !self.style.colour || text.is_empty() {
            return text;
        }
        let ansi = match tone {
            Tone::Good => AnsiColor::Green.on_default(),
            Tone::Bad => AnsiColor::Red.on_default().bold(),
            Tone::Unsure => AnsiColor::Yellow.on_default(),
            Tone::Strong => Ansi::new().bold(),
            Tone::Faint => Ansi::new().dimmed(),
        };
        format!("{ansi}{text}{ansi:#}")
    }

    /// `✓`, or what ASCII has for it.
    pub fn mark(self, tone: Tone) -> String {
        let (unicode, ascii) = match tone {
            Tone::Good => ("✓", "+"),
            Tone::Bad => ("✗", "x"),
            Tone::Unsure => ("?", "?"),
            Tone::Strong | Tone::Faint => ("·", "-"),
        };
        self.tone(tone, if self.style.unicode { unicode } else { ascii })
    }

    /// The text in lines that fit the terminal, each begun with the indent and ended by a line feed; of
    /// very many lines the first and the last ones.
    pub fn wrapped(self, indent: usize, text: &str) -> String {
        let indent = " ".repeat(indent);
        // Paths and names with dashes stay whole: readers copy them.
        let options = textwrap::Options::new(self.style.width.max(20))
            .word_splitter(textwrap::WordSplitter::NoHyphenation)
            .initial_indent(&indent)
            .subsequent_indent(&indent);
        let clean = harmless(text);
        let wrapped = clean.lines().flat_map(|line| textwrap::wrap(line, &options));
        few(wrapped.map(|line| line.trim_end().to_owned()).collect(), &indent)
    }

    /// The lines as they are, each begun with the indent and cut where the terminal ends; of very many
    /// lines the first and the last ones.
    pub fn verbatim(self, indent: usize, text: &str) -> String {
        let room = self.style.width.saturating_sub(indent).max(10);
        let mark = if self.style.unicode { "…" } else { "~" };
        let indented =
            |line| format!("{:indent$}{}", "", cut(line, room, mark)).trim_end().to_owned();
        few(harmless(text).lines().map(indented).collect(), &" ".repeat(indent))
    }
}

/// The lines, each ended by a line feed, if they are so few that a person may read them; else the first
/// and the last ones.
fn few(mut lines: Vec<String>, indent: &str) -> String {
    if let left_out @ 1.. = lines.len().saturating_sub(FIRST + LAST) {
        let told = format!("{indent}… {} lines left out …", grouped(left_out));
        lines.splice(FIRST..FIRST + left_out, [told]);
    }
    lines.into_iter().fold(String::new(), |text, line| text + &line + "\n")
}

/// At most so many columns of the line; what is cut off is marked.
pub fn cut(line: &str, columns: usize, mark: &str) -> String {
    if textwrap::core::display_width(line) <= columns {
        return line.to_owned();
    }
    let width = textwrap::core::display_width;
    let mut room = columns.saturating_sub(width(mark));
    let mut short = String::new();
    for character in line.chars() {
        match room.checked_sub(width(character.encode_utf8(&mut [0; 4]))) {
            Some(less) => room = less,
            None => break,
        }
        short.push(character);
    }
    short + mark
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLAIN: Paint = Paint { style: Style { width: 24, colour: false, unicode: true } };

    #[test]
    fn nothing_steers_the_terminal() {
        assert_eq!(harmless("a\x1b[31mb\u{202e}c\td\r\n"), "a\u{fffd}[31mb\u{fffd}c    d\n");
        assert!(!PLAIN.tone(Tone::Bad, "\x1b]0;title\x07").contains('\x1b'));
    }

    #[test]
    fn nobody_has_to_scroll_through_thousands_of_lines() {
        let long = "a b\n".repeat(10_000);
        for text in [
            PLAIN.wrapped(2, &long),
            PLAIN.verbatim(2, &long),
            PLAIN.wrapped(2, &"a ".repeat(99_999)),
        ] {
            assert_eq!(text.lines().count(), FIRST + 1 + LAST);
            assert!(text.lines().any(|line| line.contains(" lines left out …")), "{text}");
        }
    }

    #[test]
    fn lines_fit() {
        let text = "a word and another word and a third one, and ほんとうに wide ones";
        for lines in [PLAIN.wrapped(4, text), PLAIN.verbatim(4, text)] {
            for line in lines.lines() {
                assert!(textwrap::core::display_width(line) <= 24, "{line}");
                assert!(line.starts_with("    "));
            }
        }
    }
}
