//! Who held which lock when the execution ended, and who waited for whom.

use std::collections::HashMap;

use super::owners;
use crate::engine::{ObjectId, ThreadId};
use crate::trace::{Detail, Event, Kind, Pending, Source, Trace};

/// A lock that is held.
#[derive(Debug, Clone, Copy)]
pub(super) struct Hold {
    pub thread: ThreadId,
    pub since: Source,
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

/// The locks that were held at the end.
pub(super) fn holds(trace: &Trace) -> HashMap<ObjectId, Hold> {
    let mut holds = HashMap::new();
    for event in &trace.events {
        let hold = Hold { thread: event.thread, since: event.source };
        match (event.kind, event.object, event.also) {
            (Kind::Lock | Kind::ReadLock | Kind::WriteLock, Some(lock), _) => {
                holds.insert(lock, hold);
            }
            (Kind::TryLock, Some(lock), _) if event.detail == Detail::Success(true) => {
                holds.insert(lock, hold);
            }
            (Kind::Unlock, Some(lock), _) | (Kind::Wait, _, Some(lock)) => {
                holds.remove(&lock);
            }
            (Kind::Wake, _, Some(lock)) => {
                holds.insert(lock, hold);
            }
            _ => {}
        }
    }
    holds
}

/// Why this thread cannot go on.
pub(super) fn obstacle(
    pending: &Pending,
    holds: &HashMap<ObjectId, Hold>,
    trace: &Trace,
) -> Obstacle {
    match pending.kind {
        Kind::Lock | Kind::ReadLock | Kind::WriteLock => {
            let hold = pending.object.and_then(|lock| holds.get(&lock));
            hold.map_or(Obstacle::None, |hold| Obstacle::Lock(*hold))
        }
        Kind::Wake => {
            let hold = pending.also.and_then(|lock| holds.get(&lock));
            match hold {
                Some(hold) if was_notified(pending, trace) => Obstacle::Lock(*hold),
                _ => Obstacle::Sleep,
            }
        }
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
