//! Every way in which the threads can take turns.

#[path = "../../tests/contract/mod.rs"]
mod contract;

use race_fix_model as answer;
use race_fix_model::{SharedCounter, count_with_threads};
use std::sync::Arc;
use sync::model::{self, Fault, Model, require};

#[test]
fn two_threads_lose_nothing() {
    model::check(|| {
        let counter = Arc::new(SharedCounter::new(0));
        let adder = model::spawn("adder", {
            let counter = Arc::clone(&counter);
            move || counter.incr(1)
        });
        counter.incr(1);
        adder.join().unwrap();
        let count = counter.get();
        require!(
            Fault::LostUpdate,
            count == 2,
            "two threads added 1 each: 2 expected, {count} found"
        );
    });
}

#[test]
fn adding_and_subtracting_lose_nothing() {
    model::check(|| {
        let counter = Arc::new(SharedCounter::new(10));
        let subtracter = model::spawn("subtracter", {
            let counter = Arc::clone(&counter);
            move || counter.decr(3)
        });
        counter.incr(5);
        subtracter.join().unwrap();
        let count = counter.get();
        require!(Fault::LostUpdate, count == 12, "10 + 5 - 3 is 12, but the counter says {count}");
    });
}

/// A step that looks first and writes later can be overtaken again and again.
#[test]
fn one_step_among_many_is_not_lost() {
    model::check(|| {
        let counter = Arc::new(SharedCounter::new(0));
        let adder = model::spawn("adder", {
            let counter = Arc::clone(&counter);
            move || counter.incr(1)
        });
        for _ in 0..4 {
            counter.incr(1);
        }
        adder.join().unwrap();
        let count = counter.get();
        require!(Fault::LostUpdate, count == 5, "1 was added 5 times: 5 expected, {count} found");
    });
}

/// A reader sees the value before a step or after it, and nothing in between, also while another one
/// reads.
#[test]
fn a_step_is_seen_whole() {
    model::check(|| {
        let counter = Arc::new(SharedCounter::new(-2));
        let other = model::spawn("other", {
            let counter = Arc::clone(&counter);
            move || {
                counter.incr(5);
                let between = counter.get();
                counter.decr(4);
                (between, counter.get())
            }
        });
        let seen = counter.get();
        let own = other.join().unwrap();
        require!(
            Fault::WrongAnswer,
            own == (3, -1),
            "-2 and 5 more are 3, and 4 less are -1; who added and subtracted reads {own:?}"
        );
        let was_there = [-2, 3, -1].contains(&seen);
        require!(
            Fault::WrongAnswer,
            was_there,
            "the counter was -2, then 3, then -1, and a reader sees {seen}"
        );
    });
}

#[test]
fn every_thread_is_waited_for() {
    // Who multiplies needs none.
    Model::new().threads(2).check(|| {
        let count = count_with_threads(2, 1);
        require!(
            Fault::WrongAnswer,
            count == 2,
            "count_with_threads(2, 1) came back with {count} before both threads were done"
        );
    });
}
