//! Another right answer: crossbeam's scoped threads, and a mutex around the list of what is left.

use std::panic;
use std::sync::PoisonError;

use crossbeam::thread as scoped;
use sync::Mutex;

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
    let left = Mutex::new(items.iter().enumerate());
    let done = Mutex::new(Vec::with_capacity(items.len()));
    // The lock is held while an item is fetched, not while it is worked on.
    let fetch = || left.lock().unwrap_or_else(PoisonError::into_inner).next();
    let outcome = scoped::scope(|scope| {
        let workers: Vec<_> = (0..threads)
            .map(|_| {
                scope.spawn(|_| {
                    while let Some((index, item)) = fetch() {
                        let result = f(item);
                        done.lock().unwrap_or_else(PoisonError::into_inner).push((index, result));
                    }
                })
            })
            .collect();
        workers.into_iter().try_for_each(|worker| worker.join())
    });
    outcome.and_then(|joined| joined).unwrap_or_else(|payload| panic::resume_unwind(payload));
    let mut done = done.into_inner().unwrap_or_else(PoisonError::into_inner);
    done.sort_unstable_by_key(|&(index, _)| index);
    done.into_iter().map(|(_, result)| result).collect()
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
