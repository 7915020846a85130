//! A schedule as text: for terminals, logs and e-mails.

use super::Style;
use crate::interleaving::{Interleaving, Row, Step};

/// Lanes narrower than this are unreadable: the table then becomes a list.
const NARROWEST_LANE: usize = 18;

/// What a row's number takes, with the space after it.
const GUTTER: usize = 4;

/// The table as lines of text, each ended by a line feed. None is wider than the style allows, as
/// long as that is 40 columns or more.
pub fn text(table: &Interleaving, style: Style) -> String {
    let rows: Vec<Cell> = table.rows.iter().map(|row| Cell::new(row, table, style)).collect();
    let room = style.width.saturating_sub(GUTTER + 3 * table.lanes.len().saturating_sub(1));
    let mut canvas = Canvas { style, out: String::new() };
    if table.lanes.len() > 1 && room / table.lanes.len() < NARROWEST_LANE {
        canvas.list(table, &rows);
    } else {
        canvas.columns(table, &rows, &widths(table, &rows, room));
    }
    canvas.out
}

/// A row's text, in parts of which the first gives way first.
struct Cell {
    head: String,
    value: String,
    note: String,
    /// Nothing of it gives way: what was printed may matter to the last character.
    wraps: bool,
}

impl Cell {
    fn new(row: &Row, table: &Interleaving, style: Style) -> Self {
        let head = match row.step {
            Step::Printed => format!("» {}", row.text),
            Step::Departed => row.text.clone(),
            _ => format!("{} {}", row.place(table), row.text),
        };
        let note = if row.note.is_empty() { String::new() } else { format!("← {}", row.note) };
        let wraps = !row.step.is_one();
        let cell = Self { head, value: row.value.clone(), note, wraps };
        if style.unicode { cell } else { cell.with_plain_arrows() }
    }

    /// Arrows become longer in ASCII, so that is done before anything is measured.
    fn with_plain_arrows(self) -> Self {
        let plain = |text: String| {
            text.replace('→', "->").replace('⇒', "=>").replace('←', "<-").replace('»', ">>")
        };
        Self { head: plain(self.head), value: plain(self.value), note: plain(self.note), ..self }
    }

    fn width(&self) -> usize {
        let parts = [&self.head, &self.value, &self.note];
        let filled = parts.iter().filter(|part| !part.is_empty());
        filled.map(|part| length(part) + 1).sum::<usize>() - 1
    }

    /// The cell as lines of at most `width`: the source text is shortened, the value is kept, the
    /// note moves below if it has to.
    fn lines(&self, width: usize) -> Vec<String> {
        if self.wraps && length(&self.head) > width {
            return wrap(&self.head, width.saturating_sub(2));
        }
        let value = if self.value.is_empty() { 0 } else { length(&self.value) + 1 };
        let mut first = shorten(&self.head, width.saturating_sub(value));
        if !self.value.is_empty() {
            first = format!("{first} {}", self.value);
        }
        if self.note.is_empty() {
            return vec![first];
        }
        if length(&first) + 1 + length(&self.note) <= width {
            return vec![format!("{first} {}", self.note)];
        }
        let below = wrap(&self.note, width.saturating_sub(2));
        std::iter::once(first).chain(below.into_iter().map(|line| format!("  {line}"))).collect()
    }
}

/// How wide each lane is: as wide as its widest cell, less where that is too much in all.
fn widths(table: &Interleaving, cells: &[Cell], room: usize) -> Vec<usize> {
    let mut widths: Vec<usize> = table.lanes.iter().map(|lane| length(&lane.name)).collect();
    for (row, cell) in table.rows.iter().zip(cells) {
        widths[row.lane] = widths[row.lane].max(cell.width());
    }
    while widths.iter().sum::<usize>() > room {
        let widest = widths.iter_mut().max().expect("a sum above zero has parts");
        *widest -= 1;
    }
    widths
}

struct Canvas {
    style: Style,
    out: String,
}

impl Canvas {
    fn columns(&mut self, table: &Interleaving, cells: &[Cell], widths: &[usize]) {
        let names: Vec<String> =
            table.lanes.iter().zip(widths).map(|(lane, width)| pad(&lane.name, *width)).collect();
        let (bar, dash, cross) =
            if self.style.unicode { (" │ ", "─", "┼") } else { (" | ", "-", "+") };
        let names = names.join(bar);
        self.line(&format!("{:GUTTER$}{}", "", self.bold(names.trim_end())));
        let rules: Vec<String> = widths.iter().map(|width| dash.repeat(*width)).collect();
        let rules = rules.join(&format!("{dash}{cross}{dash}"));
        self.line(&format!("{:GUTTER$}{rules}", ""));
        self.omission(table);
        for (number, (row, cell)) in table.numbers().zip(table.rows.iter().zip(cells)) {
            for (index, line) in cell.lines(widths[row.lane]).into_iter().enumerate() {
                let gutter = self.gutter(row, number, index);
                let mut lanes = String::new();
                for (lane, &width) in widths.iter().enumerate() {
                    if lane > 0 {
                        lanes += bar;
                    }
                    if lane == row.lane {
                        let blank = " ".repeat(width - length(&line).min(width));
                        lanes += &self.paint(row, &line);
                        lanes += &blank;
                    } else {
                        lanes += &" ".repeat(width);
                    }
                }
                self.line(&format!("{gutter}{}", lanes.trim_end()));
            }
            self.repetition(row);
        }
    }

    fn list(&mut self, table: &Interleaving, cells: &[Cell]) {
        let name = table.lanes.iter().map(|lane| length(&lane.name)).max().unwrap_or(0);
        let room = self.style.width.saturating_sub(GUTTER + name + 2);
        self.omission(table);
        for (number, (row, cell)) in table.numbers().zip(table.rows.iter().zip(cells)) {
            for (index, line) in cell.lines(room).into_iter().enumerate() {
                let lane = if index == 0 { table.lanes[row.lane].name.as_str() } else { "" };
                let lane = self.bold(&pad(lane, name));
                let gutter = self.gutter(row, number, index);
                self.line(&format!("{gutter}{lane}  {}", self.paint(row, &line)));
            }
            self.repetition(row);
        }
    }

    fn gutter(&self, row: &Row, number: Option<usize>, line: usize) -> String {
        let mark = if self.style.unicode { '✗' } else { 'x' };
        match (line, row.step, number) {
            (0, Step::Done, Some(number)) => format!("{number:>3} "),
            (0, Step::Stuck | Step::Broken, _) => self.red(&format!("{mark:>3} ")),
            _ => " ".repeat(GUTTER),
        }
    }

    fn omission(&mut self, table: &Interleaving) {
        if let Some(omission) = table.omission() {
            self.line(&format!("{:>3} {omission}", '…'));
        }
    }

    fn repetition(&mut self, row: &Row) {
        if let Some(repetition) = row.repetition() {
            let mark = if self.style.unicode { '↻' } else { '@' };
            self.line(&format!("{mark:>3} {repetition}"));
        }
    }

    fn line(&mut self, line: &str) {
        if self.style.unicode {
            self.out += line;
        } else {
            self.out += &ascii(line);
        }
        self.out.push('\n');
    }

    fn paint(&self, row: &Row, line: &str) -> String {
        match row.step {
            Step::Done if row.scenario => self.ansi("2", line),
            Step::Done => line.to_owned(),
            Step::Stuck | Step::Broken => self.red(line),
            Step::Printed => self.ansi("36", line),
            Step::Departed => self.ansi("33", line),
        }
    }

    fn bold(&self, text: &str) -> String {
        self.ansi("1", text)
    }

    fn red(&self, text: &str) -> String {
        self.ansi("31", text)
    }

    fn ansi(&self, code: &str, text: &str) -> String {
        if self.style.colour { format!("\x1b[{code}m{text}\x1b[0m") } else { text.to_owned() }
    }
}

fn length(text: &str) -> usize {
    text.chars().count()
}

fn pad(text: &str, width: usize) -> String {
    format!("{}{}", text, " ".repeat(width.saturating_sub(length(text))))
}

/// At most `width` characters. The end gives way: it says least about an operation.
fn shorten(text: &str, width: usize) -> String {
    if length(text) <= width {
        return text.to_owned();
    }
    let kept: String = text.chars().take(width.saturating_sub(1)).collect();
    format!("{}…", kept.trim_end())
}

/// Lines of at most `width` characters, broken between words; a longer word is shortened.
fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split(' ') {
        let word = shorten(word, width);
        let last = lines.last_mut().expect("there is one line at least");
        if last.is_empty() {
            *last = word;
        } else if length(last) + 1 + length(&word) <= width {
            last.push(' ');
            last.push_str(&word);
        } else {
            lines.push(format!("  {word}"));
        }
    }
    lines
}

/// The same without characters beyond ASCII, and as long.
fn ascii(line: &str) -> String {
    let plain = |char: char| match char {
        '…' => '~',
        '“' | '”' => '"',
        '’' => '\'',
        char if char.is_ascii() => char,
        _ => '?',
    };
    line.chars().map(plain).collect()
}
