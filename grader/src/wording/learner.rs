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

/// After the last verdict of the course.
pub(crate) const ALL_PASSED: &str = "That was the last one: every exercise of the course passes. Your code holds in every order in which its threads can take turns, and its processes survive what was done to them. Not many can say that of theirs.";

/// What there is to do then, one line each.
pub(crate) const AFTERWARDS: [&str; 3] = [
    "`cargo grade solution EXERCISE` shows other right answers beside yours.",
    "`solutions/*/wrong` holds the mistakes that the checks know. Can you make one that they miss?",
    "`cargo grade new` begins an exercise of your own; CONTRIBUTING.md says how to share it.",
];

/// After these exercises passed: where it goes on.
pub(crate) fn onward(passed: &[&Exercise], next: &Exercise) -> String {
    let solution = match passed {
        [one] => one.number.to_string(),
        _ => "EXERCISE".into(),
    };
    format!(
        "`cargo grade solution {solution}` shows other answers beside yours. Next: {}, exercises/{}/README.md.",
        title(next),
        next.folder
    )
}

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

/// After a reset of the exercises that were named so.
pub(crate) fn undo_with(names: &[String]) -> String {
    format!("What was there is kept: {} brings it back.", undo_command(names))
}

fn undo_command(names: &[String]) -> String {
    let words: Vec<&str> = names.iter().map(String::as_str).chain(["--undo"]).collect();
    format!("`cargo grade reset {}`", words.join(" "))
}

pub(crate) fn undone(folder: &str) -> String {
    format!("exercises/{folder}/src is back as it was before the reset.")
}

/// After work was brought back.
pub(crate) fn undo_again(names: &[String]) -> String {
    format!("{} once more takes that back.", undo_command(names))
}

/// `names` may be empty.
pub(crate) fn nothing_to_undo(names: &str) -> String {
    let of = if names.is_empty() { String::new() } else { format!(" of {names}") };
    format!("there is no reset{of} to undo: .lockstep/backups holds nothing{of}")
}

pub(crate) fn no_original(folder: &str, why: &str) -> String {
    format!(
        "the original of exercises/{folder}/src was not found: {why}. It is read from the course's Git history; take the file from the course's repository by hand"
    )
}
