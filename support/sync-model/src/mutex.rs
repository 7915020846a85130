//! A lock that one thread holds at a time.

use std::cell::{Cell, UnsafeCell};
use std::marker::PhantomData;
use std::ops::{Deref, DerefMut};
use std::panic::{Location, RefUnwindSafe, UnwindSafe};
use std::sync::{LockResult, PoisonError, TryLockError, TryLockResult};

use crate::confined::Confined;
use crate::engine::{self, Found, Identity, Intent, Mode, ObjectId, Polling, Readiness, ThreadId};
use crate::trace::{Detail, Kind, Source};
use crate::{plain, poison, statics};

mod show;

/// The model's [`std::sync::Mutex`].
pub struct Mutex<T: ?Sized> {
    pub(crate) raw: RawMutex,
    data: UnsafeCell<T>,
}

// SAFETY: the data is reached by `&mut` or through a guard, and `RawMutex` lets one guard exist at a
// time, so sharing the mutex hands the data from thread to thread: `T: Send` is enough.
unsafe impl<T: ?Sized + Send> Sync for Mutex<T> {}

// Whoever may have left the data half changed has poisoned the mutex.
impl<T: ?Sized> UnwindSafe for Mutex<T> {}
impl<T: ?Sized> RefUnwindSafe for Mutex<T> {}

/// The model's [`std::sync::MutexGuard`].
#[must_use = "if unused the Mutex will immediately unlock"]
pub struct MutexGuard<'a, T: ?Sized> {
    mutex: &'a Mutex<T>,
    source: Source,
    /// Whether the thread was panicking already when it took the lock.
    panicking: bool,
    /// Whether the data was borrowed for writing.
    touched: bool,
    /// As in the standard library, a guard stays on its thread.
    _not_send: PhantomData<*const ()>,
}

// SAFETY: a shared guard gives out `&T` alone.
unsafe impl<T: ?Sized + Sync> Sync for MutexGuard<'_, T> {}

impl<T> Mutex<T> {
    /// A new mutex, unlocked.
    pub const fn new(value: T) -> Self {
        Self { raw: RawMutex::new(), data: UnsafeCell::new(value) }
    }

    /// The data; an error if a thread panicked while it held the lock.
    ///
    /// # Errors
    /// If the mutex is poisoned.
    pub fn into_inner(self) -> LockResult<T> {
        let poisoned = self.raw.poisoned.into_inner().into_inner();
        let data = self.data.into_inner();
        if poisoned { Err(PoisonError::new(data)) } else { Ok(data) }
    }
}

impl<T: ?Sized> Mutex<T> {
    /// Waits until the mutex is free, and takes it.
    ///
    /// # Errors
    /// If the mutex is poisoned: a thread panicked while it held the lock.
    #[track_caller]
    pub fn lock(&self) -> LockResult<MutexGuard<'_, T>> {
        let source = Location::caller();
        self.come(Kind::Lock, source);
        self.raw.lock(source);
        self.guard(source)
    }

    /// Takes the mutex if it is free now.
    ///
    /// # Errors
    /// If the mutex is held, or poisoned.
    #[track_caller]
    pub fn try_lock(&self) -> TryLockResult<MutexGuard<'_, T>> {
        let source = Location::caller();
        self.come(Kind::TryLock, source);
        if self.raw.try_lock(source) {
            self.guard(source).map_err(TryLockError::Poisoned)
        } else {
            Err(TryLockError::WouldBlock)
        }
    }

    /// Whether a thread panicked while it held the lock.
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

    /// The calling thread comes to the mutex. What a `static` holds is at first what it always was.
    fn come(&self, kind: Kind, source: Source) {
        let found = self.raw.find();
        if !statics::begin(&self.data, found) {
            engine::outlived(kind, source);
        }
    }

    /// The data, which nobody else can reach.
    ///
    /// # Errors
    /// If the mutex is poisoned.
    pub fn get_mut(&mut self) -> LockResult<&mut T> {
        let poisoned = *self.raw.poisoned.inner_mut().get_mut();
        let data = self.data.get_mut();
        if poisoned { Err(PoisonError::new(data)) } else { Ok(data) }
    }

    /// Adds to the step that was just made what the mutex holds.
    pub(crate) fn show(&self) {
        // SAFETY: no other thread has run since that step, and the one that made it has no reference to
        // the data: it has just taken the lock, or is about to be without it.
        engine::look_inside(|| unsafe { plain::value(self.data.get()) });
    }

    /// The guard of the lock that the calling thread has just taken.
    pub(crate) fn guard(&self, source: Source) -> LockResult<MutexGuard<'_, T>> {
        self.show();
        let guard = MutexGuard {
            mutex: self,
            source,
            panicking: engine::panicking(),
            touched: false,
            _not_send: PhantomData,
        };
        if self.raw.poisoned.get() { Err(PoisonError::new(guard)) } else { Ok(guard) }
    }
}

impl<'a, T: ?Sized> MutexGuard<'a, T> {
    /// Ends the guard without unlocking: a condition variable does that itself. Returns the mutex,
    /// where it was locked, and whether the data was written to.
    pub(crate) fn dissolve(self) -> (&'a Mutex<T>, Source, bool) {
        let parts = (self.mutex, self.source, self.touched);
        std::mem::forget(self);
        parts
    }
}

impl<T: ?Sized> Deref for MutexGuard<'_, T> {
    type Target = T;

    fn deref(&self) -> &T {
        // SAFETY: this guard is the only one, and lends the data out as it is lent itself.
        unsafe { &*self.mutex.data.get() }
    }
}

impl<T: ?Sized> DerefMut for MutexGuard<'_, T> {
    fn deref_mut(&mut self) -> &mut T {
        self.touched = true;
        // SAFETY: as above, and the guard is borrowed for writing.
        unsafe { &mut *self.mutex.data.get() }
    }
}

impl<T: ?Sized> Drop for MutexGuard<'_, T> {
    fn drop(&mut self) {
        let poisons = engine::panicking() && !self.panicking;
        self.mutex.raw.unlock(self.source, self.touched, poisons);
        self.mutex.show();
    }
}

/// The lock itself, without data.
pub(crate) struct RawMutex {
    identity: Identity,
    holder: Confined<Cell<Option<ThreadId>>>,
    poisoned: Confined<Cell<bool>>,
    /// Whether somebody found it locked, and may look again.
    tried: Confined<Cell<bool>>,
}

impl RawMutex {
    const fn new() -> Self {
        Self {
            identity: Identity::new(),
            holder: Confined::new(Cell::new(None)),
            poisoned: Confined::new(Cell::new(false)),
            tried: Confined::new(Cell::new(false)),
        }
    }

    /// What an execution finds that comes here. An earlier one's state is forgotten.
    fn find(&self) -> Found {
        let (_, found) = self.identity.find();
        if found == Found::Old {
            self.holder.set(None);
            self.poisoned.set(false);
            self.tried.set(false);
        }
        found
    }

    /// The lock's number, once the execution has come to it.
    pub(crate) fn id(&self) -> ObjectId {
        self.identity.find().0
    }

    pub(crate) fn is_free(&self) -> bool {
        self.holder.get().is_none()
    }

    /// The calling thread holds the lock from now on.
    pub(crate) fn take(&self) -> Detail {
        let id = self.id();
        self.holder.set(Some(engine::current()));
        engine::with_memory(|memory, _, thread| memory.acquire(thread, id));
        if self.poisoned.get() { Detail::Poisoned } else { Detail::None }
    }

    /// The lock is free from now on. `touched`: the data may have changed.
    pub(crate) fn give_back(&self, touched: bool) {
        let id = self.id();
        self.holder.set(None);
        engine::with_memory(|memory, _, thread| memory.release(thread, id));
        // Locking and unlocking alone is no progress: a thread that polls may do it for ever.
        if self.tried.take() || touched {
            engine::changed();
        }
    }

    fn lock(&self, source: Source) {
        let intent = Intent::new(Kind::Lock, source).on(self.id(), Mode::Write);
        let ready = || if self.is_free() { Readiness::Ready } else { Readiness::Blocked };
        engine::perform(intent.polling(Polling::Look), &ready, || ((), self.take()));
    }

    fn try_lock(&self, source: Source) -> bool {
        let intent = Intent::new(Kind::TryLock, source).on(self.id(), Mode::Try);
        let ready = || if self.is_free() { Readiness::Ready } else { Readiness::Idle };
        engine::perform(intent.polling(Polling::Look), &ready, || {
            let free = self.is_free();
            if free {
                self.take();
            } else {
                self.tried.set(true);
            }
            (free, Detail::Success(free))
        })
    }

    /// `poisons`: the thread panics, and did not when it took the lock.
    fn unlock(&self, source: Source, touched: bool, poisons: bool) {
        let intent = Intent::new(Kind::Unlock, source).on(self.id(), Mode::Release);
        engine::perform(intent, &engine::always, || {
            if poisons {
                self.poisoned.set(true);
            }
            self.give_back(touched || poisons);
            ((), Detail::GaveBack { touched })
        });
    }
}

impl<T: Default> Default for Mutex<T> {
    fn default() -> Self {
        Self::new(T::default())
    }
}

impl<T> From<T> for Mutex<T> {
    fn from(value: T) -> Self {
        Self::new(value)
    }
}
