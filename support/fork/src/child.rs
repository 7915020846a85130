//! A child process, how it ended, and waiting for that.

use std::fmt;
use std::io;
use std::time::{Duration, Instant};

use nix::errno::Errno;
use nix::sys::signal::{self, Signal};
use nix::sys::wait::{WaitPidFlag, WaitStatus, waitpid};
use nix::unistd::Pid;

/// How a process ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ended {
    /// It left with this exit status.
    Exited(u8),
    /// This signal killed it.
    Killed(Signal),
}

impl fmt::Display for Ended {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Exited(status) => write!(f, "ended with exit status {status}"),
            Self::Killed(signal) => write!(f, "was killed by {signal}"),
        }
    }
}

/// A child process.
///
/// As with [`std::process::Child`], dropping it neither kills nor reaps the process: a child that
/// has ended stays in the kernel's table as a zombie until somebody waits for it.
#[derive(Debug)]
pub struct Child {
    pid: Pid,
    ended: Option<Ended>,
}

impl Child {
    pub(crate) fn new(pid: Pid) -> Self {
        Self { pid, ended: None }
    }

    /// The process id.
    pub fn id(&self) -> u32 {
        self.pid.as_raw().unsigned_abs()
    }

    /// Sends `signal` to the child. Does nothing once the child has been waited for: its number may
    /// belong to another process by then.
    ///
    /// # Errors
    /// The kernel does not let this process signal the child.
    pub fn kill(&self, signal: Signal) -> io::Result<()> {
        match self.ended {
            Some(_) => Ok(()),
            None => Ok(signal::kill(self.pid, signal)?),
        }
    }

    /// Waits until the child has ended, and reaps it. Later calls give the same answer again.
    ///
    /// # Errors
    /// Somebody else has reaped the child.
    pub fn wait(&mut self) -> io::Result<Ended> {
        loop {
            if let Some(ended) = self.reap(None)? {
                return Ok(ended);
            }
        }
    }

    /// Reaps the child if it has ended; `None` while it runs.
    ///
    /// # Errors
    /// Somebody else has reaped the child.
    pub fn try_wait(&mut self) -> io::Result<Option<Ended>> {
        self.reap(Some(WaitPidFlag::WNOHANG))
    }

    /// Like [`wait`](Self::wait), for at most `timeout`; `None`: the child still runs.
    ///
    /// # Errors
    /// Somebody else has reaped the child.
    pub fn wait_timeout(&mut self, timeout: Duration) -> io::Result<Option<Ended>> {
        let Some(deadline) = Instant::now().checked_add(timeout) else {
            return self.wait().map(Some);
        };
        let bell = bell::Bell::new(self.pid);
        loop {
            let left = deadline.saturating_duration_since(Instant::now());
            match self.try_wait()? {
                None if !left.is_zero() => bell.wait(left),
                ended => return Ok(ended),
            }
        }
    }

    fn reap(&mut self, flags: Option<WaitPidFlag>) -> io::Result<Option<Ended>> {
        if self.ended.is_none() {
            self.ended = match waitpid(self.pid, flags) {
                Ok(WaitStatus::Exited(_, status)) => {
                    Some(Ended::Exited(u8::try_from(status).unwrap_or(u8::MAX)))
                }
                Ok(WaitStatus::Signaled(_, signal, _)) => Some(Ended::Killed(signal)),
                Ok(_) | Err(Errno::EINTR) => None,
                Err(error) => return Err(error.into()),
            };
        }
        Ok(self.ended)
    }
}

/// Sleeping until a process may have ended.
#[cfg(target_os = "linux")]
mod bell {
    use std::os::fd::{AsFd, FromRawFd, OwnedFd};
    use std::thread;
    use std::time::Duration;

    use nix::libc;
    use nix::poll::{PollFd, PollFlags, PollTimeout, poll};
    use nix::unistd::Pid;

    /// A descriptor that becomes readable when the process ends; `None` on kernels before 5.3.
    pub struct Bell(Option<OwnedFd>);

    impl Bell {
        pub fn new(pid: Pid) -> Self {
            // SAFETY: the system call takes two numbers and touches no memory of ours.
            let fd = unsafe { libc::syscall(libc::SYS_pidfd_open, pid.as_raw(), 0) };
            let fd = i32::try_from(fd).ok().filter(|&fd| fd >= 0);
            // SAFETY: the kernel has just opened this descriptor for us; nobody else knows it.
            Self(fd.map(|fd| unsafe { OwnedFd::from_raw_fd(fd) }))
        }

        /// Returns when the process has ended, after `timeout`, or earlier.
        pub fn wait(&self, timeout: Duration) {
            let Some(fd) = &self.0 else { return thread::sleep(timeout.min(super::NAP)) };
            // Rounded up: a wait of 0 ms would spin for the last fraction of a millisecond.
            let millis = timeout.as_millis().saturating_add(1);
            let timeout = PollTimeout::try_from(millis).unwrap_or(PollTimeout::MAX);
            // Errors (EINTR) end the wait early, which is allowed.
            let _ = poll(&mut [PollFd::new(fd.as_fd(), PollFlags::POLLIN)], timeout);
        }
    }
}

/// Sleeping until a process may have ended: without process descriptors, a nap at a time.
#[cfg(not(target_os = "linux"))]
mod bell {
    use std::time::Duration;

    pub struct Bell;

    impl Bell {
        pub fn new(_: nix::unistd::Pid) -> Self {
            Self
        }

        pub fn wait(&self, timeout: Duration) {
            std::thread::sleep(timeout.min(super::NAP));
        }
    }
}

/// How long to sleep between two looks where the kernel cannot wake us.
const NAP: Duration = Duration::from_millis(2);
