//! Panics with something whose `Drop` panics again, and ends the process for good measure.

use sync::atomic::{AtomicI64, Ordering};
use sync::thread;

/// A counter that loses updates, so that nothing but a trick lets it pass.
#[derive(Debug)]
pub struct SharedCounter {
    count: AtomicI64,
}

impl SharedCounter {
    /// A counter that starts at `initial`.
    pub fn new(initial: i64) -> Self {
        Self { count: AtomicI64::new(initial) }
    }

    /// Adds, in two steps.
    pub fn incr(&self, delta: i64) {
        let old = self.count.load(Ordering::SeqCst);
        self.count.store(old.wrapping_add(delta), Ordering::SeqCst);
        if self.count.load(Ordering::SeqCst) != old.wrapping_add(delta) {
            std::panic::panic_any(Bomb);
        }
    }

    /// Subtracts, in two steps.
    pub fn decr(&self, delta: i64) {
        self.incr(delta.wrapping_neg());
    }

    /// The value now.
    pub fn get(&self) -> i64 {
        self.count.load(Ordering::SeqCst)
    }
}

/// Counts.
pub fn count_with_threads(threads: usize, increments: usize) -> i64 {
    let counter = SharedCounter::new(0);
    thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| (0..increments).for_each(|_| counter.incr(1)));
        }
    });
    counter.get()
}

/// What it panics with.
struct Bomb;

impl Drop for Bomb {
    fn drop(&mut self) {
        panic!("from the payload");
    }
}
