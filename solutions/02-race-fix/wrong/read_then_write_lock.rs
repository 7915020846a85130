//! Fails: two_threads_lose_nothing (lost-update)
//!
//! The read lock is given back before the write lock is taken: what was read may be old by then.

use sync::{RwLock, thread};

/// A whole number that any number of threads may change at once.
#[derive(Debug)]
pub struct SharedCounter {
    count: RwLock<i64>,
}

impl SharedCounter {
    /// A counter that starts at `initial`.
    pub fn new(initial: i64) -> Self {
        Self { count: RwLock::new(initial) }
    }

    /// Adds `delta`. Wraps around on overflow.
    pub fn incr(&self, delta: i64) {
        let old = *self.count.read().expect("nothing panics here");
        *self.count.write().expect("nothing panics here") = old.wrapping_add(delta);
    }

    /// Subtracts `delta`. Wraps around on overflow.
    pub fn decr(&self, delta: i64) {
        let old = *self.count.read().expect("nothing panics here");
        *self.count.write().expect("nothing panics here") = old.wrapping_sub(delta);
    }

    /// The value now.
    pub fn get(&self) -> i64 {
        *self.count.read().expect("nothing panics here")
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
