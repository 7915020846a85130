//! Fails: panics_reach_the_caller (hang)
//!
//! Workers end with a panic of `f`. Once all have, nobody draws from the channel of items, and the caller
//! waits for room in it.

use std::panic::resume_unwind;
use sync::mpsc::{channel, sync_channel};
use sync::{Mutex, thread};

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
    let (give, jobs) = sync_channel::<usize>(2 * threads);
    let jobs = Mutex::new(jobs);
    let (report, reports) = channel();
    let ends: Vec<_> = thread::scope(|scope| {
        let workers: Vec<_> = (0..threads)
            .map(|_| {
                let (report, jobs, f) = (report.clone(), &jobs, &f);
                scope.spawn(move || {
                    loop {
                        let job = jobs.lock().unwrap().recv();
                        let Ok(index) = job else { break };
                        let _ = report.send((index, f(&items[index])));
                    }
                })
            })
            .collect();
        drop(report);
        for index in 0..items.len() {
            if give.send(index).is_err() {
                break; // nobody is there to do it
            }
        }
        drop(give);
        workers.into_iter().map(|worker| worker.join()).collect()
    });
    for end in ends {
        if let Err(payload) = end {
            resume_unwind(payload);
        }
    }
    let mut results: Vec<Option<R>> = items.iter().map(|_| None).collect();
    for (index, result) in reports {
        results[index] = Some(result);
    }
    results.into_iter().map(Option::unwrap).collect()
}

/// For each of the `numbers`, in order, whether it is prime.
pub fn check_all(numbers: &[u64], threads: usize) -> Vec<bool> {
    parallel_map(numbers, threads, |&n| is_prime(n))
}

/// How many primes there are below `limit`.
pub fn count_primes(limit: u64, threads: usize) -> usize {
    // Small blocks, so that the last ones end at about the same time; not so small that drawing
    // them costs more than counting them.
    let block = (limit / (64 * threads as u64)).clamp(1, 4096);
    let starts: Vec<u64> = (0..limit).step_by(block as usize).collect();
    let count = |&start: &u64| {
        (start..start.saturating_add(block).min(limit)).filter(|&n| is_prime(n)).count()
    };
    parallel_map(&starts, threads, count).into_iter().sum()
}
