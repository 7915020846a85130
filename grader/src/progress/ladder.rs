//! The ladder of hints: one more each time, the one that fits the last fault first. Pure.

use super::Entry;
use crate::course::Hint;
use crate::digest::Digest;

/// Where a learner stands on the ladder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rung<'a> {
    /// The hints shown before, in the ladder's order.
    pub before: Vec<&'a Hint>,
    /// The next one; `None`: there are no more.
    pub next: Option<&'a Hint>,
    /// How many hints there are.
    pub of: usize,
}

/// The next hint for what is remembered of the exercise.
pub fn rung<'a>(hints: &'a [Hint], entry: &Entry) -> Rung<'a> {
    let fits = |hint: &&Hint| {
        (hint.check.is_some() && hint.check == entry.check)
            || (hint.fault.is_some() && hint.fault == entry.fault)
    };
    let (fitting, others): (Vec<&Hint>, Vec<&Hint>) = hints.iter().partition(fits);
    let ladder = fitting.into_iter().chain(others);
    let (before, ahead): (Vec<&Hint>, Vec<&Hint>) =
        ladder.partition(|hint| entry.hints.contains(&id(hint)));
    Rung { before, next: ahead.first().copied(), of: hints.len() }
}

/// What a hint is remembered by: a short digest of its text.
pub fn id(hint: &Hint) -> String {
    let mut digest = Digest::default();
    digest.add("hint", hint.text.as_bytes());
    digest.hex()[..12].to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use evidence::Fault;

    fn hints() -> Vec<Hint> {
        let hint = |text: &str, fault, check: Option<&str>| Hint {
            text: text.into(),
            fault,
            check: check.map(Into::into),
        };
        vec![
            hint("general", None, None),
            hint("deadlock", Some(Fault::Deadlock), None),
            hint("check b", None, Some("b")),
        ]
    }

    fn climb(entry: &mut Entry) -> Vec<String> {
        let hints = hints();
        let mut texts = Vec::new();
        while let Some(hint) = rung(&hints, entry).next {
            entry.hints.push(id(hint));
            texts.push(hint.text.clone());
        }
        texts
    }

    #[test]
    fn every_hint_comes_once_and_the_fitting_one_first() {
        assert_eq!(climb(&mut Entry::default()), ["general", "deadlock", "check b"]);
        let mut stuck = Entry { fault: Some(Fault::Deadlock), ..Entry::default() };
        assert_eq!(climb(&mut stuck), ["deadlock", "general", "check b"]);
        let mut stuck = Entry { check: Some("b".into()), ..Entry::default() };
        assert_eq!(climb(&mut stuck), ["check b", "general", "deadlock"]);
        assert_eq!(rung(&hints(), &stuck).before.len(), 3);
    }
}
