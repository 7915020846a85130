//! `{{#trace NN-name/stem}}`: a schedule that the grader recorded.

use std::fs;

use evidence::Interleaving;
use evidence::interleaving::{Row, Step};

use crate::html::{escape, figure};
use crate::paths::Workspace;
use crate::problem::Complaint;

/// The figure for `book/traces/NN-name/stem.json`.
///
/// # Errors
/// If there is no such recording, or if it is malformed.
pub fn trace(workspace: &Workspace, name: &str) -> Result<String, Complaint> {
    let path = format!("book/traces/{name}.json");
    let Some((exercise, stem)) = name.split_once('/') else {
        let remedy =
            "Name the exercise and the wrong answer: {{#trace 02-race-fix/load_then_store}}.";
        return Err(Complaint::new(format!("`{name}` names no wrong answer"), remedy));
    };
    let record = format!(
        "Record it: `cargo grade {exercise} --answer solutions/{exercise}/wrong/{stem}.rs --trace {path}`."
    );
    let json = fs::read(workspace.root().join(&path))
        .map_err(|error| Complaint::new(format!("{path}: {error}"), &record))?;
    let schedule: Interleaving = serde_json::from_slice(&json)
        .map_err(|error| Complaint::new(format!("{path} is malformed: {error}"), &record))?;
    if let Some(row) = schedule.rows.iter().find(|row| row.lane >= schedule.lanes.len()) {
        let what = format!("{path} is malformed: there is no lane {}", row.lane);
        return Err(Complaint::new(what, &record));
    }
    let caption = format!("Recorded by the grader on `solutions/{exercise}/wrong/{stem}.rs`.");
    Ok(figure("trace", &table(&schedule), &caption))
}

/// The rows as a table: a column per thread, time runs downwards.
fn table(schedule: &Interleaving) -> String {
    let lanes: String = schedule
        .lanes
        .iter()
        .map(|lane| format!("<th scope=\"col\">{}</th>", escape(&lane.name)))
        .collect();
    let rows: String = schedule
        .rows
        .iter()
        .enumerate()
        .map(|(index, row)| table_row(schedule, index, row))
        .collect();
    // The wrapper scrolls on narrow screens, so it must take the focus.
    format!(
        "<div class=\"trace-scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Recorded schedule\">\n\
         <table class=\"trace\">\n<thead><tr><th scope=\"col\">step</th>{lanes}</tr></thead>\n\
         <tbody>\n{rows}</tbody>\n</table>\n</div>\n"
    )
}

fn table_row(schedule: &Interleaving, index: usize, row: &Row) -> String {
    let class = match row.step {
        Step::Done => "done",
        Step::Stuck => "stuck",
        Step::Broken => "broken",
    };
    let mut cell = format!("<code>{}</code>", escape(&row.text));
    if !row.value.is_empty() {
        cell += &format!(" <span class=\"trace-value\">{}</span>", escape(&row.value));
    }
    if row.step == Step::Stuck {
        cell += " <span class=\"trace-note\">stuck for ever</span>";
    }
    if !row.note.is_empty() {
        cell += &format!(" <span class=\"trace-note\">{}</span>", escape(&row.note));
    }
    if row.times > 1 {
        cell += &format!(" <span class=\"trace-note\">{} times</span>", row.times);
    }
    let cells: String = (0..schedule.lanes.len())
        .map(|lane| if lane == row.lane { format!("<td>{cell}</td>") } else { "<td></td>".into() })
        .collect();
    let line = row.line;
    format!(
        "<tr class=\"trace-{class}\"><th scope=\"row\" title=\"line {line}\">{}</th>{cells}</tr>\n",
        index + 1
    )
}
