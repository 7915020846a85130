//! Primes on all cores.
//!
//! Write these four functions. The README says what each of them promises.

/// Whether `n` is a prime number: exact for every `u64`.
///
/// 0 and 1 are no primes, 2 is the only even one.
pub fn is_prime(n: u64) -> bool {
    todo!("say whether {n} is prime")
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
    let _ = &f;
    todo!("map {} items on {threads} threads", items.len())
}

/// For each of the `numbers`, in order, whether it is prime. At most `threads` threads work at once.
pub fn check_all(numbers: &[u64], threads: usize) -> Vec<bool> {
    todo!("check {} numbers on {threads} threads", numbers.len())
}

/// How many primes there are below `limit`. At most `threads` threads work at once, and all of them
/// have work until the end, although big numbers take longer than small ones.
pub fn count_primes(limit: u64, threads: usize) -> usize {
    todo!("count the primes below {limit} on {threads} threads")
}
