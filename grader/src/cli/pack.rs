//! `cargo grade pack`: what a course platform takes, in one file.

use std::path::PathBuf;

use clap::ValueEnum;

use super::marks::replace;
use super::{Trouble, find_course, print};
use crate::exit::Exit;
use crate::pack::{self, Platform};
use crate::wording;

/// What `cargo grade pack` takes.
#[derive(Debug, clap::Args)]
pub(super) struct PackArguments {
    /// The platform.
    #[arg(value_enum)]
    platform: Name,
    /// Exercises, by folder, package or number; all of them if none is named.
    exercises: Vec<String>,
    /// The file to write.
    #[arg(long, short, value_name = "FILE")]
    output: PathBuf,
    /// Lay a folder of your own checks over the course.
    #[arg(long, value_name = "DIR")]
    extra: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Name {
    /// A zip to upload as the autograder.
    Gradescope,
    /// A tar to unpack into the assessment.
    Autolab,
    /// A tar with a question and the image that grades it.
    Prairielearn,
}

/// Packs, and says what to do with it.
pub(super) fn run(arguments: &PackArguments) -> Result<Exit, Trouble> {
    let mut course = find_course()?;
    if let Some(extra) = &arguments.extra {
        course = course.with_extra(extra)?;
    }
    let exercises = course.select(&arguments.exercises)?;
    let (platform, next) = match arguments.platform {
        Name::Gradescope => (Platform::Gradescope, "upload it as the autograder of the assignment"),
        Name::Autolab => (Platform::Autolab, "unpack it into the assessment's folder"),
        Name::Prairielearn => {
            (Platform::Prairielearn, "build the image in image/, and name it in question/info.json")
        }
    };
    let bytes = pack::pack(&course, &exercises, platform)
        .map_err(|error| Trouble::Fault(wording::stage_error(&error)))?;
    let path = arguments.output.display();
    replace(&arguments.output, &bytes)?;
    print(&format!(
        "{path}: {} exercises, {} bytes. Next: {next}.\n",
        exercises.len(),
        bytes.len()
    ))?;
    Ok(Exit::Passed)
}
