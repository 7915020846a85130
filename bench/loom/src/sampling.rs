//! shuttle, which samples schedules: by chance, or by probabilistic concurrency testing (Burckhardt,
//! Kothari, Musuvathi, Nagarakatte, ASPLOS 2010). It can try all of them, too, without a reduction.

use std::time::{Duration, Instant};

use shuttle::scheduler::{DfsScheduler, PctScheduler, RandomScheduler, Scheduler};
use shuttle::{Config, FailurePersistence, Runner};

use crate::search::{self, Ending, Seen};

#[path = "../../../support/sync-model/src/truth/speed/programs.rs"]
#[expect(clippy::duplicate_mod, dead_code, reason = "the same programs on other types, named once")]
pub(crate) mod programs;

/// What programs are made of.
mod sync {
    pub(super) use shuttle::sync::{Condvar, Mutex, RwLock, atomic};
    pub(super) use shuttle::thread;
}

/// The same schedules each time.
const SEED: u64 = 1;

/// How many changes of priority a schedule of PCT has, plus one.
const DEPTH: usize = 3;

/// In every order of its steps, unless that takes longer.
pub(crate) fn every(program: fn(), budget: Duration) -> Seen<()> {
    let start = Instant::now();
    let mut seen = run(program, DfsScheduler::new(None, false), Some(budget));
    // It returns from its limit as from a search that is complete.
    if seen.ending == Ending::Complete && start.elapsed() >= budget {
        seen.ending = Ending::Unfinished;
    }
    seen
}

/// In so many random orders.
pub(crate) fn random(program: fn(), schedules: usize) -> Seen<()> {
    run(program, RandomScheduler::new_from_seed(SEED, schedules), None)
}

/// In so many orders of PCT.
pub(crate) fn priorities(program: fn(), schedules: usize) -> Seen<()> {
    run(program, PctScheduler::new_from_seed(SEED, DEPTH, schedules), None)
}

fn run(program: fn(), scheduler: impl Scheduler + 'static, budget: Option<Duration>) -> Seen<()> {
    let mut config = Config::new();
    config.failure_persistence = FailurePersistence::None;
    config.max_time = budget;
    config.silence_warnings = true;
    let checker = |program: Box<dyn Fn() + Send + Sync>| {
        Runner::new(scheduler, config).run(program);
    };
    search::search(program, checker, |message| Ending::Crashed(message.to_owned()))
}
