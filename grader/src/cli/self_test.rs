//! `cargo grade self-test`: grades the course itself.

use super::{SEED, Trouble, find_course, home, options, print};
use crate::exit::Exit;
use crate::grade::Grader;
use crate::self_test;
use crate::terminal::ProgressLine;

/// What `cargo grade self-test` takes.
#[derive(Debug, clap::Args)]
pub(super) struct SelfTestArguments {
    /// Exercises, by folder, package or number; all of them if none is named.
    exercises: Vec<String>,
    /// Where all randomness comes from.
    #[arg(long, value_name = "N", default_value_t = SEED)]
    seed: u64,
    /// Run every check again, even where nothing changed.
    #[arg(long)]
    no_cache: bool,
}

/// Grades the course itself.
pub(super) fn run(arguments: &SelfTestArguments) -> Result<Exit, Trouble> {
    let course = find_course()?;
    let exercises = course.select(&arguments.exercises)?;
    let progress = ProgressLine::on_stderr();
    let options = options(arguments.seed, arguments.no_cache);
    let grader = Grader::open(&course, &home(&course), options, &progress)?;
    let findings = self_test::run(&course, &exercises, &grader)??;
    print(&self_test::text(&findings));
    Ok(if findings.is_good() { Exit::Passed } else { Exit::Failed })
}
