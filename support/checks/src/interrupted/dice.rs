//! Random numbers that threads and signal handlers can have: no lock, no memory.

/// A stream of random numbers.
#[derive(Debug, Clone)]
pub struct Dice(u64);

impl Dice {
    /// The stream of a thread in a round. It depends on these and the check's seed alone.
    pub fn new(round: u64, thread: usize) -> Self {
        Self(mixed(crate::seed() ^ mixed(round ^ mixed(thread as u64))))
    }

    /// A number from 0 to `sides - 1`.
    ///
    /// # Panics
    /// If `sides` is 0.
    pub fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_add(STEP);
        mixed(self.0) % sides
    }
}

/// The golden ratio's part of 2^64, as in Steele's SplitMix64.
const STEP: u64 = 0x9e37_79b9_7f4a_7c15;

/// SplitMix64: neighbours become strangers.
pub(super) fn mixed(number: u64) -> u64 {
    let number = number.wrapping_add(STEP);
    let number = (number ^ (number >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let number = (number ^ (number >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    number ^ (number >> 31)
}
