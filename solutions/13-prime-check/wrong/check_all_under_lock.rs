//! Fails: check_all_works_in_parallel (serial)
//!
//! The lock on the results is taken first: the right side of an assignment is worked out while it
//! is held.

use std::panic;

use sync::atomic::{AtomicUsize, Ordering};
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
    let next = AtomicUsize::new(0);
    let work = || {
        let mut results = Vec::new();
        loop {
            let index = next.fetch_add(1, Ordering::Relaxed);
            let Some(item) = items.get(index) else { return results };
            results.push((index, f(item)));
        }
    };
    let mut results: Vec<(usize, R)> = thread::scope(|scope| {
        let workers: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        workers
            .into_iter()
            .flat_map(|worker| {
                worker.join().unwrap_or_else(|payload| panic::resume_unwind(payload))
            })
            .collect()
    });
    results.sort_unstable_by_key(|&(index, _)| index);
    results.into_iter().map(|(_, result)| result).collect()
}

/// For each number, whether it is prime.
pub fn check_all(numbers: &[u64], threads: usize) -> Vec<bool> {
    let next = AtomicUsize::new(0);
    let results = Mutex::new(vec![false; numbers.len()]);
    thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                loop {
                    let index = next.fetch_add(1, Ordering::Relaxed);
                    let Some(&number) = numbers.get(index) else { return };
                    let mut results = results.lock().expect("nothing panics here");
                    results[index] = is_prime(number);
                }
            });
        }
    });
    results.into_inner().expect("nothing panics here")
}

/// How many primes there are below `limit`.
pub fn count_primes(limit: u64, threads: usize) -> usize {
    let starts: Vec<u64> = (0..limit).step_by(1_000).collect();
    let count =
        |&start: &u64| (start..limit.min(start + 1_000)).filter(|&number| is_prime(number)).count();
    parallel_map(&starts, threads, count).into_iter().sum()
}
