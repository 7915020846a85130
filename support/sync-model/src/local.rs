//! Storage that each thread of the model has for itself.

use std::any::Any;
use std::cell::{Cell, RefCell};
use std::fmt;
use std::rc::Rc;

use crate::engine::{self, MAX_THREADS};
use crate::thread::Thread;

pub(crate) use store::end_thread;

mod store;

std::thread_local! {
    /// By thread.
    static HANDLES: RefCell<[Option<Thread>; MAX_THREADS]> =
        const { RefCell::new([const { None }; MAX_THREADS]) };
}

/// Forgets what an execution that has ended leaves.
pub(crate) fn forget_all() {
    store::forget_all();
    HANDLES.with_borrow_mut(|handles| handles.fill_with(|| None));
}

/// The calling thread's handle; made on first use.
pub(crate) fn handle(make: impl FnOnce(usize) -> Thread) -> Thread {
    let id = engine::current();
    if let Some(thread) = HANDLES.with_borrow(|handles| handles[id].clone()) {
        return thread;
    }
    let thread = make(engine::lane(id));
    set_handle(thread.clone());
    thread
}

/// Sets the calling thread's handle.
pub(crate) fn set_handle(thread: Thread) {
    HANDLES.with_borrow_mut(|handles| handles[engine::current()] = Some(thread));
}

/// Declares values of which each thread has its own: [`std::thread_local!`], for the model.
#[macro_export]
macro_rules! thread_local {
    () => {};
    ($(#[$attr:meta])* $vis:vis static $name:ident : $type:ty = const $init:block $(; $($rest:tt)*)?) => {
        $(#[$attr])* $vis static $name: $crate::thread::LocalKey<$type> =
            $crate::thread::LocalKey::new(|| const $init);
        $($crate::thread_local!($($rest)*);)?
    };
    ($(#[$attr:meta])* $vis:vis static $name:ident : $type:ty = $init:expr $(; $($rest:tt)*)?) => {
        $(#[$attr])* $vis static $name: $crate::thread::LocalKey<$type> =
            $crate::thread::LocalKey::new(|| $init);
        $($crate::thread_local!($($rest)*);)?
    };
}

/// The model's [`std::thread::LocalKey`].
pub struct LocalKey<T: 'static> {
    init: fn() -> T,
}

/// The model's [`std::thread::AccessError`].
#[non_exhaustive]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AccessError;

impl fmt::Display for AccessError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("already destroyed")
    }
}

impl std::error::Error for AccessError {}

impl<T: 'static> LocalKey<T> {
    #[doc(hidden)]
    #[must_use]
    pub const fn new(init: fn() -> T) -> Self {
        Self { init }
    }

    /// Lends out the calling thread's value.
    ///
    /// # Panics
    /// If the value is being dropped, or was.
    #[track_caller]
    pub fn with<F, R>(&'static self, use_it: F) -> R
    where
        F: FnOnce(&T) -> R,
    {
        self.try_with(use_it).unwrap_or_else(|error| gone(error))
    }

    /// Lends out the calling thread's value.
    ///
    /// # Errors
    /// If the value is being dropped, or was.
    pub fn try_with<F, R>(&'static self, use_it: F) -> Result<R, AccessError>
    where
        F: FnOnce(&T) -> R,
    {
        let value = match store::get(self.key())? {
            Some(value) => value,
            None => self.put((self.init)()),
        };
        Ok(use_it(value.downcast_ref().expect("a key stands for values of one type")))
    }

    /// Makes `value` the first one, or has `set` make it the next.
    #[track_caller]
    fn initialise_with(&'static self, value: T, set: impl FnOnce(&T, T)) {
        match store::get(self.key()) {
            Ok(Some(known)) => {
                let known = known.downcast_ref();
                set(known.expect("a key stands for values of one type"), value);
            }
            Ok(None) => drop(self.put(value)),
            Err(error) => gone(error),
        }
    }

    fn put(&'static self, value: T) -> Rc<dyn Any> {
        let value: Rc<dyn Any> = Rc::new(value);
        store::put(self.key(), Rc::clone(&value), std::mem::needs_drop::<T>());
        value
    }

    /// What tells this key from the others.
    fn key(&'static self) -> usize {
        std::ptr::from_ref(self).addr()
    }
}

/// In the standard library's own words.
#[track_caller]
fn gone(error: AccessError) -> ! {
    panic!("cannot access a Thread Local Storage value during or after destruction: {error:?}")
}

impl<T: 'static> LocalKey<Cell<T>> {
    /// Sets the value. Unlike the other functions, it does not make the first one before that.
    #[track_caller]
    pub fn set(&'static self, value: T) {
        self.initialise_with(Cell::new(value), |cell, value| cell.set(value.into_inner()));
    }

    /// A copy of the value.
    #[must_use]
    #[track_caller]
    pub fn get(&'static self) -> T
    where
        T: Copy,
    {
        self.with(Cell::get)
    }

    /// Takes the value out and leaves the default.
    #[track_caller]
    pub fn take(&'static self) -> T
    where
        T: Default,
    {
        self.with(Cell::take)
    }

    /// Replaces the value and returns the one before.
    #[track_caller]
    pub fn replace(&'static self, value: T) -> T {
        self.with(|cell| cell.replace(value))
    }
}

impl<T: 'static> LocalKey<RefCell<T>> {
    /// Lends out the value for reading.
    #[track_caller]
    pub fn with_borrow<F, R>(&'static self, use_it: F) -> R
    where
        F: FnOnce(&T) -> R,
    {
        self.with(|cell| use_it(&cell.borrow()))
    }

    /// Lends out the value for writing.
    #[track_caller]
    pub fn with_borrow_mut<F, R>(&'static self, use_it: F) -> R
    where
        F: FnOnce(&mut T) -> R,
    {
        self.with(|cell| use_it(&mut cell.borrow_mut()))
    }

    /// Sets the value. Unlike the other functions, it does not make the first one before that.
    #[track_caller]
    pub fn set(&'static self, value: T) {
        self.initialise_with(RefCell::new(value), |cell, value| {
            *cell.borrow_mut() = value.into_inner();
        });
    }

    /// Takes the value out and leaves the default.
    #[track_caller]
    pub fn take(&'static self) -> T
    where
        T: Default,
    {
        self.with(RefCell::take)
    }

    /// Replaces the value and returns the one before.
    #[track_caller]
    pub fn replace(&'static self, value: T) -> T {
        self.with(|cell| cell.replace(value))
    }
}

impl<T: 'static> fmt::Debug for LocalKey<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LocalKey").finish_non_exhaustive()
    }
}
