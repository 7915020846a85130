//! `cargo grade list`: where a learner stands.

use super::{Trouble, open_desk, print};
use crate::course::Exercise;
use crate::desk::Desk;
use crate::exit::Exit;
use crate::progress::Standing;
use crate::render::list;
use crate::render::paint::Paint;
use crate::terminal::Style;
use crate::wording::learner;

/// What `cargo grade list` takes.
#[derive(Debug, clap::Args)]
pub(super) struct ListArguments {
    /// Only exercises with all of these words in their name, title or chapter.
    words: Vec<String>,
    /// Only those that do not pass yet.
    #[arg(long, conflicts_with = "passed")]
    open: bool,
    /// Only those that pass.
    #[arg(long)]
    passed: bool,
}

/// Lists exercises, with points and what is wrong with them.
pub(super) fn run(arguments: &ListArguments, style: Style) -> Result<Exit, Trouble> {
    let desk = open_desk()?;
    let fits = |exercise: &&Exercise| arguments.fits(&desk, exercise);
    let exercises: Vec<&Exercise> = desk.course.exercises.iter().filter(fits).collect();
    let paint = Paint { style };
    if exercises.is_empty() {
        print(&paint.wrapped(0, learner::NOTHING_TO_LIST))?;
    } else {
        print(&list::render(&desk, &exercises, paint))?;
    }
    Ok(Exit::Passed)
}

impl ListArguments {
    fn fits(&self, desk: &Desk, exercise: &Exercise) -> bool {
        let text = format!(
            "{} {} {}",
            exercise.folder, exercise.manifest.title, exercise.manifest.chapter
        );
        let text = text.to_lowercase();
        let passes = desk.standing(exercise) == Standing::Passed;
        self.words.iter().all(|word| text.contains(&word.to_lowercase()))
            && (passes || !self.passed)
            && !(passes && self.open)
    }
}
