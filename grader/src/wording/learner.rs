//! What the commands for learners say.

use crate::course::Exercise;
use crate::desk::Trouble;
use crate::progress::Standing;

/// The file that remembers is not as it should be.
pub fn trouble(trouble: &Trouble) -> String {
    match trouble {
        Trouble::SetAside(path) => format!(
            "the file that remembers your progress could not be understood. It is now {}; a new one was begun. `cargo grade` fills it again",
            path.display()
        ),
        Trouble::Unusable(error) => format!(
            "your progress could not be remembered ({error}). Verdicts stand all the same; see that .lockstep/ can be written"
        ),
    }
}

/// Where the task of an exercise is, one line each.
pub fn place(exercise: &Exercise) -> String {
    let folder = &exercise.folder;
    format!(
        "Task:    exercises/{folder}/README.md\nSource:  exercises/{folder}/src/lib.rs\nChapter: book/src/{}\n",
        exercise.manifest.book
    )
}

/// `02 Fix the race`.
pub fn title(exercise: &Exercise) -> String {
    format!("{:02} {}", exercise.number, exercise.manifest.title)
}

/// One word or two on where a learner stands.
pub fn standing(standing: &Standing) -> String {
    match standing {
        Standing::New => "not graded yet".into(),
        Standing::Passed => String::new(),
        Standing::Edited => "edited since it passed".into(),
        Standing::Open(None) => "not passed yet".into(),
        Standing::Open(Some(fault)) => fault.id().into(),
    }
}

pub(crate) const ALL_PASSED: &str = "Every exercise passes. `cargo grade list` shows them; `cargo grade solution EXERCISE` compares yours with the reference.";

pub(crate) const NOTHING_TO_LIST: &str =
    "No exercise fits. `cargo grade list` without a filter shows them all.";

pub(crate) fn total(passed: usize, exercises: usize, points: u32, max: u32) -> String {
    format!("{passed} of {exercises} exercises passed, {points} of {max} points.")
}

/// Above the next hint.
pub fn hint_heading(exercise: &Exercise, number: usize, of: usize) -> String {
    format!("Hint {number} of {of} for {}", title(exercise))
}

/// There is no further hint.
pub fn last_hint(exercise: &Exercise) -> String {
    format!(
        "That was the last hint. The chapter is book/src/{}; `cargo grade solution {}` shows the solution.",
        exercise.manifest.book, exercise.number
    )
}

/// There is a further hint.
pub fn more_hints(exercise: &Exercise, left: usize) -> String {
    let hints = if left == 1 { "1 more hint" } else { &format!("{left} more hints") };
    format!("{hints}: `cargo grade hint {}` again.", exercise.number)
}

pub(crate) fn no_hints(exercise: &Exercise) -> String {
    format!("{} has no hints. Its chapter is book/src/{}.", title(exercise), exercise.manifest.book)
}

pub(crate) fn unknown_fault(name: &str) -> String {
    format!("there is no fault called `{name}`. `cargo grade explain` lists them all")
}

/// Where the book says more; `page` is one of the finished book.
pub(crate) fn more_in_book(page: &str) -> String {
    format!("More: book/src/{}", page.replace(".html", ".md"))
}

pub(crate) fn solution_not_yet(exercise: &Exercise) -> String {
    format!(
        "{} does not pass yet. A hint may be enough: `cargo grade hint {n}`.\nTo see the solution all the same, ask once more: `cargo grade solution {n}`. It is then remembered that you saw it before passing.",
        title(exercise),
        n = exercise.number
    )
}

pub(crate) fn solution_heading(exercise: &Exercise, early: bool) -> String {
    let remark = if early { " (seen before passing)" } else { "" };
    format!("Solutions of {}{remark}", title(exercise))
}

pub(crate) const SAME_AS_REFERENCE: &str = "Yours is the reference answer, byte for byte.";

pub(crate) const DIFFERENCE: &str = "From yours (-) to the reference (+):";

pub(crate) fn was_reset(folder: &str) -> String {
    format!("exercises/{folder}/src is as the course has it.")
}

pub(crate) fn was_original(folder: &str) -> String {
    format!("exercises/{folder}/src is as the course has it already; nothing was changed.")
}

pub(crate) const UNDO: &str = "What was there is kept: `cargo grade reset --undo` brings it back.";

pub(crate) fn undone(folder: &str) -> String {
    format!("exercises/{folder}/src is back as it was before the reset.")
}

pub(crate) const UNDO_AGAIN: &str = "`cargo grade reset --undo` once more takes that back.";

pub(crate) const NOTHING_TO_UNDO: &str =
    "there is no reset to undo: .lockstep/backups holds nothing";

pub(crate) fn no_original(folder: &str, why: &str) -> String {
    format!(
        "the original of exercises/{folder}/src was not found: {why}. It is read from the course's Git history; take the file from the course's repository by hand"
    )
}
