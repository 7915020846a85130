//! `cargo grade hint`: one hint more.

use super::{Trouble, next, open_desk, print, warn};
use crate::desk;
use crate::exit::Exit;
use crate::render::hint;
use crate::render::paint::Paint;
use crate::terminal::Style;
use crate::wording::learner;

/// What `cargo grade hint` takes.
#[derive(Debug, clap::Args)]
pub(super) struct HintArguments {
    /// The exercise; else the first that does not pass yet.
    exercise: Option<String>,
}

/// Shows one hint more than last time.
pub(super) fn run(arguments: &HintArguments, style: Style) -> Result<Exit, Trouble> {
    let mut desk = open_desk()?;
    let exercise = match &arguments.exercise {
        Some(name) => desk.course.select(std::slice::from_ref(name))?.first().copied(),
        None => desk.next(),
    };
    let paint = Paint { style };
    let Some(exercise) = exercise.cloned() else {
        print(&next::the_end(paint))?;
        return Ok(Exit::Passed);
    };
    if let Err(error) = desk.climb(&exercise) {
        warn(&learner::trouble(&desk::Trouble::Unusable(error)));
    }
    print(&hint::render(&exercise, &desk.entry(&exercise), paint))?;
    Ok(Exit::Passed)
}
