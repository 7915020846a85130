//! A search by one of the checkers, and what came of it.

use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// How a search ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Ending {
    /// Every schedule was run.
    Complete,
    /// A deadlock was reported. Both checkers stop at the first.
    Stuck,
    /// The limit was reached.
    Unfinished,
    /// The checker failed in another way, with this message.
    Crashed(String),
}

/// What a search saw.
#[derive(Debug)]
pub(crate) struct Seen<O> {
    /// Of the executions that got to their end.
    pub outcomes: BTreeSet<O>,
    pub executions: u64,
    pub elapsed: Duration,
    pub ending: Ending,
}

/// What the executions leave behind. A lock of the standard library: no step is made under it.
struct Journal<O> {
    outcomes: BTreeSet<O>,
    executions: u64,
}

/// Has a checker run `scenario`, whose result is the outcome, again and again.
///
/// `checker` runs a closure in every schedule, `ending` reads its panic message.
pub(crate) fn search<O: Ord + Send + 'static>(
    scenario: impl Fn() -> O + Send + Sync + 'static,
    checker: impl FnOnce(Box<dyn Fn() + Send + Sync>),
    ending: fn(&str) -> Ending,
) -> Seen<O> {
    let journal = Arc::new(Mutex::new(Journal { outcomes: BTreeSet::new(), executions: 0 }));
    let start = Instant::now();
    let written = Arc::clone(&journal);
    let result = catch_unwind(AssertUnwindSafe(|| {
        checker(Box::new(move || {
            written.lock().unwrap().executions += 1;
            let outcome = scenario();
            written.lock().unwrap().outcomes.insert(outcome);
        }));
    }));
    let elapsed = start.elapsed();
    let ending = match result {
        Ok(()) => Ending::Complete,
        Err(payload) => ending(message(&*payload)),
    };
    let mut journal = journal.lock().unwrap_or_else(PoisonError::into_inner);
    let outcomes = std::mem::take(&mut journal.outcomes);
    Seen { outcomes, executions: journal.executions, elapsed, ending }
}

fn message(payload: &(dyn std::any::Any + Send)) -> &str {
    let owned = payload.downcast_ref::<String>().map(String::as_str);
    owned.or_else(|| payload.downcast_ref::<&str>().copied()).unwrap_or("a value that is no text")
}
