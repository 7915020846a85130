//! Fails: map_keeps_the_order (wrong-order)
//!
//! The results are collected in the order in which they are finished.

use std::ops::Range;
use std::panic;
use std::sync::PoisonError;

use sync::atomic::{AtomicUsize, Ordering};
use sync::{Mutex, thread};

/// Numbers that a thread fetches at a time: enough to make the fetching cheap, few enough to leave
/// no thread without work for long.
const CHUNK: u64 = 1 << 10;

/// Whether `n` is a prime number.
pub fn is_prime(n: u64) -> bool {
    n == 2 || n > 2 && n % 2 == 1 && (3..=n.isqrt()).step_by(2).all(|d| !n.is_multiple_of(d))
}

/// Calls `f` with each item, on `threads` threads.
pub fn parallel_map<T, R, F>(items: &[T], threads: usize, f: F) -> Vec<R>
where
    T: Sync,
    R: Send,
    F: Fn(&T) -> R + Sync + Send,
{
    let next = AtomicUsize::new(0);
    let results = Mutex::new(Vec::new());
    let work = || {
        while let Some(item) = items.get(next.fetch_add(1, Ordering::Relaxed)) {
            let result = f(item);
            results.lock().unwrap_or_else(PoisonError::into_inner).push(result);
        }
    };
    thread::scope(|scope| {
        let workers: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        for worker in workers {
            worker.join().unwrap_or_else(|payload| panic::resume_unwind(payload));
        }
    });
    results.into_inner().unwrap_or_else(PoisonError::into_inner)
}

/// For each number, whether it is prime.
pub fn check_all(numbers: &[u64], threads: usize) -> Vec<bool> {
    parallel_map(numbers, threads, |&number| is_prime(number))
}

/// How many primes there are below `limit`.
pub fn count_primes(limit: u64, threads: usize) -> usize {
    let chunks: Vec<Range<u64>> = (0..limit.div_ceil(CHUNK))
        .map(|chunk| chunk * CHUNK..limit.min((chunk + 1) * CHUNK))
        .collect();
    let count = |chunk: &Range<u64>| chunk.clone().filter(|&number| is_prime(number)).count();
    parallel_map(&chunks, threads, count).into_iter().sum()
}
