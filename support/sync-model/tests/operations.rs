//! Generated scenarios: right subjects pass, and of wrong ones the smallest scenario is shown that breaks
//! them. The words are reviewed by eye.

use std::panic::{AssertUnwindSafe, catch_unwind};

#[path = "operations/deadlocks.rs"]
mod deadlocks;
#[path = "operations/lists.rs"]
mod lists;
#[path = "operations/right.rs"]
mod right;
#[path = "operations/subject.rs"]
mod subject;
#[path = "operations/wrong.rs"]
mod wrong;

/// What a check says; `None`: it passes.
fn said(check: impl FnOnce()) -> Option<String> {
    let result = catch_unwind(AssertUnwindSafe(check));
    result.err().map(|panic| *panic.downcast::<String>().expect("a report is text"))
}
