//! From a trace to what a learner reads.
//!
//! # Layout
//! - `linearise`: the same steps in an order with the fewest switches between threads;
//! - `owners`: which steps of `Arc`s explain something;
//! - `addresses`: names for addresses, which are others in each run;
//! - `source`: the text of an operation, as it stands in the source;
//! - `ownership`: who held which lock at the end, and who waited for whom;
//! - `diagnosis`: which fault it is, in words; `sleepers`: if nobody wakes those who are left;
//! - `rows`: the table; `words`: what its rows say; `asides`: rows that are no steps.
//! - `objects`: what the threads share, by name; `moments`: how things stand after each event;
//!   `acts`: what was done, as data.

use evidence::interleaving::render::{self, Style};
use evidence::{Evidence, Failure, Fault, Interleaving};

use crate::engine::{Ending, ObjectId, Stop};
use crate::trace::{Event, Trace};

pub(crate) use diagnosis::limit;

mod acts;
mod addresses;
mod asides;
mod diagnosis;
#[cfg(test)]
pub(crate) mod laws;
mod linearise;
mod moments;
mod objects;
mod owners;
mod ownership;
mod rows;
mod sleepers;
mod source;
#[cfg(test)]
mod stepped;
mod words;

/// What is known of a failed execution.
struct Case<'a> {
    /// `None`: it went well, and is shown all the same.
    stop: Option<&'a Stop>,
    trace: &'a Trace,
    /// The number that each event had before they were put in order.
    order: &'a [usize],
    /// Before the event that had this number the code began to take other steps than it should.
    departed: Option<usize>,
    /// The thread that ran last.
    thread: usize,
    /// The check's own source file: steps that stand there are the check's, not the learner's.
    check_file: &'a str,
}

/// The fault, what happened in one or two sentences, and the schedule; without a fault if it went well.
///
/// `departed`: the number of the event before which the code began to take other steps than those of
/// the schedule that it was to follow.
pub(crate) fn explain(
    ending: &Ending,
    mut trace: Trace,
    check_file: &str,
    departed: Option<usize>,
) -> (Option<(Fault, String)>, Interleaving) {
    let order = linearise::fewest_switches(&trace.events, departed.unwrap_or(0));
    let stop = ending.stop.as_ref().map(|stop| linearise::renumbered(stop, &order));
    trace.events = order.iter().map(|&index| trace.events[index]).collect();
    addresses::name_all(&mut trace);
    let (stop, thread) = (stop.as_ref(), ending.thread);
    let case = Case { stop, trace: &trace, order: &order, departed, thread, check_file };
    (stop.map(|stop| diagnosis::diagnose(&case, stop)), rows::table(&case))
}

/// Whether two executions took the same course. Addresses, which are others each time, do not count.
pub(crate) fn are_alike(one: &Trace, other: &Trace) -> bool {
    let course = |trace: &Trace| {
        let mut events = trace.events.clone();
        addresses::name(&mut events);
        let step = |event: Event| {
            let number = |object: Option<ObjectId>| object.map(|object| object.number);
            let objects = [number(event.object), number(event.also)];
            (event.thread, event.kind, objects, event.source, event.detail)
        };
        events.into_iter().map(step).collect::<Vec<_>>()
    };
    course(one) == course(other) && one.texts == other.texts
}

/// What a failure looks like under plain `cargo test`.
pub(crate) fn report(failure: &Failure) -> String {
    let mut out = format!("{}: {}\n", failure.fault, failure.message);
    for evidence in &failure.evidence {
        match evidence {
            Evidence::Interleaving(table) => {
                out += &render::text(table, Style { width: 100, colour: false, unicode: true });
            }
            Evidence::Scenario { text, .. } => {
                out += &format!("  {}\n", text.replace('\n', "\n  "));
            }
            _ => {}
        }
    }
    out
}

/// The same path for one file, however the compiler came to it: `a/model/../src` is `a/src`.
pub(crate) fn normalised(path: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match part {
            ".." if parts.last().is_some_and(|last| *last != "..") => {
                parts.pop();
            }
            "." => {}
            part => parts.push(part),
        }
    }
    parts.join("/")
}
