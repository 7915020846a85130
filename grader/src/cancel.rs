//! Ending a run before its end: a newer save makes its verdict worthless.

use std::collections::BTreeSet;
use std::sync::{Mutex, MutexGuard, PoisonError};

use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;

/// Ends the processes of one run, those that run now and those that would be started later.
#[derive(Debug, Default)]
pub struct Cancel(Mutex<State>);

#[derive(Debug, Default)]
struct State {
    cancelled: bool,
    /// What to signal: a process, or with a minus sign a whole group (kill(2)).
    running: BTreeSet<i32>,
}

/// A process that ends when the run is cancelled, for as long as this is held.
#[derive(Debug)]
#[must_use = "a process that is not held is not ended"]
pub struct Cancellable<'a> {
    cancel: &'a Cancel,
    target: i32,
}

impl Cancel {
    /// Ends the run. Returns at once: whoever waits for the processes sees them end.
    pub fn cancel(&self) {
        let mut state = self.state();
        state.cancelled = true;
        state.running.iter().for_each(|&target| end(target));
    }

    /// Whether the run was ended.
    pub fn is_cancelled(&self) -> bool {
        self.state().cancelled
    }

    /// Takes in a process. Hold the result while it runs and drop it *before* waiting for its exit
    /// status: until then its id cannot belong to anybody else.
    pub fn process(&self, id: u32) -> Cancellable<'_> {
        self.add(id.cast_signed())
    }

    /// Takes in a process together with the process group that it leads.
    pub fn group(&self, id: u32) -> Cancellable<'_> {
        self.add(-id.cast_signed())
    }

    fn add(&self, target: i32) -> Cancellable<'_> {
        let mut state = self.state();
        if state.cancelled {
            end(target);
        }
        state.running.insert(target);
        Cancellable { cancel: self, target }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Cancellable<'_> {
    fn drop(&mut self) {
        self.cancel.state().running.remove(&self.target);
    }
}

fn end(target: i32) {
    // A process that is gone already is as good as ended.
    let _ = kill(Pid::from_raw(target), Signal::SIGTERM);
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::process::{CommandExt as _, ExitStatusExt as _};
    use std::process::Command;

    fn ends_by_signal(cancel_first: bool) -> Option<i32> {
        let cancel = Cancel::default();
        if cancel_first {
            cancel.cancel();
        }
        let mut child = Command::new("sleep").arg("60").process_group(0).spawn().unwrap();
        let held = cancel.group(child.id());
        cancel.cancel();
        let status = child.wait().unwrap();
        drop(held);
        status.signal()
    }

    #[test]
    fn ends_what_runs_and_what_is_started_later() {
        assert_eq!(ends_by_signal(false), Some(Signal::SIGTERM as i32));
        assert_eq!(ends_by_signal(true), Some(Signal::SIGTERM as i32));
    }

    #[test]
    fn leaves_alone_what_is_not_held_any_more() {
        let cancel = Cancel::default();
        let mut child = Command::new("true").spawn().unwrap();
        drop(cancel.process(child.id()));
        cancel.cancel();
        assert!(child.wait().unwrap().success() && cancel.is_cancelled());
    }
}
