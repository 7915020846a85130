//! The descriptors of this process: which are open, and letting go of them.

use std::fs::{self, File};
use std::io;
use std::os::fd::{AsRawFd, RawFd};

use nix::libc;
use nix::sys::resource::{Resource, getrlimit};

/// The numbers of all descriptors that this process has open, in order.
///
/// # Errors
/// The system tells neither the descriptors nor how many there may be.
pub fn open() -> io::Result<Vec<RawFd>> {
    let mut found = listed("/proc/self/fd").or_else(|_| listed("/dev/fd")).or_else(|_| probed())?;
    // The list had a descriptor of its own while it was read.
    found.retain(|&fd| flags(fd).is_some());
    found.sort_unstable();
    Ok(found)
}

/// The numbers of those open descriptors that a program started now would inherit, because they are
/// not marked to be closed on exec.
///
/// # Errors
/// The system tells neither the descriptors nor how many there may be.
pub fn inheritable() -> io::Result<Vec<RawFd>> {
    let mut found = open()?;
    found.retain(|&fd| flags(fd).is_some_and(|flags| flags & libc::FD_CLOEXEC == 0));
    Ok(found)
}

/// Turns every descriptor but those in `keep`, the standard streams and `null` itself into a copy
/// of `null`.
pub(crate) fn release_all_but(keep: &[RawFd], null: &File) -> io::Result<()> {
    let null = null.as_raw_fd();
    for fd in open()?.into_iter().filter(|&fd| fd > libc::STDERR_FILENO && fd != null) {
        if !keep.contains(&fd) {
            replace(fd, null)?;
        }
    }
    Ok(())
}

fn replace(fd: RawFd, by: RawFd) -> io::Result<()> {
    // SAFETY: the numbers are open, and stay open. Whoever owns `fd` in this process keeps owning a
    // descriptor of that number; only the file behind it changes. This runs in a child that has just
    // been forked, with no other thread and before any code that could rely on the old file.
    let done = unsafe {
        libc::dup2(by, fd) != -1 && libc::fcntl(fd, libc::F_SETFD, libc::FD_CLOEXEC) != -1
    };
    if done { Ok(()) } else { Err(io::Error::last_os_error()) }
}

/// The flags of a descriptor; `None` if it is closed.
fn flags(fd: RawFd) -> Option<libc::c_int> {
    // SAFETY: F_GETFD only reads the descriptor's flags; a closed number gives an error.
    let flags = unsafe { libc::fcntl(fd, libc::F_GETFD) };
    (flags != -1).then_some(flags)
}

fn listed(directory: &str) -> io::Result<Vec<RawFd>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(directory)? {
        found.extend(entry?.file_name().to_str().and_then(|name| name.parse::<RawFd>().ok()));
    }
    Ok(found)
}

/// All numbers that may be open: slow, but it needs no file system.
fn probed() -> io::Result<Vec<RawFd>> {
    let (limit, _) = getrlimit(Resource::RLIMIT_NOFILE)?;
    Ok((0..RawFd::try_from(limit).unwrap_or(RawFd::MAX))
        .filter(|&fd| flags(fd).is_some())
        .collect())
}
