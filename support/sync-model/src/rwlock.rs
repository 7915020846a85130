//! A lock that one writer holds at a time, or any number of readers.

use std::cell::{Cell, UnsafeCell};
use std::fmt;
use std::marker::PhantomData;
use std::ops::{Deref, DerefMut};
use std::panic::{Location, RefUnwindSafe, UnwindSafe};
use std::sync::{LockResult, PoisonError, TryLockError, TryLockResult};

use crate::confined::Confined;
use crate::engine::{self, Intent, Mode, ObjectId, Polling, Readiness};
use crate::trace::{Detail, Kind, Source};

/// The model's [`std::sync::RwLock`].
pub struct RwLock<T: ?Sized> {
    raw: Raw,
    data: UnsafeCell<T>,
}

// SAFETY: as for the standard library's: the data is lent to one writer or to readers only, so it
// must be able to move between threads, and to be shared by them.
unsafe impl<T: ?Sized + Send + Sync> Sync for RwLock<T> {}

// Whoever may have left the data half changed has poisoned the lock.
impl<T: ?Sized> UnwindSafe for RwLock<T> {}
impl<T: ?Sized> RefUnwindSafe for RwLock<T> {}

/// The model's [`std::sync::RwLockReadGuard`].
#[must_use = "if unused the RwLock will immediately unlock"]
pub struct RwLockReadGuard<'a, T: ?Sized> {
    lock: &'a RwLock<T>,
    source: Source,
    /// As in the standard library, a guard stays on its thread, and is as safe to see past a panic as
    /// the data: others can read it meanwhile.
    _not_send: PhantomData<*const T>,
}

/// The model's [`std::sync::RwLockWriteGuard`].
#[must_use = "if unused the RwLock will immediately unlock"]
pub struct RwLockWriteGuard<'a, T: ?Sized> {
    lock: &'a RwLock<T>,
    source: Source,
    panicking: bool,
    touched: bool,
    _not_send: PhantomData<*const ()>,
}

// SAFETY: a shared guard gives out `&T` alone.
unsafe impl<T: ?Sized + Sync> Sync for RwLockReadGuard<'_, T> {}
// SAFETY: as above.
unsafe impl<T: ?Sized + Sync> Sync for RwLockWriteGuard<'_, T> {}

impl<T> RwLock<T> {
    /// A new lock, unlocked.
    #[track_caller]
    pub fn new(value: T) -> Self {
        Self { raw: Raw::new(), data: UnsafeCell::new(value) }
    }

    /// The data.
    ///
    /// # Errors
    /// If the lock is poisoned.
    pub fn into_inner(self) -> LockResult<T> {
        let poisoned = self.raw.poisoned.into_inner().into_inner();
        let data = self.data.into_inner();
        if poisoned { Err(PoisonError::new(data)) } else { Ok(data) }
    }
}

impl<T: ?Sized> RwLock<T> {
    /// Waits until no writer holds the lock, and shares it.
    ///
    /// # Errors
    /// If the lock is poisoned: a thread panicked while it held it for writing.
    #[track_caller]
    pub fn read(&self) -> LockResult<RwLockReadGuard<'_, T>> {
        let source = Location::caller();
        self.raw.take(source, Kind::ReadLock, false);
        self.read_guard(source)
    }

    /// Waits until nobody holds the lock, and takes it.
    ///
    /// # Errors
    /// If the lock is poisoned.
    #[track_caller]
    pub fn write(&self) -> LockResult<RwLockWriteGuard<'_, T>> {
        let source = Location::caller();
        self.raw.take(source, Kind::WriteLock, true);
        self.write_guard(source)
    }

    /// Shares the lock if no writer holds it now.
    ///
    /// # Errors
    /// If a writer holds it, or it is poisoned.
    #[track_caller]
    pub fn try_read(&self) -> TryLockResult<RwLockReadGuard<'_, T>> {
        let source = Location::caller();
        if self.raw.try_take(source, false) {
            self.read_guard(source).map_err(TryLockError::Poisoned)
        } else {
            Err(TryLockError::WouldBlock)
        }
    }

    /// Takes the lock if nobody holds it now.
    ///
    /// # Errors
    /// If somebody holds it, or it is poisoned.
    #[track_caller]
    pub fn try_write(&self) -> TryLockResult<RwLockWriteGuard<'_, T>> {
        let source = Location::caller();
        if self.raw.try_take(source, true) {
            self.write_guard(source).map_err(TryLockError::Poisoned)
        } else {
            Err(TryLockError::WouldBlock)
        }
    }

    /// Whether a thread panicked while it held the lock for writing.
    pub fn is_poisoned(&self) -> bool {
        self.raw.poisoned.get()
    }

    /// Forgets that a thread panicked.
    pub fn clear_poison(&self) {
        self.raw.poisoned.set(false);
    }

    /// The data, which nobody else can reach.
    ///
    /// # Errors
    /// If the lock is poisoned.
    pub fn get_mut(&mut self) -> LockResult<&mut T> {
        let poisoned = *self.raw.poisoned.inner_mut().get_mut();
        let data = self.data.get_mut();
        if poisoned { Err(PoisonError::new(data)) } else { Ok(data) }
    }

    fn read_guard(&self, source: Source) -> LockResult<RwLockReadGuard<'_, T>> {
        let guard = RwLockReadGuard { lock: self, source, _not_send: PhantomData };
        if self.is_poisoned() { Err(PoisonError::new(guard)) } else { Ok(guard) }
    }

    fn write_guard(&self, source: Source) -> LockResult<RwLockWriteGuard<'_, T>> {
        let panicking = engine::panicking();
        let guard = RwLockWriteGuard {
            lock: self,
            source,
            panicking,
            touched: false,
            _not_send: PhantomData,
        };
        if self.is_poisoned() { Err(PoisonError::new(guard)) } else { Ok(guard) }
    }
}

impl<T: ?Sized> Deref for RwLockReadGuard<'_, T> {
    type Target = T;

    fn deref(&self) -> &T {
        // SAFETY: as long as this guard lives there is no write guard.
        unsafe { &*self.lock.data.get() }
    }
}

impl<T: ?Sized> Deref for RwLockWriteGuard<'_, T> {
    type Target = T;

    fn deref(&self) -> &T {
        // SAFETY: as long as this guard lives there is no other.
        unsafe { &*self.lock.data.get() }
    }
}

impl<T: ?Sized> DerefMut for RwLockWriteGuard<'_, T> {
    fn deref_mut(&mut self) -> &mut T {
        self.touched = true;
        // SAFETY: as above, and the guard is borrowed for writing.
        unsafe { &mut *self.lock.data.get() }
    }
}

impl<T: ?Sized> Drop for RwLockReadGuard<'_, T> {
    fn drop(&mut self) {
        self.lock.raw.give_back(self.source, false, false);
    }
}

impl<T: ?Sized> Drop for RwLockWriteGuard<'_, T> {
    fn drop(&mut self) {
        if engine::panicking() && !self.panicking {
            self.lock.raw.poisoned.set(true);
        }
        self.lock.raw.give_back(self.source, true, self.touched);
    }
}

/// The lock itself, without data.
struct Raw {
    /// Passes on what writers did, and stands for the lock in the table.
    id: ObjectId,
    /// Passes on what readers saw, to writers alone.
    readers_id: ObjectId,
    writer: Confined<Cell<bool>>,
    readers: Confined<Cell<usize>>,
    poisoned: Confined<Cell<bool>>,
    /// Whether somebody found it locked, and may look again.
    tried: Confined<Cell<bool>>,
}

impl Raw {
    fn new() -> Self {
        Self {
            id: engine::new_object(),
            readers_id: engine::new_object(),
            writer: Confined::default(),
            readers: Confined::default(),
            poisoned: Confined::default(),
            tried: Confined::default(),
        }
    }

    fn is_free(&self, for_writing: bool) -> bool {
        let readers_bar = for_writing && self.readers.get() > 0;
        !(self.writer.get() || readers_bar)
    }

    fn hold(&self, for_writing: bool) {
        if for_writing {
            self.writer.set(true);
        } else {
            self.readers.set(self.readers.get() + 1);
        }
        engine::with_memory(|memory, _, thread| {
            memory.acquire(thread, self.id);
            if for_writing {
                memory.acquire(thread, self.readers_id);
            }
        });
    }

    fn take(&self, source: Source, kind: Kind, for_writing: bool) {
        let mode = if for_writing { Mode::Write } else { Mode::Read };
        let ready = || {
            if self.is_free(for_writing) { Readiness::Ready } else { Readiness::Blocked }
        };
        let intent = Intent::new(kind, source).on(self.id, mode).polling(Polling::Look);
        engine::perform(intent, &ready, || {
            self.hold(for_writing);
            ((), if self.poisoned.get() { Detail::Poisoned } else { Detail::None })
        });
    }

    fn try_take(&self, source: Source, for_writing: bool) -> bool {
        let intent = Intent::new(Kind::TryLock, source).on(self.id, Mode::Try);
        engine::perform(intent.polling(Polling::Look), &engine::always, || {
            let free = self.is_free(for_writing);
            if free {
                self.hold(for_writing);
            } else {
                self.tried.set(true);
            }
            (free, Detail::Success(free))
        })
    }

    fn give_back(&self, source: Source, for_writing: bool, touched: bool) {
        let intent = Intent::new(Kind::Unlock, source).on(self.id, Mode::Release);
        engine::perform(intent, &engine::always, || {
            let passes_on = if for_writing {
                self.writer.set(false);
                self.id
            } else {
                self.readers.set(self.readers.get() - 1);
                self.readers_id
            };
            engine::with_memory(|memory, _, thread| memory.release(thread, passes_on));
            if self.tried.take() || touched {
                engine::changed();
            }
            ((), Detail::None)
        });
    }
}

impl<T: Default> Default for RwLock<T> {
    #[track_caller]
    fn default() -> Self {
        Self::new(T::default())
    }
}

impl<T> From<T> for RwLock<T> {
    #[track_caller]
    fn from(value: T) -> Self {
        Self::new(value)
    }
}

impl<T: ?Sized + fmt::Debug> fmt::Debug for RwLock<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RwLock").finish_non_exhaustive()
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

impl<'a, T: ?Sized> RwLockWriteGuard<'a, T> {
    /// Goes on reading what was written: no other writer comes in between, but readers may.
    #[must_use = "if unused the RwLock will immediately unlock"]
    #[track_caller]
    pub fn downgrade(guard: Self) -> RwLockReadGuard<'a, T> {
        let (lock, locked_at, touched) = (guard.lock, guard.source, guard.touched);
        // It is not to unlock.
        std::mem::forget(guard);
        lock.raw.share(Location::caller(), touched);
        let guard = lock.read_guard(locked_at);
        guard.unwrap_or_else(PoisonError::into_inner)
    }
}

impl Raw {
    /// The writer is a reader from now on.
    fn share(&self, source: Source, touched: bool) {
        let intent = Intent::new(Kind::ReadLock, source).on(self.id, Mode::Release);
        engine::perform(intent, &engine::always, || {
            self.writer.set(false);
            engine::with_memory(|memory, _, thread| memory.release(thread, self.id));
            self.hold(false);
            if self.tried.take() || touched {
                engine::changed();
            }
            ((), Detail::None)
        });
    }
}
