//! Random choices.

use super::ThreadId;
use super::turn::{Point, threads};
use crate::random::Random;

/// Of so many turns one goes to a thread that had better wait: one whose time is not over, say.
const HURRIES: usize = 8;

/// Of so many turns one interrupts the thread that ran before.
const INTERRUPTIONS: usize = 3;

/// Chooses at random.
#[derive(Debug, Clone)]
pub(crate) struct Dice(Random);

impl Dice {
    pub(crate) fn new(seed: u64) -> Self {
        Self(Random::new(seed))
    }

    /// One of so many outcomes.
    pub(super) fn outcome(&mut self, count: usize) -> usize {
        self.0.below(count)
    }

    /// Whose turn it is.
    pub(super) fn thread(&mut self, point: &Point) -> ThreadId {
        if !self.0.once_in(INTERRUPTIONS) {
            return point.favourite();
        }
        let in_time = if point.ready != 0 { point.ready } else { point.earliest };
        let set = if self.0.once_in(HURRIES) { point.enabled() } else { in_time };
        let candidates: Vec<ThreadId> = threads(set).collect();
        candidates[self.0.below(candidates.len())]
    }
}
