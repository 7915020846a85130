//! A timeline of threads under the GIL, computed.
//!
//! A discrete-event model of CPython's global interpreter lock, old and new, and of what it is compared
//! with: threads without it, and processes. Times are milliseconds.
//!
//! The book draws its still pictures from it. The page has the same model in JavaScript
//! (`widgets/gil-model.js`), because a reader's sliders cannot ask Rust; `tests/same_as_page.rs` holds
//! both against each other.
//!
//! # Layout
//! - [`setting`]: what is simulated;
//! - [`timeline`]: what comes out;
//! - [`clock`]: virtual time;
//! - [`new_gil`]: CPython 3.2 and later, after `Python/ceval_gil.c`;
//! - [`old_gil`]: before 3.2, calibrated;
//! - [`cores`]: no GIL at all.

pub mod clock;
pub mod cores;
pub mod new_gil;
pub mod old_gil;
pub mod setting;
pub mod timeline;

pub use setting::{Runtime, Setting};
pub use timeline::{Mark, MarkKind, Span, State, Timeline, Totals};

/// Runs `setting` to its end.
pub fn simulate(setting: &Setting) -> Timeline {
    match setting.runtime {
        Runtime::New => new_gil::simulate(setting),
        Runtime::Old => old_gil::simulate(setting),
        Runtime::Free => cores::simulate(setting, cores::FREE_THREADED_COST, 0.0),
        Runtime::Processes => cores::simulate(setting, 1.0, cores::PROCESS_START),
    }
}

/// How long the same work takes one thread after the other.
pub fn one_after_another(setting: &Setting) -> f64 {
    (0..setting.threads).flat_map(|thread| setting.program(thread)).map(setting::Part::millis).sum()
}
