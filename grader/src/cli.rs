//! The command line: one file for each subcommand, and what they share.

use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use clap::{Parser, Subcommand};

use crate::answer::Unreadable;
use crate::course::{Course, CourseError};
use crate::desk::Desk;
use crate::exit::Exit;
use crate::grade::{GradeError, Options};
use crate::intake::IntakeError;
use crate::process::compilers;
use crate::sandbox::Wanted;
use crate::terminal::Style;
use crate::text::harmless;
use crate::wording::{self, learner};

mod completions;
mod doctor;
mod explain;
mod format;
mod grade;
mod hint;
mod list;
mod marks;
mod new;
mod next;
mod pack;
mod replay;
mod reset;
mod self_test;
mod solution;
mod verify;
mod watch;

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
  cargo grade watch            a verdict on every save
  cargo grade hint             one hint more
  cargo grade 2 --replay …     one failure again, with what your code prints
  cargo grade --html FILE      the report as a web page too
  cargo grade --solutions      the reference answers
  cargo grade --submission DIR what a learner handed in
  cargo grade --format json    the report for machines

Exit codes: 0 all passed; 1 some check failed; 2 wrong usage or configuration;
3 nothing failed, but something is inconclusive; 4 the grader or the machine is at fault.")]
struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    grade: grade::GradeArguments,
    /// Plain sentences: no colour, no symbols, no columns. For screen readers and logs.
    #[arg(long, global = true)]
    plain: bool,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Grades on every save, with hints, list and editor at a key.
    Watch(watch::WatchArguments),
    /// Says what to do next, and grades it.
    Next(next::NextArguments),
    /// Shows your progress.
    List(list::ListArguments),
    /// Shows one hint more than last time.
    Hint(hint::HintArguments),
    /// Explains a fault.
    Explain(explain::ExplainArguments),
    /// Shows the solutions of an exercise: once it passes, or when asked twice.
    Solution(solution::SolutionArguments),
    /// Brings an exercise back as it was in the beginning; what was there is kept.
    Reset(reset::ResetArguments),
    /// Looks at this machine: what works here, and what to do about the rest.
    Doctor,
    /// Prints what a shell needs to complete this command.
    Completions(completions::CompletionArguments),
    /// Grades the course itself: stubs, reference answers, other right answers, wrong answers.
    SelfTest(self_test::SelfTestArguments),
    /// Writes the files of a new exercise: for authors.
    New(new::NewArguments),
    /// Puts the course into the one file that a course platform takes.
    Pack(pack::PackArguments),
    /// Checks the signature of a report.
    Verify(verify::VerifyArguments),
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
        Trouble::Usage(wording::unreadable(&error))
    }
}

impl From<IntakeError> for Trouble {
    fn from(error: IntakeError) -> Self {
        let told = wording::intake_error(&error);
        match error {
            IntakeError::NoReader(..) => Trouble::Fault(told),
            _ => Trouble::Usage(told),
        }
    }
}

impl From<GradeError> for Trouble {
    fn from(error: GradeError) -> Self {
        Trouble::Fault(wording::grade_error(&error))
    }
}

/// The command line, for what is generated from it: the man page, completions.
pub fn command() -> clap::Command {
    use clap::CommandFactory as _;
    Arguments::command()
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
    let style = if arguments.plain { Style::plain() } else { Style::of_stdout() };
    let result = match &arguments.command {
        None => grade::run(&arguments.grade, style, arguments.plain),
        Some(Command::SelfTest(options)) => self_test::run(options),
        Some(Command::Watch(options)) => watch::run(options, style),
        Some(Command::Doctor) => doctor::run(style),
        Some(Command::Completions(options)) => completions::run(options),
        Some(Command::New(options)) => new::run(options),
        Some(Command::Next(options)) => next::run(options, style),
        Some(Command::List(options)) => list::run(options, style),
        Some(Command::Hint(options)) => hint::run(options, style),
        Some(Command::Explain(options)) => explain::run(options, style),
        Some(Command::Solution(options)) => solution::run(options, style),
        Some(Command::Reset(options)) => reset::run(options),
        Some(Command::Pack(options)) => pack::run(options),
        Some(Command::Verify(options)) => verify::run(options),
    };
    result.unwrap_or_else(|trouble| {
        let (message, exit) = match trouble {
            Trouble::Usage(message) => (message, Exit::Usage),
            Trouble::Fault(message) => (message, Exit::Fault),
        };
        warn(&message);
        exit
    })
}

fn options(seed: u64, no_cache: bool) -> Options {
    let jobs = std::thread::available_parallelism().map_or(1, usize::from);
    let (cache, sandbox) = (!no_cache, Wanted::Off);
    let (strict, submitted, reruns, compile_seconds) = (false, false, 0, compilers::SECONDS);
    Options { seed, jobs, cache, strict, sandbox, submitted, reruns, compile_seconds }
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

/// The learner's desk in that course. What is wrong with its memory is told, and stops nothing.
fn open_desk() -> Result<Desk, Trouble> {
    let desk = Desk::open(find_course()?)?;
    if let Some(trouble) = &desk.trouble {
        warn(&learner::trouble(trouble));
    }
    Ok(desk)
}

/// Where the grader keeps what it makes: beside cargo's own output.
fn home(course: &Course) -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR")
        .map_or_else(|| course.root.join("target"), |target| course.root.join(target))
        .join("grade")
}

/// Says on standard error what is wrong, and goes on.
fn warn(message: &str) {
    // It may quote what lies in a submission.
    eprintln!("cargo grade: {}", harmless(message));
}

/// Writes to standard output. A reader that went away (`| head`) is no reason to fail; a full disk is.
fn print(text: &str) -> Result<(), Trouble> {
    let mut out = io::stdout();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(Trouble::Fault(wording::not_written("the output", &error)))
        }
        _ => Ok(()),
    }
}
