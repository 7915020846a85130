//! Another right answer: `fetch_update`, the loop around `compare_exchange` that std has.

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
        let add = |count: i64| Some(count.wrapping_add(delta));
        let _ = self.count.fetch_update(Ordering::SeqCst, Ordering::SeqCst, add);
    }

    /// Subtracts `delta`. Wraps around on overflow.
    pub fn decr(&self, delta: i64) {
        self.incr(delta.wrapping_neg());
    }

    /// The value now.
    pub fn get(&self) -> i64 {
        self.count.load(Ordering::SeqCst)
    }
}

/// Counts with `threads` threads that each add 1 `increments` times.
pub fn count_with_threads(threads: usize, increments: usize) -> i64 {
    let counter = Arc::new(SharedCounter::new(0));
    let add = |counter: Arc<SharedCounter>| move || (0..increments).for_each(|_| counter.incr(1));
    let workers: Vec<_> = (0..threads).map(|_| thread::spawn(add(Arc::clone(&counter)))).collect();
    workers.into_iter().for_each(|worker| worker.join().expect("a counting thread does not panic"));
    counter.get()
}
