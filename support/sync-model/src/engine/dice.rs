//! Random choices, the same for the same seed on every machine.

use super::ThreadId;
use super::turn::{Point, threads};

/// Of so many turns one goes to a thread that had better wait: one whose time is not over, say.
const HURRIES: usize = 8;

/// Of so many turns one interrupts the thread that ran before.
const INTERRUPTIONS: usize = 3;

/// Random numbers: xorshift64* (Vigna, "An experimental exploration of Marsaglia's xorshift generators,
/// scrambled", 2016).
#[derive(Debug, Clone)]
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    /// A number below `limit`.
    pub(crate) fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33) as usize % limit
    }

    /// Whose turn it is.
    pub(super) fn thread(&mut self, point: &Point) -> ThreadId {
        if self.below(INTERRUPTIONS) > 0 {
            return point.favourite();
        }
        let in_time = if point.ready != 0 { point.ready } else { point.earliest };
        let set = if self.below(HURRIES) > 0 { in_time } else { point.enabled() };
        let candidates: Vec<ThreadId> = threads(set).collect();
        candidates[self.below(candidates.len())]
    }
}
