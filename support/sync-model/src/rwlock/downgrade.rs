//! A writer that goes on as a reader.

use std::panic::Location;
use std::sync::PoisonError;

use super::{Raw, RwLockReadGuard, RwLockWriteGuard};
use crate::engine::{self, Intent, Mode};
use crate::trace::{Kind, Source};

impl<'a, T: ?Sized> RwLockWriteGuard<'a, T> {
    /// Goes on reading what was written: no other writer comes in between, but readers may.
    #[must_use = "if unused the RwLock will immediately unlock"]
    #[track_caller]
    pub fn downgrade(guard: Self) -> RwLockReadGuard<'a, T> {
        let (lock, locked_at, touched) = (guard.lock, guard.source, guard.touched);
        // It is not to unlock.
        std::mem::forget(guard);
        lock.raw.share(Location::caller(), touched);
        // As in the standard library, to downgrade says nothing of poison: to lock did.
        lock.read_guard(locked_at).unwrap_or_else(PoisonError::into_inner)
    }
}

impl Raw {
    /// The writer is a reader from now on.
    fn share(&self, source: Source, touched: bool) {
        let intent = Intent::new(Kind::ReadLock, source).on(self.id(), Mode::Release);
        engine::perform(intent, &engine::always, || {
            self.writer.set(false);
            self.pass_on(self.id(), touched);
            ((), self.hold(false))
        });
    }
}
