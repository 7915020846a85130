//! A trait whose implementation asks for two others, at each of many levels.

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

/// Something that is asked for.
pub trait Asked {}

/// A number as a type.
pub struct Next<A, B>(A, B);

impl Asked for u8 {}
impl Asked for u16 {}

impl<A, B> Asked for Next<A, B>
where
    A: Asked,
    B: Asked,
    (A, B): Pair,
{
}

/// A pair of which both are asked for.
pub trait Pair {}

impl<A: Asked, B: Asked> Pair for (A, B) {}

macro_rules! level {
    ($a:ty, $b:ty;) => { Next<$a, $b> };
    ($a:ty, $b:ty; x $($more:tt)*) => { level!(Next<$a, $b>, Next<$b, $a>; $($more)*) };
}

fn ask<T: Asked>() {}

/// The answer is yes, after a long time.
pub fn prove() {
    ask::<level!(u8, u16; x x x x x x x x x x x x x x x x x x x x x x x x)>();
}
