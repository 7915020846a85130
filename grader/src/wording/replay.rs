//! What is said of one schedule that is run again.

use evidence::schedule::{Unreadable, VERSION};

use crate::course::Exercise;
use crate::report::ExerciseReport;

pub(crate) const PASSES_NOW: &str = "With this schedule, the check passes now.";

/// Before the command, where nobody knows what was graded.
pub(crate) const AGAIN: &str = "To run just this one again:";

/// Above the command that replays a failure.
pub(crate) fn invitation(exercise: &ExerciseReport) -> &'static str {
    if exercise.answer == format!("exercises/{}", exercise.folder) {
        "Run just this one again, with what your code prints at each step:"
    } else {
        "Run just this one again, with --submission or --solutions as now:"
    }
}

/// The command that replays a failure.
pub(crate) fn command(number: u32, schedule: &str) -> String {
    format!("cargo grade {number} --replay {schedule}")
}

/// Below a replay.
pub(crate) fn only_one(number: u32) -> String {
    format!("This was one schedule of one check, for no points: `cargo grade {number}` tries all.")
}

/// What was given for a schedule is none.
pub(crate) fn unreadable(why: Unreadable) -> String {
    match why {
        Unreadable::Shape => "this is no schedule. One looks like `check_name:1.tz3K.4be12a`, and \
            stands below the table of each failure of a model check: copy it from there"
            .into(),
        Unreadable::Mistyped => {
            "this schedule is not as it was written: a character is missing, or \
            is another one. Copy it once more, all of it"
                .into()
        }
        Unreadable::Version(version) => format!(
            "this schedule is from another version of the grader (it is of kind {version}, and this \
             grader reads kind {VERSION}). Grade the exercise again: if it still fails, there is a new one"
        ),
    }
}

/// No exercise that was named has this check.
pub(crate) fn no_such_check(check: &str, exercises: &[&Exercise]) -> String {
    match exercises {
        [one] => format!(
            "the schedule is of the check `{check}`, which {} does not have. `cargo grade --list` \
             shows which exercise has it",
            one.folder
        ),
        _ => format!("the schedule is of the check `{check}`, which no exercise has"),
    }
}

/// Several exercises have this check.
pub(crate) fn which_exercise(check: &str, exercises: &[&Exercise]) -> String {
    let numbers: Vec<String> = exercises.iter().map(|it| it.number.to_string()).collect();
    format!(
        "several exercises have a check `{check}` ({}): name the one that is meant, like `cargo grade \
         {} --replay …`",
        numbers.join(", "),
        numbers[0]
    )
}

/// The check is none of the model checker's.
pub(crate) fn no_model(check: &str) -> String {
    format!("`{check}` is no check of the model checker's: only those have schedules")
}
