//! `{{#figure NAME …}}`: interactive figures, with the still picture that stands in for each.
//!
//! # Layout
//! - [`gil`]: the GIL's timeline;
//! - [`amdahl`]: speed-up against cores;
//! - [`event_loop`]: an event loop, step by step, by way of its [`scenes`];
//! - [`lanes`]: bars on lanes along a time axis, as the first and the last draw them.

pub mod amdahl;
pub mod event_loop;
pub mod gil;
pub mod lanes;
pub mod scenes;

use crate::arguments::Arguments;
use crate::problem::Complaint;

/// The figure that a directive asks for: its name and arguments.
///
/// # Errors
/// If there is no such figure, or if an argument means nothing to it.
pub fn figure(name: &str, mut arguments: Arguments) -> Result<String, Complaint> {
    let caption = arguments.value("caption");
    match name {
        "gil" => gil::figure(arguments, caption),
        "amdahl" => amdahl::figure(arguments, caption),
        "event-loop" => event_loop::figure(arguments, caption),
        _ => Err(Complaint::new(
            format!("there is no figure called `{name}`"),
            "Write one of gil, amdahl, event-loop.",
        )),
    }
}
