//! `{{#trace NN-name/stem}}`: a schedule that the grader recorded, and the code that it breaks.

use std::fs;

use evidence::Interleaving;
use evidence::interleaving::render;

use crate::html::{escape, figure};
use crate::paths::Workspace;
use crate::problem::Complaint;

/// A wrong answer whose schedule is recorded: `02-race-fix/load_then_store`.
#[derive(Debug, Clone, Copy)]
pub struct WrongAnswer<'a> {
    /// The exercise's folder.
    pub exercise: &'a str,
    /// The file's name without `.rs`.
    pub stem: &'a str,
}

impl<'a> WrongAnswer<'a> {
    /// Reads `NN-name/stem`.
    ///
    /// # Errors
    /// If it is not of that form.
    pub fn parse(name: &'a str) -> Result<Self, Complaint> {
        match name.trim().split_once('/') {
            Some((exercise, stem)) if !stem.contains('/') => Ok(WrongAnswer { exercise, stem }),
            _ => Err(Complaint::new(
                format!("`{name}` names no wrong answer"),
                "Name the exercise and the file: 02-race-fix/load_then_store.",
            )),
        }
    }

    /// Its source, relative to the workspace.
    pub fn source(self) -> String {
        format!("solutions/{}/wrong/{}.rs", self.exercise, self.stem)
    }

    /// Where its schedule is recorded, relative to the workspace.
    pub fn recording(self) -> String {
        format!("book/traces/{}/{}.json", self.exercise, self.stem)
    }
}

/// The figure for a recorded schedule.
///
/// # Errors
/// If there is no such recording or no such answer, or if the recording is malformed.
pub fn trace(workspace: &Workspace, name: &str) -> Result<String, Complaint> {
    let answer = WrongAnswer::parse(name)?;
    let path = answer.recording();
    let record = format!("Record it: cargo book record {name}");
    let json = fs::read(workspace.root().join(&path))
        .map_err(|error| Complaint::new(format!("{path}: {error}"), &record))?;
    let schedule: Interleaving = serde_json::from_slice(&json)
        .map_err(|error| Complaint::new(format!("{path} is malformed: {error}"), &record))?;
    if let Some(row) = schedule.rows.iter().find(|row| row.lane >= schedule.lanes.len()) {
        let what = format!("{path} is malformed: there is no lane {}", row.lane);
        return Err(Complaint::new(what, &record));
    }
    let source = answer.source();
    let code = fs::read_to_string(workspace.root().join(&source)).map_err(|error| {
        Complaint::new(format!("{source}: {error}"), "Name a wrong answer that there is.")
    })?;
    // The table scrolls on narrow screens, so it must take the focus.
    let still = format!(
        "<div class=\"trace\" tabindex=\"0\" role=\"region\" aria-label=\"Recorded schedule\">\n{}</div>\n{}",
        render::html(&schedule),
        listing(&code)
    );
    let caption = format!("Recorded by the grader on `{source}`. The numbers are its lines.");
    Ok(figure("trace", &still, &caption))
}

/// The code with its line numbers, folded. The file's own comment, which tells the mistake, is left out.
fn listing(code: &str) -> String {
    let lines = code
        .lines()
        .enumerate()
        .skip_while(|(_, line)| line.starts_with("//!") || line.trim().is_empty());
    let items: String = lines
        .map(|(index, line)| {
            // An empty line would end the block of HTML.
            let line = if line.is_empty() { " " } else { line };
            format!("<li value=\"{}\"><code>{}</code></li>\n", index + 1, escape(line))
        })
        .collect();
    format!(
        "<details>\n<summary>The code</summary>\n<ol class=\"listing\" tabindex=\"0\">\n{items}</ol>\n</details>\n"
    )
}
