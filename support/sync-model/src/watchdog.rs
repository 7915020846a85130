//! Notices threads and locks that the model does not control.
//!
//! A lock of the standard library that a thread of the model holds while another one wants it blocks
//! the one real thread on which all of them run: for ever. A real thread that uses a lock of `sync`
//! is not under the scheduler's control. Both are the same mistake, and both are reported before
//! the process hangs.

use std::panic::Location;
use std::sync::atomic::{AtomicPtr, AtomicU64, Ordering};
use std::sync::{Mutex, Once, PoisonError};
use std::time::Duration;

use crate::engine;
use crate::trace::Source;

/// Counts the steps of all executions.
static PULSE: AtomicU64 = AtomicU64::new(0);

/// Searches that run now.
static RUNNING: AtomicU64 = AtomicU64::new(0);

/// Where the step was that was made last.
static LAST: AtomicPtr<Location<'static>> = AtomicPtr::new(std::ptr::null_mut());

/// What a real thread did, if one was seen.
static STRANGER: Mutex<Option<String>> = Mutex::new(None);

/// How often the watchdog looks. It counts its own looks, not the time, so that a machine that has
/// no time for either of them does not look like a check that hangs.
const LOOK: Duration = Duration::from_millis(50);

/// Looks without a step after which the model is taken to be blocked.
const PATIENCE: u32 = 60;

/// A step was made.
pub(crate) fn pulse() {
    PULSE.fetch_add(1, Ordering::Relaxed);
}

/// The step that is made next stands here.
pub(crate) fn at(source: Source) {
    LAST.store(std::ptr::from_ref(source).cast_mut(), Ordering::Relaxed);
}

/// A search runs as long as this lives.
pub(crate) struct Watch(());

impl Watch {
    /// Starts to watch. `blocked` is called, from a thread of its own, when no step comes any more.
    pub(crate) fn start(blocked: fn(Option<Source>)) -> Self {
        static ONCE: Once = Once::new();
        ONCE.call_once(|| {
            std::thread::spawn(move || watch(blocked));
        });
        RUNNING.fetch_add(1, Ordering::Relaxed);
        Self(())
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        RUNNING.fetch_sub(1, Ordering::Relaxed);
    }
}

fn watch(blocked: fn(Option<Source>)) {
    let (mut seen, mut looks) = (0, 0);
    loop {
        std::thread::sleep(LOOK);
        let pulse = PULSE.load(Ordering::Relaxed);
        looks = if pulse == seen && RUNNING.load(Ordering::Relaxed) > 0 { looks + 1 } else { 0 };
        seen = pulse;
        if looks >= PATIENCE {
            // SAFETY: only `at` writes it, and only references that live for ever.
            blocked(unsafe { LAST.load(Ordering::Relaxed).as_ref() });
            return;
        }
    }
}

/// A lock, atomic or thread of `sync` was used on a thread that is none of a model.
#[track_caller]
pub(crate) fn outside_of_a_model() -> ! {
    let message = "a lock, atomic or thread of `sync` was used outside of a model: in model builds \
                   they work only inside `model::check`, on threads that `sync::thread` started";
    if RUNNING.load(Ordering::Relaxed) > 0 && !engine::is_running() {
        let mut stranger = STRANGER.lock().unwrap_or_else(PoisonError::into_inner);
        stranger.get_or_insert_with(|| message.to_owned());
    }
    panic!("{message}")
}

/// Whether a real thread used what belongs to the model, since this was asked last.
pub(crate) fn saw_stranger() -> bool {
    STRANGER.lock().unwrap_or_else(PoisonError::into_inner).take().is_some()
}
