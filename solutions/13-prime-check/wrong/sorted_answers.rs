//! Fails: checks_many_numbers_at_once (wrong-answer)
//!
//! The answers are put in the order of the numbers. A number that occurs twice gets its answers side by
//! side, wherever it stands.

use std::collections::HashMap;
use std::panic::resume_unwind;

use sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use sync::{mpsc, thread};

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
    let next = AtomicUsize::new(0);
    let mut pairs: Vec<(usize, R)> = thread::scope(|s| {
        let handles: Vec<_> = (0..threads.min(items.len()))
            .map(|_| {
                s.spawn(|| {
                    let mut mine = Vec::new();
                    while let Some((i, item)) = draw(items, &next) {
                        mine.push((i, f(item)));
                    }
                    mine
                })
            })
            .collect();
        let mut pairs = Vec::with_capacity(items.len());
        for handle in handles {
            match handle.join() {
                Ok(mine) => pairs.extend(mine),
                Err(payload) => resume_unwind(payload),
            }
        }
        pairs
    });
    pairs.sort_by_key(|(i, _)| *i);
    pairs.into_iter().map(|(_, result)| result).collect()
}

fn draw<'a, T>(items: &'a [T], next: &AtomicUsize) -> Option<(usize, &'a T)> {
    let i = next.fetch_add(1, Ordering::Relaxed);
    items.get(i).map(|item| (i, item))
}

/// For each of the `numbers`, in order, whether it is prime. At most `threads` threads work at once.
pub fn check_all(numbers: &[u64], threads: usize) -> Vec<bool> {
    let place: HashMap<u64, usize> = numbers.iter().enumerate().map(|(i, &n)| (n, i)).collect();
    let next = AtomicUsize::new(0);
    let (answers, inbox) = mpsc::channel();
    thread::scope(|s| {
        for _ in 0..threads.min(numbers.len()) {
            let answers = answers.clone();
            let next = &next;
            s.spawn(move || {
                while let Some((_, &n)) = draw(numbers, next) {
                    answers.send((n, is_prime(n))).unwrap();
                }
            });
        }
    });
    drop(answers);
    let mut found: Vec<(u64, bool)> = inbox.into_iter().collect();
    found.sort_by_key(|(n, _)| place[n]);
    found.into_iter().map(|(_, prime)| prime).collect()
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
