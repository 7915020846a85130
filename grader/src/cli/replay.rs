//! `cargo grade --replay`: one schedule of one check.

use evidence::Schedule;

use super::Trouble;
use crate::course::{Check, Exercise, Kind};
use crate::wording::replay as wording;

/// The schedule that was asked for.
pub(super) fn parse(text: &str) -> Result<Schedule, Trouble> {
    Schedule::parse(text).map_err(|why| Trouble::Usage(wording::unreadable(why)))
}

/// The one of these exercises that the schedule is of.
pub(super) fn exercise<'a>(
    exercises: &[&'a Exercise],
    schedule: &Schedule,
) -> Result<&'a Exercise, Trouble> {
    let check = &*schedule.check;
    let has = |exercise: &Exercise| find(exercise, check).is_some();
    let those: Vec<&Exercise> = exercises.iter().copied().filter(|it| has(it)).collect();
    let usage = |text| Err(Trouble::Usage(text));
    match those[..] {
        [] => usage(wording::no_such_check(check, exercises)),
        [one] if find(one, check).is_some_and(|it| it.kind == Kind::Model) => Ok(one),
        [_] => usage(wording::no_model(check)),
        _ => usage(wording::which_exercise(check, &those)),
    }
}

fn find<'a>(exercise: &'a Exercise, check: &str) -> Option<&'a Check> {
    exercise.manifest.checks.iter().find(|known| known.name == check)
}
