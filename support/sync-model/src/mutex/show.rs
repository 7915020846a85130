//! How a mutex and its guard show themselves.

use std::fmt;
use std::panic::Location;

use super::{Mutex, MutexGuard, RawMutex};
use crate::engine;
use crate::trace::Kind;

/// Shows the data if nobody holds the lock. To look is no step: a note in the trace costs no schedule.
impl<T: ?Sized + fmt::Debug> fmt::Debug for Mutex<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut out = f.debug_struct("Mutex");
        if !engine::is_running() {
            return out.finish_non_exhaustive();
        }
        self.come(Kind::TryLock, Location::caller());
        match Look::at(&self.raw) {
            // SAFETY: nobody holds the lock, and nobody takes it as long as `_look` lives.
            Some(_look) => out.field("data", &unsafe { &*self.data.get() }),
            // In quotation marks, as the standard library has it.
            None => out.field("data", &"<locked>"),
        };
        out.field("poisoned", &self.raw.poisoned.get()).finish_non_exhaustive()
    }
}

/// While it lives, the calling thread holds the lock: to show the data may need steps of its own.
struct Look<'a>(&'a RawMutex);

impl<'a> Look<'a> {
    fn at(raw: &'a RawMutex) -> Option<Self> {
        raw.is_free().then(|| {
            raw.holder.set(Some(engine::current()));
            Self(raw)
        })
    }
}

impl Drop for Look<'_> {
    fn drop(&mut self) {
        self.0.holder.set(None);
        if self.0.tried.take() {
            engine::changed();
        }
    }
}

impl<T: ?Sized + fmt::Debug> fmt::Debug for MutexGuard<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}

impl<T: ?Sized + fmt::Display> fmt::Display for MutexGuard<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}
