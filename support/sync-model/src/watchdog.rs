//! Notices threads and locks that the model does not control.
//!
//! A lock of the standard library that a thread of the model holds while another one wants it blocks
//! the one real thread on which all of them run: for ever. A real thread that uses a lock of `sync`
//! is not under the scheduler's control. Both are the same mistake, and both are reported before
//! the process hangs. A loop that never comes to a step may end or not: after some time of computing
//! the check is given up, because nobody else runs meanwhile.

use std::fs;
use std::hint::black_box;
use std::panic::Location;
use std::sync::atomic::{AtomicPtr, AtomicU64, Ordering};
use std::sync::{LazyLock, Mutex, MutexGuard, Once, PoisonError};
use std::time::{Duration, Instant};

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

/// When the first look was.
static START: LazyLock<Instant> = LazyLock::new(Instant::now);

/// How often the watchdog looks. It counts its own looks, not the time, so that a machine that has
/// no time for either of them does not look like a check that hangs.
const LOOK: Duration = Duration::from_millis(50);

/// Looks at which the model's thread sleeps, one after the other and without a step, after which it is
/// taken to be blocked.
const PATIENCE: u32 = 60;

/// Time of a processor without a step after which the model is given up, in milliseconds.
static COMPUTING: AtomicU64 = AtomicU64::new(0);

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
    /// For how long a thread has computed since then; `None`: it waits, and nobody will wake it.
    pub computes: Option<Duration>,
}

/// A search runs as long as this lives.
pub(crate) struct Watch(());

impl Watch {
    /// Starts to watch. `blocked` is called, from a thread of its own, when no step comes any more:
    /// because a thread waits, or has computed for so long.
    pub(crate) fn start(computing: Duration, blocked: fn(Halt)) -> Self {
        let computing = u64::try_from(computing.as_millis()).unwrap_or(u64::MAX);
        COMPUTING.store(computing, Ordering::Relaxed);
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
    let (mut pulse, mut begin, mut asleep) = (0, Duration::ZERO, 0);
    loop {
        std::thread::sleep(LOOK);
        let Seen { sleeps, worked } = look(&lock(&THREAD));
        let moved = PULSE.load(Ordering::Relaxed);
        if moved != pulse || RUNNING.load(Ordering::Relaxed) == 0 {
            (pulse, begin, asleep) = (moved, worked, 0);
            continue;
        }
        asleep = if sleeps { asleep + 1 } else { 0 };
        let computed = worked.saturating_sub(begin);
        let too_long = computed.as_millis() >= u128::from(COMPUTING.load(Ordering::Relaxed));
        if asleep >= PATIENCE || too_long {
            // SAFETY: only `at` writes it, and only references that live for ever.
            let after = unsafe { LAST.load(Ordering::Relaxed).as_ref() };
            return blocked(Halt { after, computes: too_long.then_some(computed) });
        }
    }
}

/// What a look at the model's thread shows.
struct Seen {
    sleeps: bool,
    /// For how long a processor has worked for it. A machine that has no time for it does not count.
    worked: Duration,
}

fn look(thread: &str) -> Seen {
    let read = |name| fs::read_to_string(format!("/proc/{thread}/{name}")).ok();
    // The state follows the name, which may itself hold spaces and brackets.
    let state = read("stat").and_then(|stat| stat.rsplit_once(") ")?.1.chars().next());
    let worked = read("schedstat").and_then(|times| times.split(' ').next()?.parse().ok());
    match (state, worked) {
        (Some(state), Some(worked)) => {
            Seen { sleeps: state == 'S', worked: Duration::from_nanos(worked) }
        }
        // Elsewhere it is not known: all time counts as work.
        _ => Seen { sleeps: false, worked: START.elapsed() },
    }
}

/// For how long a processor has worked for the calling thread; where that is not known, for how long it
/// could have.
pub(crate) fn worked() -> Duration {
    look("thread-self").worked
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
