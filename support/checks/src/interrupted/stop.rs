//! Stops a thread of this process again and again, wherever it is, for a short random while.
//!
//! A timer sends the thread a signal, and the handler sleeps. The kernel's timer interrupts the thread
//! itself, so no other thread has to get a CPU for it: it works on one CPU and on a busy machine.
//! `SIGWINCH` is used because programs ignore it unless they ask for it, and
//! [`hold`](crate::speedup) has `SIGURG`.
#![allow(unsafe_code)] // A signal handler has no safe interface.

use std::sync::Once;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use nix::errno::Errno;
use nix::libc;
use nix::sys::select::pselect;
use nix::sys::signal::{
    SaFlags, SigAction, SigEvent, SigHandler, SigSet, SigevNotify, Signal, sigaction,
};
use nix::sys::time::TimeSpec;
use nix::sys::timer::{Expiration, Timer, TimerSetTimeFlags};
use nix::time::ClockId;

use super::dice::{Dice, mixed};

/// How many times threads were stopped; with [`SEED`] it says for how long.
static STOPS: AtomicU64 = AtomicU64::new(0);
static SEED: AtomicU64 = AtomicU64::new(0);

/// The longest stop is 2 to this many nanoseconds, about a tenth of a millisecond. It is also all that a thread
/// can lose that waits for a lock of the one that is stopped: of the allocator, say.
const LONGEST: u64 = 17;
/// The shortest is 2 to this many, about a microsecond.
const SHORTEST: u64 = 10;

/// A thread that is stopped at random moments, until this is dropped.
pub(super) struct Stopped {
    _timer: Timer,
}

impl Stopped {
    /// `thread` from now on, as the system numbers it. `None` if there are no more timers.
    pub fn thread(thread: i32, dice: &mut Dice) -> Option<Self> {
        install();
        let event = SigEvent::new(SigevNotify::SigevThreadId {
            signal: Signal::SIGWINCH,
            thread_id: thread,
            si_value: 0,
        });
        let mut timer = Timer::new(ClockId::CLOCK_MONOTONIC, event).ok()?;
        // Longer than most stops, so that the thread gets on; and different ones, so that no two threads
        // keep step. The lengths of the stops do the rest.
        let period = Duration::from_nanos(100_000 + dice.roll(300_000));
        timer.set(Expiration::Interval(period.into()), TimerSetTimeFlags::empty()).ok()?;
        Some(Self { _timer: timer })
    }
}

/// How many times a thread was stopped so far.
pub(super) fn stops() -> u64 {
    STOPS.load(Ordering::Relaxed)
}

fn install() {
    static INSTALLED: Once = Once::new();
    INSTALLED.call_once(|| {
        SEED.store(crate::seed(), Ordering::Relaxed);
        // A system call of the thread is restarted, as if nothing had happened. Those that never are
        // (`poll`, waiting with a time limit), the standard library calls again.
        let action =
            SigAction::new(SigHandler::Handler(pause), SaFlags::SA_RESTART, SigSet::empty());
        // SAFETY: `pause` calls only what is async-signal-safe (pselect), uses only atomics,
        // allocates nothing, and leaves errno as it found it.
        unsafe { sigaction(Signal::SIGWINCH, &action) }.expect("SIGWINCH takes a handler");
    });
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
    let random = mixed(seed ^ mixed(stop));
    let power = SHORTEST + random % (LONGEST - SHORTEST);
    let length = (1 << power) + ((random >> 32) & ((1 << power) - 1));
    i64::try_from(length).expect("it is not even a millisecond")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stops_are_short_and_of_all_lengths() {
        let lengths: Vec<i64> = (0..10_000).map(|stop| length(7, stop)).collect();
        assert!(lengths.iter().all(|length| (1 << SHORTEST..1 << LONGEST).contains(length)));
        assert!(lengths.iter().any(|&length| length < 2_000));
        assert!(lengths.iter().any(|&length| length > 100_000));
    }
}
