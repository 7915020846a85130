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

#[cfg(test)]
mod tests {
    use super::*;

    fn with(folder: &str, checks: &[(&str, &str)]) -> Exercise {
        let mut toml = String::from("title='t'\nchapter='c'\nbook='b'\n");
        for (name, kind) in checks {
            toml += &format!("[[checks]]\nname='{name}'\nkind='{kind}'\npoints=1\npromise='p'\n");
        }
        Exercise::parse(folder, &toml, true).unwrap()
    }

    fn chosen(exercises: &[&Exercise], check: &str) -> Result<String, String> {
        let schedule = Schedule { check: check.into(), ..Schedule::default() };
        match exercise(exercises, &schedule) {
            Ok(exercise) => Ok(exercise.folder.clone()),
            Err(Trouble::Usage(text) | Trouble::Fault(text)) => Err(text),
        }
    }

    #[test]
    fn the_check_tells_which_exercise_if_only_one_has_it() {
        let one = with("02-one", &[("both", "model"), ("mine", "model"), ("plain", "example")]);
        let other = with("03-other", &[("both", "model")]);
        let all = [&one, &other];
        assert_eq!(chosen(&all, "mine"), Ok("02-one".into()));
        assert_eq!(chosen(&[&other], "both"), Ok("03-other".into()));
        let told = ["both", "plain", "none"].map(|check| chosen(&all, check).unwrap_err());
        insta::assert_snapshot!(told.join("\n"));
    }
}
