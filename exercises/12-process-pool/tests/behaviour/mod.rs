//! What every pool promises, whether its workers are processes or threads.
//!
//! Written once: the test file that includes this module says `use process_pool as pool;`, or names
//! another pool with the same API.
//!
//! - `results`: the right result, in the right place, at the right time;
//! - `endings`: `close`, `terminate` and `join`;
//! - `loads`: very many tasks, very large values, very many workers.
#![allow(dead_code)] // not every test file needs all of it

pub mod endings;
pub mod loads;
pub mod results;

use std::mem::ManuallyDrop;
use std::ops::Deref;
use std::thread;

use checks::{Fault, require};
use serde::Serialize;
use serde::de::DeserializeOwned;
use witness::{Arrival, PATIENCE, Ticket, Turnstile};

use crate::pool::{AsyncResult, Pool, TaskError};

/// A pool under test. When a check fails, its pool is left as it is: a `drop` that hangs would hide
/// what the check has found.
pub struct Tested<A, R>(Option<Pool<A, R>>);

impl<A, R> Tested<A, R>
where
    A: Serialize + DeserializeOwned + Send + 'static,
    R: Serialize + DeserializeOwned + Send + 'static,
{
    /// A pool of `workers`.
    pub fn new(workers: usize, task: fn(A) -> R) -> Self {
        let pool = Pool::new(workers, task);
        Self(Some(pool.unwrap_or_else(|error| panic!("Pool::new({workers}): {error:?}"))))
    }

    /// Queues the task on `arg`.
    pub fn queue(&self, arg: A) -> AsyncResult<R> {
        self.apply_async(arg).unwrap_or_else(|error| panic!("apply_async: {error:?}"))
    }

    /// Closes the pool and joins it.
    pub fn finish(self) {
        self.close();
        self.into_inner().join().unwrap_or_else(|error| panic!("join after close: {error:?}"));
    }

    /// The pool itself.
    pub fn into_inner(mut self) -> Pool<A, R> {
        self.0.take().expect("a pool is taken out once")
    }
}

impl<A, R> Deref for Tested<A, R> {
    type Target = Pool<A, R>;

    fn deref(&self) -> &Pool<A, R> {
        self.0.as_ref().expect("nobody uses a pool that has been taken out")
    }
}

impl<A, R> Drop for Tested<A, R> {
    fn drop(&mut self) {
        if thread::panicking() {
            let _ = ManuallyDrop::new(self.0.take());
        }
    }
}

/// The result of task `number`.
///
/// # Panics
/// With [`Fault::LostTask`] if it does not come.
pub fn outcome<R>(result: AsyncResult<R>, number: u64) -> Result<R, TaskError> {
    let outcome = result.get(Some(PATIENCE));
    let came = !matches!(outcome, Err(TaskError::Timeout));
    require!(Fault::LostTask, came, "task {number} never came to an end");
    outcome
}

/// An errand: tell the check that it has begun, wait until the check lets it go on, and return its
/// number.
pub type Errand = (Ticket, u64);

/// The task for errands.
pub fn run_errand((ticket, number): Errand) -> u64 {
    ticket.arrive(number);
    ticket.pass();
    number
}

/// Has as many errands run side by side as there should be workers, and tells where each ran.
///
/// # Panics
/// With `fault` if they do not all begin before the first of them ends.
pub fn muster(
    pool: &Tested<Errand, u64>,
    turnstile: &mut Turnstile,
    workers: usize,
    fault: Fault,
) -> Vec<Arrival> {
    let numbers = 0..workers as u64;
    let results: Vec<_> = numbers.clone().map(|n| pool.queue((turnstile.ticket(), n))).collect();
    let expected = format!("{workers} tasks should run side by side on {workers} workers");
    let arrivals = turnstile.expect(workers, fault, &expected);
    turnstile.admit(workers);
    for (number, result) in numbers.zip(results) {
        assert_eq!(outcome(result, number), Ok(number), "the result of errand {number}");
    }
    arrivals
}
