//! What the screen that watches says.

use std::io;

pub(crate) const NO_TERMINAL: &str =
    "`cargo grade watch` needs a terminal. Elsewhere, `cargo grade` grades once";

pub(crate) const BEGINNING: &str = "looking at your code";

pub(crate) const KEYS: [(&str, &str); 7] = [
    ("n", "next"),
    ("h", "hint"),
    ("l", "list"),
    ("r", "run all"),
    ("e", "edit"),
    ("b", "book"),
    ("q", "quit"),
];

pub(crate) const LIST_KEYS: [(&str, &str); 4] =
    [("up/down", "choose"), ("Enter", "grade"), ("l", "back"), ("q", "quit")];

pub(crate) const NO_REPORT: &str = "The first verdict comes here.";

pub(crate) const SAVE_TO_GRADE: &str = "Save a file under exercises/ to grade it.";

pub(crate) fn building(line: &str) -> String {
    format!("building: {line}")
}

pub(crate) fn checking(done: usize, total: usize, name: &str) -> String {
    format!("checking {} of {total}: {name}", done + 1)
}

pub(crate) const PASSED: &str = "It passes. Press n for the next exercise.";

pub(crate) const ALL_PASSED: &str = "Every exercise passes. Press l for the list.";

pub(crate) fn no_editor() -> String {
    "No editor is known: set EDITOR (export EDITOR=nano), or open the file by hand.".into()
}

pub(crate) fn editor_failed(program: &str, error: &io::Error) -> String {
    format!("The editor `{program}` could not be started ({error}): set EDITOR to another.")
}

pub(crate) fn book_not_built(page: &str) -> String {
    format!(
        "The book is not built yet: run `cargo book` in another terminal, or read book/src/{page}."
    )
}

pub(crate) fn book_opened(page: &str) -> String {
    format!("Opened {page}.")
}

pub(crate) fn no_browser(page: &str) -> String {
    format!("No browser was found: set BROWSER, or open {page} by hand.")
}

pub(crate) fn more(lines: usize) -> String {
    format!("{lines} more lines: arrow keys, Page Up, Page Down")
}
