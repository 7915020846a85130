//! Notices threads and locks that the model does not control.
//!
//! A lock of the standard library that a thread of the model holds while another one wants it blocks
//! the one real thread on which all of them run: for ever. A real thread that uses a lock of `sync`
//! is not under the scheduler's control. Both are the same mistake, and both are reported before
//! the process hangs. So is a loop that never comes to a step: nobody can end it, because nobody
//! else runs.

use std::fs;
use std::hint::black_box;
use std::panic::Location;
use std::sync::atomic::{AtomicPtr, AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, Once, PoisonError};
use std::time::Duration;

use crate::engine;
use crate::trace::Source;

/// Counts the steps of all executions.
static PULSE: AtomicU64 = AtomicU64::new(0);

/// Searches that run now.
static RUNNING: AtomicU64 = AtomicU64::new(0);

/// Where the step was that was made last.
static LAST: AtomicPtr<Location<'static>> = AtomicPtr::new(std::ptr::null_mut());

/// The real thread that began a search last, by its folder in `/proc`.
static THREAD: Mutex<String> = Mutex::new(String::new());

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

/// A model in which no step comes any more.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Halt {
    /// The last step.
    pub after: Option<Source>,
    /// Whether a thread runs, and does not wait. `None`: unknown on this machine.
    pub runs: Option<bool>,
}

/// A search runs as long as this lives.
pub(crate) struct Watch(());

impl Watch {
    /// Starts to watch. `blocked` is called, from a thread of its own, when no step comes any more.
    pub(crate) fn start(blocked: fn(Halt)) -> Self {
        static ONCE: Once = Once::new();
        ONCE.call_once(|| {
            std::thread::spawn(move || watch(blocked));
        });
        let thread = fs::read_link("/proc/thread-self").unwrap_or_default();
        *lock(&THREAD) = thread.display().to_string();
        RUNNING.fetch_add(1, Ordering::Relaxed);
        Self(())
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        RUNNING.fetch_sub(1, Ordering::Relaxed);
    }
}

/// Takes what the allocator keeps for this thread alone, and never gives it back: some of it lies
/// next to the memory of the thread that started this one. That thread may stop for ever while it
/// allocates (see `overflow`), and this one must be able to say so.
fn keep_apart() {
    for bytes in (16..=1_040).step_by(16) {
        (0..8).for_each(|_| std::mem::forget(black_box(Vec::<u8>::with_capacity(bytes))));
    }
}

fn watch(blocked: fn(Halt)) {
    keep_apart();
    let (mut seen, mut looks) = (0, 0);
    loop {
        std::thread::sleep(LOOK);
        let pulse = PULSE.load(Ordering::Relaxed);
        looks = if pulse == seen && RUNNING.load(Ordering::Relaxed) > 0 { looks + 1 } else { 0 };
        seen = pulse;
        if looks >= PATIENCE {
            // SAFETY: only `at` writes it, and only references that live for ever.
            let after = unsafe { LAST.load(Ordering::Relaxed).as_ref() };
            return blocked(Halt { after, runs: runs(&lock(&THREAD)) });
        }
    }
}

/// Whether this thread runs, or would if a processor were free.
fn runs(thread: &str) -> Option<bool> {
    let stat = fs::read_to_string(format!("/proc/{thread}/stat")).ok()?;
    // The state follows the name, which may itself hold spaces and brackets.
    let (_, rest) = stat.rsplit_once(") ")?;
    Some(rest.starts_with('R'))
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A lock, atomic or thread of `sync` was used on a thread that is none of a model.
#[track_caller]
pub(crate) fn outside_of_a_model() -> ! {
    let message = "a lock, atomic or thread of `sync` was used outside of a model: in model builds \
                   they work only inside `model::check`, on threads that `sync::thread` started";
    if RUNNING.load(Ordering::Relaxed) > 0 && !engine::is_running() {
        lock(&STRANGER).get_or_insert_with(|| message.to_owned());
    }
    panic!("{message}")
}

/// Whether a real thread used what belongs to the model, since this was asked last.
pub(crate) fn saw_stranger() -> bool {
    lock(&STRANGER).take().is_some()
}
