//! A second process that runs a part of the check.

use std::any::Any;
use std::mem;
use std::os::fd::AsFd;
use std::panic::{self, AssertUnwindSafe};
use std::thread;
use std::time::{Duration, Instant};

use evidence::{Broken, Fault, require};
use fork::{Child, Ended, Receiver};
use nix::errno::Errno;
use nix::poll::{PollFd, PollFlags, PollTimeout, poll};
use nix::sys::signal::Signal;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::PATIENCE;
use crate::processes::{self, State};

/// How long a peer must be seen asleep to count as waiting.
const REST: Duration = Duration::from_millis(50);

/// A second process that runs a part of the check, and reports a value of type `R` at its end.
///
/// Its failed requirements and panics are raised again in the check, by [`finish`](Self::finish).
/// Dropped before that, it is killed and reaped.
#[derive(Debug)]
pub struct Peer<R> {
    child: Child,
    report: Receiver<Report<R>>,
}

#[derive(Debug, Serialize, Deserialize)]
enum Report<R> {
    Returned(R),
    Broken { fault: Fault, message: String },
    Panicked(String),
}

impl<R: Serialize + DeserializeOwned + 'static> Peer<R> {
    /// Starts a process that runs `body` with `theirs`; gives back `mine`. Neither process keeps the
    /// other's half.
    ///
    /// # Panics
    /// When the kernel refuses another process.
    pub fn start<M: 'static, T: 'static>(
        mine: M,
        theirs: T,
        body: impl FnOnce(T) -> R + 'static,
    ) -> (Self, M) {
        let (mut to, from) = fork::pipe().expect("descriptors for the peer's report");
        let (child, (mine, report)) = fork::split((mine, from), theirs, move |theirs| {
            die_with_the_check();
            // What broke before is the check's own affair.
            require::take_broken();
            let result = panic::catch_unwind(AssertUnwindSafe(|| body(theirs)));
            let caught = require::take_broken();
            let report = match (result, caught) {
                (Err(payload), _) => broken(payload),
                // The checked code caught what the check raised.
                (Ok(_), Some(Broken { fault, message })) => Report::Broken { fault, message },
                (Ok(value), None) => Report::Returned(value),
            };
            // A check that is gone reads no report.
            u8::from(to.send(&report).is_err())
        })
        .expect("a second process");
        (Self { child, report }, mine)
    }

    /// The process id.
    pub fn id(&self) -> u64 {
        self.child.id().into()
    }

    /// Waits until the peer sleeps in a call, and sleeps on; false if it ends, or is still at work
    /// after [`PATIENCE`]. The call itself could not tell: it has not returned.
    pub fn comes_to_rest(&self) -> bool {
        let mut asleep_since: Option<Instant> = None;
        let deadline = Instant::now() + PATIENCE;
        while Instant::now() < deadline {
            match processes::state(self.id()) {
                State::Ended => return false,
                State::Awake => asleep_since = None,
                State::Asleep => {
                    if asleep_since.get_or_insert_with(Instant::now).elapsed() >= REST {
                        return true;
                    }
                }
            }
            thread::sleep(Duration::from_millis(5));
        }
        false
    }

    /// Sends a signal to the peer.
    ///
    /// # Panics
    /// When the kernel refuses.
    pub fn signal(&self, signal: Signal) {
        self.child.kill(signal).expect("a child can be signalled");
    }

    /// Waits for the end of the peer: its value, or how it ended without one.
    ///
    /// # Panics
    /// With what broke in the peer; with [`Fault::Hang`] when it does not come to an end.
    pub fn ended(mut self) -> Result<R, Ended> {
        let report = self.report();
        let ended = self.child.wait().expect("only the check waits for its peer");
        match report {
            Some(Report::Returned(value)) => Ok(value),
            Some(Report::Broken { fault, message }) => panic::panic_any(Broken { fault, message }),
            // Raised without the hook: it would point at this line.
            Some(Report::Panicked(message)) => panic::resume_unwind(Box::new(message)),
            None => Err(ended),
        }
    }

    /// Waits for the end of the peer, and gives its value.
    ///
    /// # Panics
    /// Like [`ended`](Self::ended); with [`Fault::Crashed`] or [`Fault::EndedEarly`] when the peer
    /// died without a report.
    pub fn finish(self) -> R {
        self.ended().unwrap_or_else(|ended| {
            let fault = match ended {
                Ended::Killed(_) => Fault::Crashed,
                Ended::Exited(_) => Fault::EndedEarly,
            };
            let message = format!("the other process {ended} in the middle of the check");
            panic::panic_any(Broken { fault, message })
        })
    }

    /// The report; `None` if the peer died without one.
    fn report(&mut self) -> Option<Report<R>> {
        let limit = PollTimeout::try_from(PATIENCE).expect("a few seconds fit");
        let came = loop {
            match poll(&mut [PollFd::new(self.report.as_fd(), PollFlags::POLLIN)], limit) {
                Err(Errno::EINTR) => {}
                came => break came.expect("a pipe can be polled"),
            }
        };
        require!(Fault::Hang, came > 0, "the other process did not come to an end in {PATIENCE:?}");
        self.report.recv().ok().flatten()
    }
}

impl<R> Drop for Peer<R> {
    fn drop(&mut self) {
        // Both do nothing for a peer that has been waited for.
        let _ = self.child.kill(Signal::SIGKILL);
        let _ = self.child.wait();
    }
}

/// A check that gives up on a hanging peer ends without tidying up. No peer may stay behind then.
#[cfg(target_os = "linux")]
fn die_with_the_check() {
    // Bound to the thread that forked, which does no more than run this check. Where the kernel
    // refuses, only the tidiness suffers.
    let _ = nix::sys::prctl::set_pdeathsig(Signal::SIGKILL);
}

/// There is no such service here: the grader ends what a check leaves behind.
#[cfg(not(target_os = "linux"))]
fn die_with_the_check() {}

fn broken<R>(payload: Box<dyn Any + Send>) -> Report<R> {
    if let Some(Broken { fault, message }) = payload.downcast_ref() {
        return Report::Broken { fault: *fault, message: message.clone() };
    }
    let report = Report::Panicked(fork::panic_message(&*payload));
    // It may be the checked code's, and panic in its `Drop`.
    mem::forget(payload);
    report
}
