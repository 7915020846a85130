//! The ladder of hints: one more each time, the one that fits the last fault first. Pure.

use super::Entry;
use crate::course::Hint;
use crate::digest::Digest;

/// The hints shown so far, in the order in which they were shown.
pub fn shown<'a>(hints: &'a [Hint], entry: &Entry) -> Vec<&'a Hint> {
    entry.hints.iter().filter_map(|known| hints.iter().find(|hint| id(hint) == *known)).collect()
}

/// The next hint to show; `None`: there are no more.
pub fn next<'a>(hints: &'a [Hint], entry: &Entry) -> Option<&'a Hint> {
    let fits = |hint: &&Hint| {
        (hint.check.is_some() && hint.check == entry.check)
            || (hint.fault.is_some() && hint.fault == entry.fault)
    };
    let mut ahead = hints.iter().filter(|hint| !entry.hints.contains(&id(hint)));
    ahead.clone().find(fits).or_else(|| ahead.next())
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

    fn climb(mut entry: Entry) -> Vec<String> {
        let hints = hints();
        while let Some(hint) = next(&hints, &entry) {
            entry.hints.push(id(hint));
        }
        shown(&hints, &entry).into_iter().map(|hint| hint.text.clone()).collect()
    }

    #[test]
    fn every_hint_comes_once_and_the_fitting_one_first() {
        assert_eq!(climb(Entry::default()), ["general", "deadlock", "check b"]);
        let stuck = Entry { fault: Some(Fault::Deadlock), ..Entry::default() };
        assert_eq!(climb(stuck), ["deadlock", "general", "check b"]);
        let stuck = Entry { check: Some("b".into()), ..Entry::default() };
        assert_eq!(climb(stuck), ["check b", "general", "deadlock"]);
    }

    #[test]
    fn a_hint_that_is_no_more_is_passed_over() {
        let entry = Entry { hints: vec!["gone".into(), id(&hints()[2])], ..Entry::default() };
        assert_eq!(shown(&hints(), &entry), [&hints()[2]]);
    }
}
