//! Another right answer: the caller works too, a result has its slot, and small numbers are crossed
//! out by trial division through 6k ± 1.

use sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use sync::thread;

/// Whether `n` is a prime number.
pub fn is_prime(n: u64) -> bool {
    if n < 4 {
        return n >= 2;
    }
    if n.is_multiple_of(2) || n.is_multiple_of(3) {
        return false;
    }
    // Every prime above 3 is next to a multiple of 6.
    let root = n.isqrt();
    let mut d = 5;
    while d <= root {
        if n.is_multiple_of(d) || n.is_multiple_of(d + 2) {
            return false;
        }
        d += 6;
    }
    true
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
    let slots: Vec<Slot<R>> = items.iter().map(|_| Slot(sync::Mutex::new(None))).collect();
    let next = AtomicUsize::new(0);
    let work = || {
        while let Some((item, slot)) = {
            let index = next.fetch_add(1, Ordering::Relaxed);
            items.get(index).zip(slots.get(index))
        } {
            let result = f(item);
            *slot.0.lock().expect("a slot is filled once") = Some(result);
        }
    };
    thread::scope(|scope| {
        let helpers: Vec<_> = (1..threads).map(|_| scope.spawn(work)).collect();
        work();
        for helper in helpers {
            helper.join().unwrap_or_else(|payload| std::panic::resume_unwind(payload));
        }
    });
    slots
        .into_iter()
        .map(|slot| slot.0.into_inner().expect("no thread panicked").expect("it was worked on"))
        .collect()
}

struct Slot<R>(sync::Mutex<Option<R>>);

/// For each number, whether it is prime.
pub fn check_all(numbers: &[u64], threads: usize) -> Vec<bool> {
    parallel_map(numbers, threads, |&number| is_prime(number))
}

/// How many primes there are below `limit`.
pub fn count_primes(limit: u64, threads: usize) -> usize {
    let (next, count) = (AtomicU64::new(0), AtomicUsize::new(0));
    let work = || {
        loop {
            let start = next.fetch_add(256, Ordering::Relaxed);
            if start >= limit {
                return;
            }
            let numbers = start..limit.min(start + 256);
            count.fetch_add(numbers.filter(|&n| is_prime(n)).count(), Ordering::Relaxed);
        }
    };
    thread::scope(|scope| (0..threads).for_each(|_| drop(scope.spawn(work))));
    count.into_inner()
}
