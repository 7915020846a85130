//! loom.

use std::time::{Duration, Instant};

use loom::model::Builder;

use crate::search::{self, Ending, Seen};

#[path = "../../../support/sync-model/src/truth/speed/programs.rs"]
#[expect(clippy::duplicate_mod, dead_code, reason = "the same programs on other types, named once")]
pub(crate) mod programs;
#[path = "scenario.rs"]
#[expect(clippy::duplicate_mod, reason = "the same scenarios, on other types")]
pub(crate) mod scenario;

/// What scenarios are made of.
mod sync {
    pub(super) use loom::sync::{Condvar, Mutex, MutexGuard, RwLock, atomic};
    pub(super) use loom::thread;
}

/// Threads that it takes at most, the scenario's own included.
pub(crate) const MAX_THREADS: usize = 5;

/// A random program that takes more executions is left out.
const MAX_EXECUTIONS: usize = 20_000;

/// Executions between two looks at the clock.
const INTERVAL: usize = 1_000;

/// Runs `scenario`, whose result is the outcome, in every order of its steps.
pub(crate) fn search<O: Ord + Send + 'static>(
    scenario: impl Fn() -> O + Send + Sync + 'static,
) -> Seen<O> {
    run(scenario, MAX_EXECUTIONS, None)
}

/// In every order of its steps, unless that takes more executions, or longer.
pub(crate) fn every(program: fn(), executions: usize, budget: Duration) -> Seen<()> {
    run(program, executions, Some(budget))
}

fn run<O: Ord + Send + 'static>(
    scenario: impl Fn() -> O + Send + Sync + 'static,
    executions: usize,
    budget: Option<Duration>,
) -> Seen<O> {
    let mut builder = Builder::new();
    builder.max_threads = MAX_THREADS;
    builder.max_branches = 1_000;
    builder.max_permutations = Some(executions);
    builder.max_duration = budget;
    builder.preemption_bound = None;
    builder.checkpoint_file = None;
    // Only then does loom look at its limits.
    builder.checkpoint_interval = if budget.is_some() { INTERVAL } else { executions };
    builder.location = false;
    builder.log = false;
    let interval = builder.checkpoint_interval as u64;
    let start = Instant::now();
    let mut seen = search::search(scenario, |scenario| builder.check(scenario), ending);
    // loom returns from its limits as from a search that is complete; it has made one run less.
    let next = seen.executions + 1;
    let is_late = budget.is_some_and(|budget| start.elapsed() >= budget);
    let is_cut = next.is_multiple_of(interval) && (is_late || next >= executions as u64);
    if seen.ending == Ending::Complete && is_cut {
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
