//! A lock that one writer holds at a time, or any number of readers.

use std::cell::{Cell, UnsafeCell};
use std::marker::PhantomData;
use std::ops::{Deref, DerefMut};
use std::panic::{Location, RefUnwindSafe, UnwindSafe};
use std::sync::{LockResult, PoisonError, TryLockError, TryLockResult};

use crate::confined::Confined;
use crate::engine::{self, Found, Identity, Intent, Mode, ObjectId, Polling, Readiness};
use crate::statics;
use crate::trace::{Detail, Kind, Source};

mod downgrade;
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
        let intent = Intent::new(Kind::IsPoisoned, source).on(self.raw.id(), Mode::Try);
        engine::perform(intent.polling(Polling::Look), &engine::always, || {
            (self.raw.poisoned.get(), Detail::Success(self.raw.poisoned.get()))
        })
    }

    /// Forgets that a thread panicked.
    #[track_caller]
    pub fn clear_poison(&self) {
        let source = Location::caller();
        self.come(Kind::ClearPoison, source);
        let intent = Intent::new(Kind::ClearPoison, source).on(self.raw.id(), Mode::Try);
        engine::perform(intent, &engine::always, || {
            self.raw.poisoned.set(false);
            engine::changed();
            ((), Detail::None)
        });
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

    fn read_guard(&self, source: Source) -> LockResult<RwLockReadGuard<'_, T>> {
        let guard = RwLockReadGuard { lock: self, source, _not_send: PhantomData };
        if self.raw.poisoned.get() { Err(PoisonError::new(guard)) } else { Ok(guard) }
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
    }
}

impl<T: ?Sized> Drop for RwLockWriteGuard<'_, T> {
    fn drop(&mut self) {
        let poisons = engine::panicking() && !self.panicking;
        self.lock.raw.give_back(self.source, self.touched, poisons);
    }
}

/// The lock itself, without data.
struct Raw {
    /// Passes on what writers did, and stands for the lock in the table.
    identity: Identity,
    /// Passes on what readers saw, to writers alone.
    readers_identity: Identity,
    writer: Confined<Cell<bool>>,
    readers: Confined<Cell<usize>>,
    poisoned: Confined<Cell<bool>>,
    /// Whether somebody found it locked, and may look again.
    tried: Confined<Cell<bool>>,
}

impl Raw {
    const fn new() -> Self {
        Self {
            identity: Identity::new(),
            readers_identity: Identity::new(),
            writer: Confined::new(Cell::new(false)),
            readers: Confined::new(Cell::new(0)),
            poisoned: Confined::new(Cell::new(false)),
            tried: Confined::new(Cell::new(false)),
        }
    }

    /// What an execution finds that comes here. An earlier one's state is forgotten.
    fn find(&self) -> Found {
        let (_, found) = self.identity.find();
        if found == Found::Old {
            self.writer.set(false);
            self.readers.set(0);
            self.poisoned.set(false);
            self.tried.set(false);
        }
        found
    }

    fn id(&self) -> ObjectId {
        self.identity.find().0
    }

    fn readers_id(&self) -> ObjectId {
        self.readers_identity.find().0
    }

    fn is_free(&self, for_writing: bool) -> bool {
        let readers_bar = for_writing && self.readers.get() > 0;
        !(self.writer.get() || readers_bar)
    }

    fn hold(&self, for_writing: bool) -> Detail {
        if for_writing {
            self.writer.set(true);
        } else {
            self.readers.set(self.readers.get() + 1);
        }
        let (id, readers_id) = (self.id(), self.readers_id());
        engine::with_memory(|memory, _, thread| {
            memory.acquire(thread, id);
            if for_writing {
                memory.acquire(thread, readers_id);
            }
        });
        if self.poisoned.get() { Detail::Poisoned } else { Detail::None }
    }

    fn write(&self, source: Source) {
        let ready = || if self.is_free(true) { Readiness::Ready } else { Readiness::Blocked };
        let intent = Intent::new(Kind::WriteLock, source).on(self.id(), Mode::Write);
        engine::perform(intent.polling(Polling::Look), &ready, || ((), self.hold(true)));
    }

    /// Shares the lock. If others share it already and a writer waits for them, the standard library
    /// leaves open whether one more may come in; both are tried.
    fn read(&self, source: Source) {
        let ready = || if self.is_free(false) { Readiness::Ready } else { Readiness::Blocked };
        let intent = || Intent::new(Kind::ReadLock, source).on(self.id(), Mode::Read);
        let is_in = engine::perform(intent().polling(Polling::Look), &ready, || {
            if self.may_be_kept_out() {
                return (false, Detail::KeptOut);
            }
            (true, self.hold(false))
        });
        if !is_in {
            let ready = || {
                let writers_first = self.readers.get() > 0;
                if self.is_free(false) && !writers_first {
                    Readiness::Ready
                } else {
                    Readiness::Blocked
                }
            };
            engine::perform(intent(), &ready, || ((), self.hold(false)));
        }
    }

    /// Whether a reader that comes now is one too many for a writer that waits.
    fn may_be_kept_out(&self) -> bool {
        self.readers.get() > 0
            && engine::is_awaited(Kind::WriteLock, self.id())
            && engine::choose(2) == 1
    }

    fn try_take(&self, source: Source, for_writing: bool) -> bool {
        let intent = Intent::new(Kind::TryLock, source).on(self.id(), Mode::Try);
        engine::perform(intent.polling(Polling::Look), &engine::always, || {
            let free = self.is_free(for_writing) && (for_writing || !self.may_be_kept_out());
            if free {
                self.hold(for_writing);
            } else {
                self.tried.set(true);
            }
            (free, Detail::Success(free))
        })
    }

    fn give_back(&self, source: Source, touched: bool, poisons: bool) {
        let intent = Intent::new(Kind::Unlock, source).on(self.id(), Mode::Release);
        engine::perform(intent, &engine::always, || {
            self.writer.set(false);
            if poisons {
                self.poisoned.set(true);
            }
            self.pass_on(self.id(), touched || poisons);
            ((), Detail::None)
        });
    }

    fn give_back_shared(&self, source: Source) {
        let intent = Intent::new(Kind::Unlock, source).on(self.id(), Mode::ReleaseShared);
        engine::perform(intent, &engine::always, || {
            self.readers.set(self.readers.get() - 1);
            self.pass_on(self.readers_id(), false);
            ((), Detail::None)
        });
    }

    fn pass_on(&self, id: ObjectId, touched: bool) {
        engine::with_memory(|memory, _, thread| memory.release(thread, id));
        if self.tried.take() || touched {
            engine::changed();
        }
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
