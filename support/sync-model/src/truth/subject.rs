//! The programs on the model's own locks, atomics, channels and threads.
//!
//! - `shared`: what the threads of a program share, and how they start each other;
//! - `thread`: what a thread does; `locked`, `sent`: its steps on locks, and on the channel.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::rc::Rc;
use std::sync::Arc;

use super::program::{End, Outcome, Program};
use crate::engine::{self, Bound, Path, Settings, Stop};
use crate::trace::Trace;

mod locked;
mod sent;
mod shared;
mod thread;

/// What the search saw.
pub(super) struct Seen {
    pub outcomes: BTreeSet<Outcome>,
    pub executions: u64,
}

/// The program as a scenario, and where each run leaves its outcome.
pub(super) fn scenario(program: &Program) -> (Rc<dyn Fn()>, Rc<RefCell<Outcome>>) {
    let outcome = Rc::new(RefCell::new(Outcome::default()));
    let (program, its_outcome) = (Arc::new(program.clone()), Rc::clone(&outcome));
    (Rc::new(move || shared::run(&program, &its_outcome)), outcome)
}

/// All outcomes that the search finds, as it runs for a learner's check. `None`: it takes more than
/// so many executions.
pub(super) fn outcomes(program: &Program, bound: Bound, limit: u64) -> Option<Seen> {
    let (scenario, outcome) = scenario(program);
    let mut seen = Seen { outcomes: BTreeSet::new(), executions: 0 };
    let mut path = Path::new(bound);
    let mut trace = Trace::default();
    let settings = Settings { spurious: program.spurious, ..Settings::default() };
    let session = engine::Session::begin();
    loop {
        let ending = engine::run(&session, Rc::clone(&scenario), &mut path, &mut trace, settings);
        let mut outcome = outcome.borrow().clone();
        outcome.end = match ending.stop {
            None => End::Finished,
            Some(Stop::Deadlock | Stop::Livelock) => End::Stuck,
            Some(other) => End::Strange(format!("{other:?}")),
        };
        seen.outcomes.insert(outcome);
        seen.executions += 1;
        if seen.executions > limit {
            return None;
        }
        if !path.advance() {
            return Some(seen);
        }
    }
}
