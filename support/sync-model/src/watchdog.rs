//! Notices threads and locks that the model does not control.

use std::sync::atomic::{AtomicU64, Ordering};

/// Counts the steps of all executions.
static PULSE: AtomicU64 = AtomicU64::new(0);

/// A step was made.
pub(crate) fn pulse() {
    PULSE.fetch_add(1, Ordering::Relaxed);
}

/// A lock, atomic or thread of `sync` was used outside of a model.
#[track_caller]
pub(crate) fn outside_of_a_model() -> ! {
    panic!(
        "a lock, atomic or thread of `sync` was used outside of a model: in model builds they work \
         only inside `model::check`, on threads that `sync::thread` started"
    )
}
