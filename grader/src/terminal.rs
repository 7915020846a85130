//! The terminal: how wide it is, whether it takes colour, and a progress line.

use std::io::{IsTerminal, Write};
use std::sync::Mutex;

use terminal_size::{Width, terminal_size_of};

use crate::grade::Progress;

/// Columns when nobody tells.
const WIDTH: usize = 80;

/// How a report may be drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Style {
    /// Columns.
    pub width: usize,
    /// Whether colour may be used.
    pub colour: bool,
    /// Whether characters beyond ASCII may be used.
    pub unicode: bool,
}

impl Style {
    /// Neither colour nor symbols, and lines of a length that reads well.
    pub fn plain() -> Self {
        Self { width: WIDTH, colour: false, unicode: false }
    }

    /// What standard output takes: `NO_COLOR`, `CLICOLOR`, `CLICOLOR_FORCE`, `TERM`, the locale and
    /// `COLUMNS` are respected.
    pub fn of_stdout() -> Self {
        let terminal = std::io::stdout().is_terminal();
        let asked = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
        let measured = terminal_size_of(std::io::stdout()).map(|(Width(w), _)| usize::from(w));
        Self {
            width: measured.or(asked).filter(|&columns| columns > 0).unwrap_or(WIDTH),
            colour: takes_colour(terminal),
            unicode: takes_unicode(),
        }
    }
}

fn takes_colour(terminal: bool) -> bool {
    let allowed = !anstyle_query::no_color() && anstyle_query::clicolor() != Some(false);
    let shows = terminal && anstyle_query::term_supports_color();
    anstyle_query::clicolor_force() || (allowed && shows)
}

/// The locale says UTF-8, or says nothing at all: pipes and CI mostly take UTF-8.
fn takes_unicode() -> bool {
    let set = |name| std::env::var(name).ok().filter(|value| !value.is_empty());
    let locale = set("LC_ALL").or_else(|| set("LC_CTYPE")).or_else(|| set("LANG"));
    locale.is_none_or(|locale| {
        let locale = locale.to_uppercase();
        locale.contains("UTF-8") || locale.contains("UTF8")
    })
}

/// A line on standard error that tells what is going on; silent unless that is a terminal.
#[derive(Debug)]
pub struct ProgressLine {
    width: Option<usize>,
    shown: Mutex<bool>,
}

impl ProgressLine {
    /// A line as wide as the terminal; none where standard error is no terminal.
    pub fn on_stderr() -> Self {
        let terminal = std::io::stderr().is_terminal();
        let width = terminal_size_of(std::io::stderr()).map_or(WIDTH, |(Width(w), _)| w.into());
        Self { width: terminal.then_some(width), shown: Mutex::new(false) }
    }

    fn show(&self, text: &str) {
        let Some(width) = self.width else { return };
        let mut shown = self.shown.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        // One column is left free: a full line would make some terminals wrap.
        let text: String = text.chars().take(width.saturating_sub(1)).collect();
        // A terminal that is gone is no reason to stop.
        let _ = write!(std::io::stderr(), "\r\x1b[2K{text}");
        let _ = std::io::stderr().flush();
        *shown = !text.is_empty();
    }
}

impl Progress for ProgressLine {
    fn waiting(&self) {
        self.show(&format!("{} …", crate::wording::WAITING));
    }

    fn building(&self, line: &str) {
        self.show(&format!("building: {line}"));
    }

    fn checking(&self, done: usize, total: usize, name: &str) {
        self.show(&format!("checking {}/{total}: {name}", done + 1));
    }

    fn finished(&self) {
        if *self.shown.lock().unwrap_or_else(|poisoned| poisoned.into_inner()) {
            self.show("");
        }
    }
}
