//! How this process takes a signal. Rust programs ignore `SIGPIPE` from the start; a check puts its
//! child into the state of an ordinary C program.

use std::io;

use nix::libc;
use nix::sys::signal::{self, SaFlags, SigAction, SigHandler, SigSet, Signal};

/// From now on `signal` does what it does by default: most of them kill the process.
///
/// # Errors
/// The signal's action cannot be changed (`SIGKILL`, `SIGSTOP`).
pub fn restore_default(signal: Signal) -> io::Result<()> {
    set(signal, SigHandler::SigDfl)
}

/// From now on `signal` does nothing but interrupt system calls that block: they fail with `EINTR`.
///
/// # Errors
/// The signal's action cannot be changed (`SIGKILL`, `SIGSTOP`).
pub fn interrupt_calls(signal: Signal) -> io::Result<()> {
    extern "C" fn nothing(_: libc::c_int) {}
    set(signal, SigHandler::Handler(nothing))
}

fn set(signal: Signal, handler: SigHandler) -> io::Result<()> {
    // No SA_RESTART: the kernel would repeat the interrupted calls itself.
    let action = SigAction::new(handler, SaFlags::empty(), SigSet::empty());
    // SAFETY: the handler is the default or an empty function, both of which are safe at any moment.
    unsafe { signal::sigaction(signal, &action) }?;
    Ok(())
}
