//! A search by one of the checkers, and what came of it.

use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use nix::time::{ClockId, clock_gettime};

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
    /// Time of a processor: other work on the machine does not count.
    pub elapsed: Duration,
    pub ending: Ending,
}

impl<O> Seen<O> {
    /// Executions a second.
    pub(crate) fn rate(&self) -> f64 {
        self.executions as f64 / self.elapsed.as_secs_f64().max(1e-9)
    }
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
    let start = worked();
    let written = Arc::clone(&journal);
    let result = catch_unwind(AssertUnwindSafe(|| {
        checker(Box::new(move || {
            written.lock().unwrap().executions += 1;
            let outcome = scenario();
            written.lock().unwrap().outcomes.insert(outcome);
        }));
    }));
    let elapsed = worked() - start;
    let ending = match result {
        Ok(()) => Ending::Complete,
        Err(payload) => ending(message(&*payload)),
    };
    let mut journal = journal.lock().unwrap_or_else(PoisonError::into_inner);
    let outcomes = std::mem::take(&mut journal.outcomes);
    Seen { outcomes, executions: journal.executions, elapsed, ending }
}

/// For how long a processor has worked for this thread, which is the one that all checkers run on.
fn worked() -> Duration {
    let clock = ClockId::CLOCK_THREAD_CPUTIME_ID;
    clock_gettime(clock).expect("the clock of the calling thread is there").into()
}

fn message(payload: &(dyn std::any::Any + Send)) -> &str {
    let owned = payload.downcast_ref::<String>().map(String::as_str);
    owned.or_else(|| payload.downcast_ref::<&str>().copied()).unwrap_or("a value that is no text")
}
