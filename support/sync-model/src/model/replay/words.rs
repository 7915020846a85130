//! What is said of a schedule that was replayed.

use std::io;

pub(super) const UNREADABLE: &str = "This schedule cannot be read. Copy it once more, all of it.";

pub(super) fn no_capture(error: &io::Error) -> String {
    format!("What the code prints could not be captured ({error}), so nothing was replayed.")
}

/// The code was changed, and fails all the same.
pub(super) fn fails_otherwise(fits_to: Option<usize>) -> String {
    format!("{}. It was followed where it still fits, and it fails all the same.", departs(fits_to))
}

/// The code was changed, and does not fail like this.
pub(super) fn no_longer_fits(fits_to: Option<usize>) -> String {
    format!(
        "{}. It was followed where it still fits, and nothing failed: that says \
         little. Grade the exercise again, which tries all schedules.",
        departs(fits_to)
    )
}

fn departs(fits_to: Option<usize>) -> String {
    let other = "The code takes other steps now than when this schedule was written down";
    match fits_to {
        None => format!("{other}, from a row on that is not shown"),
        Some(0) => format!("{other}, right from the start"),
        Some(row) => format!("{other}: the schedule fits up to about row {row}"),
    }
}
