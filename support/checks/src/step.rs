//! What a check is about to do, so that a hang has a name.

use std::panic;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use evidence::channel::channel;

use crate::{Fault, panics, require};

static LAST: Mutex<String> = Mutex::new(String::new());

/// Says what the check is about to do: "the second acquire of the same thread".
///
/// If it hangs, this is the last thing known of it.
pub fn step(step: impl Into<String>) {
    let step = step.into();
    if let Some(channel) = channel() {
        channel.step(&step);
    }
    *LAST.lock().unwrap_or_else(PoisonError::into_inner) = step;
}

/// Runs `work`, which is expected to return, in a thread of its own, and gives back its result.
///
/// Choose a generous `limit`: it costs time only when `work` hangs.
///
/// # Panics
/// With [`Fault::Hang`] and the last [`step`] if `work` has not returned within `limit`; with the
/// payload of `work` if it panics.
pub fn within<T: Send + 'static>(limit: Duration, work: impl FnOnce() -> T + Send + 'static) -> T {
    let (done, result) = mpsc::channel();
    let worker = thread::spawn(move || {
        panics::hush_this_thread();
        // The receiver is gone only when the limit has passed.
        let _ = done.send(work());
    });
    match result.recv_timeout(limit) {
        Ok(value) => value,
        Err(RecvTimeoutError::Timeout) => {
            let step = LAST.lock().unwrap_or_else(PoisonError::into_inner).clone();
            let doing = if step.is_empty() { "it".to_owned() } else { format!("\"{step}\"") };
            require!(Fault::Hang, false, "{doing} did not come to an end within {limit:?}");
            unreachable!("the requirement above never holds")
        }
        Err(RecvTimeoutError::Disconnected) => match worker.join() {
            Err(payload) => panic::resume_unwind(payload),
            Ok(()) => unreachable!("a worker that ends without a panic has sent its result"),
        },
    }
}
