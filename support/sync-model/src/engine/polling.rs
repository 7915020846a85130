//! Threads that wait by looking again and again.
//!
//! Such a thread could do so for ever, and the search would never end. A thread that has come back to
//! the same place some hundred times while nobody else changed anything is taken to poll there. The
//! place is remembered for the whole search, which begins anew: from then on whoever comes back to it
//! with nothing changed lets all others go first; a loop that is right then ends, and one that is wrong
//! is seen to go round when nobody else can move. Whoever comes back often although something changes
//! (it may count its rounds, or write what it read) gives way as well, only later: see `fairness`.
//!
//! Loops that do their work in each round are shorter in a scenario. If one is not, schedules in which
//! it goes on while others could are left out, and counted: see [`super::path::Path::cut_rounds`].

use super::access::ObjectId;
use super::intent::{Intent, Polling};
use crate::trace::{Kind, Source};

/// So many rounds in which nothing changes, or nothing but by the thread itself, make a loop one that
/// polls.
const ROUNDS_TO_LEARN: u32 = 200;

/// Where threads poll, after so many rounds a loop in which nothing changes but by the thread itself is
/// one that goes round in vain.
const MAX_ROUNDS: u32 = 10;

/// A place in the source, and the thread that comes to it, by its number in the order of their starts.
pub(crate) type Place = (usize, Source);

/// The places to which a thread has come back.
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

impl Poll {
    fn is_at(&self, intent: &Intent) -> bool {
        std::ptr::eq(self.source, intent.source) && self.object == intent.object
    }
}

/// What is known of a thread that comes to a place where it may poll.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Visit {
    /// It was here before.
    pub again: bool,
    /// Threads are known to poll here.
    pub known: bool,
    /// It has just become known.
    pub learned: bool,
    /// Nothing has changed since, and its patience is over.
    pub in_vain: bool,
    /// Those that it has kept waiting come first.
    pub gives_way: bool,
}

impl Polls {
    /// Which of the places that the thread has come to this one is, from 0.
    pub(super) fn number(&self, intent: &Intent) -> usize {
        self.0.iter().position(|poll| poll.is_at(intent)).unwrap_or(self.0.len())
    }

    /// The thread comes to a place where it may poll; `known`: where threads are known to.
    pub(super) fn visit(&mut self, intent: &Intent, changes: Changes, known: bool) -> Visit {
        let patience = match intent.polling {
            Polling::No => return Visit::default(),
            Polling::Look => 2,
            Polling::Yield => 1,
        };
        let Some(poll) = self.0.iter_mut().find(|poll| poll.is_at(intent)) else {
            let (source, object) = (intent.source, intent.object);
            self.0.push(Poll { source, object, changes, rounds: 0, in_vain: 0, alone: 0 });
            return Visit { known, ..Visit::default() };
        };
        let count = |so_far: u32, goes_on: bool| if goes_on { so_far + 1 } else { 0 };
        poll.in_vain = count(poll.in_vain, poll.changes.all == changes.all);
        poll.alone = count(poll.alone, poll.changes.by_others == changes.by_others);
        poll.rounds += 1;
        poll.changes = changes;
        let learned = !known && poll.alone >= ROUNDS_TO_LEARN;
        let known = known || learned;
        let in_vain = known && (poll.in_vain >= patience || poll.alone >= MAX_ROUNDS);
        let pauses = known && poll.rounds.is_multiple_of(MAX_ROUNDS);
        let gives_way = in_vain || pauses || intent.kind == Kind::Yield;
        Visit { again: true, known, learned, in_vain, gives_way }
    }
}

#[cfg(test)]
mod tests {
    use std::panic::Location;

    use super::*;

    /// The number of the first visit, from 0, to which this applies.
    fn first(
        known: bool,
        changes: impl Fn(u64) -> Changes,
        applies: fn(&Visit) -> bool,
    ) -> Option<usize> {
        let mut polls = Polls::default();
        let load = Intent::new(Kind::Load, Location::caller()).polling(Polling::Look);
        let mut visits = (0..1_000).map(|round| polls.visit(&load, changes(round), known));
        visits.position(|visit| applies(&visit))
    }

    fn nothing(_: u64) -> Changes {
        Changes { all: 5, by_others: 3 }
    }

    fn by_itself(round: u64) -> Changes {
        Changes { all: round, by_others: 0 }
    }

    fn by_others(round: u64) -> Changes {
        Changes { all: round, by_others: round }
    }

    #[test]
    fn a_loop_is_taken_to_poll_after_many_rounds_alone() {
        let rounds = Some(ROUNDS_TO_LEARN as usize);
        assert_eq!(first(false, nothing, |visit| visit.learned), rounds);
        assert_eq!(first(false, by_itself, |visit| visit.learned), rounds);
        assert_eq!(first(false, by_others, |visit| visit.learned), None);
        assert_eq!(first(false, nothing, |visit| visit.in_vain), rounds);
    }

    #[test]
    fn with_nothing_changed_two_more_looks_are_forgiven() {
        assert_eq!(first(true, nothing, |visit| visit.in_vain), Some(2));
    }

    #[test]
    fn who_changes_something_itself_is_given_more_time() {
        assert_eq!(first(true, by_itself, |visit| visit.in_vain), Some(MAX_ROUNDS as usize));
    }

    #[test]
    fn who_sees_changes_by_others_goes_on_but_gives_way_now_and_then() {
        assert_eq!(first(true, by_others, |visit| visit.in_vain), None);
        assert_eq!(first(true, by_others, |visit| visit.gives_way), Some(MAX_ROUNDS as usize));
    }
}
