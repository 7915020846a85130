//! From a trace to what a learner reads.

use evidence::interleaving::render::{self, Style};
use evidence::interleaving::{Lane, Row, Step};
use evidence::{Evidence, Failure, Fault, Interleaving};

use crate::engine::{Ending, Stop};
use crate::trace::{Detail, Trace};

/// The fault, what happened in one or two sentences, and the schedule.
pub(crate) fn explain(
    ending: &Ending,
    trace: &Trace,
    check_file: &str,
) -> (Fault, String, Interleaving) {
    let (fault, message) = match ending.stop.as_ref().expect("it failed") {
        Stop::Deadlock => (Fault::Deadlock, "every thread waits for ever".to_owned()),
        Stop::Livelock => (Fault::Livelock, "the threads go round for ever".to_owned()),
        Stop::Panic(index) => {
            let panicked = &trace.panics[*index];
            match &panicked.broken {
                Some(broken) => (broken.fault, broken.message.clone()),
                None if panicked.file == check_file => {
                    (Fault::WrongAnswer, panicked.message.clone())
                }
                None => (Fault::Panic, panicked.message.clone()),
            }
        }
        Stop::DataRace { .. } => (Fault::DataRace, "two accesses that nothing orders".to_owned()),
        Stop::TooManyThreads => (Fault::TooManyThreads, "too many threads".to_owned()),
        Stop::Nondeterminism => (Fault::Nondeterminism, "not deterministic".to_owned()),
        Stop::StackOverflow => (Fault::StackOverflow, "the stack ran out".to_owned()),
        Stop::BlockedWhilePanicking => (Fault::Panic, "blocked while panicking".to_owned()),
    };
    let lanes = (0..trace.names.len()).map(|id| Lane { name: trace.name(id) }).collect();
    let rows = trace.events.iter().map(|event| Row {
        lane: event.thread,
        file: event.source.file().to_owned(),
        line: event.source.line(),
        text: format!("{:?}", event.kind),
        value: match event.detail {
            Detail::Read { value, .. } => format!("→ {value}"),
            Detail::Wrote(value) => format!("⇒ {value}"),
            Detail::Replaced { old, new } => format!("{old} ⇒ {new}"),
            _ => String::new(),
        },
        note: String::new(),
        step: Step::Done,
        times: 1,
        folds: 0,
    });
    let table = Interleaving { lanes, rows: rows.collect(), file: String::new() };
    (fault, message, table)
}

/// What a failure looks like under plain `cargo test`.
pub(crate) fn report(failure: &Failure) -> String {
    let mut out = format!("{}: {}\n", failure.fault, failure.message);
    for evidence in &failure.evidence {
        if let Evidence::Interleaving(table) = evidence {
            out += &render::text(table, Style { width: 100, colour: false, unicode: true });
        }
    }
    out
}
