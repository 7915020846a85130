//! Fails: one_step_among_many_is_not_lost (lost-update)
//!
//! An exchange that fails is tried again, which is right, but only twice more, which is not: a thread
//! that is overtaken three times loses its update.

use sync::atomic::{AtomicI64, Ordering};
use sync::thread;

const ATTEMPTS: usize = 3;

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

    fn update(&self, next: impl Fn(i64) -> i64) {
        let mut old = self.count.load(Ordering::SeqCst);
        for _ in 0..ATTEMPTS {
            let new = next(old);
            match self.count.compare_exchange(old, new, Ordering::SeqCst, Ordering::SeqCst) {
                Ok(_) => return,
                Err(found) => old = found,
            }
        }
    }

    /// Adds `delta`. Wraps around on overflow.
    pub fn incr(&self, delta: i64) {
        self.update(|old| old.wrapping_add(delta));
    }

    /// Subtracts `delta`. Wraps around on overflow.
    pub fn decr(&self, delta: i64) {
        self.update(|old| old.wrapping_sub(delta));
    }

    /// The value now.
    pub fn get(&self) -> i64 {
        self.count.load(Ordering::SeqCst)
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
