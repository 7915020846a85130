//! How evidence is introduced, wherever it is shown.

use evidence::found::Rendezvous;
use evidence::{Place, Search, Speedup};

pub(crate) const PRINTED: &str = "It printed:";

pub(crate) fn searched(search: &Search) -> String {
    let schedules = match search.bound {
        None => "all schedules".to_owned(),
        Some(0) => "all schedules in which no thread is interrupted".to_owned(),
        Some(1) => "all schedules with at most 1 interruption".to_owned(),
        Some(bound) => format!("all schedules with at most {bound} interruptions"),
    };
    let far = if search.truncated { "stopped early; finished " } else { "" };
    format!("Searched: {far}{schedules}; {} executions in {} ms", search.executions, search.millis)
}

pub(crate) fn smallest_input(at: Option<&Place>) -> String {
    let place = at.map_or(String::new(), |at| format!(" ({}:{})", at.file, at.line));
    format!("The smallest input that breaks it{place}:")
}

pub(crate) fn with_input(message: &str) -> String {
    format!("With it: {message}")
}

pub(crate) fn panicked(at: Option<&Place>) -> String {
    let place = at.map_or(String::new(), |at| format!(" at {}:{}", at.file, at.line));
    format!("Panicked{place}:")
}

pub(crate) fn last_step(step: &str) -> String {
    format!("The last step begun: {step}")
}

pub(crate) fn met(met: &Rendezvous) -> String {
    format!(
        "At the same time: {} of {} items that were made to wait for each other",
        met.met, met.wanted
    )
}

/// The columns of the table of a speed-up check.
pub(crate) const ROUND: [&str; 7] =
    ["round", "work ms", "busiest ms", "work/busiest", "plain loop ms", "wall ms", "speed-up"];

pub(crate) fn needed(measured: &Speedup) -> String {
    format!(
        "Needed: work/busiest of at least {:.2} with {} threads; the best round has {:.2}. The wall clock is shown, not judged.",
        measured.threshold,
        measured.threads,
        measured.balance()
    )
}
