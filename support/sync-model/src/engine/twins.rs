//! Threads that do the same: it makes no difference which of them goes first.
//!
//! Two threads are *twins* if one thread has started them with the same code and the same captured
//! values. Until one of them has made a step, a schedule and the one in which the two have changed
//! places differ in nothing but their names. So where one of them was tried, the other need not be:
//! `n` twins have `n!` times fewer schedules.
//!
//! That holds as long as nobody tells them apart. Who asks a thread for its name or number does, who
//! gets a result of it does, and who does something else after it has joined one and before it has
//! joined them all: see [`super::lessons::Lessons::told_apart`].

use super::turn::{ThreadSet, only, threads};
use super::{MAX_THREADS, ThreadId};

/// What makes two threads the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Body {
    /// The address of the code.
    pub code: usize,
    /// The captured values, byte by byte.
    pub captured: Box<[u8]>,
    /// The address of the place where the thread is started.
    pub source: usize,
    pub stack_bytes: usize,
}

/// Twins, and how many of them have been joined.
#[derive(Debug)]
struct Family {
    parent: ThreadId,
    body: Body,
    started: u32,
    joined: u32,
}

/// The number of a family, from 1; 0: none.
pub(super) type FamilyId = u8;

/// For each thread that has made no step yet its family, those apart that have not even started.
pub(super) type Unborn = [FamilyId; MAX_THREADS];

/// Marks the family of a thread that has started.
pub(super) const STARTED: FamilyId = 1 << 7;

/// All twins of an execution.
#[derive(Debug, Default)]
pub(super) struct Twins {
    families: Vec<Family>,
}

impl Twins {
    /// `parent` starts a thread with this body. Returns its family.
    pub(super) fn start(&mut self, parent: ThreadId, body: Body) -> FamilyId {
        let same = |family: &Family| {
            family.parent == parent && family.joined < family.started && family.body == body
        };
        let found = self.families.iter().position(same);
        let index = found.unwrap_or(self.families.len());
        let Some(number) = FamilyId::try_from(index + 1).ok().filter(|&number| number < STARTED)
        else {
            return 0;
        };
        if found.is_none() {
            self.families.push(Family { parent, body, started: 0, joined: 0 });
        }
        self.families[index].started += 1;
        number
    }

    /// `by` has waited for the end of a thread of this family. False: that tells it from the others.
    pub(super) fn join(&mut self, family: FamilyId, by: ThreadId) -> bool {
        let Some(family) = self.get_mut(family) else { return true };
        family.joined += 1;
        family.parent == by
    }

    /// Whether `parent` has joined some threads of a family, and not all.
    pub(super) fn are_split(&self, parent: ThreadId) -> bool {
        let is_split = |family: &Family| {
            family.parent == parent && (1..family.started).contains(&family.joined)
        };
        self.families.iter().any(is_split)
    }

    fn get_mut(&mut self, family: FamilyId) -> Option<&mut Family> {
        self.families.get_mut(usize::from(family).checked_sub(1)?)
    }
}

/// Those of these threads that are twins of one of `some`, and like it have made no step.
pub(super) fn twins_of(some: ThreadSet, unborn: &Unborn, threads_: ThreadSet) -> ThreadSet {
    let has_twin = |&thread: &ThreadId| {
        unborn[thread] != 0 && threads(some).any(|other| unborn[other] == unborn[thread])
    };
    threads(threads_).filter(has_twin).map(only).fold(0, |a, b| a | b)
}
