//! What every answer to this exercise offers, item by item, with its exact type. Each test program
//! includes this file, so the compiler compares: whatever a type is called in an answer, it must be
//! the one that stands here.
//!
//! Made from the stub. After a change there, `UPDATE_CONTRACTS=1 cargo test -p course-tests --test
//! rules` makes it anew.
#![allow(dead_code, deprecated, irrefutable_let_patterns, clippy::all, clippy::pedantic)]

// SharedCounter
//     pub struct SharedCounter
use super::answer::SharedCounter;
fn has_shared_counter(_: SharedCounter) {}

// SharedCounter::new
//     pub fn new(initial: i64) -> Self
fn has_shared_counter_new() {
    let _: fn(i64) -> SharedCounter = SharedCounter::new;
}

// SharedCounter::incr
//     pub fn incr(&self, delta: i64)
fn has_shared_counter_incr() {
    let _: fn(&SharedCounter, i64) = SharedCounter::incr;
}

// SharedCounter::decr
//     pub fn decr(&self, delta: i64)
fn has_shared_counter_decr() {
    let _: fn(&SharedCounter, i64) = SharedCounter::decr;
}

// SharedCounter::get
//     pub fn get(&self) -> i64
fn has_shared_counter_get() {
    let _: fn(&SharedCounter) -> i64 = SharedCounter::get;
}

// count_with_threads
//     pub fn count_with_threads(threads: usize, increments: usize) -> i64
use super::answer::count_with_threads;
fn has_count_with_threads() {
    let _: fn(usize, usize) -> i64 = count_with_threads;
}
