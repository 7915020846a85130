//! Another right answer: try again until nobody came between.

use sync::atomic::{AtomicI64, Ordering};
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
        self.change(|count| count.wrapping_add(delta));
    }

    /// Subtracts `delta`. Wraps around on overflow.
    pub fn decr(&self, delta: i64) {
        self.change(|count| count.wrapping_sub(delta));
    }

    /// The value now.
    pub fn get(&self) -> i64 {
        self.count.load(Ordering::SeqCst)
    }

    fn change(&self, step: impl Fn(i64) -> i64) {
        let mut old = self.count.load(Ordering::Relaxed);
        // The exchange fails if the value is no longer `old`, and then says what it is.
        while let Err(now) =
            self.count.compare_exchange_weak(old, step(old), Ordering::AcqRel, Ordering::Relaxed)
        {
            old = now;
        }
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
