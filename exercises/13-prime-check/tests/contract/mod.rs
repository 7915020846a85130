//! What every answer to this exercise offers, item by item, with its exact type. Each test program
//! includes this file, so the compiler compares: whatever a type is called in an answer, it must be
//! the one that stands here.
//!
//! Made from the stub. After a change there, `UPDATE_CONTRACTS=1 cargo test -p course-tests --test
//! rules` makes it anew.
#![allow(dead_code, deprecated, irrefutable_let_patterns, clippy::all, clippy::pedantic)]

// is_prime
//     pub fn is_prime(n: u64) -> bool
use super::answer::is_prime;
fn has_is_prime() {
    let _: fn(u64) -> bool = is_prime;
}

// parallel_map
//     pub fn parallel_map<T, R, F>(items: &[T], threads: usize, f: F) -> Vec<R> where T: Sync, R: Send, F: Fn(&T) -> R + Sync + Send
use super::answer::parallel_map;
fn has_parallel_map<T, R, F>()
where
    T: Sync,
    R: Send,
    F: Fn(&T) -> R + Sync + Send,
{
    let _: fn(&[T], usize, F) -> Vec<R> = parallel_map;
}

// check_all
//     pub fn check_all(numbers: &[u64], threads: usize) -> Vec<bool>
use super::answer::check_all;
fn has_check_all() {
    let _: fn(&[u64], usize) -> Vec<bool> = check_all;
}

// count_primes
//     pub fn count_primes(limit: u64, threads: usize) -> usize
use super::answer::count_primes;
fn has_count_primes() {
    let _: fn(u64, usize) -> usize = count_primes;
}
