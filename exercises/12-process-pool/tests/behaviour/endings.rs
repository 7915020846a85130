//! `close`, `terminate`, `join`, and no end without them.

use checks::{Fault, step};
use witness::{PATIENCE, Turnstile};

use super::{Tested, run_errand};
use crate::pool::{PoolError, TaskError};

pub fn close_lets_the_queue_run() {
    let mut turnstile = Turnstile::new();
    let pool = Tested::new(1, run_errand);
    let errand = |number| (turnstile.ticket(), number);
    let results: Vec<_> = (0..5).map(|number| pool.queue(errand(number))).collect();
    let (later, at_once, mapped) = (errand(10), errand(11), vec![errand(12)]);
    turnstile.expect(1, Fault::LostTask, "the first task");
    step("close, with four tasks in the queue");
    pool.close();
    pool.close();
    let refused = pool.apply_async(later);
    assert!(matches!(refused, Err(PoolError::Closed)), "apply_async after close is Closed");
    assert_eq!(pool.apply(at_once), Err(TaskError::Terminated), "apply after close");
    assert_eq!(pool.map(mapped, 1), Err(TaskError::Terminated), "map after close");
    turnstile.admit(5);
    step("join, with four tasks in the queue");
    let joined = pool.into_inner().join();
    assert!(joined.is_ok(), "join after close: {joined:?}");
    for (number, result) in (0..).zip(results) {
        assert!(result.ready(), "after join every task is done, also task {number}");
        assert_eq!(result.get(None), Ok(number), "a task that was queued before close");
    }
}

pub fn terminate_stops_now() {
    for closed in [false, true] {
        let mut turnstile = Turnstile::new();
        let pool = Tested::new(2, run_errand);
        let errand = |number| (turnstile.ticket(), number);
        let results: Vec<_> = (0..6).map(|number| pool.queue(errand(number))).collect();
        let later = errand(10);
        turnstile.expect(2, Fault::Serial, "two workers take two tasks");
        if closed {
            pool.close();
        }
        step("terminate, with two tasks at work and four in the queue");
        pool.terminate();
        let refused = pool.apply_async(later);
        assert!(matches!(refused, Err(PoolError::Closed)), "apply_async after terminate is Closed");
        for (number, result) in results.into_iter().enumerate() {
            let result = result.get(Some(PATIENCE));
            assert_eq!(result, Err(TaskError::Terminated), "task {number} was not done");
        }
        // A thread cannot be stopped in the middle: there, the tasks at work may come to their end.
        turnstile.admit(2);
        step("join after terminate");
        let joined = pool.into_inner().join();
        assert!(joined.is_ok(), "join after terminate: {joined:?}");
    }
}

pub fn join_wants_an_end() {
    let pool = Tested::new(2, |number: u64| number + 1);
    assert_eq!(pool.apply(1), Ok(2), "apply");
    step("join a pool that is still open");
    let joined = pool.into_inner().join();
    assert!(matches!(joined, Err(PoolError::StillOpen)), "join before close is StillOpen");

    let pool = Tested::new(2, |number: u64| number + 1);
    pool.close();
    pool.terminate();
    step("join a pool that never had a task");
    assert!(pool.into_inner().join().is_ok(), "join after close and terminate");
}
