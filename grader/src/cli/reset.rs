//! `cargo grade reset`: an exercise as it was in the beginning, and back.

use super::{Trouble, open_desk, print, warn};
use crate::answer::Answer;
use crate::course::Exercise;
use crate::desk::{self, Desk};
use crate::exit::Exit;
use crate::original::{self, Backups, Lost};
use crate::wording::{self, learner};

/// What `cargo grade reset` takes.
#[derive(Debug, clap::Args)]
pub(super) struct ResetArguments {
    /// Exercises, by folder, package or number.
    #[arg(required_unless_present_any = ["all", "undo"])]
    exercises: Vec<String>,
    /// Every exercise.
    #[arg(long, conflicts_with = "exercises")]
    all: bool,
    /// Bring back what the last reset took away: of these exercises, or of all that it was for.
    #[arg(long, conflicts_with = "all")]
    undo: bool,
}

/// Puts the originals in place of a learner's sources, or undoes that.
pub(super) fn run(arguments: &ResetArguments) -> Result<Exit, Trouble> {
    let mut desk = open_desk()?;
    let backups = Backups::of(&desk.course);
    let exercises: Vec<Exercise> =
        desk.course.select(&arguments.exercises)?.into_iter().cloned().collect();
    if arguments.undo {
        return undo(&desk, &backups, &exercises, arguments);
    }
    let mut originals = Vec::new();
    for exercise in &exercises {
        let original = original::find(&desk.course, exercise)
            .map_err(|lost| trouble(&exercise.folder, lost))?;
        if Answer::of_learner(&desk.course, exercise)?.digest() == original.digest() {
            print(&format!("{}\n", learner::was_original(&exercise.folder)))?;
        } else {
            originals.push(original);
        }
    }
    if originals.is_empty() {
        return Ok(Exit::Passed);
    }
    backups.replace(&desk.course, &originals).map_err(|lost| trouble("", lost))?;
    for original in &originals {
        print(&format!("{}\n", learner::was_reset(&original.exercise)))?;
        forget_hints(&mut desk, &exercises, &original.exercise);
    }
    print(&format!("{}\n", learner::undo_with(&arguments.exercises)))?;
    Ok(Exit::Passed)
}

/// Exchanges what is there with what was kept, and says which of the two is there now.
fn undo(
    desk: &Desk,
    backups: &Backups,
    exercises: &[Exercise],
    arguments: &ResetArguments,
) -> Result<Exit, Trouble> {
    let kept = backups
        .undo(&desk.course, exercises)
        .map_err(|lost| trouble(&arguments.exercises.join(", "), lost))?;
    let mut is_work = false;
    for answer in &kept {
        let exercise = exercises.iter().find(|exercise| exercise.folder == answer.exercise);
        let original = exercise.and_then(|exercise| original::find(&desk.course, exercise).ok());
        let was_undone = original.is_some_and(|original| original.digest() == answer.digest());
        is_work |= !was_undone;
        let says = if was_undone { learner::was_reset } else { learner::undone };
        print(&format!("{}\n", says(&answer.exercise)))?;
    }
    let again = if is_work { learner::undo_again } else { learner::undo_with };
    print(&format!("{}\n", again(&arguments.exercises)))?;
    Ok(Exit::Passed)
}

/// Who begins anew climbs the ladder anew.
fn forget_hints(desk: &mut Desk, exercises: &[Exercise], folder: &str) {
    if let Some(exercise) = exercises.iter().find(|exercise| exercise.folder == folder)
        && let Err(error) = desk.change(exercise, |entry| entry.hints.clear())
    {
        warn(&learner::trouble(&desk::Trouble::Unusable(error)));
    }
}

fn trouble(folder: &str, lost: Lost) -> Trouble {
    match lost {
        Lost::NoOriginal(why) => Trouble::Usage(learner::no_original(folder, &why)),
        Lost::NoBackup => Trouble::Usage(learner::nothing_to_undo(folder)),
        Lost::Source(error) => error.into(),
        Lost::File(path, error) => Trouble::Fault(wording::not_written(path.display(), &error)),
    }
}
