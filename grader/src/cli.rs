//! The command line.

use std::path::{Path, PathBuf};

use clap::{Parser, Subcommand, ValueEnum};

use crate::answer::{Answer, Unreadable};
use crate::course::{Course, CourseError, Exercise};
use crate::exit::Exit;
use crate::grade::{GradeError, Grader, Options};
use crate::render::human::{self, Detail};
use crate::render::json;
use crate::self_test;
use crate::terminal::{ProgressLine, Style};
use crate::wording;

/// The seed of a run that names none: the same every day, so that a verdict can be repeated.
const SEED: u64 = 1;

/// Grades the exercises, and shows what breaks.
#[derive(Debug, Parser)]
#[command(
    name = "cargo grade",
    bin_name = "cargo grade",
    version,
    args_conflicts_with_subcommands = true
)]
#[command(after_help = "\
Examples:
  cargo grade                  every exercise
  cargo grade 2                one exercise: by number, folder or package
  cargo grade --solutions      the reference answers
  cargo grade --submission DIR what a learner handed in
  cargo grade --format json    the report for machines

Exit codes: 0 all passed; 1 some check failed; 2 wrong usage or configuration;
3 nothing failed, but something is inconclusive; 4 the grader or the machine is at fault.")]
struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    grade: GradeArguments,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Grades the course itself: stubs, reference answers, other right answers, wrong answers.
    SelfTest(SelfTestArguments),
}

#[derive(Debug, clap::Args)]
struct SelfTestArguments {
    /// Exercises, by folder, package or number; all of them if none is named.
    exercises: Vec<String>,
    /// Where all randomness comes from.
    #[arg(long, value_name = "N", default_value_t = SEED)]
    seed: u64,
    /// Run every check again, even where nothing changed.
    #[arg(long)]
    no_cache: bool,
}

#[derive(Debug, clap::Args)]
struct GradeArguments {
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

/// Why nothing was graded.
enum Trouble {
    /// What was asked for, or the course, is wrong.
    Usage(String),
    /// The machine is.
    Fault(String),
}

impl From<CourseError> for Trouble {
    fn from(error: CourseError) -> Self {
        Trouble::Usage(wording::course_error(&error))
    }
}

impl From<Unreadable> for Trouble {
    fn from(error: Unreadable) -> Self {
        Trouble::Usage(format!("{} cannot be read: {}", error.path.display(), error.error))
    }
}

impl From<GradeError> for Trouble {
    fn from(error: GradeError) -> Self {
        Trouble::Fault(match error {
            GradeError::Stage(error) => wording::stage_error(&error),
            GradeError::Build(error) => wording::build_error(&error),
        })
    }
}

/// Runs `cargo grade` with the arguments of this process.
pub fn main() -> Exit {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(said) => {
            // A reader that went away is no reason to fail.
            let _ = said.print();
            return if said.use_stderr() { Exit::Usage } else { Exit::Passed };
        }
    };
    let result = match &arguments.command {
        None => grade(&arguments.grade),
        Some(Command::SelfTest(options)) => run_self_test(options),
    };
    result.unwrap_or_else(|trouble| {
        let (message, exit) = match trouble {
            Trouble::Usage(message) => (message, Exit::Usage),
            Trouble::Fault(message) => (message, Exit::Fault),
        };
        eprintln!("cargo grade: {message}");
        exit
    })
}

fn grade(arguments: &GradeArguments) -> Result<Exit, Trouble> {
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
    let text = match arguments.format {
        Format::Json => json::render(&report),
        Format::Human => {
            human::render(&report, Style::of_stdout(), Detail { verbose: arguments.verbose })
        }
    };
    print(&text);
    Ok(report.exit())
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

fn run_self_test(arguments: &SelfTestArguments) -> Result<Exit, Trouble> {
    let course = find_course()?;
    let exercises = course.select(&arguments.exercises)?;
    let progress = ProgressLine::on_stderr();
    let options = options(arguments.seed, arguments.no_cache);
    let grader = Grader::open(&course, &home(&course), options, &progress)?;
    let findings = self_test::run(&course, &exercises, &grader)??;
    print(&self_test::text(&findings));
    Ok(if findings.is_good() { Exit::Passed } else { Exit::Failed })
}

fn options(seed: u64, no_cache: bool) -> Options {
    let jobs = std::thread::available_parallelism().map_or(1, usize::from);
    Options { seed, jobs, cache: !no_cache }
}

/// The course that the working folder is in, else the one that this program was built in.
fn find_course() -> Result<Course, Trouble> {
    let here = std::env::current_dir()
        .map_err(|error| Trouble::Usage(format!("the working folder cannot be read: {error}")))?;
    match Course::discover(&here) {
        Err(CourseError::NoCourse(_)) if std::env::var_os("CARGO_MANIFEST_DIR").is_some() => {
            let built_in = std::env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default();
            Ok(Course::discover(Path::new(&built_in))?)
        }
        found => Ok(found?),
    }
}

/// Where the grader keeps what it makes: beside cargo's own output.
fn home(course: &Course) -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR")
        .map_or_else(|| course.root.join("target"), |target| course.root.join(target))
        .join("grade")
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

/// Writes to standard output. A reader that went away (`| head`) is no reason to fail.
fn print(text: &str) {
    use std::io::Write as _;
    let _ = std::io::stdout().write_all(text.as_bytes());
}
