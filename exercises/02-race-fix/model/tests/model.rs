//! Every way in which the threads can take turns.

use race_fix_model::{SharedCounter, count_with_threads};
use sync::Arc;
use sync::model::{self, Fault, require};

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

/// A reader sees the value before a step or after it, and nothing in between.
#[test]
fn a_step_is_seen_whole() {
    model::check(|| {
        let counter = Arc::new(SharedCounter::new(10));
        let adder = model::spawn("adder", {
            let counter = Arc::clone(&counter);
            move || counter.incr(5)
        });
        let seen = counter.get();
        adder.join().unwrap();
        let whole = seen == 10 || seen == 15;
        require!(Fault::WrongAnswer, whole, "5 is added to 10, and a reader sees {seen}");
    });
}

#[test]
fn every_thread_is_waited_for() {
    model::check(|| {
        let count = count_with_threads(2, 1);
        require!(
            Fault::WrongAnswer,
            count == 2,
            "count_with_threads(2, 1) came back with {count} before both threads were done"
        );
    });
}
