//! The report as sentences.

use evidence::Interleaving;
use evidence::interleaving::{Row, Step};

use crate::report::{CheckReport, ExerciseReport, Failed};

pub(crate) const STUCK: &str = ". It is stuck here for ever.";
pub(crate) const BROKEN: &str = ". This is where it breaks.";

pub(crate) fn exercise(exercise: &ExerciseReport) -> String {
    let passed = exercise.checks.iter().filter(|check| check.verdict.passed()).count();
    format!(
        "Exercise {}, {}: {} of {} points, {passed} of {} checks passed.",
        exercise.number,
        exercise.title,
        exercise.points,
        exercise.max_points,
        exercise.checks.len()
    )
}

pub(crate) fn undecided(name: &str, because: &str) -> String {
    format!("The check {name} is undecided, which does not count against you: {because}.")
}

pub(crate) fn failed(check: &CheckReport, failed: &Failed) -> String {
    format!(
        "First fault: {}, in the {} check {}. It promises: {}",
        failed.help.title, check.kind, check.name, check.promise
    )
}

pub(crate) fn meaning(failed: &Failed) -> String {
    format!("What this means: {}", failed.help.meaning)
}

pub(crate) fn turns(table: &Interleaving) -> String {
    let lanes: Vec<&str> = table.lanes.iter().map(|lane| &*lane.name).collect();
    let names = match lanes.as_slice() {
        [some @ .., one, last] if !some.is_empty() => {
            format!("{}, {one} and {last}", some.join(", "))
        }
        few => few.join(" and "),
    };
    format!("The turns that {names} took, step by step:")
}

/// A row that is no step.
pub(crate) fn aside(lane: &str, row: &Row) -> String {
    match row.step {
        Step::Printed => format!("{lane} prints: {}", row.text),
        _ => format!("Note: {}.", row.text),
    }
}

/// Arrows as words.
pub(crate) fn spoken(text: &str) -> String {
    text.replace('→', "reads").replace('⇒', "writes")
}
