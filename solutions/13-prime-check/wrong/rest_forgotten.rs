//! Fails: counts_primes (wrong-answer)
//!
//! The division rounds down: the last, shorter piece is never looked at.

use std::ops::Range;
use std::panic;

use sync::atomic::{AtomicUsize, Ordering};
use sync::thread;

/// Numbers that a thread fetches at a time: enough to make the fetching cheap, few enough to leave
/// no thread without work for long.
const CHUNK: u64 = 1 << 10;

/// Whether `n` is a prime number.
pub fn is_prime(n: u64) -> bool {
    n == 2 || n > 2 && n % 2 == 1 && (3..=n.isqrt()).step_by(2).all(|d| !n.is_multiple_of(d))
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
    parallel_map(numbers, threads, |&number| is_prime(number))
}

/// How many primes there are below `limit`.
pub fn count_primes(limit: u64, threads: usize) -> usize {
    let chunks: Vec<Range<u64>> =
        (0..limit / CHUNK).map(|chunk| chunk * CHUNK..(chunk + 1) * CHUNK).collect();
    let count = |chunk: &Range<u64>| chunk.clone().filter(|&number| is_prime(number)).count();
    parallel_map(&chunks, threads, count).into_iter().sum()
}
