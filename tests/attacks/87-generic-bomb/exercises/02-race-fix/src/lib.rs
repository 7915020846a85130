//! A generic function that needs itself with two other types, thirty levels deep.

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
        let old = self.count.load(Ordering::SeqCst);
        self.count.store(old.wrapping_add(delta), Ordering::SeqCst);
    }

    /// Subtracts `delta`. Wraps around on overflow.
    pub fn decr(&self, delta: i64) {
        let old = self.count.load(Ordering::SeqCst);
        self.count.store(old.wrapping_sub(delta), Ordering::SeqCst);
    }

    /// The value now.
    pub fn get(&self) -> i64 {
        self.count.load(Ordering::SeqCst)
    }
}

/// Starts `threads` threads that each add 1 `increments` times to one counter, waits for all of
/// them, and returns what the counter then says.
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
        worker.join().expect("a counting thread does not panic");
    }
    counter.get()
}

/// A number as a type.
pub struct Zero;
/// One more.
pub struct Next<N>(N);

/// A level of the tree.
pub trait Level {
    /// Goes on with two other types.
    fn go<T: 'static>(value: u64) -> u64;
}

impl Level for Zero {
    fn go<T: 'static>(value: u64) -> u64 {
        value + std::mem::align_of::<T>() as u64
    }
}

impl<N: Level> Level for Next<N> {
    fn go<T: 'static>(value: u64) -> u64 {
        N::go::<(T, u8)>(value) + N::go::<(u8, T)>(value + 1)
    }
}

macro_rules! level {
    () => { Zero };
    (x $($more:tt)*) => { Next<level!($($more)*)> };
}

type Deep = level!(x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x);

/// A thousand million functions.
pub fn explode() -> u64 {
    Deep::go::<u8>(0)
}
