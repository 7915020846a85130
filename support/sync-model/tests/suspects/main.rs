//! What was once suspected of the checker after reading its source: schedules that it skips, and
//! right programs that it accuses. Each scenario has its right verdict.
//!
//! - `locks`, `channels`, `loops`, `arcs`, `threads`, `memory`: by what the suspicion was about.

use std::panic::{AssertUnwindSafe, catch_unwind};

use sync_model::Arc;
use sync_model::model::Model;

mod arcs;
mod channels;
mod locks;
mod loops;
mod memory;
mod threads;

/// All schedules with two preemptions at most, as a check usually asks for.
fn bounded() -> Model {
    Model::new()
}

/// All schedules.
fn unbounded() -> Model {
    Model::new().unbounded()
}

/// There is a schedule in which this fails, and the check finds it.
#[track_caller]
fn fails(model: Model, scenario: impl Fn() + 'static) {
    let said = catch_unwind(AssertUnwindSafe(|| model.check(scenario)));
    let panic = said.expect_err("the check passed, but there is a schedule that fails");
    let said = panic.downcast::<String>().expect("it is text");
    assert!(!said.starts_with("inconclusive"), "the check found nothing: {said}");
}

/// This is right in every schedule, and the check says so.
#[track_caller]
fn passes(model: Model, scenario: impl Fn() + 'static) {
    model.check(scenario);
}

/// The value, for two threads.
fn shared<T>(value: T) -> (Arc<T>, Arc<T>) {
    let ours = Arc::new(value);
    let theirs = Arc::clone(&ours);
    (ours, theirs)
}
