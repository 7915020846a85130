//! What one thread alone can expect of the counter, and what many threads can.

mod contract;

use std::time::Duration;

use checks::{Fault, example, require, step, within};
use race_fix as answer;
use race_fix::{SharedCounter, count_with_threads};

/// Long enough for any machine, and only waited for by a counter that hangs.
const LIMIT: Duration = Duration::from_secs(5);

#[test]
fn counts_alone() {
    example(|| {
        step("one thread calls incr(3), decr(1) and get()");
        let count = within(LIMIT, || {
            let counter = SharedCounter::new(40);
            counter.incr(3);
            counter.decr(1);
            counter.get()
        });
        assert_eq!(count, 42);
    });
}

#[test]
fn reading_changes_nothing() {
    example(|| {
        let counter = SharedCounter::new(7);
        assert_eq!([counter.get(), counter.get()], [7, 7], "the same counter, read twice");
    });
}

#[test]
fn wraps_around() {
    example(|| {
        let counter = SharedCounter::new(i64::MAX);
        counter.incr(1);
        assert_eq!(counter.get(), i64::MIN, "one more than the biggest i64");
        counter.decr(1);
        assert_eq!(counter.get(), i64::MAX, "one less than the smallest i64");
        let counter = SharedCounter::new(0);
        counter.decr(i64::MIN);
        assert_eq!(counter.get(), i64::MIN, "0 - i64::MIN wraps around to i64::MIN");
    });
}

/// Real threads on real processors: what the article's program gets wrong. The model check is the
/// one that never misses; this one shows that the counter works outside of the model, too.
#[test]
fn real_threads_lose_nothing() {
    example(|| {
        for (threads, increments) in [(0, 5), (3, 0), (1, 1_000), (2, 50_000), (8, 10_000)] {
            step(format!("count_with_threads({threads}, {increments})"));
            let count = within(LIMIT, move || count_with_threads(threads, increments));
            let expected = (threads * increments) as i64;
            require!(
                Fault::LostUpdate,
                count == expected,
                "{threads} threads added 1 each, {increments} times: {expected} expected, \
                 {count} found"
            );
        }
    });
}
