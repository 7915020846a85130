//! From "the body returned" or "it panicked" to an outcome, told once.

use std::panic::{self, AssertUnwindSafe, Location};
use std::sync::{Mutex, PoisonError};

use evidence::channel::channel;
use evidence::{Outcome, require};

use crate::{panics, plain};

/// The grader runs one check in a process. Plain `cargo test` runs many, and they share the panic
/// hook, the processors and the CPU clocks: so one after the other.
static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());

/// Runs the body of the check that is written at `check`, and tells how it ended.
pub(crate) fn conclude(check: &Location<'_>, body: impl FnOnce() -> Outcome) {
    let _alone = ONE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner);
    // Before the learner's code can read standard input.
    let channel = channel();
    panics::watch();
    require::take_broken();
    let process = std::process::id();
    let result = panic::catch_unwind(AssertUnwindSafe(body));
    if std::process::id() != process {
        eprintln!("a forked child came back into the check: it ends here");
        std::process::exit(101);
    }
    let outcome = match result {
        Err(payload) => Outcome::Failed(panics::failure(payload, check)),
        Ok(Outcome::Passed { evidence }) => match require::take_broken() {
            // Whoever caught it: the answer, where the check was in its hands.
            Some(broken) => Outcome::Failed(panics::failure(Box::new(broken), check)),
            None => Outcome::Passed { evidence },
        },
        Ok(outcome) => outcome,
    };
    let failed = matches!(outcome, Outcome::Failed(_));
    match channel {
        Some(channel) => channel.done(outcome),
        None => eprint!("{}", plain::text(&outcome)),
    }
    if failed {
        // It has been told: the test only has to fail, without a second message.
        panic::resume_unwind(Box::new("the check failed"));
    }
}
