//! A schedule as HTML: for the book, and for reports that are read in a browser.

use std::fmt::{self, Write};

use crate::interleaving::{Interleaving, Row, Step};

/// Colours and spacing for [`html`], on light pages and on dark ones.
pub const STYLE_SHEET: &str = include_str!("table.css");

/// The table as one `<table>` element with class `interleaving`. It needs no script, and reads well
/// without the [`STYLE_SHEET`].
pub fn html(table: &Interleaving) -> String {
    let mut out = String::new();
    write(table, &mut out).expect("writing to a string does not fail");
    out
}

fn write(table: &Interleaving, out: &mut String) -> fmt::Result {
    writeln!(out, "<table class=\"interleaving\">")?;
    write!(out, "<thead><tr><th scope=\"col\"><abbr title=\"Step\">#</abbr></th>")?;
    for lane in &table.lanes {
        write!(out, "<th scope=\"col\">{}</th>", Escaped(&lane.name))?;
    }
    writeln!(out, "</tr></thead>\n<tbody>")?;
    if let Some(omission) = table.omission() {
        write_remark(table, &format!("… {omission}"), out)?;
    }
    for (number, row) in table.numbers().zip(&table.rows) {
        write_row(table, row, number, out)?;
        if let Some(repetition) = row.repetition() {
            write_remark(table, &format!("↻ {repetition}"), out)?;
        }
    }
    writeln!(out, "</tbody>\n</table>")
}

fn write_remark(table: &Interleaving, remark: &str, out: &mut String) -> fmt::Result {
    let span = table.lanes.len();
    writeln!(out, "<tr class=\"remark\"><td></td><td colspan=\"{span}\">{remark}</td></tr>")
}

fn write_row(
    table: &Interleaving,
    row: &Row,
    number: Option<usize>,
    out: &mut String,
) -> fmt::Result {
    let (class, mark) = match row.step {
        Step::Done if row.scenario => ("scenario", None),
        Step::Done => ("done", None),
        Step::Stuck => ("stuck", Some("stuck")),
        Step::Broken => ("broken", Some("broken")),
        Step::Printed => ("printed", None),
        Step::Departed => ("departed", None),
    };
    let number = number.map_or_else(String::new, |number| number.to_string());
    write!(out, "<tr class=\"{class}\"><th scope=\"row\">{number}</th>")?;
    for lane in 0..table.lanes.len() {
        if lane != row.lane {
            write!(out, "<td></td>")?;
            continue;
        }
        write!(out, "<td>")?;
        if let Some(mark) = mark {
            // Colour alone would not reach everybody.
            write!(out, "<span class=\"mark\" role=\"img\" aria-label=\"{mark}\">✗</span> ")?;
        }
        match row.step {
            Step::Printed => write!(out, "<samp>{}</samp>", Escaped(&row.text))?,
            Step::Departed => write!(out, "<em>{}</em>", Escaped(&row.text))?,
            _ => {
                let place = row.place(table);
                write!(out, "<span class=\"place\">{}</span> ", Escaped(&place))?;
                write!(out, "<code>{}</code>", Escaped(&row.text))?;
            }
        }
        if !row.value.is_empty() {
            write!(out, " <span class=\"value\">{}</span>", Escaped(&row.value))?;
        }
        if !row.note.is_empty() {
            write!(out, " <em class=\"note\">← {}</em>", Escaped(&row.note))?;
        }
        write!(out, "</td>")?;
    }
    writeln!(out, "</tr>")
}

/// Text that means itself.
struct Escaped<'a>(&'a str);

impl fmt::Display for Escaped<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for char in self.0.chars() {
            match char {
                '&' => f.write_str("&amp;")?,
                '<' => f.write_str("&lt;")?,
                '>' => f.write_str("&gt;")?,
                '"' => f.write_str("&quot;")?,
                char => f.write_char(char)?,
            }
        }
        Ok(())
    }
}
