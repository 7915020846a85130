//! Draws an [`Interleaving`] as text.

use super::{Interleaving, Step};

/// How to draw.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Style {
    /// Columns that a line may take.
    pub width: usize,
    /// Whether colour (ANSI) may be used.
    pub colour: bool,
    /// Whether box-drawing characters and arrows may be used; else plain ASCII.
    pub unicode: bool,
}

/// The table as lines of text, each ended by a line feed.
pub fn text(interleaving: &Interleaving, _style: Style) -> String {
    let mut out = String::new();
    for (number, row) in interleaving.rows.iter().enumerate() {
        let lane = &interleaving.lanes[row.lane].name;
        let mark = if row.step == Step::Done { ' ' } else { '!' };
        out += &format!(
            "{mark}{:>3} {lane:<8} :{} {} {} {}\n",
            number + 1,
            row.line,
            row.text,
            row.value,
            row.note
        );
    }
    out
}
