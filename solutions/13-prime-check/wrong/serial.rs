//! Fails: map_works_in_parallel (serial)
//!
//! The results are right, and `threads` is not even looked at.

use sync::hint;

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
    hint::black_box(threads);
    items.iter().map(f).collect()
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
