//! Threads that do the same: it makes no difference which of them goes first.
//!
//! Two threads are *twins* if one thread has started them with the same code and the same captured
//! values. As long as they have done the same, a schedule and the one in which the two have changed
//! places differ in nothing but their names. So where one of them was tried, the other need not be:
//! `n` twins have up to `n!` times fewer schedules. To have done the same means here: nothing that
//! others see, or just to have cloned what is shared, of which nobody sees whose clone it is.
//!
//! That holds as long as nobody tells them apart. Who asks a thread for its name or number does, who
//! gets a result of it does, and who does something else after it has joined one and before it has
//! joined them all: see [`super::lessons::Lessons::told_apart`].

use super::turn::{ThreadSet, set_of, threads};
use super::{MAX_THREADS, ThreadId};
use crate::trace::Kind;

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

/// For each thread a number; those with the same one are twins that have done the same. 0: like nobody.
pub(super) type Likeness = [u16; MAX_THREADS];

/// Whose child a thread is, and what it has done.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Past {
    family: FamilyId,
    /// Steps that twins make alike.
    steps: u8,
    /// It has done what nobody else did.
    is_own: bool,
}

impl Past {
    pub(super) fn new(family: FamilyId) -> Self {
        Self { family, ..Self::default() }
    }

    pub(super) fn family(self) -> FamilyId {
        self.family
    }

    /// The thread makes a step.
    pub(super) fn step(&mut self, kind: Kind) {
        match (kind, self.steps.checked_add(1)) {
            (Kind::Start | Kind::ArcClone, Some(steps)) => self.steps = steps,
            _ => self.is_own = true,
        }
    }

    /// See [`Likeness`].
    pub(super) fn likeness(self) -> u16 {
        let is_alone = self.is_own || self.family == 0;
        if is_alone { 0 } else { u16::from_be_bytes([self.family, self.steps]) }
    }
}

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
        let Ok(number) = FamilyId::try_from(index + 1) else { return 0 };
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

/// Those of `others` that are like one of `some`.
pub(super) fn twins_of(some: ThreadSet, others: ThreadSet, likeness: &Likeness) -> ThreadSet {
    let has_twin = |&thread: &ThreadId| {
        likeness[thread] != 0 && threads(some).any(|other| likeness[other] == likeness[thread])
    };
    set_of(threads(others).filter(has_twin))
}
