//! The course's model checker, through the door that its checks use.

use std::time::Duration;

use sync_model::model::Model;

use crate::search::{self, Ending, Seen};

#[path = "../../../support/sync-model/src/truth/speed/programs.rs"]
pub(crate) mod programs;
#[path = "scenario.rs"]
pub(crate) mod scenario;

/// What scenarios are made of.
mod sync {
    pub(super) use sync_model::{Condvar, Mutex, MutexGuard, RwLock, atomic, thread};
}

/// A program that takes longer is left out.
const BUDGET: Duration = Duration::from_secs(2);

/// Runs `scenario`, whose result is the outcome, in every order of its steps. If `weak`, loads may
/// read old values.
pub(crate) fn search<O: Ord + Send + 'static>(
    scenario: impl Fn() -> O + Send + Sync + 'static,
    weak: bool,
) -> Seen<O> {
    let model = Model::new().unbounded().budget(BUDGET);
    run(scenario, if weak { model.weak() } else { model })
}

/// As a check does that asks for nothing special.
pub(crate) fn by_default(program: fn()) -> Seen<()> {
    run(program, Model::new())
}

/// In every order of its steps.
pub(crate) fn every(program: fn(), budget: Duration) -> Seen<()> {
    run(program, Model::new().unbounded().budget(budget))
}

/// In so many random orders.
pub(crate) fn random(program: fn(), schedules: u64) -> Seen<()> {
    run(program, Model::new().random(schedules))
}

fn run<O: Ord + Send + 'static>(
    scenario: impl Fn() -> O + Send + Sync + 'static,
    model: Model,
) -> Seen<O> {
    // A program whose threads never meet has but one schedule.
    let model = model.at_least(1);
    search::search(scenario, |scenario| model.check(scenario), ending)
}

/// What the message of a panic says about the search.
fn ending(message: &str) -> Ending {
    let fault = message.split(':').next().unwrap_or_default();
    match fault {
        "inconclusive" => Ending::Unfinished,
        "deadlock" | "self-deadlock" | "lost-wakeup" => Ending::Stuck,
        _ => Ending::Crashed(message.to_owned()),
    }
}
