//! loom.

use loom::model::Builder;

use crate::search::{self, Ending, Seen};

#[path = "scenario.rs"]
#[expect(clippy::duplicate_mod, reason = "the same scenarios, on other types")]
pub(crate) mod scenario;

/// What scenarios are made of.
mod sync {
    pub(super) use loom::sync::{Condvar, Mutex, MutexGuard, atomic};
    pub(super) use loom::thread;
}

/// A program that takes more executions is left out.
const MAX_EXECUTIONS: usize = 20_000;

/// Runs `scenario`, whose result is the outcome, in every order of its steps.
pub(crate) fn search<O: Ord + Send + 'static>(
    scenario: impl Fn() -> O + Send + Sync + 'static,
) -> Seen<O> {
    let mut builder = Builder::new();
    builder.max_threads = 5;
    builder.max_branches = 1_000;
    builder.max_permutations = Some(MAX_EXECUTIONS);
    builder.max_duration = None;
    builder.preemption_bound = None;
    builder.checkpoint_file = None;
    // Only then does loom look at its limit.
    builder.checkpoint_interval = MAX_EXECUTIONS;
    builder.location = false;
    builder.log = false;
    let mut seen = search::search(scenario, |scenario| builder.check(scenario), ending);
    // loom returns from its limit as from a search that is complete; it has made one run less.
    if seen.ending == Ending::Complete && seen.executions + 1 >= MAX_EXECUTIONS as u64 {
        seen.ending = Ending::Unfinished;
    }
    seen
}

/// What the message of a panic says about the search.
fn ending(message: &str) -> Ending {
    if message.starts_with("deadlock;") {
        Ending::Stuck
    } else {
        Ending::Crashed(message.to_owned())
    }
}
