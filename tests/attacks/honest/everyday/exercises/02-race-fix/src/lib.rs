//! A counter by a compare-exchange loop, with the things that people have in their programs.

#![warn(missing_docs)]

use std::fmt;
use std::ops::{AddAssign, SubAssign};

use sync::atomic::{
    AtomicI64,
    Ordering::{self, *},
};
use sync::thread::{self, JoinHandle};
use sync::{Arc, OnceLock, time::Instant};

const ORDER: Ordering = SeqCst;

macro_rules! changes {
    ($($(#[$meta:meta])* $name:ident => $with:ident),+ $(,)?) => {
        $($(#[$meta])* pub fn $name(&self, delta: i64) { self.update(|old| old.$with(delta)); })+
    };
}

/// A whole number that any number of threads may change at once.
#[repr(transparent)]
pub struct SharedCounter {
    count: AtomicI64,
}

impl SharedCounter {
    /// A counter that starts at `initial`.
    #[inline]
    #[must_use]
    pub const fn new(initial: i64) -> Self {
        Self { count: AtomicI64::new(initial) }
    }

    changes! {
        /// Adds `delta`.
        incr => wrapping_add,
        /// Subtracts `delta`.
        decr => wrapping_sub,
    }

    fn update<F>(&self, with: F)
    where
        F: Fn(i64) -> i64,
    {
        let mut old = self.count.load(Relaxed);
        while let Err(now) = self.count.compare_exchange_weak(old, with(old), ORDER, Relaxed) {
            old = now;
        }
    }

    /// The value now.
    #[must_use]
    pub fn get(&self) -> i64 {
        self.count.load(ORDER)
    }
}

impl Default for SharedCounter {
    fn default() -> Self {
        Self::new(0)
    }
}

impl From<SharedCounter> for i64 {
    fn from(counter: SharedCounter) -> Self {
        counter.count.into_inner()
    }
}

impl PartialEq<i64> for SharedCounter {
    fn eq(&self, other: &i64) -> bool {
        self.get() == *other
    }
}

impl AddAssign<i64> for &SharedCounter {
    fn add_assign(&mut self, delta: i64) {
        self.incr(delta);
    }
}

impl SubAssign<i64> for &SharedCounter {
    fn sub_assign(&mut self, delta: i64) {
        self.decr(delta);
    }
}

impl fmt::Debug for SharedCounter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SharedCounter({:?})", self.get())
    }
}

impl fmt::Display for SharedCounter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.get(), f)
    }
}

fn started() -> Instant {
    static STARTED: OnceLock<Instant> = OnceLock::new();
    *STARTED.get_or_init(Instant::now)
}

fn start(number: usize, work: impl FnOnce() + Send + 'static) -> Result<JoinHandle<()>, String> {
    let name = format!("adder {number}");
    thread::Builder::new()
        .name(name)
        .spawn(work)
        .map_err(|error| format!("no thread {number}: {error}"))
}

/// Counts with threads.
pub fn count_with_threads(threads: usize, increments: usize) -> i64 {
    let begin = started();
    let counter = Arc::new(SharedCounter::default());
    let mut handles = Vec::with_capacity(threads);
    for number in 0..threads {
        let counter = Arc::clone(&counter);
        match start(number, move || (0..increments).for_each(|_| counter.incr(1))) {
            Ok(handle) => handles.push(handle),
            Err(why) => panic!("{why:?}"),
        }
    }
    for (number, handle) in handles.into_iter().enumerate() {
        handle.join().unwrap_or_else(|payload| {
            eprintln!("thread {number} panicked: {payload:?}");
            std::panic::resume_unwind(payload)
        });
    }
    println!("{counter} ({counter:?}) by {threads} threads, after {:.3?}", begin.elapsed());
    dbg!(Arc::try_unwrap(counter).map_or_else(|shared| shared.get(), i64::from))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts() {
        assert_eq!(count_with_threads(4, 25), 100);
        assert_eq!(format!("{:?}", SharedCounter::new(3)), "SharedCounter(3)");
        assert_eq!(std::mem::size_of::<SharedCounter>(), 8);
    }
}
