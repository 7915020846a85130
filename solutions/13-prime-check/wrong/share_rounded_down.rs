//! Fails: map_takes_any_number_of_items_and_threads (panic)
//!
//! `chunks` of size 0: more threads than items, and the share is rounded down to nothing.

use std::ops::Range;
use std::panic;

use sync::thread;

/// Numbers that a thread fetches at a time: enough to make the fetching cheap, few enough to leave
/// no thread without work for long.
const CHUNK: u64 = 1 << 10;

/// Whether `n` is a prime number.
pub fn is_prime(n: u64) -> bool {
    n == 2 || n > 2 && n % 2 == 1 && (3..=n.isqrt()).step_by(2).all(|d| !n.is_multiple_of(d))
}

/// Calls `f` with each item, on about `threads` threads, and returns the results in order.
pub fn parallel_map<T, R, F>(items: &[T], threads: usize, f: F) -> Vec<R>
where
    T: Sync,
    R: Send,
    F: Fn(&T) -> R + Sync + Send,
{
    let share = items.len() / threads;
    thread::scope(|scope| {
        let workers: Vec<_> = items
            .chunks(share)
            .map(|items| scope.spawn(|| items.iter().map(&f).collect::<Vec<R>>()))
            .collect();
        workers
            .into_iter()
            .flat_map(|worker| {
                worker.join().unwrap_or_else(|payload| panic::resume_unwind(payload))
            })
            .collect()
    })
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
