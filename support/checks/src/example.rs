//! Plain assertions.

use std::panic::Location;

use evidence::Outcome;

use crate::conclusion::conclude;

/// Runs `body`: it returns if the promise holds, and panics if not.
///
/// A failed [`require!`](crate::require!) names its own fault. Any other panic is a wrong answer if
/// it is raised in the check's folder, and otherwise a panic of the learner's code.
///
/// # Panics
/// When the promise is broken, after the grader has been told.
#[track_caller]
pub fn example(body: impl FnOnce()) {
    conclude(Location::caller(), || {
        body();
        Outcome::Passed { evidence: Vec::new() }
    });
}

/// Like [`example`], for a body that works with real processes.
///
/// A child that was forked in `body` and comes back from it, by return or by panic, has lost its
/// way: it ends there and tells the grader nothing, so that only the check itself gives a verdict.
///
/// # Panics
/// When the promise is broken, after the grader has been told.
#[track_caller]
pub fn process(body: impl FnOnce()) {
    example(body);
}
