//! Fails: map_works_in_parallel (serial)
//!
//! The threads are there, but the lock on the list of work is held while an item is worked on.

use std::panic;
use std::sync::PoisonError;

use sync::{Mutex, thread};

/// Whether `n` is a prime number.
pub fn is_prime(n: u64) -> bool {
    n == 2
        || n > 2 && !n.is_multiple_of(2) && (3..=n.isqrt()).step_by(2).all(|d| !n.is_multiple_of(d))
}

/// Calls `f` with each item, on `threads` threads, and returns the results in order.
///
/// # Panics
/// With the payload of `f`'s panic, if it panics.
pub fn parallel_map<T, R, F>(items: &[T], threads: usize, f: F) -> Vec<R>
where
    T: Sync,
    R: Send,
    F: Fn(&T) -> R + Sync + Send,
{
    let work = Mutex::new((items.iter(), Vec::new()));
    thread::scope(|scope| {
        let worker = || {
            loop {
                let mut work = work.lock().unwrap_or_else(PoisonError::into_inner);
                let Some(item) = work.0.next() else { return };
                let result = f(item);
                work.1.push(result);
            }
        };
        let workers: Vec<_> = (0..threads).map(|_| scope.spawn(worker)).collect();
        for worker in workers {
            worker.join().unwrap_or_else(|payload| panic::resume_unwind(payload));
        }
    });
    work.into_inner().unwrap_or_else(PoisonError::into_inner).1
}

/// For each number, whether it is prime.
pub fn check_all(numbers: &[u64], threads: usize) -> Vec<bool> {
    parallel_map(numbers, threads, |&number| is_prime(number))
}

/// How many primes there are below `limit`.
pub fn count_primes(limit: u64, threads: usize) -> usize {
    let starts: Vec<u64> = (0..limit).step_by(1_000).collect();
    let count =
        |&start: &u64| (start..limit.min(start + 1_000)).filter(|&number| is_prime(number)).count();
    parallel_map(&starts, threads, count).into_iter().sum()
}
