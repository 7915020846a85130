//! Fails: a_step_is_seen_whole (wrong-answer)
//!
//! What was added and what was taken away are two numbers, and `get` reads one after the other. Between
//! the two the counter may move on: the difference is a value that it never had.

use sync::atomic::{AtomicI64, Ordering};
use sync::thread;

/// A whole number that any number of threads may change at once.
#[derive(Debug)]
pub struct SharedCounter {
    added: AtomicI64,
    subtracted: AtomicI64,
}

impl SharedCounter {
    /// A counter that starts at `initial`.
    pub fn new(initial: i64) -> Self {
        Self { added: AtomicI64::new(initial), subtracted: AtomicI64::new(0) }
    }

    /// Adds `delta`. Wraps around on overflow.
    pub fn incr(&self, delta: i64) {
        self.added.fetch_add(delta, Ordering::SeqCst);
    }

    /// Subtracts `delta`. Wraps around on overflow.
    pub fn decr(&self, delta: i64) {
        self.subtracted.fetch_add(delta, Ordering::SeqCst);
    }

    /// The value now.
    pub fn get(&self) -> i64 {
        let added = self.added.load(Ordering::SeqCst);
        let subtracted = self.subtracted.load(Ordering::SeqCst);
        added.wrapping_sub(subtracted)
    }
}

/// Counts with `threads` threads.
pub fn count_with_threads(threads: usize, increments: usize) -> i64 {
    let counter = SharedCounter::new(0);
    thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                for _ in 0..increments {
                    counter.incr(1);
                }
            });
        }
    });
    counter.get()
}
