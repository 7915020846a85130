//! Draws an [`Interleaving`](super::Interleaving): one column per thread, time goes down.

mod html;
mod text;

pub use html::{STYLE_SHEET, html};
pub use text::text;

/// How to draw as text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Style {
    /// Columns that a line may take.
    pub width: usize,
    /// Whether colour (ANSI) may be used.
    pub colour: bool,
    /// Whether box-drawing characters and arrows may be used; else plain ASCII.
    pub unicode: bool,
}

#[cfg(test)]
mod tests;
