//! Fails: a_step_is_seen_whole (wrong-answer)
//!
//! `get` takes the value out and puts it back. Whoever looks in between sees an empty counter.

use sync::atomic::{AtomicI64, Ordering};
use sync::{Arc, thread};

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
        self.count.fetch_add(delta, Ordering::SeqCst);
    }

    /// Subtracts `delta`. Wraps around on overflow.
    pub fn decr(&self, delta: i64) {
        self.count.fetch_sub(delta, Ordering::SeqCst);
    }

    /// The value now.
    pub fn get(&self) -> i64 {
        let value = self.count.swap(0, Ordering::SeqCst);
        self.count.fetch_add(value, Ordering::SeqCst);
        value
    }
}

/// Counts with `threads` threads.
pub fn count_with_threads(threads: usize, increments: usize) -> i64 {
    let counter = Arc::new(SharedCounter::new(0));
    let workers: Vec<_> = (0..threads)
        .map(|_| {
            let counter = Arc::clone(&counter);
            thread::spawn(move || {
                for _ in 0..increments {
                    counter.incr(1);
                }
            })
        })
        .collect();
    for worker in workers {
        worker.join().unwrap();
    }
    counter.get()
}
