//! `{{#figures-of NAME}}`: a table that was measured and recorded.

use std::fs;

use serde::Deserialize;

use crate::html::inline_code;
use crate::paths::Workspace;
use crate::problem::Complaint;

/// A recorded table. All cells are text, so that their precision is the measurer's choice.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Recorded {
    /// What it shows.
    title: String,
    /// When, where and by what command.
    measured: String,
    columns: Vec<String>,
    rows: Vec<Vec<String>>,
}

/// The table of `book/figures/NAME.json`.
///
/// # Errors
/// If there is no such file, or if it is malformed.
pub fn table(workspace: &Workspace, name: &str) -> Result<String, Complaint> {
    let path = format!("book/figures/{name}.json");
    let json = fs::read(workspace.root().join(&path)).map_err(|error| {
        let remedy = "Record the measurement there: book/README.md shows the format.";
        Complaint::new(format!("{path}: {error}"), remedy)
    })?;
    let malformed = |what: String| {
        Complaint::new(format!("{path} is malformed: {what}"), "book/README.md shows the format.")
    };
    let recorded: Recorded =
        serde_json::from_slice(&json).map_err(|error| malformed(error.to_string()))?;
    if let Some(row) = recorded.rows.iter().find(|row| row.len() != recorded.columns.len()) {
        return Err(malformed(format!("the row {row:?} has not a cell for each column")));
    }
    let head: String = recorded
        .columns
        .iter()
        .map(|column| format!("<th scope=\"col\">{}</th>", inline_code(column)))
        .collect();
    let body: String = recorded.rows.iter().map(|row| table_row(row)).collect();
    Ok(format!(
        "\n<figure class=\"measured\">\n<table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{body}</tbody>\n\
         </table>\n<figcaption>{}. Measured {}.</figcaption>\n</figure>\n",
        inline_code(recorded.title.trim_end_matches('.')),
        inline_code(recorded.measured.trim_end_matches('.'))
    ))
}

/// The first cell names the row.
fn table_row(cells: &[String]) -> String {
    let mut out = String::from("<tr>");
    for (index, cell) in cells.iter().enumerate() {
        let cell = inline_code(cell);
        out += &match index {
            0 => format!("<th scope=\"row\">{cell}</th>"),
            _ => format!("<td>{cell}</td>"),
        };
    }
    out + "</tr>\n"
}
