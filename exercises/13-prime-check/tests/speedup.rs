//! Are two threads twice the help of one?
//!
//! The clock on the wall is shown, but decides nothing: see the chapter "Parallel or not?".

mod contract;

use checks::{Fault, Speedup, require};
use prime_check as answer;
use prime_check::{check_all, count_primes, is_prime, parallel_map};

/// Two primes, and between them two products of primes near a million: by division all cost the same,
/// and any fair split is balanced. They are of both kinds so that answers in another order are wrong.
const NUMBERS: [u64; 4] = [999_999_999_937, 999_940_000_819, 999_920_001_599, 999_999_999_989];

#[test]
fn map_works_in_parallel() {
    Speedup::new().of_items(64, |threads, work| {
        let items: Vec<usize> = (0..64).collect();
        // Else an answer could be in order where it is slow, and fast where nobody looks at the order.
        let results = parallel_map(&items, threads, |&item| {
            work(item);
            item
        });
        require!(Fault::WrongOrder, results == items, "the results came as {results:?}");
    });
}

#[test]
fn check_all_works_in_parallel() {
    let numbers = |size| NUMBERS.into_iter().cycle().take(size).collect::<Vec<u64>>();
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
