//! A random walk: whoever can go on may, each as likely.

use super::candidates;
use crate::engine::ThreadId;
use crate::engine::turn::{Point, threads};
use crate::random::Random;

/// How often the thread that ran before is interrupted: once in so many turns.
#[derive(Debug, Clone, Copy)]
pub(super) struct Walk {
    interruptions: usize,
}

impl Walk {
    /// At each turn.
    pub(super) const UNIFORM: Walk = Walk { interruptions: 1 };
    /// Now and then: so that threads get somewhere before the next one comes.
    pub(super) const LONG_STRETCHES: Walk = Walk { interruptions: 3 };

    pub(super) fn thread(self, point: &Point, random: &mut Random) -> ThreadId {
        if !random.once_in(self.interruptions) {
            return point.favourite();
        }
        let candidates: Vec<ThreadId> = threads(candidates(point, random)).collect();
        candidates[random.below(candidates.len())]
    }
}
