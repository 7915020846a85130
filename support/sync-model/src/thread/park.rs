//! Sleeping until another thread says otherwise, without a lock.

use std::cell::{Cell, RefCell};
use std::panic::Location;
use std::time::Duration;

use super::this;
use crate::confined::Confined;
use crate::engine::{self, Identity, Intent, Mode, ObjectId, Polling, Readiness, ThreadId};
use crate::trace::{Detail, Kind, Reason, Source};

/// Sleeps until the thread's token is there, and takes it.
#[track_caller]
pub fn park() {
    this().inner.token.park(None, Location::caller());
}

/// Sleeps until the thread's token is there, but not longer than `timeout`.
#[track_caller]
pub fn park_timeout(timeout: Duration) {
    this().inner.token.park(Some(timeout), Location::caller());
}

/// What `unpark` leaves and `park` takes: there is one or none.
pub(super) struct Token {
    identity: Identity,
    there: Confined<Cell<bool>>,
    sleeper: Confined<RefCell<Option<ThreadId>>>,
}

impl Token {
    pub(super) fn new() -> Self {
        Self { identity: Identity::new(), there: Confined::default(), sleeper: Confined::default() }
    }

    fn id(&self) -> ObjectId {
        self.identity.find().0
    }

    pub(super) fn unpark(&self, source: Source) {
        let id = self.id();
        // In any order one token is there afterwards, but whoever leaves it first is the one that wakes.
        let intent = Intent::new(Kind::Unpark, source).on(id, Mode::Write);
        let ready = || if self.there.get() { Readiness::Idle } else { Readiness::Ready };
        engine::perform(intent, &ready, || {
            self.there.set(true);
            engine::with_memory(|memory, _, thread| memory.release(thread, id));
            let sleeper = self.sleeper.take();
            sleeper.into_iter().for_each(engine::wake);
            engine::changed();
            let first = sleeper.map(engine::lane);
            ((), Detail::Woken { count: usize::from(first.is_some()), first })
        });
    }

    fn park(&self, timeout: Option<Duration>, source: Source) {
        let end = timeout.and_then(|timeout| engine::time().checked_add(timeout));
        let there = self.there.get();
        if !there {
            self.sleeper.replace(Some(engine::current()));
        }
        let spurious = engine::may_wake_without_reason();
        let ready = || match end {
            _ if self.there.get() => Readiness::Ready,
            Some(end) => Readiness::Late(end),
            None if spurious => Readiness::Spurious,
            None => Readiness::Blocked,
        };
        let polling = if end.is_some() { Polling::Yield } else { Polling::No };
        let id = self.id();
        let intent = Intent::new(Kind::Park, source)
            .on(id, Mode::Write)
            .polling(polling)
            .dormant(!there && end.is_none() && !spurious);
        engine::perform(intent, &ready, || {
            self.sleeper.take();
            let reason = match end {
                _ if self.there.take() => Reason::Notified,
                Some(end) if !(spurious && engine::choose(2) == 1) => {
                    engine::pass_time(end);
                    Reason::TimedOut
                }
                _ => {
                    engine::woke_without_reason();
                    Reason::Spurious
                }
            };
            if reason == Reason::Notified {
                engine::with_memory(|memory, _, thread| memory.acquire(thread, id));
            }
            ((), Detail::Woke(reason))
        });
    }
}
