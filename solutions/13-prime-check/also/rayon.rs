//! Another right answer: rayon's work stealing, in a pool of the right size.

use rayon::prelude::*;
use rayon::{ThreadPool, ThreadPoolBuilder};

/// A pool of its own, so that no more than `threads` threads work, whatever the machine has.
fn pool(threads: usize) -> ThreadPool {
    ThreadPoolBuilder::new().num_threads(threads).build().expect("the threads can be started")
}

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
    pool(threads).install(|| items.par_iter().map(f).collect())
}

/// For each number, whether it is prime.
pub fn check_all(numbers: &[u64], threads: usize) -> Vec<bool> {
    pool(threads).install(|| numbers.par_iter().map(|&number| is_prime(number)).collect())
}

/// How many primes there are below `limit`.
pub fn count_primes(limit: u64, threads: usize) -> usize {
    let count = || (0..limit).into_par_iter().filter(|&number| is_prime(number)).count();
    pool(threads).install(count)
}
