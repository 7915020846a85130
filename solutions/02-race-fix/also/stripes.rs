//! Another right answer: stripes. Every thread adds to the stripe that its id hashes to, so that fewer
//! threads wait for each other, and `get` adds them up.
//!
//! Why it is right: an update is made under its stripe's lock, so it is not lost. `get` holds the locks
//! of ALL stripes at once, in one fixed order, while it adds: the sum is the counter's value at that
//! moment. An update holds one lock only, so nobody can wait in a circle. Sums modulo 2^64 do not
//! depend on how they are split, so wrapping each stripe and wrapping the sum is wrapping the counter.

use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};
use sync::{Mutex, MutexGuard, thread};

const STRIPES: usize = 2;

/// A whole number that any number of threads may change at once.
#[derive(Debug)]
pub struct SharedCounter {
    stripes: [Mutex<i64>; STRIPES],
}

impl SharedCounter {
    /// A counter that starts at `initial`.
    pub fn new(initial: i64) -> Self {
        let counter = Self { stripes: std::array::from_fn(|_| Mutex::new(0)) };
        counter.incr(initial);
        counter
    }

    fn my_stripe(&self) -> MutexGuard<'_, i64> {
        let mut hasher = DefaultHasher::new();
        thread::current().id().hash(&mut hasher);
        let stripe = hasher.finish() as usize % STRIPES;
        self.stripes[stripe].lock().unwrap()
    }

    /// Adds `delta`. Wraps around on overflow.
    pub fn incr(&self, delta: i64) {
        let mut part = self.my_stripe();
        *part = part.wrapping_add(delta);
    }

    /// Subtracts `delta`. Wraps around on overflow.
    pub fn decr(&self, delta: i64) {
        let mut part = self.my_stripe();
        *part = part.wrapping_sub(delta);
    }

    /// The value now.
    pub fn get(&self) -> i64 {
        let all: Vec<_> = self.stripes.iter().map(|stripe| stripe.lock().unwrap()).collect();
        all.iter().fold(0, |sum: i64, part| sum.wrapping_add(**part))
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
