//! `{{#exercise NN-name}}` and `{{#task NN-name}}`: an exercise's card, and its task.

use std::fs;
use std::path::Path;

use serde::Deserialize;

use crate::html::escape;
use crate::page::{self, Kind};
use crate::paths::Workspace;
use crate::problem::Complaint;

/// What the book needs of an `exercise.toml`.
#[derive(Debug, Deserialize)]
struct Manifest {
    title: String,
    checks: Vec<Check>,
}

#[derive(Debug, Deserialize)]
struct Check {
    points: u32,
}

/// What the book needs of the grader's report.
#[derive(Debug, Deserialize, Default)]
pub struct Progress {
    exercises: Vec<Graded>,
}

#[derive(Debug, Deserialize)]
struct Graded {
    folder: String,
    points: u32,
    max_points: u32,
}

impl Progress {
    /// Reads a report; without one there is no progress.
    ///
    /// # Errors
    /// If it is no report.
    pub fn load(report: &Path) -> Result<Self, Complaint> {
        let Ok(json) = fs::read(report) else { return Ok(Progress::default()) };
        serde_json::from_slice(&json).map_err(|error| {
            let remedy = "Run `cargo grade` again, or delete the file.";
            Complaint::new(format!("it is no report of the grader: {error}"), remedy)
        })
    }
}

/// The card of the exercise in `folder`.
///
/// # Errors
/// If there is no such exercise.
pub fn card(workspace: &Workspace, progress: &Progress, folder: &str) -> Result<String, Complaint> {
    let path = format!("exercises/{folder}/exercise.toml");
    let source = read(workspace, &path, "Name the exercise as its folder is called.")?;
    let manifest: Manifest = toml::from_str(&source).map_err(|error| {
        Complaint::new(format!("{path} is malformed: {}", error.message()), "Repair that file.")
    })?;
    let points: u32 = manifest.checks.iter().map(|check| check.points).sum();
    let number = folder.split('-').next().unwrap_or(folder);
    let graded = progress.exercises.iter().find(|graded| graded.folder == folder);
    let (state, says) = match graded {
        None => ("open", "not graded yet".to_owned()),
        Some(graded) if graded.points == graded.max_points => ("passed", "✓ passed".to_owned()),
        Some(graded) => {
            ("begun", format!("{} of {} points so far", graded.points, graded.max_points))
        }
    };
    Ok(format!(
        "\n<div class=\"card\" data-state=\"{state}\">\n\
         <p class=\"card-title\"><span>Exercise {number}: {title}</span> \
         <span class=\"card-state\">{says}</span></p>\n\
         <p>Edit <code>exercises/{folder}/src/lib.rs</code>, then run \
         <code>cargo grade {folder}</code>. Worth {points} points.</p>\n</div>\n",
        title = escape(&manifest.title),
        folder = escape(folder),
    ))
}

/// The task: the exercise's README without its title. Its sections stand one level below `under`, the
/// level of the heading before it.
///
/// # Errors
/// If there is none, or if it holds a link that leads nowhere from a page of the book.
pub fn task(
    workspace: &Workspace,
    page: &Path,
    under: usize,
    folder: &str,
) -> Result<String, Complaint> {
    let path = format!("exercises/{folder}/README.md");
    let readme = read(workspace, &path, "Write the task there: the page shows it.")?;
    let up = "../".repeat(page.components().count() - 1);
    let mut task = String::new();
    let mut title = true;
    for piece in page::pieces(&readme) {
        match piece.kind {
            Kind::Text(line) if title && line.starts_with("# ") => title = false,
            Kind::Text(line) => {
                let deeper =
                    if line.starts_with('#') { &"#####"[..under.saturating_sub(1)] } else { "" };
                let line = line.replace("](../../book/src/", &format!("]({up}"));
                if let Some(target) = dangling(&line) {
                    let what = format!("the task ({path}:{}) links to `{target}`", piece.line);
                    let remedy = "Name the file in backticks instead, or link to ../../book/src/….";
                    return Err(Complaint::new(what, remedy));
                }
                task += &format!("{deeper}{line}\n");
            }
            Kind::Directive(inner) => task += &format!("\\{{{{{inner}}}}}\n"),
            Kind::Fence(fence) => fence.lines.iter().for_each(|line| task += &format!("{line}\n")),
        }
    }
    Ok(task)
}

/// A link to a file beside the README: no page of the book is there.
fn dangling(line: &str) -> Option<&str> {
    let targets = line.split("](").skip(1).filter_map(|rest| rest.split(')').next());
    targets
        .into_iter()
        .find(|target| !target.contains("://") && !target.starts_with('#') && !is_page(target))
}

fn is_page(target: &str) -> bool {
    target.split('#').next().is_some_and(|file| file.ends_with(".md") && file != "README.md")
}

fn read(workspace: &Workspace, path: &str, remedy: &str) -> Result<String, Complaint> {
    fs::read_to_string(workspace.root().join(path))
        .map_err(|error| Complaint::new(format!("{path}: {error}"), remedy))
}
