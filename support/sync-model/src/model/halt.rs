//! The check cannot go on, and neither can its process: what is said before it ends.

use std::fs::File;
use std::io::Write;
use std::os::fd::AsFd;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use evidence::{Evidence, Fault, Outcome, channel};

use super::failed;
use crate::watchdog::{self, Halt};
use crate::{capture, explain, overflow};

/// The model has come to a halt in something that is not its own, and will never go on: the process
/// says so and ends.
pub(super) fn halted(halt: Halt) {
    if let Some(message) = overflow::unfinished() {
        std::process::exit(overflowed(message));
    }
    let after = halt.after.map_or_else(
        || "before the first step".to_owned(),
        |last| format!("after line {} of {}", last.line(), explain::normalised(last.file())),
    );
    let outcome = match halt.computes {
        Some(time) => Outcome::Inconclusive {
            because: format!(
                "Nothing else could move: {after}, a thread has computed for {} s and come to no \
                 step of `sync`: it runs a loop that does not end, because no other thread gets a turn in there, or has more to do than the \
                 model checker has time for. Let it do less, or raise the limit with `Model::computing`.",
                time.as_secs()
            ),
            evidence: printed(),
        },
        None => failed(
            Fault::RealPrimitive,
            format!(
                "Nothing moved for some seconds: {after}, a thread waits at a lock, a channel or a thread of \
                 `std` instead of `sync`, or sleeps in earnest."
            ),
            printed(),
        ),
    };
    std::process::exit(last_word(outcome));
}

/// A lock of the model was used on a thread that is none of its own.
pub(super) fn seen_from_outside(evidence: Vec<Evidence>) -> Option<Outcome> {
    let message = "A lock or an atomic of `sync` was used on a thread that `std::thread` started. \
                   Start threads with `sync::thread`.";
    watchdog::saw_stranger().then(|| failed(Fault::RealPrimitive, message, evidence))
}

/// What the code has printed until then, where a schedule is replayed.
fn printed() -> Vec<Evidence> {
    capture::so_far().map(|text| Evidence::Output { text }).into_iter().collect()
}

/// A stack is used up, and nothing can go on: says so, and with which code the process ends.
pub(super) fn overflowed(message: String) -> i32 {
    last_word(failed(Fault::StackOverflow, message, Vec::new()))
}

/// Says why the process is about to end, and returns its exit code.
fn last_word(outcome: Outcome) -> i32 {
    static SAID: AtomicBool = AtomicBool::new(false);
    // The watchdog and a signal handler may both be here. Whoever comes second waits for the end.
    while SAID.swap(true, Ordering::Relaxed) {
        std::thread::sleep(Duration::from_secs(1));
    }
    let said = match &outcome {
        Outcome::Failed(failure) => explain::report(failure),
        Outcome::Inconclusive { because, .. } => format!("inconclusive: {because}"),
        Outcome::Passed { .. } => String::new(),
    };
    if let Some(channel) = channel::channel() {
        channel.done(outcome);
        return 0;
    }
    // A thread that was stopped may hold the lock of `eprintln!`.
    if let Ok(stderr) = std::io::stderr().as_fd().try_clone_to_owned() {
        let _ = writeln!(File::from(stderr), "{said}");
    }
    101
}
