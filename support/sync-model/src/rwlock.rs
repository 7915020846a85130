//! A lock that one writer holds at a time, or any number of readers.

use std::cell::UnsafeCell;
use std::marker::PhantomData;
use std::ops::{Deref, DerefMut};
use std::panic::{Location, RefUnwindSafe, UnwindSafe};
use std::sync::{LockResult, PoisonError, TryLockError, TryLockResult};

use crate::engine;
use crate::trace::{Kind, Source};
use crate::{plain, poison, statics};

use raw::Raw;

mod downgrade;
mod raw;
mod show;

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
    pub const fn new(value: T) -> Self {
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
        self.come(Kind::ReadLock, source);
        self.raw.read(source);
        self.read_guard(source)
    }

    /// Waits until nobody holds the lock, and takes it.
    ///
    /// # Errors
    /// If the lock is poisoned.
    #[track_caller]
    pub fn write(&self) -> LockResult<RwLockWriteGuard<'_, T>> {
        let source = Location::caller();
        self.come(Kind::WriteLock, source);
        self.raw.write(source);
        self.write_guard(source)
    }

    /// Shares the lock if no writer holds it now.
    ///
    /// # Errors
    /// If a writer holds it, or it is poisoned.
    #[track_caller]
    pub fn try_read(&self) -> TryLockResult<RwLockReadGuard<'_, T>> {
        let source = Location::caller();
        self.come(Kind::TryLock, source);
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
        self.come(Kind::TryLock, source);
        if self.raw.try_take(source, true) {
            self.write_guard(source).map_err(TryLockError::Poisoned)
        } else {
            Err(TryLockError::WouldBlock)
        }
    }

    /// Whether a thread panicked while it held the lock for writing.
    #[track_caller]
    pub fn is_poisoned(&self) -> bool {
        let source = Location::caller();
        self.come(Kind::IsPoisoned, source);
        poison::look(&self.raw.poisoned, self.raw.id(), source)
    }

    /// Forgets that a thread panicked.
    #[track_caller]
    pub fn clear_poison(&self) {
        let source = Location::caller();
        self.come(Kind::ClearPoison, source);
        poison::clear(&self.raw.poisoned, self.raw.id(), source);
    }

    /// The calling thread comes to the lock. What a `static` holds is at first what it always was.
    fn come(&self, kind: Kind, source: Source) {
        if !statics::begin(&self.data, self.raw.find()) {
            engine::outlived(kind, source);
        }
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

    /// Adds to the step that was just made what the lock holds.
    fn show(&self) {
        // SAFETY: no other thread has run since that step, so nobody has the data for writing: the
        // thread that made it has just taken the lock, or is about to be without it.
        engine::look_inside(|| unsafe { plain::value(self.data.get()) });
    }

    fn read_guard(&self, source: Source) -> LockResult<RwLockReadGuard<'_, T>> {
        self.show();
        let guard = RwLockReadGuard { lock: self, source, _not_send: PhantomData };
        if self.raw.poisoned.get() { Err(PoisonError::new(guard)) } else { Ok(guard) }
    }

    fn write_guard(&self, source: Source) -> LockResult<RwLockWriteGuard<'_, T>> {
        self.show();
        let panicking = engine::panicking();
        let guard = RwLockWriteGuard {
            lock: self,
            source,
            panicking,
            touched: false,
            _not_send: PhantomData,
        };
        if self.raw.poisoned.get() { Err(PoisonError::new(guard)) } else { Ok(guard) }
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
        self.lock.raw.give_back_shared(self.source);
        self.lock.show();
    }
}

impl<T: ?Sized> Drop for RwLockWriteGuard<'_, T> {
    fn drop(&mut self) {
        let poisons = engine::panicking() && !self.panicking;
        self.lock.raw.give_back(self.source, self.touched, poisons);
        self.lock.show();
    }
}

impl<T: Default> Default for RwLock<T> {
    fn default() -> Self {
        Self::new(T::default())
    }
}

impl<T> From<T> for RwLock<T> {
    fn from(value: T) -> Self {
        Self::new(value)
    }
}
