//! Whose turn it is: the threads that could go on, and what it costs to choose one of them.

use super::ThreadId;
use super::twins::{Likeness, twins_of};

/// A set of threads, one bit each.
pub(crate) type ThreadSet = u32;

/// The set that holds `thread` alone.
pub(crate) fn only(thread: ThreadId) -> ThreadSet {
    1 << thread
}

/// How many preemptions (see [`Point::cost`]) a schedule may have; `None`: any number.
pub(crate) type Bound = Option<usize>;

/// Without a bound, how often a schedule may let threads that poll go round in vain, or their time run
/// out, while another could go on: else they could do so for ever, and no schedule would be the last.
const MAX_ROUNDS: usize = 4;

/// The set of these threads.
pub(super) fn set_of(threads: impl Iterator<Item = ThreadId>) -> ThreadSet {
    threads.map(only).fold(0, |set, thread| set | thread)
}

/// The members of a set.
pub(crate) fn threads(mut set: ThreadSet) -> impl Iterator<Item = ThreadId> {
    std::iter::from_fn(move || {
        let first = (set != 0).then(|| set.trailing_zeros() as ThreadId)?;
        set &= set - 1;
        Some(first)
    })
}

/// The threads at the moment of a choice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Point {
    /// Who ran the step before.
    pub previous: ThreadId,
    /// Who can go on.
    pub ready: ThreadSet,
    /// Who can go on only because time passes.
    pub late: ThreadSet,
    /// Those of them whose turn comes first: others poll in vain, or their time is later.
    pub earliest: ThreadSet,
    /// Who can go on only without reason.
    pub spurious: ThreadSet,
    /// Who is at a place where threads are known to poll.
    pub polling: ThreadSet,
}

impl Point {
    /// The same without those who sleep.
    fn without(self, sleep: ThreadSet) -> Self {
        Self {
            ready: self.ready & !sleep,
            late: self.late & !sleep,
            earliest: self.earliest & !sleep,
            spurious: self.spurious & !sleep,
            ..self
        }
    }

    pub(super) fn enabled(&self) -> ThreadSet {
        self.ready | self.late | self.spurious
    }

    /// Whether running `thread` now is rash: it had better wait, and others need not.
    pub(super) fn hurries(&self, thread: ThreadId) -> bool {
        let in_time = if self.ready != 0 { self.ready } else { self.earliest };
        in_time & only(thread) == 0
    }

    /// Whether `thread` would go round once more in vain, which it could do for ever.
    pub(super) fn goes_round(&self, thread: ThreadId) -> bool {
        self.hurries(thread) && self.polling & only(thread) != 0
    }

    /// 1 if `thread` interrupts one that could go on, or hurries; else 0.
    pub(super) fn cost(&self, thread: ThreadId) -> usize {
        let interrupts = thread != self.previous && self.ready & only(self.previous) != 0;
        usize::from(interrupts || self.hurries(thread))
    }

    /// The thread that runs when nothing speaks against it: the same one as before, else the next
    /// in turn, so that nobody who yields keeps others waiting.
    pub(crate) fn favourite(&self) -> ThreadId {
        let candidates = if self.ready != 0 { self.ready } else { self.earliest };
        if self.ready & only(self.previous) != 0 {
            return self.previous;
        }
        let after = candidates & !(only(self.previous) | (only(self.previous) - 1));
        let set = if after != 0 { after } else { candidates };
        set.trailing_zeros() as ThreadId
    }
}

/// A choice of a thread.
#[derive(Debug, Clone)]
pub(super) struct Turn {
    pub(super) point: Point,
    pub(super) chosen: ThreadId,
    /// What the chosen thread is about to do: must be the same when the execution is repeated.
    pub(super) signature: u64,
    /// Who must be tried here too.
    pub(super) todo: ThreadSet,
    /// Who was tried.
    pub(super) done: ThreadSet,
    /// Whose step leads to nothing new here: it was tried before, and nothing since competes with it.
    pub(super) sleep: ThreadSet,
    /// Who was like whom.
    pub(super) likeness: Likeness,
    /// The costs of all turns before this one.
    pub(super) spent: usize,
    /// How often threads have gone round in vain before this turn.
    pub(super) rounds: usize,
}

impl Turn {
    /// Those of whom nothing need be noted any more.
    pub(super) fn known(&self) -> ThreadSet {
        self.todo | self.done | self.sleep | only(self.chosen)
    }

    /// Whether it makes no difference whether this thread is tried, too.
    pub(super) fn is_covered(&self, thread: ThreadId) -> bool {
        twins_of(self.known(), only(thread), &self.likeness) != 0
    }

    /// Whether somebody whose step leads to something new must not be tried.
    pub(super) fn is_cut(&self) -> bool {
        self.point.enabled() & !self.asleep() != 0
    }

    /// Those whose step leads to nothing new, and their twins.
    fn asleep(&self) -> ThreadSet {
        self.sleep | twins_of(self.sleep, self.point.enabled(), &self.likeness)
    }

    /// Who is to be tried first, of those whose step leads to something new.
    pub(super) fn awake(&self, bound: Bound) -> Option<ThreadId> {
        let asleep = self.asleep();
        if asleep & only(self.chosen) == 0 {
            return Some(self.chosen);
        }
        let left = self.point.without(asleep);
        let in_time = (left.ready | left.earliest != 0).then(|| left.favourite());
        let others = || threads(left.enabled()).find(|&thread| self.allows(thread, bound));
        in_time.or_else(others)
    }

    pub(super) fn allows(&self, thread: ThreadId, bound: Bound) -> bool {
        match bound {
            Some(bound) => self.spent + self.point.cost(thread) <= bound,
            None => self.rounds + usize::from(self.point.goes_round(thread)) <= MAX_ROUNDS,
        }
    }
}
