//! Sleeping until another thread says otherwise, without a lock.

use std::cell::{Cell, RefCell};
use std::panic::Location;
use std::time::Duration;

use super::current;
use crate::confined::Confined;
use crate::engine::{self, Intent, Mode, ObjectId, Polling, Readiness, ThreadId};
use crate::trace::{Detail, Kind, Reason, Source};

/// Sleeps until the thread's token is there, and takes it.
#[track_caller]
pub fn park() {
    current().inner.token.park(None, Location::caller());
}

/// Sleeps until the thread's token is there, but not longer than `timeout`.
#[track_caller]
pub fn park_timeout(timeout: Duration) {
    current().inner.token.park(Some(timeout), Location::caller());
}

/// What `unpark` leaves and `park` takes: there is one or none.
pub(super) struct Token {
    object: ObjectId,
    there: Confined<Cell<bool>>,
    sleeper: Confined<RefCell<Option<ThreadId>>>,
}

impl Token {
    pub(super) fn new() -> Self {
        Self {
            object: engine::new_object(),
            there: Confined::default(),
            sleeper: Confined::default(),
        }
    }

    pub(super) fn unpark(&self, source: Source) {
        // Two who leave the token do not compete: in any order, one is there afterwards.
        let intent = Intent::new(Kind::Unpark, source).on(self.object, Mode::Read);
        engine::perform(intent, &engine::always, || {
            self.there.set(true);
            engine::with_memory(|memory, _, thread| memory.release(thread, self.object));
            let sleeper = self.sleeper.take();
            sleeper.into_iter().for_each(engine::wake);
            engine::changed();
            ((), Detail::Woken { count: usize::from(sleeper.is_some()), first: sleeper })
        });
    }

    fn park(&self, timeout: Option<Duration>, source: Source) {
        let end = timeout.and_then(|timeout| engine::time().checked_add(timeout));
        let there = self.there.get();
        if !there {
            self.sleeper.replace(Some(engine::current()));
        }
        let ready = || match end {
            _ if self.there.get() => Readiness::Ready,
            Some(end) => Readiness::Late(end),
            None => Readiness::Blocked,
        };
        let polling = if end.is_some() { Polling::Yield } else { Polling::No };
        let intent = Intent::new(Kind::Park, source)
            .on(self.object, Mode::Write)
            .polling(polling)
            .dormant(!there && end.is_none());
        engine::perform(intent, &ready, || {
            self.sleeper.take();
            let reason = if self.there.take() { Reason::Notified } else { Reason::TimedOut };
            match end {
                Some(end) if reason == Reason::TimedOut => engine::pass_time(end),
                _ => engine::with_memory(|memory, _, thread| memory.acquire(thread, self.object)),
            }
            ((), Detail::Woke(reason))
        });
    }
}
