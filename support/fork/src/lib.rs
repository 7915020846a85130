//! A safe fork for the process exercises: start a child, wait for it, talk to it.
//!
//! | Python's `multiprocessing` | here |
//! |---|---|
//! | `Process(target=f).start()` | [`child`] |
//! | `Process.join(timeout)` | [`Child::wait`], [`Child::wait_timeout`] |
//! | `Process.exitcode` | [`Ended`] |
//! | `Process.kill()` | [`Child::kill`] |
//! | `Pipe(duplex=False)` | [`pipe()`] |
//! | `daemon=True` | [`exit_on_hangup`] |
//! | an exception that travels to the parent | [`panic_message`] |
//!
//! # What a fork does
//!
//! The kernel doubles the calling process: memory, open descriptors and all. The child goes on in
//! the thread that forked; every other thread is simply not there. Both processes now hold every
//! descriptor, so a pipe looks open to its reader until *both* have closed the writing end. Three
//! functions differ in what the child keeps:
//!
//! - [`child`] keeps everything, as `fork(2)` does;
//! - [`split`] gives each process one half of a pair and closes the other half;
//! - [`child_with`] keeps the descriptors that it is told to keep, and lets go of all others.
//!
//! # Why this is safe, and what it does not promise
//!
//! POSIX lets the child of a process with several threads call only async-signal-safe functions,
//! because a lock that another thread held at the moment of the fork stays locked for ever. The
//! children here run ordinary Rust all the same. The argument:
//!
//! - **The allocator works.** glibc takes the locks of `malloc`, of stdio and of its loader before it
//!   forks and gives the child fresh ones; musl (from 1.2.2) and macOS do the same for `malloc`.
//! - **Memory is consistent.** Data that another thread was changing lies behind a lock that stays
//!   shut or in that thread's own stack. [`split`] and its kin ask for `'static` values, so the child
//!   holds no reference into another thread's stack, which the C library may hand out anew.
//! - **The child never returns** into the frames of its parent: it leaves by `_exit` when its closure
//!   is done, also when the closure panics. No destructor and no buffer of the parent runs twice.
//!
//! What remains is a matter of getting stuck, not of memory: a lock of yours that some other thread
//! holds during the fork never opens in the child. The same goes for the lock of standard output. So
//! fork first and take locks later, keep printing out of the child, and give every wait a deadline.
#![allow(unsafe_code)] // fork, dup2 and sigaction are the point of this crate

mod child;
mod descriptors;
mod lifeline;
mod pipe;
pub mod signals;

pub use child::{Child, Ended};
pub use descriptors::{inheritable as inheritable_descriptors, open as open_descriptors};
pub use lifeline::{ORPHANED, exit_on_hangup};
pub use pipe::{Receiver, Sender, pipe};

use std::any::Any;
use std::fs::File;
use std::io;
use std::mem;
use std::os::fd::RawFd;
use std::panic::{self, AssertUnwindSafe};

use nix::libc;
use nix::unistd::ForkResult;

/// The exit status of a child whose closure panicked: the one that Rust programs use.
pub const PANICKED: u8 = 101;

/// The exit status of a child that could not let go of its descriptors ([`child_with`]).
pub const NOT_ISOLATED: u8 = 126;

/// Starts a child process that runs `body` and ends with the status that `body` returns.
///
/// The child inherits everything. What `body` owns is moved into the child: the parent's copy is
/// dropped before this returns. A panic of `body` ends the child with [`PANICKED`]. Text that sits
/// in the child's output buffers is not written: flush what you print.
///
/// # Errors
/// The kernel refuses another process or descriptor.
pub fn child<F>(body: F) -> io::Result<Child>
where
    F: FnOnce() -> u8 + 'static,
{
    split((), (), |()| body()).map(|(child, ())| child)
}

/// Starts a child process and gives each process its half of a pair: the parent gets `mine` back
/// and drops `theirs`, the child drops `mine` and runs `body` with `theirs`.
///
/// So neither process holds the other's end of a pipe. Apart from that the child inherits
/// everything, as with [`child`].
///
/// # Errors
/// The kernel refuses another process. Both halves are dropped then.
pub fn split<M, T, F>(mine: M, theirs: T, body: F) -> io::Result<(Child, M)>
where
    M: 'static,
    T: 'static,
    F: FnOnce(T) -> u8 + 'static,
{
    // SAFETY: the crate's documentation holds the argument: the allocator works in the child, all
    // that the child touches is 'static or owned by it, and `run_and_exit` never returns.
    match unsafe { nix::unistd::fork() }? {
        ForkResult::Parent { child } => Ok((Child::new(child), mine)),
        ForkResult::Child => run_and_exit(move || {
            drop(mine);
            body(theirs)
        }),
    }
}

/// Starts a child process that keeps the descriptors in `keep` and the three standard streams, and
/// no other.
///
/// Use it when several children live at once: a child that is forked later would otherwise hold the
/// parent's ends of the pipes of all earlier ones, and these never saw their pipes close.
///
/// A descriptor that the child lets go of becomes one of `/dev/null`, so that its number stays
/// taken: a value that `body` captured without keeping its descriptor reads nothing and, when it is
/// dropped, closes no stranger's file.
///
/// # Errors
/// The kernel refuses another process or descriptor. A child that cannot list its descriptors ends
/// with [`NOT_ISOLATED`].
pub fn child_with<F>(keep: &[RawFd], body: F) -> io::Result<Child>
where
    F: FnOnce() -> u8 + 'static,
{
    let null = File::options().read(true).write(true).open("/dev/null")?;
    let keep = keep.to_vec();
    child(move || match descriptors::release_all_but(&keep, &null) {
        Ok(()) => body(),
        Err(_) => NOT_ISOLATED,
    })
}

/// What a panic said, for a child that tells its parent: the message, as far as it is a text.
pub fn panic_message(payload: &(dyn Any + Send)) -> String {
    let text = payload.downcast_ref::<&str>().copied();
    let text = text.or_else(|| payload.downcast_ref::<String>().map(String::as_str));
    text.unwrap_or("a panic whose payload is not a text").to_owned()
}

/// The child's whole life: runs `body`, then ends the process.
fn run_and_exit(body: impl FnOnce() -> u8) -> ! {
    let status = panic::catch_unwind(AssertUnwindSafe(body)).unwrap_or_else(|payload| {
        // Dropping a payload may panic again, and nothing may unwind into the parent's frames.
        mem::forget(payload);
        PANICKED
    });
    // SAFETY: `_exit` ends the process at once; it runs no destructor and no `atexit` function.
    unsafe { libc::_exit(status.into()) }
}
