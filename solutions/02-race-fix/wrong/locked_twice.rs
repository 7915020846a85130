//! Fails: two_threads_lose_nothing (self-deadlock)
//!
//! Both guards of the line live until its end: the second `lock` waits for the first.

use sync::{Mutex, MutexGuard, thread};

/// A whole number that any number of threads may change at once.
#[derive(Debug)]
pub struct SharedCounter {
    count: Mutex<i64>,
}

impl SharedCounter {
    /// A counter that starts at `initial`.
    pub fn new(initial: i64) -> Self {
        Self { count: Mutex::new(initial) }
    }

    /// Adds `delta`. Wraps around on overflow.
    pub fn incr(&self, delta: i64) {
        *self.lock() = self.lock().wrapping_add(delta);
    }

    /// Subtracts `delta`. Wraps around on overflow.
    pub fn decr(&self, delta: i64) {
        *self.lock() = self.lock().wrapping_sub(delta);
    }

    /// The value now.
    pub fn get(&self) -> i64 {
        *self.lock()
    }

    fn lock(&self) -> MutexGuard<'_, i64> {
        self.count.lock().expect("nothing panics while the lock is held")
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
