//! `cargo grade`: grades and reports.

use std::path::PathBuf;

use clap::ValueEnum;

use super::{SEED, Trouble, find_course, home, options, print, warn};
use crate::answer::Answer;
use crate::course::{Course, Exercise};
use crate::desk;
use crate::exit::Exit;
use crate::grade::Grader;
use crate::render::human::{self, Detail};
use crate::render::json;
use crate::report::Report;
use crate::terminal::{ProgressLine, Style};
use crate::wording::learner;

/// What `cargo grade` takes when no subcommand is named.
#[derive(Debug, clap::Args)]
pub(super) struct GradeArguments {
    /// Exercises, by folder, package or number; all of them if none is named.
    exercises: Vec<String>,
    /// Grade the reference answers instead of what is in exercises/.
    #[arg(long, conflicts_with = "submission")]
    solutions: bool,
    /// Grade the answers in DIR/exercises/NN-name/src instead.
    #[arg(long, value_name = "DIR")]
    submission: Option<PathBuf>,
    /// How to write the report.
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t = Format::Human)]
    format: Format,
    /// Where all randomness comes from.
    #[arg(long, value_name = "N", default_value_t = SEED)]
    seed: u64,
    /// List the exercises and their checks instead of grading.
    #[arg(long)]
    list: bool,
    /// Show every check, how long it took and what was seen.
    #[arg(long, short)]
    verbose: bool,
    /// Run every check again, even where nothing changed.
    #[arg(long)]
    no_cache: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// A table and the first fault of each exercise.
    Human,
    /// The whole report, in JSON.
    Json,
}

/// Grades what was asked for.
pub(super) fn run(arguments: &GradeArguments, style: Style) -> Result<Exit, Trouble> {
    let course = find_course()?;
    let exercises = course.select(&arguments.exercises)?;
    if arguments.list {
        print(&list(&exercises));
        return Ok(Exit::Passed);
    }
    let answers = answers(&course, &exercises, arguments)?;
    let options = options(arguments.seed, arguments.no_cache);
    let progress = ProgressLine::on_stderr();
    let grader = Grader::open(&course, &home(&course), options, &progress)?;
    let report = grader.grade(&answers)?;
    if !arguments.solutions && arguments.submission.is_none() {
        keep(&course, &report);
    }
    let text = match arguments.format {
        Format::Json => json::render(&report),
        Format::Human => human::render(&report, style, Detail { verbose: arguments.verbose }),
    };
    print(&text);
    Ok(report.exit())
}

/// Grades a learner's own work on these exercises.
pub(super) fn own_work(
    course: &Course,
    exercises: &[&Exercise],
    style: Style,
) -> Result<Exit, Trouble> {
    let answers = exercises
        .iter()
        .map(|exercise| Answer::of_learner(course, exercise))
        .collect::<Result<Vec<_>, _>>()?;
    let progress = ProgressLine::on_stderr();
    let grader = Grader::open(course, &home(course), options(SEED, false), &progress)?;
    let report = grader.grade(&answers)?;
    keep(course, &report);
    print(&human::render(&report, style, Detail { verbose: false }));
    Ok(report.exit())
}

/// Remembers the verdicts. Without memory they stand all the same.
fn keep(course: &Course, report: &Report) {
    if let Err(trouble) = desk::remember(course, report) {
        warn(&learner::trouble(&trouble));
    }
}

fn answers(
    course: &Course,
    exercises: &[&Exercise],
    arguments: &GradeArguments,
) -> Result<Vec<Answer>, Trouble> {
    let mut answers = Vec::new();
    for exercise in exercises {
        if arguments.solutions {
            answers.push(Answer::of_reference(course, exercise)?);
        } else if let Some(folder) = &arguments.submission {
            answers.extend(Answer::of_submission(folder, exercise)?);
        } else {
            answers.push(Answer::of_learner(course, exercise)?);
        }
    }
    match &arguments.submission {
        Some(folder) if answers.is_empty() => Err(Trouble::Usage(format!(
            "{} holds no answer: a submission has its sources in exercises/NN-name/src",
            folder.display()
        ))),
        _ => Ok(answers),
    }
}

fn list(exercises: &[&Exercise]) -> String {
    let mut text = String::new();
    for exercise in exercises {
        let manifest = &exercise.manifest;
        text += &format!(
            "{}  {} ({} points)\n",
            exercise.folder,
            manifest.title,
            exercise.max_points()
        );
        for check in &manifest.checks {
            text += &format!("    {:<8} {:>2}  {}\n", check.kind, check.points, check.name);
        }
    }
    text
}
