//! Requests to stop, and the ends of children, as something to wait for beside output.

use std::io;
use std::os::fd::{AsFd, BorrowedFd};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use nix::sys::signal::{SigSet, Signal};
use nix::sys::signalfd::{SfdFlags, SignalFd};

/// Whoever sends one of these wants the check to end.
const STOP: [Signal; 3] = [Signal::SIGTERM, Signal::SIGINT, Signal::SIGHUP];

/// The signals, blocked and read from a descriptor.
pub(super) struct Signals {
    set: SigSet,
    descriptor: SignalFd,
    /// Set by a handler while the signals are let through.
    asked: Arc<AtomicBool>,
}

impl Signals {
    /// Blocks the signals from now on.
    pub(super) fn block() -> io::Result<Self> {
        let asked = Arc::new(AtomicBool::new(false));
        for stop in STOP {
            signal_hook::flag::register(stop as i32, Arc::clone(&asked))?;
        }
        let set: SigSet = STOP.into_iter().chain([Signal::SIGCHLD]).collect();
        set.thread_block()?;
        let descriptor =
            SignalFd::with_flags(&set, SfdFlags::SFD_NONBLOCK | SfdFlags::SFD_CLOEXEC)?;
        Ok(Self { set, descriptor, asked })
    }

    /// Starts something with no signal blocked. A process inherits what its parent blocks, and a
    /// check must find signals as they usually are. (Handlers are not inherited.)
    pub(super) fn let_through<T>(&self, start: impl FnOnce() -> io::Result<T>) -> io::Result<T> {
        self.set.thread_unblock()?;
        let started = start();
        self.set.thread_block()?;
        started
    }

    /// Whether somebody asked for the end.
    pub(super) fn terminated(&self) -> bool {
        let mut asked = self.asked.load(Ordering::Relaxed);
        while let Ok(Some(signal)) = self.descriptor.read_signal() {
            asked |= STOP.iter().any(|&stop| signal.ssi_signo == stop as u32);
        }
        asked
    }
}

impl AsFd for Signals {
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.descriptor.as_fd()
    }
}
