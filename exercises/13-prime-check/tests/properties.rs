//! Laws that hold for all numbers, all items and any number of threads.

mod contract;

use std::sync::LazyLock;

use checks::proptest::collection::vec;
use checks::proptest::prelude::any;
use checks::proptest::strategy::Strategy;
use checks::{Property, property};
use prime_check as answer;
use prime_check::{check_all, count_primes, is_prime, parallel_map};

/// The sieve of Eratosthenes: `SIEVE[n]` says whether `n` is prime.
static SIEVE: LazyLock<Vec<bool>> = LazyLock::new(|| {
    let mut prime = vec![true; 1_000_000];
    prime[..2].fill(false);
    for n in 2..1_000 {
        if prime[n] {
            (n * n..prime.len()).step_by(n).for_each(|multiple| prime[multiple] = false);
        }
    }
    prime
});

#[test]
fn agrees_with_a_sieve() {
    Property::new().cases(4_096).check(0..SIEVE.len() as u64, |n| {
        assert_eq!(is_prime(n), SIEVE[n as usize], "is {n} prime?");
    });
}

/// One factor is small, so that trial division finds it soon; the product may be as big as a `u64`.
#[test]
fn products_are_not_prime() {
    let factors = (2..50_000_u64).prop_flat_map(|a| (2..=u64::MAX / a).prop_map(move |b| (a, b)));
    property(factors, |(a, b)| {
        assert!(!is_prime(a * b), "{a} × {b} = {} is not prime", a * b);
    });
}

#[test]
fn map_is_map() {
    property((vec(any::<i32>(), 0..50), 1..6_usize), |(items, threads)| {
        let twice = |item: &i32| i64::from(*item) * 2;
        let expected: Vec<i64> = items.iter().map(twice).collect();
        assert_eq!(parallel_map(&items, threads, twice), expected);
    });
}

#[test]
fn check_all_is_is_prime_for_each() {
    property((vec(0..1_000_000_u64, 0..50), 1..6_usize), |(numbers, threads)| {
        let expected: Vec<bool> = numbers.iter().map(|&n| SIEVE[n as usize]).collect();
        assert_eq!(check_all(&numbers, threads), expected);
    });
}

#[test]
fn count_primes_agrees_with_a_sieve() {
    Property::new().cases(64).check((0..20_000_u64, 1..6_usize), |(limit, threads)| {
        let expected = SIEVE[..limit as usize].iter().filter(|&&prime| prime).count();
        assert_eq!(count_primes(limit, threads), expected);
    });
}
