//! Storage that each thread of the model has for itself.

use std::any::Any;
use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::fmt;
use std::rc::Rc;

use crate::engine::{self, ThreadId};
use crate::thread::Thread;

std::thread_local! {
    static LOCALS: RefCell<HashMap<(ThreadId, usize), Rc<dyn Any>>> = RefCell::default();
    static HANDLES: RefCell<HashMap<ThreadId, Thread>> = RefCell::default();
}

/// Forgets the values of the execution before.
pub(crate) fn clear_all() {
    // Only an execution that failed leaves values, and their destructors may need its threads.
    std::mem::forget(LOCALS.take());
    HANDLES.take();
}

/// Drops the values of a thread that ends.
pub(crate) fn clear(thread: ThreadId) {
    loop {
        let key = LOCALS.with_borrow(|locals| locals.keys().copied().find(|key| key.0 == thread));
        // A destructor may use other values: they are dropped one by one, outside of the borrow.
        match key {
            Some(key) => drop(LOCALS.with_borrow_mut(|locals| locals.remove(&key))),
            None => break,
        }
    }
}

/// The calling thread's handle; made on first use.
pub(crate) fn handle(make: impl FnOnce(usize) -> Thread) -> Thread {
    let id = engine::current();
    if let Some(thread) = HANDLES.with_borrow(|handles| handles.get(&id).cloned()) {
        return thread;
    }
    let thread = make(engine::lane(id));
    set_handle(thread.clone());
    thread
}

/// Sets the calling thread's handle.
pub(crate) fn set_handle(thread: Thread) {
    HANDLES.with_borrow_mut(|handles| handles.insert(engine::current(), thread));
}

/// Declares values of which each thread has its own: [`std::thread_local!`], for the model.
#[macro_export]
macro_rules! thread_local {
    () => {};
    ($(#[$attr:meta])* $vis:vis static $name:ident : $type:ty = const $init:block $(; $($rest:tt)*)?) => {
        $(#[$attr])* $vis static $name: $crate::thread::LocalKey<$type> =
            $crate::thread::LocalKey::new(|| $init);
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

/// The model's [`std::thread::AccessError`]. In the model it does not happen.
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
    pub fn with<F, R>(&'static self, use_it: F) -> R
    where
        F: FnOnce(&T) -> R,
    {
        let key = (engine::current(), std::ptr::from_ref(self).addr());
        let known = LOCALS.with_borrow(|locals| locals.get(&key).cloned());
        let value = known.unwrap_or_else(|| {
            // Outside of the borrow: it may use other values.
            let value: Rc<dyn Any> = Rc::new((self.init)());
            LOCALS.with_borrow_mut(|locals| locals.insert(key, Rc::clone(&value)));
            value
        });
        use_it(value.downcast_ref().expect("a key stands for values of one type"))
    }

    /// Lends out the calling thread's value.
    ///
    /// # Errors
    /// Never in the model.
    pub fn try_with<F, R>(&'static self, use_it: F) -> Result<R, AccessError>
    where
        F: FnOnce(&T) -> R,
    {
        Ok(self.with(use_it))
    }
}

impl<T: 'static> LocalKey<Cell<T>> {
    /// Replaces the value.
    pub fn set(&'static self, value: T) {
        self.with(|cell| cell.set(value));
    }

    /// A copy of the value.
    #[must_use]
    pub fn get(&'static self) -> T
    where
        T: Copy,
    {
        self.with(Cell::get)
    }

    /// Takes the value out and leaves the default.
    #[must_use]
    pub fn take(&'static self) -> T
    where
        T: Default,
    {
        self.with(Cell::take)
    }

    /// Replaces the value and returns the one before.
    #[must_use]
    pub fn replace(&'static self, value: T) -> T {
        self.with(|cell| cell.replace(value))
    }
}

impl<T: 'static> LocalKey<RefCell<T>> {
    /// Lends out the value for reading.
    pub fn with_borrow<F, R>(&'static self, use_it: F) -> R
    where
        F: FnOnce(&T) -> R,
    {
        self.with(|cell| use_it(&cell.borrow()))
    }

    /// Lends out the value for writing.
    pub fn with_borrow_mut<F, R>(&'static self, use_it: F) -> R
    where
        F: FnOnce(&mut T) -> R,
    {
        self.with(|cell| use_it(&mut cell.borrow_mut()))
    }

    /// Replaces the value.
    pub fn set(&'static self, value: T) {
        self.with(|cell| *cell.borrow_mut() = value);
    }

    /// Takes the value out and leaves the default.
    #[must_use]
    pub fn take(&'static self) -> T
    where
        T: Default,
    {
        self.with(RefCell::take)
    }

    /// Replaces the value and returns the one before.
    #[must_use]
    pub fn replace(&'static self, value: T) -> T {
        self.with(|cell| cell.replace(value))
    }
}

impl<T: 'static> fmt::Debug for LocalKey<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LocalKey").finish_non_exhaustive()
    }
}
