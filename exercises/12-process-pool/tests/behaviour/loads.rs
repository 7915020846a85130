//! Very many tasks, very large values, very many workers.

use std::collections::BTreeSet;

use checks::{Fault, step};
use witness::Turnstile;

use super::{Tested, muster, run_errand};

/// Beyond the buffer of any pipe.
const LARGE: usize = 1 << 20;

pub fn ten_thousand_tiny_tasks() {
    let pool = Tested::new(2, |number: u64| number + 1);
    let expected: Vec<u64> = (1..=10_000).collect();
    step("map 10,000 numbers, one at a time");
    assert!(pool.map((0..10_000).collect(), 1) == Ok(expected.clone()), "map in chunks of 1");
    step("map 10,000 numbers, 100 at a time");
    assert!(pool.map((0..10_000).collect(), 100) == Ok(expected), "map in chunks of 100");
    step("apply_async to 10,000 numbers");
    let results: Vec<_> = (0..10_000).map(|number| pool.queue(number)).collect();
    for (number, result) in (0..).zip(results) {
        assert_eq!(result.get(None), Ok(number + 1), "apply_async({number})");
    }
    pool.finish();
}

pub fn large_values_go_both_ways() {
    let pool = Tested::new(2, |text: String| text + "!");
    step("tasks of 1 MiB, with results of 1 MiB");
    let results: Vec<_> = "abcd".chars().map(|c| (c, pool.queue(text(c)))).collect();
    for (letter, result) in results {
        assert!(result.get(None) == Ok(text(letter) + "!"), "1 MiB of {letter:?} came out changed");
    }
    pool.finish();
}

fn text(letter: char) -> String {
    letter.to_string().repeat(LARGE)
}

pub fn sixty_four_workers() {
    let mut turnstile = Turnstile::new();
    step("start 64 workers");
    let pool = Tested::new(64, run_errand);
    let ids = BTreeSet::from_iter(pool.worker_ids());
    assert_eq!(ids.len(), 64, "64 workers have 64 ids");
    step("64 tasks that wait for each other");
    muster(&pool, &mut turnstile, 64, Fault::Serial);
    step("close and join 64 workers");
    pool.finish();
}

/// A task may need a pool of its own.
pub fn pools_may_be_nested() {
    let pool = Tested::new(2, |number: u64| {
        let inner = Tested::new(2, |number: u64| number * 10);
        let results = inner.map(vec![number, number + 1], 1).expect("the inner tasks do not fail");
        inner.finish();
        results
    });
    step("tasks that have pools of their own");
    let expected = (0..4).map(|number| vec![number * 10, (number + 1) * 10]).collect();
    assert_eq!(pool.map((0..4).collect(), 1), Ok(expected));
    pool.finish();
}
