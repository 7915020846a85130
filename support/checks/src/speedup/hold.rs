//! Holds one thread of this process still for a moment, wherever it is.
//!
//! This is how a check asks a function from outside: "can your other threads go on while this one
//! cannot?" A signal that is aimed at the thread makes it wait in the handler. `SIGURG` is used for
//! it because programs ignore it unless they ask for it.
#![allow(unsafe_code)] // A signal handler, and a signal aimed at one thread, have no safe interface.

use std::sync::atomic::{AtomicI32, Ordering};
use std::sync::{Mutex, MutexGuard, Once, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use nix::errno::Errno;
use nix::libc;
use nix::poll::{PollTimeout, poll};
use nix::sys::signal::{SaFlags, SigAction, SigHandler, SigSet, Signal, sigaction};
use nix::unistd::{getpid, gettid};

/// Only one thread can be held at a time.
static ONE: Mutex<()> = Mutex::new(());
/// The thread that shall wait; 0: nobody.
static WANTED: AtomicI32 = AtomicI32::new(0);
/// The thread that waits; 0: nobody.
static HELD: AtomicI32 = AtomicI32::new(0);

/// How often the handler looks whether it may go on, in milliseconds.
const GLANCE: u8 = 1;
/// The handler lets the thread go after so many glances, even if nobody tells it to: a thread that
/// is held while it holds the allocator's lock must not block its own release for ever.
const GLANCES: u32 = 10_000;
/// How long a thread may take to come into the handler, or out of it, on a busy machine.
const PATIENCE: Duration = Duration::from_secs(5);

/// A thread that is held; dropping it lets the thread go on.
#[derive(Debug)]
pub(crate) struct Hold {
    _one: MutexGuard<'static, ()>,
}

impl Hold {
    /// Holds `thread`; `None` if it has ended or does not come within five seconds.
    pub fn of(thread: i32) -> Option<Self> {
        install();
        let hold = Self { _one: ONE.lock().unwrap_or_else(PoisonError::into_inner) };
        WANTED.store(thread, Ordering::SeqCst);
        // SAFETY: the system call takes three integers and touches no memory of this process. A
        // thread id that is no longer in use is an error, not a signal to a stranger: the process
        // id is given too.
        let sent =
            unsafe { libc::syscall(libc::SYS_tgkill, getpid().as_raw(), thread, libc::SIGURG) };
        (sent == 0 && until(|| HELD.load(Ordering::SeqCst) == thread)).then_some(hold)
    }
}

impl Drop for Hold {
    fn drop(&mut self) {
        WANTED.store(0, Ordering::SeqCst);
        until(|| HELD.load(Ordering::SeqCst) == 0);
    }
}

fn until(condition: impl Fn() -> bool) -> bool {
    let deadline = Instant::now() + PATIENCE;
    while !condition() {
        if Instant::now() > deadline {
            return false;
        }
        // A handler cannot signal a condition variable: looking again is all there is.
        thread::sleep(Duration::from_micros(100));
    }
    true
}

fn install() {
    static INSTALLED: Once = Once::new();
    INSTALLED.call_once(|| {
        // A system call of the held thread is restarted, as if nothing had happened.
        let action =
            SigAction::new(SigHandler::Handler(wait), SaFlags::SA_RESTART, SigSet::empty());
        // SAFETY: `wait` calls only functions that are async-signal-safe (gettid, poll), uses only
        // atomics, allocates nothing, and leaves errno as it found it.
        unsafe { sigaction(Signal::SIGURG, &action) }.expect("SIGURG takes a handler");
    });
}

extern "C" fn wait(_signal: libc::c_int) {
    let errno = Errno::last_raw();
    let me = gettid().as_raw();
    HELD.store(me, Ordering::SeqCst);
    for _ in 0..GLANCES {
        if WANTED.load(Ordering::SeqCst) != me {
            break;
        }
        // With no descriptors, `poll` is a sleep that a signal handler may use.
        let _ = poll(&mut [], PollTimeout::from(GLANCE));
    }
    HELD.store(0, Ordering::SeqCst);
    Errno::set_raw(errno);
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicBool, AtomicU64};

    use super::*;

    #[test]
    fn a_held_thread_stands_still_and_goes_on() {
        let (thread, count) = (AtomicI32::new(0), AtomicU64::new(0));
        let counted = || count.load(Ordering::SeqCst);
        let stop = AtomicBool::new(false);
        thread::scope(|scope| {
            scope.spawn(|| {
                thread.store(gettid().as_raw(), Ordering::SeqCst);
                while !stop.load(Ordering::SeqCst) {
                    count.fetch_add(1, Ordering::SeqCst);
                }
            });
            let began = until(|| counted() > 0);
            let hold = Hold::of(thread.load(Ordering::SeqCst));
            let held = hold.is_some();
            let before = counted();
            thread::sleep(Duration::from_millis(20));
            let after = counted();
            drop(hold);
            let goes_on = until(|| counted() > after);
            // Before any assertion: the scope waits for the thread, also if one fails.
            stop.store(true, Ordering::SeqCst);
            assert!(began && held && goes_on);
            assert_eq!(before, after, "a held thread does nothing");
        });
    }

    #[test]
    fn a_thread_that_is_no_more_cannot_be_held() {
        let ended = thread::spawn(|| gettid().as_raw()).join().unwrap();
        // The system may take a moment to forget the thread.
        assert!(until(|| Hold::of(ended).is_none()));
    }
}
