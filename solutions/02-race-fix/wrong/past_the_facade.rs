//! Fails: two_threads_lose_nothing (real-primitive)
//!
//! The atomic is the one of `std`: the model checker cannot see it, and must not call it right.

use std::sync::atomic::{AtomicI64, Ordering};

use sync::thread;

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
        let old = self.count.load(Ordering::SeqCst);
        self.count.store(old.wrapping_add(delta), Ordering::SeqCst);
    }

    /// Subtracts `delta`. Wraps around on overflow.
    pub fn decr(&self, delta: i64) {
        let old = self.count.load(Ordering::SeqCst);
        self.count.store(old.wrapping_sub(delta), Ordering::SeqCst);
    }

    /// The value now.
    pub fn get(&self) -> i64 {
        self.count.load(Ordering::SeqCst)
    }
}

/// Counts with `threads` threads that each add 1 `increments` times.
pub fn count_with_threads(threads: usize, increments: usize) -> i64 {
    let counter = SharedCounter::new(0);
    thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| (0..increments).for_each(|_| counter.incr(1)));
        }
    });
    counter.get()
}
