//! The right result, in the right place, at the right time.

use std::collections::BTreeSet;
use std::panic;
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use checks::{Fault, require, step};
use witness::Turnstile;

use super::{Errand, Tested, muster, run_errand};
use crate::pool::{Pool, PoolError, TaskError};

fn square(number: u64) -> u64 {
    number * number
}

pub fn apply_gives_the_result() {
    let none = Pool::new(0, square);
    assert!(matches!(none, Err(PoolError::NoWorkers)), "a pool of 0 workers is NoWorkers");
    let pool = Tested::new(2, square);
    let ids = pool.worker_ids();
    assert_eq!(BTreeSet::from_iter(&ids).len(), 2, "two workers have two ids: {ids:?}");
    step("apply");
    for number in 0..5 {
        assert_eq!(pool.apply(number), Ok(number * number), "apply({number})");
    }
    step("close and join");
    pool.finish();
}

pub fn map_keeps_the_order() {
    // One worker does one after the other, so the order is no matter of luck yet.
    let pool = Tested::new(1, square);
    step("map");
    for chunk in [1, 7, 100, usize::MAX] {
        let expected: Vec<_> = (0..50).map(square).collect();
        assert_eq!(pool.map((0..50).collect(), chunk), Ok(expected), "map in chunks of {chunk}");
    }
    assert_eq!(pool.map(vec![], 1), Ok(vec![]), "map of nothing");
    let result = panic::catch_unwind(panic::AssertUnwindSafe(|| pool.map(vec![1], 0)));
    assert!(result.is_err(), "map in chunks of 0 panics");
    pool.finish();
}

fn wait_if_first((ticket, number): Errand) -> u64 {
    ticket.arrive(number);
    if number == 0 {
        ticket.pass();
    }
    number
}

/// The first task is done last. Nobody may wait for it but its own worker, and its result still
/// belongs in front of the others.
pub fn slow_task_holds_up_nobody() {
    let mut turnstile = Turnstile::new();
    let pool = Tested::new(2, wait_if_first);
    let args = (0..6).map(|number| (turnstile.ticket(), number)).collect();
    step("map, with a first task that is done last");
    let mapping = thread::spawn(move || (pool.map(args, 1), pool));
    turnstile.expect(2, Fault::Serial, "two workers take two tasks");
    turnstile.expect(4, Fault::Unbalanced, "one worker waits, so the other one does the rest");
    turnstile.admit(1);
    let (results, pool) = mapping.join().expect("map does not panic");
    let (results, expected): (_, Vec<_>) = (results.expect("no task fails"), (0..6).collect());
    let message = "the results should be in the order of the arguments";
    require!(Fault::WrongOrder, results == expected, "{message}, but they are {results:?}");
    pool.finish();
}

pub fn async_results_come_later() {
    let mut turnstile = Turnstile::new();
    let pool = Tested::new(1, run_errand);
    step("apply_async of a task that waits");
    let result = pool.queue((turnstile.ticket(), 1));
    let impatient = pool.queue((turnstile.ticket(), 2));
    turnstile.expect(1, Fault::LostTask, "the first task");
    let short = Duration::from_millis(20);
    assert!(!result.ready(), "ready, and the task still waits");
    let start = Instant::now();
    assert!(!result.wait(short), "wait(20 ms), and the task still waits");
    assert!(start.elapsed() >= short, "wait(20 ms) gave up after {:?}", start.elapsed());
    assert_eq!(impatient.get(Some(short)), Err(TaskError::Timeout), "get(20 ms)");
    turnstile.admit(2);
    step("wait for a task that can go on");
    assert!(result.wait(Duration::MAX), "wait(MAX), and the task is done");
    assert!(result.ready(), "ready, after wait said so");
    assert_eq!(result.get(Some(Duration::ZERO)), Ok(1), "get(0), after wait said that it is there");
    pool.finish();
}

pub fn tasks_run_side_by_side() {
    let mut turnstile = Turnstile::new();
    let pool = Tested::new(3, run_errand);
    muster(&pool, &mut turnstile, 3, Fault::Serial);
    muster(&pool, &mut turnstile, 3, Fault::Serial);
    pool.finish();
}

fn fail_on_multiples_of_3(number: u64) -> u64 {
    assert!(!number.is_multiple_of(3), "{number} is a multiple of 3");
    number
}

pub fn panic_fails_alone() {
    let pool = Tested::new(2, fail_on_multiples_of_3);
    step("tasks of which some panic");
    let results: Vec<_> = (0..20).map(|number| (number, pool.queue(number))).collect();
    for (number, result) in results {
        match result.get(None) {
            Err(TaskError::Panicked(message)) if number % 3 == 0 => {
                let expected = format!("{number} is a multiple of 3");
                assert!(
                    message.contains(&expected),
                    "the panic said {expected:?}, not {message:?}"
                );
            }
            Ok(same) if number % 3 != 0 => assert_eq!(same, number),
            other => panic!("task {number} gave {other:?}"),
        }
    }
    step("map, and one task panics");
    let mapped = pool.map(vec![1, 2, 3, 4], 1);
    assert!(matches!(mapped, Err(TaskError::Panicked(_))), "one of four panics: {mapped:?}");
    assert_eq!(pool.map(vec![1, 2, 4], 2), Ok(vec![1, 2, 4]), "map after a panic");
    pool.finish();
}

/// A pool is shared by reference: many threads may ask it at once, and each gets its own results.
pub fn threads_share_a_pool() {
    let pool = Tested::new(2, square);
    step("apply, apply_async and map, from four threads at once");
    thread::scope(|scope| {
        for thread in 0..4_u64 {
            let pool = &pool;
            scope.spawn(move || {
                for number in 100 * thread..100 * thread + 50 {
                    assert_eq!(pool.apply(number), Ok(square(number)), "apply({number})");
                    let result = pool.queue(number).get(None);
                    assert_eq!(result, Ok(square(number)), "apply_async({number})");
                    let mapped = pool.map(vec![number, number + 1], 1);
                    assert_eq!(mapped, Ok(vec![square(number), square(number + 1)]));
                }
            });
        }
    });
    pool.finish();

    step("apply, from two threads whose tasks wait for each other");
    let mut turnstile = Turnstile::new();
    let pool = Arc::new(Tested::new(2, run_errand));
    let asking = [0, 1].map(|number| {
        let (pool, errand) = (Arc::clone(&pool), (turnstile.ticket(), number));
        thread::spawn(move || pool.apply(errand))
    });
    turnstile.expect(2, Fault::Serial, "two threads have two workers at work");
    turnstile.admit(2);
    for (number, asking) in (0..).zip(asking) {
        assert_eq!(asking.join().expect("apply does not panic"), Ok(number), "apply({number})");
    }
    Arc::into_inner(pool).expect("both threads have ended").finish();
}
