//! Another right answer: crossbeam's channels, one with the work and one with the results.

use std::panic;

use crossbeam::channel;
use sync::thread;

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
    let (work, jobs) = channel::unbounded();
    let (done, results) = channel::unbounded();
    for (index, item) in items.iter().enumerate() {
        work.send((index, item)).expect("this function holds the other end");
    }
    // The workers stop when the channel is empty and nobody can send any more.
    drop(work);
    thread::scope(|scope| {
        let workers: Vec<_> = (0..threads)
            .map(|_| {
                let (jobs, done, f) = (jobs.clone(), done.clone(), &f);
                scope.spawn(move || {
                    for (index, item) in jobs {
                        done.send((index, f(item))).expect("the caller holds the other end");
                    }
                })
            })
            .collect();
        for worker in workers {
            worker.join().unwrap_or_else(|payload| panic::resume_unwind(payload));
        }
    });
    drop(done);
    let mut slots: Vec<Option<R>> = items.iter().map(|_| None).collect();
    results.into_iter().for_each(|(index, result)| slots[index] = Some(result));
    slots.into_iter().map(|slot| slot.expect("every item was worked on")).collect()
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
