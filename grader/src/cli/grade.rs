//! `cargo grade`: grades and reports.

use std::path::PathBuf;

use super::format::Format;
use super::marks::{self, MarkArguments};
use super::{SEED, Trouble, find_course, home, next, options, print, replay, warn};
use crate::answer::Answer;
use crate::course::{Course, Exercise};
use crate::desk;
use crate::exit::Exit;
use crate::grade::Grader;
use crate::intake::Submission;
use crate::render::human::{self, Detail};
use crate::render::paint::Paint;
use crate::render::{self, html, plain};
use crate::report::Report;
use crate::terminal::{ProgressLine, Style};
use crate::wording::learner;

/// A replay is looked at, not counted, kept or sent.
const NOT_WITH_REPLAY: [&str; 11] = [
    "format",
    "seed",
    "list",
    "html",
    "no_cache",
    "strict",
    "weights",
    "min_score",
    "rerun_inconclusive",
    "exports",
    "sign",
];

/// What `cargo grade` takes when no subcommand is named.
#[derive(Debug, clap::Args)]
pub(super) struct GradeArguments {
    /// Exercises, by folder, package or number; all of them if none is named.
    exercises: Vec<String>,
    /// Grade the reference answers instead of what is in exercises/.
    #[arg(long, conflicts_with = "submission")]
    solutions: bool,
    /// Grade what was handed in instead: a folder, an archive (zip, tar, tar.gz) or a Git
    /// repository (DIR.git, DIR/.git, DIR#revision) with the answers in exercises/NN-name/src.
    #[arg(long, value_name = "PATH")]
    submission: Option<PathBuf>,
    /// How to write the report.
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t = Format::Human)]
    format: Format,
    /// Where all randomness comes from [default: the same every time, and with --strict a new one].
    #[arg(long, value_name = "N")]
    seed: Option<u64>,
    /// List the exercises and their checks instead of grading.
    #[arg(long)]
    list: bool,
    /// Run one schedule of one model check alone, as a failure shows it, with what the code prints at each
    /// step. Gives no points.
    #[arg(long, value_name = "SCHEDULE", conflicts_with_all = NOT_WITH_REPLAY)]
    replay: Option<String>,
    /// Write the report as a web page as well: one file, readable without a network.
    #[arg(long, value_name = "FILE")]
    html: Option<PathBuf>,
    /// Show every check, how long it took and what was seen.
    #[arg(long, short)]
    verbose: bool,
    /// Run every check again, even where nothing changed.
    #[arg(long)]
    no_cache: bool,
    #[command(flatten)]
    marks: MarkArguments,
}

/// Grades what was asked for.
pub(super) fn run(
    arguments: &GradeArguments,
    style: Style,
    sentences: bool,
) -> Result<Exit, Trouble> {
    let marks = &arguments.marks;
    let course = marks.lay_over(find_course()?)?;
    let exercises = course.select(&arguments.exercises)?;
    if arguments.list {
        print(&list(&exercises))?;
        return Ok(Exit::Passed);
    }
    if let Some(schedule) = &arguments.replay {
        return replay(&course, &exercises, schedule, arguments, style, sentences);
    }
    let key = marks.key()?;
    let submission = submission(arguments)?;
    let options = marks
        .options(arguments.seed, options(SEED, arguments.no_cache), arguments.submission.is_some())
        .map_err(|error| Trouble::Fault(format!("there is no randomness: {error}")))?;
    let progress = ProgressLine::on_stderr();
    let grader = Grader::open(&course, &home(&course), options, &progress)?;
    let answers = answers(&course, &exercises, arguments, submission.as_ref(), &grader)?;
    let mut report = grader.grade(&answers)?;
    marks.weigh(&course, &mut report)?;
    let is_own_work = !arguments.solutions && arguments.submission.is_none();
    if is_own_work {
        keep(&course, &report);
    }
    print(&match arguments.format {
        Format::Human if sentences => plain::render(&report),
        Format::Human => human::render(&report, style, Detail { verbose: arguments.verbose }),
        other => marks::text(other, &report),
    })?;
    if is_own_work && arguments.format == Format::Human {
        print(&next::onward(&course, &exercises, &report, Paint { style })?)?;
    }
    // What could be told has been told before a file can fail.
    if let Some(file) = &arguments.html {
        marks::replace(file, html::render(&report).as_bytes())?;
    }
    marks.write(&report, key.as_ref())?;
    Ok(marks.exit(&report))
}

/// Runs one schedule, and shows what becomes of it.
fn replay(
    course: &Course,
    exercises: &[&Exercise],
    asked: &str,
    arguments: &GradeArguments,
    style: Style,
    sentences: bool,
) -> Result<Exit, Trouble> {
    let schedule = replay::parse(asked)?;
    let exercise = replay::exercise(exercises, &schedule)?;
    let submission = submission(arguments)?;
    let options = arguments
        .marks
        .options(None, options(SEED, true), arguments.submission.is_some())
        .map_err(|error| Trouble::Fault(format!("there is no randomness: {error}")))?;
    let progress = ProgressLine::on_stderr();
    let grader = Grader::open(course, &home(course), options, &progress)?;
    let answers = answers(course, &[exercise], arguments, submission.as_ref(), &grader)?;
    let report = grader.replaying(&schedule).grade(&answers)?;
    print(&render::replay::render(&report, asked.trim(), style, sentences))?;
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
    print(&human::render(&report, style, Detail { verbose: false }))?;
    print(&next::onward(course, exercises, &report, Paint { style })?)?;
    Ok(report.exit())
}

/// Remembers the verdicts. Without memory they stand all the same.
fn keep(course: &Course, report: &Report) {
    if let Err(trouble) = desk::remember(course, report) {
        warn(&learner::trouble(&trouble));
    }
}

/// What was handed in, if it is there: looked for before anything is built.
fn submission(arguments: &GradeArguments) -> Result<Option<Submission>, Trouble> {
    Ok(arguments.submission.as_deref().map(Submission::find).transpose()?)
}

fn answers(
    course: &Course,
    exercises: &[&Exercise],
    arguments: &GradeArguments,
    submission: Option<&Submission>,
    grader: &Grader<'_>,
) -> Result<Vec<Answer>, Trouble> {
    if let Some(submission) = submission {
        return Ok(grader.take(submission, exercises)?);
    }
    let answer = |exercise: &&Exercise| {
        if arguments.solutions {
            Answer::of_reference(course, exercise)
        } else {
            Answer::of_learner(course, exercise)
        }
    };
    Ok(exercises.iter().map(answer).collect::<Result<_, _>>()?)
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
