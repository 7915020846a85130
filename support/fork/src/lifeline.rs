//! A child that does not outlive its owner.

use std::io;
use std::os::fd::AsFd;
use std::thread;

use nix::errno::Errno;
use nix::libc;
use nix::poll::{PollFd, PollFlags, PollTimeout, poll};

/// The exit status of a process that [`exit_on_hangup`] has ended.
pub const ORPHANED: u8 = 129; // 128 + SIGHUP, as a shell would put it

/// From now on this process ends, with the status [`ORPHANED`], as soon as nobody holds the other
/// end of the pipe or socket `fd` any more, whatever else it is doing.
///
/// Call it in a child, with an end of a pipe whose other end only the owner holds. The kernel closes
/// that end when the owner dies, even by `SIGKILL`. (Linux offers `PR_SET_PDEATHSIG` as well, but
/// counts the *thread* that forked as the parent: the child is killed when that thread ends.)
///
/// # Errors
/// No descriptor or thread is to be had.
pub fn exit_on_hangup(fd: impl AsFd) -> io::Result<()> {
    let fd = fd.as_fd().try_clone_to_owned()?;
    thread::Builder::new().name("lifeline".into()).spawn(move || {
        // No event is asked for: a hang-up and an error are always reported.
        let mut watched = [PollFd::new(fd.as_fd(), PollFlags::empty())];
        while poll(&mut watched, PollTimeout::NONE) == Err(Errno::EINTR) {}
        // SAFETY: `_exit` ends the process at once; it runs no destructor and no `atexit` function.
        unsafe { libc::_exit(ORPHANED.into()) }
    })?;
    Ok(())
}
