//! Are two threads twice the help of one?
//!
//! The clock on the wall is shown, but decides nothing: see the chapter "Parallel or not?".

mod contract;

use checks::Speedup;
use prime_check as answer;
use prime_check::{check_all, count_primes, is_prime, parallel_map};

/// Primes of about the same size, so that all cost the same: any fair split is balanced.
const PRIMES: [u64; 4] = [999_999_999_937, 999_999_999_959, 999_999_999_961, 999_999_999_989];

#[test]
fn map_works_in_parallel() {
    Speedup::new().of_items(64, |threads, work| {
        let items: Vec<usize> = (0..64).collect();
        parallel_map(&items, threads, |&item| work(item));
    });
}

#[test]
fn check_all_works_in_parallel() {
    let numbers = |size| PRIMES.into_iter().cycle().take(size).collect::<Vec<u64>>();
    Speedup::new().of_call(
        16,
        |size| numbers(size).iter().map(|&number| is_prime(number)).collect::<Vec<bool>>(),
        |size, threads| check_all(&numbers(size), threads),
    );
}

#[test]
fn count_primes_shares_uneven_work() {
    Speedup::new().of_call(
        50_000,
        |limit| (0..limit as u64).filter(|&number| is_prime(number)).count(),
        |limit, threads| count_primes(limit as u64, threads),
    );
}
