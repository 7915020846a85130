//! What locks, atomics and threads of the model ask of the execution that runs.

use std::cell::{Cell, RefCell};
use std::panic::{AssertUnwindSafe, Location};
use std::rc::Rc;
use std::time::Duration;

use super::access::ObjectId;
use super::execution::Execution;
use super::intent::{Intent, Readiness};
use super::memory::Memory;
use super::outcome::{Ending, Settings, Stop};
use super::path::{Diverged, Path};
use super::stack::Handle;
use super::{MAX_THREADS, ThreadId};
use crate::trace::{Detail, Event, Kind, Panicked, Source, Trace};
use crate::{drop_site, local, watchdog};

/// See [`stale_limit`].
const MAX_STALE_READS: u32 = 2;

std::thread_local! {
    static EXECUTION: RefCell<Option<Execution>> = const { RefCell::new(None) };
    /// Whether there is one: can be asked while it is borrowed.
    static RUNNING: Cell<bool> = const { Cell::new(false) };
    /// How many there have been.
    static RUNS: Cell<u32> = const { Cell::new(0) };
}

pub(super) fn with<R>(use_it: impl FnOnce(&mut Execution) -> R) -> R {
    EXECUTION.with_borrow_mut(|execution| match execution {
        Some(execution) => use_it(execution),
        None => watchdog::outside_of_a_model(),
    })
}

/// Whether the calling thread is a thread of a model.
pub(crate) fn is_running() -> bool {
    RUNNING.get()
}

/// Runs `scenario` once along `path`.
pub(crate) fn run(
    scenario: Rc<dyn Fn()>,
    path: &mut Path,
    trace: &mut Trace,
    settings: Settings,
) -> Ending {
    trace.clear();
    let path_taken = std::mem::replace(path, Path::new(None));
    RUNS.set(RUNS.get().wrapping_add(1).max(1));
    let execution = Execution::new(RUNS.get(), path_taken, std::mem::take(trace), settings);
    EXECUTION.set(Some(execution));
    RUNNING.set(true);
    local::clear_all();
    with(|x| x.start_thread(None, Location::caller(), Box::new(move || main_thread(&*scenario))));
    while let Some(thread) = with(Execution::next) {
        let mut strand = with(|x| x.threads[thread].strand.take()).expect("it is not running yet");
        if strand.resume() {
            with(|x| x.threads[thread].strand = Some(strand));
        } else {
            strand.retire();
        }
    }
    RUNNING.set(false);
    let mut execution = EXECUTION.take().expect("it was put there above");
    for strand in execution.threads.iter_mut().filter_map(|thread| thread.strand.take()) {
        strand.retire();
    }
    *path = execution.path;
    *trace = execution.trace;
    let Execution { stop, current: thread, steps, .. } = execution;
    Ending { stop, thread, steps }
}

fn main_thread(scenario: &dyn Fn()) {
    let result = std::panic::catch_unwind(AssertUnwindSafe(scenario));
    local::clear(0);
    if result.is_err() {
        with(|x| {
            let last = x.trace.panics.len() - 1;
            x.stop.get_or_insert(Stop::Panic(last));
        });
    }
}

/// Makes a step: waits until the scheduler lets the calling thread make it, then does it.
pub(crate) fn perform<R>(
    intent: Intent,
    ready: &dyn Fn() -> Readiness,
    effect: impl FnOnce() -> (R, Detail),
) -> R {
    let here = 0_u8;
    let address = std::ptr::from_ref(&here).addr();
    match with(|x| x.announce(intent, ready, address)) {
        Ok(handle) => suspend(handle),
        Err(why) => {
            if matches!(why, Stop::Outlived { .. }) {
                record(intent, Detail::None);
            }
            stop(why)
        }
    }
    let (result, detail) = effect();
    record(intent, detail);
    result
}

fn suspend(handle: Handle) {
    // SAFETY: the handle was given to the body of the coroutine that runs now, which has not
    // returned: this call is part of it.
    unsafe { (*handle).suspend(()) }
}

/// Ends the execution; the calling thread never runs again.
pub(crate) fn stop(why: Stop) -> ! {
    let handle = with(|x| {
        x.stop.get_or_insert(why);
        x.threads[x.current].handle.expect("a thread that runs has a handle")
    });
    loop {
        suspend(handle);
    }
}

/// Whether the calling thread panics.
///
/// [`std::thread::panicking`] cannot say: for it all threads of the model are one.
pub fn panicking() -> bool {
    with(|x| {
        if !std::thread::panicking() {
            x.threads.iter_mut().for_each(|thread| thread.panicking = false);
        }
        x.threads[x.current].panicking
    })
}

/// The calling thread has caught its panic.
pub(crate) fn caught() {
    with(|x| x.threads[x.current].panicking = false);
}

/// Adds an event that is no step of its own.
pub(crate) fn record(intent: Intent, detail: Detail) {
    with(|x| {
        if x.settings.untraced {
            return;
        }
        let Intent { kind, object, also, source, .. } = intent;
        let thread = x.current;
        let unlocks = x.settings.locate_drops && kind == Kind::Unlock;
        let dropped_at = if unlocks { drop_site::find(source.file()) } else { None };
        x.trace.events.push(Event { thread, kind, object, also, source, dropped_at, detail });
    });
}

/// The thread that runs.
pub(crate) fn current() -> ThreadId {
    with(|x| x.current)
}

/// A number for a new object.
pub(crate) fn new_object() -> ObjectId {
    with(|x| {
        x.objects += 1;
        ObjectId { number: x.objects, run: x.run }
    })
}

/// Something that others can see is no longer what it was: those that poll look again.
pub(crate) fn changed() {
    with(Execution::changed);
}

/// The calling thread lets `thread` go on: whatever that thread does comes after this step.
pub(crate) fn wake(thread: ThreadId) {
    with(|x| {
        x.woken.push(thread);
        x.changed();
    });
}

/// One of `count` outcomes; each is tried.
pub(crate) fn choose(count: usize) -> usize {
    match with(|x| x.path.choose_outcome(count)) {
        Ok(outcome) => outcome,
        Err(Diverged) => stop(Stop::Nondeterminism),
    }
}

/// The number that the next thread will have.
pub(crate) fn next_thread() -> ThreadId {
    with(|x| x.threads.len())
}

/// What the calling thread does from now on comes after all that `thread`, which is done, did.
pub(crate) fn follow(thread: ThreadId) {
    with(|x| x.order.enable(thread, x.current));
}

/// Starts a thread of the model.
pub(crate) fn spawn(name: Option<String>, source: Source, body: Box<dyn FnOnce()>) -> ThreadId {
    let started =
        with(|x| (x.threads.len() < MAX_THREADS).then(|| x.start_thread(name, source, body)));
    started.unwrap_or_else(|| stop(Stop::TooManyThreads))
}

/// What happened in memory so far.
pub(crate) fn with_memory<R>(use_it: impl FnOnce(&mut Memory, &mut Path, ThreadId) -> R) -> R {
    with(|x| use_it(&mut x.memory, &mut x.path, x.current))
}

/// How often in a row a thread may read the same old value: memory is slow, but not for ever. In
/// programs without loops there is no limit.
pub(crate) fn stale_limit() -> Option<u32> {
    with(|x| (!x.settings.unfair).then_some(MAX_STALE_READS))
}

/// The virtual time since the execution began.
pub(crate) fn time() -> Duration {
    with(|x| x.time)
}

/// Time passes until `then`, at least.
pub(crate) fn pass_time(then: Duration) {
    with(|x| x.time = x.time.max(then));
}

/// Whether the calling thread may be woken once without reason.
pub(crate) fn may_wake_without_reason() -> bool {
    with(|x| x.settings.spurious && x.threads[x.current].spurious_wakes == 0)
}

/// The calling thread was woken without reason.
pub(crate) fn woke_without_reason() {
    with(|x| x.threads[x.current].spurious_wakes += 1);
}

/// Uses the trace of the execution.
pub(crate) fn with_trace<R>(use_it: impl FnOnce(&mut Trace) -> R) -> R {
    with(|x| use_it(&mut x.trace))
}

/// Takes note of a panic of the calling thread, from the panic hook.
pub(crate) fn panicked(panicked: Panicked) {
    with(|x| {
        let index = x.trace.panics.len();
        if panicked.broken.is_some() {
            x.stop.get_or_insert(Stop::Panic(index));
        }
        let (thread, source) = (x.current, Location::caller());
        x.threads[thread].panicking = true;
        x.trace.panics.push(Panicked { thread, ..panicked });
        let event = Event {
            thread,
            kind: Kind::Panic,
            object: None,
            also: None,
            source,
            dropped_at: None,
            detail: Detail::Text(index),
        };
        x.trace.events.push(event);
    });
}
