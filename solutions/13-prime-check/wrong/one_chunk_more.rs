//! Fails: map_keeps_to_its_threads (not-exclusive)
//!
//! The length of a chunk is rounded down, so what is left over makes one chunk more, with a thread of its
//! own.

use std::panic::resume_unwind;

use sync::atomic::{AtomicU64, Ordering};
use sync::thread;

/// Whether `n` is a prime number: exact for every `u64`.
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

/// Calls `f` with each of the `items`, on `threads` threads, and returns the results in the order
/// of the items.
///
/// # Panics
/// If `f` panics: with the payload of that panic, once no other call of `f` is running.
pub fn parallel_map<T, R, F>(items: &[T], threads: usize, f: F) -> Vec<R>
where
    T: Sync,
    R: Send,
    F: Fn(&T) -> R + Sync + Send,
{
    let chunk = (items.len() / threads).max(1);
    thread::scope(|s| {
        let f = &f;
        let handles: Vec<_> = items
            .chunks(chunk)
            .map(|part| s.spawn(move || part.iter().map(f).collect::<Vec<R>>()))
            .collect();
        let mut results = Vec::with_capacity(items.len());
        for handle in handles {
            match handle.join() {
                Ok(part) => results.extend(part),
                Err(payload) => resume_unwind(payload),
            }
        }
        results
    })
}

/// For each of the `numbers`, in order, whether it is prime. At most `threads` threads work at once.
pub fn check_all(numbers: &[u64], threads: usize) -> Vec<bool> {
    parallel_map(numbers, threads, |&n| is_prime(n))
}

/// How many primes there are below `limit`. At most `threads` threads work at once, and all of them
/// have work until the end, although big numbers take longer than small ones.
pub fn count_primes(limit: u64, threads: usize) -> usize {
    const BLOCK: u64 = 500;
    let next = AtomicU64::new(0);
    thread::scope(|s| {
        let handles: Vec<_> = (0..threads)
            .map(|_| {
                s.spawn(|| {
                    let mut count = 0;
                    loop {
                        let start = next.fetch_add(BLOCK, Ordering::Relaxed);
                        if start >= limit {
                            return count;
                        }
                        let end = start.saturating_add(BLOCK).min(limit);
                        count += (start..end).filter(|&n| is_prime(n)).count();
                    }
                })
            })
            .collect();
        handles.into_iter().map(|handle| handle.join().unwrap()).sum()
    })
}
