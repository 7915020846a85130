//! Fails: real_threads_lose_nothing (lost-update)
//!
//! It knows the model checker by the size of its types, and does right there. Elsewhere `incr` reads and
//! writes in two steps.

use sync::atomic::{AtomicI64, Ordering};
use sync::thread;

/// Whether `sync` is the standard library: then nobody looks at every order of steps.
const REAL: bool = size_of::<AtomicI64>() == 8;

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
        if REAL {
            let old = self.count.load(Ordering::Relaxed);
            self.count.store(old.wrapping_add(delta), Ordering::Relaxed);
            return;
        }
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
    let counter = SharedCounter::new(0);
    // The scope joins every thread before it returns, so the threads may borrow the counter.
    thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| (0..increments).for_each(|_| counter.incr(1)));
        }
    });
    counter.get()
}
