//! What locks, atomics and threads of the model ask of the execution that runs.

use std::panic::Location;
use std::time::Duration;

use super::access::ObjectId;
use super::execution::Execution;
use super::intent::{Intent, Readiness};
#[cfg(doc)]
use super::lessons::Lessons;
use super::memory::Memory;
use super::outcome::Stop;
use super::path::{Diverged, Path};
use super::session::{this_run, with};
use super::stack::{self, Handle};
use super::turn::only;
use super::twins::Body;
use super::{MAX_THREADS, ThreadId};
use crate::trace::{Began, Detail, Event, Kind, Panicked, Source, Trace, Value};
use crate::{drop_site, overflow};

/// See [`stale_limit`].
const MAX_STALE_READS: u32 = 2;

/// Whether the execution that runs has failed: no step is made any more.
pub(crate) fn is_over() -> bool {
    with(|x| x.stop.is_some())
}

/// The panic that the calling thread has just ended with: an index into the trace's.
pub(super) fn last_panic() -> usize {
    with(|x| {
        let lane = x.lane(x.current);
        let panics = &mut x.trace.panics;
        panics.iter().rposition(|panicked| panicked.thread == lane).unwrap_or_else(|| {
            // `resume_unwind` passes a panic on without telling the hook.
            panics.push(Panicked::unseen(lane));
            panics.len() - 1
        })
    })
}

/// The calling thread ends with a panic. Unless somebody waits for its end, the scenario fails.
pub(crate) fn ends_with_panic() {
    let panic = last_panic();
    with(|x| x.threads[x.current].panicked = Some(panic));
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
            if why == Stop::StackOverflow {
                // SAFETY: it is stopped here, and never runs again.
                unsafe { overflow::note() };
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

/// Ends the execution: the calling thread has panicked, and caught it, and that is what is wrong.
pub(crate) fn stop_with_panic() -> ! {
    caught();
    let panic = last_panic();
    stop(Stop::Panic(panic))
}

/// Whether the calling thread panics.
///
/// [`std::thread::panicking`] cannot say: for it all threads of the model are one.
pub fn panicking() -> bool {
    with(|x| {
        if !std::thread::panicking() {
            x.panicking = 0;
        }
        x.panicking & only(x.current) != 0
    })
}

/// The calling thread has caught its panic.
pub(crate) fn caught() {
    with(|x| x.panicking &= !only(x.current));
}

/// Adds an event that is no step of its own.
pub(crate) fn record(intent: Intent, detail: Detail) {
    with(|x| {
        if x.settings.untraced {
            return;
        }
        let Intent { kind, object, also, source, .. } = intent;
        let thread = x.lane(x.current);
        let drops = matches!(kind, Kind::Unlock | Kind::ArcDrop | Kind::WeakDrop);
        let dropped_at =
            if drops && x.settings.locate_drops { drop_site::find(source.file()) } else { None };
        let inside = None;
        let event = Event { thread, kind, object, also, source, dropped_at, inside, detail };
        x.trace.events.push(event);
    });
}

/// Adds to the event of the step that was just made what its object holds now, if that is asked for.
pub(crate) fn look_inside(value: impl FnOnce() -> Option<Value>) {
    if !with(|x| x.settings.look_inside) {
        return;
    }
    let Some(value) = value() else { return };
    with(|x| {
        let index = x.trace.values.len();
        if let Some(event) = x.trace.events.last_mut() {
            event.inside = Some(index);
            x.trace.values.push(value);
        }
    });
}

/// An object that the execution comes to for the first time is like this.
pub(crate) fn introduce(object: ObjectId, made: Began) {
    with(|x| {
        if x.settings.look_inside {
            x.trace.began.push((object, made));
        }
    });
}

/// The thread that runs.
pub(crate) fn current() -> ThreadId {
    with(|x| x.current)
}

/// The number of a thread in the order of their starts: its lane in the table.
pub(crate) fn lane(thread: ThreadId) -> usize {
    with(|x| x.lane(thread))
}

/// A number for a new object.
pub(super) fn new_object() -> ObjectId {
    with(|x| {
        x.objects += 1;
        ObjectId { number: x.objects, run: this_run() }
    })
}

/// What an earlier execution has made and left behind cannot be used again.
pub(crate) fn outlived(kind: Kind, source: Source) -> ! {
    record(Intent::new(kind, source), Detail::None);
    stop(Stop::Outlived { at: source })
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

/// The slot and the number that the next thread will have.
pub(crate) fn next_thread() -> (ThreadId, usize) {
    with(|x| (x.free_slot(), x.trace.names.len()))
}

/// What the calling thread does from now on comes after all that `thread`, which is done, did.
pub(crate) fn follow(thread: ThreadId) {
    with(|x| x.joined(thread));
}

/// Whether a thread has come to such a step on this object, and cannot make it yet.
pub(crate) fn is_awaited(kind: Kind, object: ObjectId) -> bool {
    with(|x| x.is_awaited(kind, object))
}

/// Starts a thread of the model, with at least so many bytes of stack.
pub(crate) fn spawn(
    name: Option<String>,
    stack_bytes: usize,
    source: Source,
    alike: Option<Body>,
    body: Box<dyn FnOnce()>,
) -> ThreadId {
    if with(|x| x.free_slot()) >= MAX_THREADS {
        // `body` stays on this thread's stack: what it owns may not be dropped in the middle of a step.
        stop(Stop::TooManyThreads);
    }
    stack::ask_for(stack_bytes);
    with(|x| x.start_thread(name, source, alike, body))
}

/// What happened in memory so far.
pub(crate) fn with_memory<R>(use_it: impl FnOnce(&mut Memory, &mut Path, ThreadId) -> R) -> R {
    with(|x| use_it(&mut x.memory, &mut x.path, x.current))
}

/// How often in a row the calling thread may read the same old value where it is: memory is slow, but not
/// for ever. That matters only where threads poll.
pub(crate) fn stale_limit() -> Option<u32> {
    with(|x| x.polls.then_some(MAX_STALE_READS))
}

/// The calling thread shares a lock with others, until it [`ends_to_share`].
pub(crate) fn begins_to_share() {
    with(|x| x.threads[x.current].shares += 1);
}

/// The calling thread gives back a lock that it shared.
pub(crate) fn ends_to_share() {
    with(|x| x.threads[x.current].shares -= 1);
}

/// Whether it makes a difference that a reader has to wait because a writer does: see [`Lessons`].
pub(crate) fn readers_wait() -> bool {
    with(|x| {
        let asks = match x.path.script() {
            Some(script) => script.readers_queue(),
            None => x.path.is_bounded() || x.path.known().readers_wait,
        };
        x.trace.readers_queue = asks;
        asks
    })
}

/// Somebody finds out which thread is which.
pub(crate) fn tell_apart() {
    with(Execution::tell_apart);
}

/// Whether loads may read old values.
pub(crate) fn is_weak() -> bool {
    with(|x| x.settings.weak)
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

/// Whether a step of the calling thread that may fail without reason does so: tried once for each thread.
pub(crate) fn fails_without_reason() -> bool {
    let may = with(|x| !x.threads[x.current].has_failed);
    let fails = may && choose(2) == 1;
    if fails {
        with(|x| x.threads[x.current].has_failed = true);
    }
    fails
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
        let (thread, source) = (x.lane(x.current), Location::caller());
        x.panicking |= only(x.current);
        x.trace.panics.push(Panicked { thread, ..panicked });
        let event = Event {
            thread,
            kind: Kind::Panic,
            object: None,
            also: None,
            source,
            dropped_at: None,
            inside: None,
            detail: Detail::Text(index),
        };
        x.trace.events.push(event);
    });
}
