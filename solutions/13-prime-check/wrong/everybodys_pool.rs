//! Fails: one_thread_is_one_thread (not-exclusive)
//!
//! `count_primes` works in rayon's global pool, which has a thread for every processor, whatever `threads`
//! says.

use rayon::prelude::*;
use std::panic::resume_unwind;
use sync::atomic::{AtomicUsize, Ordering};
use sync::thread;

/// Whether `n` is a prime number.
pub fn is_prime(n: u64) -> bool {
    if n < 4 {
        return n >= 2;
    }
    if n % 2 == 0 || n % 3 == 0 {
        return false;
    }
    let mut d = 5;
    while d <= n / d {
        if n % d == 0 || n % (d + 2) == 0 {
            return false;
        }
        d += 6;
    }
    true
}

/// Calls `f` with each of the `items`, on `threads` threads; the results are in the items' order.
pub fn parallel_map<T, R, F>(items: &[T], threads: usize, f: F) -> Vec<R>
where
    T: Sync,
    R: Send,
    F: Fn(&T) -> R + Sync + Send,
{
    let next = AtomicUsize::new(0);
    let work = || {
        let mut mine = Vec::new();
        loop {
            let index = next.fetch_add(1, Ordering::Relaxed);
            let Some(item) = items.get(index) else { return mine };
            mine.push((index, f(item)));
        }
    };
    let ends: Vec<_> = thread::scope(|scope| {
        let workers: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        workers.into_iter().map(|worker| worker.join()).collect()
    });
    let mut results: Vec<Option<R>> = items.iter().map(|_| None).collect();
    for end in ends {
        match end {
            Ok(mine) => mine.into_iter().for_each(|(index, r)| results[index] = Some(r)),
            Err(payload) => resume_unwind(payload),
        }
    }
    results.into_iter().map(|r| r.expect("each index was drawn")).collect()
}

/// For each of the `numbers`, in order, whether it is prime.
pub fn check_all(numbers: &[u64], threads: usize) -> Vec<bool> {
    parallel_map(numbers, threads, |&n| is_prime(n))
}

/// How many primes there are below `limit`.
pub fn count_primes(limit: u64, threads: usize) -> usize {
    let block = (limit / (64 * threads as u64)).clamp(1, 1024);
    (0..limit.div_ceil(block))
        .into_par_iter()
        .map(|i| {
            let start = i * block;
            (start..start.saturating_add(block).min(limit)).filter(|&n| is_prime(n)).count()
        })
        .sum()
}
