//! Another right answer: a fast `is_prime` (Miller-Rabin with the twelve bases that are exact for
//! all of `u64`), and a split that is fixed beforehand but fair.

use std::panic;

use sync::thread;

/// Bases that together expose every composite number below 2^64.
const BASES: [u64; 12] = [2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37];

/// Whether `n` is a prime number.
pub fn is_prime(n: u64) -> bool {
    if let Some(&factor) = BASES.iter().find(|&base| n.is_multiple_of(*base)) {
        return n == factor;
    }
    if n < 2 {
        return false;
    }
    let twos = (n - 1).trailing_zeros();
    let odd = (n - 1) >> twos;
    BASES.iter().all(|&base| {
        let mut power = power_modulo(base, odd, n);
        if power == 1 || power == n - 1 {
            return true;
        }
        (1..twos).any(|_| {
            power = multiply_modulo(power, power, n);
            power == n - 1
        })
    })
}

fn multiply_modulo(a: u64, b: u64, modulus: u64) -> u64 {
    (u128::from(a) * u128::from(b) % u128::from(modulus)) as u64
}

fn power_modulo(mut base: u64, mut exponent: u64, modulus: u64) -> u64 {
    let mut power = 1;
    while exponent > 0 {
        if exponent % 2 == 1 {
            power = multiply_modulo(power, base, modulus);
        }
        base = multiply_modulo(base, base, modulus);
        exponent /= 2;
    }
    power
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
    // Thread t works on the items t, t + threads, t + 2 threads, and so on.
    let mut columns: Vec<_> = thread::scope(|scope| {
        let workers: Vec<_> = (0..threads)
            .map(|t| {
                let f = &f;
                scope
                    .spawn(move || items.iter().skip(t).step_by(threads).map(f).collect::<Vec<R>>())
            })
            .collect();
        workers
            .into_iter()
            .map(|worker| worker.join().unwrap_or_else(|payload| panic::resume_unwind(payload)))
            .map(Vec::into_iter)
            .collect()
    });
    (0..items.len())
        .map(|index| columns[index % threads].next().expect("each item has its result"))
        .collect()
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
