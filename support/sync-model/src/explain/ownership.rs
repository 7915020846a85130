//! Who held which lock when the execution ended, and who waited for whom.

use std::collections::HashMap;

use super::{owners, source};
use crate::engine::{ObjectId, ThreadId};
use crate::trace::{Detail, Event, Kind, Pending, Source, Trace};

/// A lock that is held.
#[derive(Debug, Clone, Copy)]
pub(super) struct Hold {
    pub thread: ThreadId,
    pub since: Source,
    /// With others, who read.
    pub shared: bool,
}

/// Why a thread cannot go on.
#[derive(Debug, Clone, Copy)]
pub(super) enum Obstacle {
    /// It wants a lock that is held.
    Lock(Hold),
    /// It waits for another thread's end.
    Thread(ThreadId),
    /// It sleeps until somebody wakes it.
    Sleep,
    /// It polls.
    Poll,
    /// Nothing: it could go on.
    None,
}

/// The locks that were held at the end, and by whom: readers may be several.
pub(super) type Holds = HashMap<ObjectId, Vec<Hold>>;

/// The locks that were held at the end.
pub(super) fn holds(trace: &Trace) -> Holds {
    let mut holds = Holds::new();
    trace.events.iter().for_each(|event| follow(&mut holds, event));
    holds
}

/// Who holds which lock after this event.
pub(super) fn follow(holds: &mut Holds, event: &Event) {
    let shared = reads(event);
    let hold = Hold { thread: event.thread, since: event.source, shared };
    match (event.kind, event.object, event.also) {
        (Kind::ReadLock, ..) if event.detail == Detail::KeptOut => {}
        (Kind::TryLock, ..) if event.detail != Detail::Success(true) => {}
        (Kind::Lock | Kind::ReadLock | Kind::WriteLock | Kind::TryLock, Some(lock), _) => {
            let holders = holds.entry(lock).or_default();
            // A writer that goes on as a reader.
            holders.retain(|held| held.shared || !shared);
            holders.push(hold);
        }
        (Kind::Unlock, Some(lock), _) | (Kind::Wait, _, Some(lock)) => {
            let holders = holds.entry(lock).or_default();
            if let Some(last) = holders.iter().rposition(|held| held.thread == event.thread) {
                holders.remove(last);
            }
        }
        (Kind::Wake, _, Some(lock)) => holds.entry(lock).or_default().push(hold),
        _ => {}
    }
}

/// Whether it takes a lock to read, with others.
pub(super) fn reads(event: &Event) -> bool {
    match event.kind {
        Kind::ReadLock => true,
        Kind::TryLock => source::method(event.source).is_some_and(|method| method == "try_read"),
        _ => false,
    }
}

/// Who holds what this thread waits for; it itself, if it does.
fn holder(lock: Option<ObjectId>, pending: &Pending, holds: &Holds) -> Option<Hold> {
    let holders = holds.get(&lock?)?;
    let own = holders.iter().find(|held| held.thread == pending.thread);
    own.or(holders.first()).copied()
}

/// Why this thread cannot go on.
pub(super) fn obstacle(pending: &Pending, holds: &Holds, trace: &Trace) -> Obstacle {
    match pending.kind {
        Kind::Lock | Kind::ReadLock | Kind::WriteLock => {
            holder(pending.object, pending, holds).map_or(Obstacle::None, Obstacle::Lock)
        }
        Kind::Wake => match holder(pending.also, pending, holds) {
            Some(hold) if was_notified(pending, trace) => Obstacle::Lock(hold),
            _ => Obstacle::Sleep,
        },
        Kind::Join => {
            let target = joined(pending, trace);
            target.map_or(Obstacle::None, Obstacle::Thread)
        }
        Kind::Park
        | Kind::BarrierLeave
        | Kind::Receive
        | Kind::Send
        | Kind::HandOver
        | Kind::Once
        | Kind::Sleep => Obstacle::Sleep,
        Kind::Yield | Kind::Load | Kind::CompareExchange | Kind::Update | Kind::TryLock => {
            Obstacle::Poll
        }
        kind if owners::looks(kind) => Obstacle::Poll,
        _ => Obstacle::None,
    }
}

/// The thread whose end this one waits for.
fn joined(pending: &Pending, trace: &Trace) -> Option<ThreadId> {
    let ends = trace.lives.iter().find(|(object, _)| Some(*object) == pending.object);
    ends.map(|(_, thread)| *thread)
}

/// Whether the thread was told to wake up, and only lacks the lock.
fn was_notified(pending: &Pending, trace: &Trace) -> bool {
    let mine = |event: &&Event| event.thread == pending.thread && event.kind == Kind::Wait;
    let Some(asleep) = trace.events.iter().rposition(|event| mine(&event)) else { return false };
    trace.events[asleep..].iter().any(|event| {
        event.object == pending.object
            && match event.detail {
                Detail::Woken { first: Some(thread), count } => {
                    thread == pending.thread || (event.kind == Kind::NotifyAll && count > 0)
                }
                _ => false,
            }
    })
}
