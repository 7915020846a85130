//! The counter.

mod cell;

use cell::Cell;

/// A counter.
#[derive(Debug)]
pub struct SharedCounter(Cell);

impl SharedCounter {
    /// A counter that starts at `initial`.
    pub fn new(initial: i64) -> Self {
        Self(Cell::new(initial))
    }

    /// Adds.
    pub fn incr(&self, delta: i64) {
        self.0.add(delta);
    }

    /// Subtracts.
    pub fn decr(&self, delta: i64) {
        self.0.add(delta.wrapping_neg());
    }

    /// The value now.
    pub fn get(&self) -> i64 {
        self.0.get()
    }
}
