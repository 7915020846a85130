//! Processes that somebody else started: zombies, deaths, killings.

use std::fs;

use evidence::{Fault, require};
use nix::errno::Errno;
use nix::sys::signal::{self, Signal};
use nix::sys::wait::{Id, WaitPidFlag, WaitStatus, waitid};
use nix::unistd::Pid;

use crate::eventually;

/// Kills the process `id` and waits until it is dead, so that all that it held is closed. It is
/// left for its parent to reap, which may have happened already.
///
/// # Panics
/// If the process belongs to another user.
pub fn kill(id: u64) {
    let pid = pid(id);
    // ESRCH: it is gone, and has been reaped.
    let sent = signal::kill(pid, Signal::SIGKILL);
    assert!(matches!(sent, Ok(()) | Err(Errno::ESRCH)), "process {id} cannot be killed: {sent:?}");
    // WNOWAIT: to look at a dead child without taking it away from its parent's code.
    let look = WaitPidFlag::WEXITED | WaitPidFlag::WNOWAIT;
    // ECHILD: it has been reaped in the meantime, so it is dead.
    while waitid(Id::Pid(pid), look) == Err(Errno::EINTR) {}
}

/// Kills the process `id` if it still exists, to clean up after a wrong answer.
pub fn put_down(id: u64) {
    // It may have gone by itself: nothing is left to do then.
    let _ = signal::kill(pid(id), Signal::SIGKILL);
}

/// Requires that this process has no child that is dead and not reaped. Reaping may come a little
/// later than the death, so this looks more than once.
///
/// # Panics
/// With [`Fault::Zombie`]; `after` says after what.
pub fn require_no_zombie(after: &str) {
    let mut zombie = None;
    let none = eventually(|| {
        zombie = dead_child();
        zombie.is_none()
    });
    let id = zombie.unwrap_or_default();
    require!(Fault::Zombie, none, "after {after}: nobody has waited for the dead process {id}");
}

/// Requires that this process has no children at all, dead or alive.
///
/// # Panics
/// With [`Fault::Zombie`] or [`Fault::LeftBehind`]; `after` says after what.
pub fn require_no_child(after: &str) {
    require_no_zombie(after);
    let look = WaitPidFlag::WEXITED | WaitPidFlag::WNOWAIT | WaitPidFlag::WNOHANG;
    let none = eventually(|| waitid(Id::All, look) == Err(Errno::ECHILD));
    require_no_zombie(after);
    require!(Fault::LeftBehind, none, "after {after}: a child process is still running");
}

/// What the main thread of a process does at this moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// It waits for something other than a processor.
    Asleep,
    /// It works, or would if it had a processor.
    Awake,
    /// The process has ended, and nobody has waited for it.
    Ended,
}

/// The state of process `id`. Where the kernel does not tell (outside Linux), it is taken to sleep.
pub fn state(id: u64) -> State {
    let Ok(status) = fs::read_to_string(format!("/proc/{id}/status")) else { return State::Asleep };
    let letter = status.lines().find_map(|line| line.strip_prefix("State:"));
    match letter.and_then(|letter| letter.trim().chars().next()) {
        Some('S') => State::Asleep,
        Some('Z' | 'X') => State::Ended,
        _ => State::Awake,
    }
}

fn dead_child() -> Option<i32> {
    let look = WaitPidFlag::WEXITED | WaitPidFlag::WNOWAIT | WaitPidFlag::WNOHANG;
    match waitid(Id::All, look) {
        Ok(WaitStatus::StillAlive) | Err(_) => None,
        Ok(status) => status.pid().map(Pid::as_raw),
    }
}

fn pid(id: u64) -> Pid {
    Pid::from_raw(i32::try_from(id).expect("a process id"))
}
