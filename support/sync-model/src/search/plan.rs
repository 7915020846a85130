//! How far to search, and what was found.

use std::time::Duration;

use evidence::{Sampled, Schedule};

use crate::engine::{Bound, Ending};
use crate::explain;
use crate::trace::Trace;

/// How far to search.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Plan {
    /// The bound that must be reached for a pass.
    pub required: Bound,
    /// Instead of a search: so many random schedules.
    pub random: Option<u64>,
    /// Of the random schedules.
    pub seed: u64,
    /// Executions for the attempt to try all schedules, for bounds beyond the required one, and to find a
    /// failure with fewer preemptions. A number, not a time, so that every machine searches equally far.
    pub spare: u64,
    /// When to give up: time of a processor.
    pub budget: Duration,
    /// For how long to try random schedules then; `None`: a quarter of the budget.
    pub fallback: Option<Duration>,
}

impl Plan {
    pub(super) fn fallback(&self) -> Duration {
        self.fallback.unwrap_or_else(|| (self.budget / 4).max(Duration::from_secs(1)))
    }
}

/// What the search found.
#[derive(Debug, Default)]
pub(crate) struct Found {
    /// The first execution that failed, or that came to a limit of the checker, and its trace.
    pub stopped: Option<(Ending, Trace)>,
    /// What replays it, if it can be.
    pub schedule: Option<Schedule>,
    pub executions: u64,
    /// Random schedules that were tried when the budget was used up.
    pub sampled: Option<Sampled>,
    /// The highest bound that was explored to its end; the outer `None`: not even the first.
    pub reached: Option<Bound>,
    /// How often a thread that polls was not let go round once more.
    pub cut_rounds: u64,
    /// How often an execution was given up after so many steps.
    pub cut_steps: u64,
    pub elapsed: Duration,
    /// Each thread of the last execution that went well came to a lock, an atomic or the like.
    pub saw_all: bool,
    /// How many threads the last execution that went well has started.
    pub threads: usize,
}

impl Found {
    /// Whether the execution that stopped only came to a limit of the checker, which is no failure.
    pub(crate) fn is_limit(&self) -> bool {
        self.stopped.as_ref().is_some_and(|(ending, trace)| {
            let stop = ending.stop.as_ref().expect("it was stopped");
            explain::limit(stop, trace, ending.thread).is_some()
        })
    }
}

/// Whether a search that got as far as `reached` got as far as `required`.
pub(crate) fn is_reached(required: Bound, reached: Option<Bound>) -> bool {
    match (required, reached) {
        (_, None) => false,
        (_, Some(None)) => true,
        (None, Some(Some(_))) => false,
        (Some(required), Some(Some(reached))) => reached >= required,
    }
}
