//! How a lock and its guards show themselves.

use std::fmt;
use std::panic::Location;

use super::{Raw, RwLock, RwLockReadGuard, RwLockWriteGuard};
use crate::engine;
use crate::trace::Kind;

/// Shows the data if no writer holds the lock. To look is no step.
impl<T: ?Sized + fmt::Debug> fmt::Debug for RwLock<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut out = f.debug_struct("RwLock");
        if !engine::is_running() {
            return out.finish_non_exhaustive();
        }
        self.come(Kind::TryLock, Location::caller());
        match Look::at(&self.raw) {
            // SAFETY: no writer holds the lock, and none takes it as long as `_look` lives.
            Some(_look) => out.field("data", &unsafe { &*self.data.get() }),
            None => out.field("data", &format_args!("<locked>")),
        };
        out.field("poisoned", &self.raw.poisoned.get()).finish_non_exhaustive()
    }
}

/// While it lives, the calling thread is a reader: to show the data may need steps of its own.
struct Look<'a>(&'a Raw);

impl<'a> Look<'a> {
    fn at(raw: &'a Raw) -> Option<Self> {
        raw.is_free(false).then(|| {
            raw.readers.set(raw.readers.get() + 1);
            Self(raw)
        })
    }
}

impl Drop for Look<'_> {
    fn drop(&mut self) {
        self.0.readers.set(self.0.readers.get() - 1);
        if self.0.tried.take() {
            engine::changed();
        }
    }
}

impl<T: ?Sized + fmt::Debug> fmt::Debug for RwLockReadGuard<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}

impl<T: ?Sized + fmt::Debug> fmt::Debug for RwLockWriteGuard<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}

impl<T: ?Sized + fmt::Display> fmt::Display for RwLockReadGuard<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}

impl<T: ?Sized + fmt::Display> fmt::Display for RwLockWriteGuard<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}
