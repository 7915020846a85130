//! Stops one thread of this process, wherever it is, for a short random while.
//!
//! A signal that is aimed at the thread makes it sleep in the handler. `SIGWINCH` is used for it
//! because programs ignore it unless they ask for it, and [`hold`](crate::speedup) has `SIGURG`.
#![allow(unsafe_code)] // A signal handler, and a signal aimed at one thread, have no safe interface.

use std::sync::Once;
use std::sync::atomic::{AtomicU64, Ordering};

use nix::errno::Errno;
use nix::libc;
use nix::sys::select::pselect;
use nix::sys::signal::{SaFlags, SigAction, SigHandler, SigSet, Signal, sigaction};
use nix::sys::time::TimeSpec;
use nix::unistd::getpid;

use super::dice;

/// How many times threads were stopped; with [`SEED`] it says for how long.
static STOPS: AtomicU64 = AtomicU64::new(0);
static SEED: AtomicU64 = AtomicU64::new(0);

/// The longest stop is 2 to this many nanoseconds, about a millisecond. It is also all that a thread
/// can lose that waits for a lock of the one that is stopped: of the allocator, say.
const LONGEST: u64 = 20;
/// The shortest is 2 to this many, about a microsecond.
const SHORTEST: u64 = 10;

/// Makes ready for [`stop`].
pub(super) fn install(seed: u64) {
    static INSTALLED: Once = Once::new();
    SEED.store(seed, Ordering::Relaxed);
    INSTALLED.call_once(|| {
        // A system call of the thread is restarted, as if nothing had happened. Those that never are
        // (`poll`, waiting with a time limit), the standard library calls again.
        let action =
            SigAction::new(SigHandler::Handler(pause), SaFlags::SA_RESTART, SigSet::empty());
        // SAFETY: `pause` calls only what is async-signal-safe (pselect), uses only atomics,
        // allocates nothing, and leaves errno as it found it.
        unsafe { sigaction(Signal::SIGWINCH, &action) }.expect("SIGWINCH takes a handler");
    });
}

/// Stops `thread` soon, if it has not ended.
pub(super) fn stop(thread: i32) {
    // SAFETY: the system call takes three integers and touches no memory of this process. A thread
    // id that is no longer in use is an error, not a signal to a stranger: the process id is given
    // too.
    unsafe { libc::syscall(libc::SYS_tgkill, getpid().as_raw(), thread, libc::SIGWINCH) };
}

/// How many times a thread was stopped so far.
pub(super) fn stops() -> u64 {
    STOPS.load(Ordering::Relaxed)
}

extern "C" fn pause(_signal: libc::c_int) {
    let errno = Errno::last_raw();
    let stop = STOPS.fetch_add(1, Ordering::Relaxed);
    let length = TimeSpec::new(0, length(SEED.load(Ordering::Relaxed), stop));
    // With no descriptors, `pselect` is a sleep that a signal handler may use.
    let _ = pselect(0, None, None, None, &length, None);
    Errno::set_raw(errno);
}

/// In nanoseconds: short and long ones are equally likely, by powers of two.
fn length(seed: u64, stop: u64) -> i64 {
    let random = dice::mixed(seed ^ dice::mixed(stop));
    let power = SHORTEST + random % (LONGEST - SHORTEST);
    let length = (1 << power) + ((random >> 32) & ((1 << power) - 1));
    i64::try_from(length).expect("a millisecond in nanoseconds is a small number")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stops_are_short_and_of_all_lengths() {
        let lengths: Vec<i64> = (0..10_000).map(|stop| length(7, stop)).collect();
        assert!(lengths.iter().all(|length| (1 << SHORTEST..1 << LONGEST).contains(length)));
        assert!(lengths.iter().any(|&length| length < 2_000));
        assert!(lengths.iter().any(|&length| length > 900_000));
    }
}
