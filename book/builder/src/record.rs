//! `cargo book record`: lets the grader break wrong answers, and keeps the schedules that it shows.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::Path;
use std::process::{Command, Stdio};

use evidence::{Evidence, Interleaving};
use serde::Deserialize;

use crate::edition::Refused;
use crate::links;
use crate::page::{self, Kind};
use crate::paths::Workspace;
use crate::trace::WrongAnswer;

/// What a recording needs of the grader's report.
#[derive(Debug, Deserialize)]
struct Report {
    exercises: Vec<Graded>,
}

#[derive(Debug, Deserialize)]
struct Graded {
    checks: Vec<Check>,
}

#[derive(Debug, Deserialize)]
struct Check {
    #[serde(default)]
    evidence: Vec<Evidence>,
}

/// Records the schedules of `names`, or of every trace that a page shows if there are none; the files
/// that it wrote.
///
/// # Errors
/// If a name is no wrong answer, or if the grader shows no schedule for it.
pub fn record(workspace: &Workspace, names: &[String]) -> Result<Vec<String>, Refused> {
    let names = if names.is_empty() { shown(workspace)? } else { names.iter().cloned().collect() };
    let mut written = Vec::new();
    for name in &names {
        let answer = WrongAnswer::parse(name).map_err(|complaint| {
            Refused::Failed(format!("{}. {}", complaint.what, complaint.remedy))
        })?;
        let schedule = schedule(workspace, answer)?;
        let path = workspace.root().join(answer.recording());
        fs::create_dir_all(path.parent().unwrap_or(workspace.root()))?;
        let json = serde_json::to_string_pretty(&schedule).map_err(io::Error::from)?;
        fs::write(path, json + "\n")?;
        written.push(answer.recording());
    }
    Ok(written)
}

/// The traces that the pages show.
fn shown(workspace: &Workspace) -> Result<BTreeSet<String>, Refused> {
    let mut names = BTreeSet::new();
    for file in links::files(&workspace.pages())? {
        let text = fs::read_to_string(file).unwrap_or_default();
        for piece in page::pieces(&text) {
            if let Kind::Directive(inner) = piece.kind {
                names.extend(inner.strip_prefix("#trace ").map(|name| name.trim().to_owned()));
            }
        }
    }
    Ok(names)
}

/// What the grader shows of a wrong answer.
fn schedule(workspace: &Workspace, answer: WrongAnswer<'_>) -> Result<Interleaving, Refused> {
    let source = answer.source();
    let submission = workspace.checks().join("record");
    let handed_in = submission.join("exercises").join(answer.exercise).join("src/lib.rs");
    fs::create_dir_all(handed_in.parent().unwrap_or(&submission))?;
    fs::copy(workspace.root().join(&source), &handed_in)
        .map_err(|error| Refused::Failed(format!("{source}: {error}")))?;
    let output = Command::new("cargo")
        .args(["run", "--quiet", "--package", "grader", "--"])
        .args([answer.exercise, "--format", "json", "--submission"])
        .arg(&submission)
        .current_dir(workspace.root())
        .stderr(Stdio::inherit())
        .output()?;
    let report: Report = serde_json::from_slice(&output.stdout)
        .map_err(|error| Refused::Failed(format!("the grader's report on {source}: {error}")))?;
    let checks = report.exercises.into_iter().flat_map(|exercise| exercise.checks);
    let mut evidence = checks.flat_map(|check| check.evidence);
    let schedule = evidence.find_map(|evidence| match evidence {
        Evidence::Interleaving(schedule) => Some(schedule),
        _ => None,
    });
    let none = || Refused::Failed(format!("the grader shows no schedule for {source}"));
    schedule.map(|schedule| renamed(schedule, &handed_in, &source)).ok_or_else(none)
}

/// The schedule with the answer's own path for that of the copy, and without what replays it, which the next
/// version of the grader may not read.
fn renamed(mut schedule: Interleaving, from: &Path, to: &str) -> Interleaving {
    let files = schedule.rows.iter_mut().map(|row| &mut row.file).chain([&mut schedule.file]);
    for file in files.filter(|file| Path::new(file.as_str()) == from) {
        *file = to.to_owned();
    }
    schedule.schedule.clear();
    schedule
}
