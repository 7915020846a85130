//! Threads that wait by looking again and again.
//!
//! Such a thread could do so for ever, and the search would never end. So whoever comes back to the
//! same place with nothing changed lets all others go first; a loop that is right then ends, and one
//! that is wrong is seen to go round when nobody else can move. Whoever comes back often although
//! something changes (it may count its rounds, or write what it read) gives way as well, only later:
//! see `fairness`.

use super::access::ObjectId;
use super::intent::{Intent, Polling};
use crate::trace::{Kind, Source};

/// After so many rounds a loop in which nothing changes but by the thread itself is taken for one
/// that polls. Loops that do their work in each round are shorter in a scenario.
const MAX_ROUNDS: u32 = 10;

/// The places where a thread has polled.
#[derive(Default)]
pub(super) struct Polls(Vec<Poll>);

/// How many changes there have been.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Changes {
    pub all: u64,
    /// Not by the thread that polls.
    pub by_others: u64,
}

/// A place where a thread may poll.
struct Poll {
    source: Source,
    object: Option<ObjectId>,
    /// When it was here last.
    changes: Changes,
    /// How often it has come back.
    rounds: u32,
    /// How often since with nothing changed.
    in_vain: u32,
    /// How often since with nothing changed by others.
    alone: u32,
}

/// What is known of a thread that comes to a place where it may poll.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Visit {
    /// It was here before.
    pub again: bool,
    /// Nothing has changed since, and its patience is over.
    pub in_vain: bool,
    /// Those that it has kept waiting come first.
    pub gives_way: bool,
}

impl Polls {
    /// The thread comes to a place where it may poll.
    pub(super) fn visit(&mut self, intent: &Intent, changes: Changes) -> Visit {
        let patience = match intent.polling {
            Polling::No => return Visit::default(),
            Polling::Look => 2,
            Polling::Yield => 1,
        };
        let known = self
            .0
            .iter_mut()
            .find(|poll| std::ptr::eq(poll.source, intent.source) && poll.object == intent.object);
        let Some(poll) = known else {
            let (source, object) = (intent.source, intent.object);
            self.0.push(Poll { source, object, changes, rounds: 0, in_vain: 0, alone: 0 });
            return Visit::default();
        };
        let count = |so_far: u32, goes_on: bool| if goes_on { so_far + 1 } else { 0 };
        poll.in_vain = count(poll.in_vain, poll.changes.all == changes.all);
        poll.alone = count(poll.alone, poll.changes.by_others == changes.by_others);
        poll.rounds += 1;
        poll.changes = changes;
        let in_vain = poll.in_vain >= patience || poll.alone >= MAX_ROUNDS;
        let yields = intent.kind == Kind::Yield || poll.rounds.is_multiple_of(MAX_ROUNDS);
        Visit { again: true, in_vain, gives_way: in_vain || yields }
    }
}

#[cfg(test)]
mod tests {
    use std::panic::Location;

    use super::*;

    /// The number of the first visit, from 0, to which this applies.
    fn first(changes: impl Fn(u64) -> Changes, applies: fn(&Visit) -> bool) -> Option<usize> {
        let mut polls = Polls::default();
        let load = Intent::new(Kind::Load, Location::caller()).polling(Polling::Look);
        (0..100).map(|round| polls.visit(&load, changes(round))).position(|visit| applies(&visit))
    }

    #[test]
    fn with_nothing_changed_two_more_looks_are_forgiven() {
        let nothing = |_| Changes { all: 5, by_others: 3 };
        assert_eq!(first(nothing, |visit| visit.in_vain), Some(2));
    }

    #[test]
    fn who_changes_something_itself_is_given_more_time() {
        let by_itself = |round| Changes { all: round, by_others: 0 };
        assert_eq!(first(by_itself, |visit| visit.in_vain), Some(MAX_ROUNDS as usize));
    }

    #[test]
    fn who_sees_changes_by_others_goes_on_but_gives_way_now_and_then() {
        let by_others = |round| Changes { all: round, by_others: round };
        assert_eq!(first(by_others, |visit| visit.in_vain), None);
        assert_eq!(first(by_others, |visit| visit.gives_way), Some(MAX_ROUNDS as usize));
    }
}
