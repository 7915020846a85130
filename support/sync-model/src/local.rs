//! Storage that each thread of the model has for itself.

use std::any::Any;
use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::fmt;
use std::mem::needs_drop;
use std::rc::Rc;

use crate::engine::{self, ThreadId};
use crate::thread::Thread;

std::thread_local! {
    /// In the order in which they were made.
    static LOCALS: RefCell<Vec<Local>> = const { RefCell::new(Vec::new()) };
    static HANDLES: RefCell<HashMap<ThreadId, Thread>> = RefCell::default();
}

/// A thread's value.
struct Local {
    thread: ThreadId,
    /// The address of its key.
    key: usize,
    /// `None`: its destructor runs, or has run.
    value: Option<Rc<dyn Any>>,
    /// Whether it has a destructor. If not, it can be used to the end.
    drops: bool,
}

/// Forgets the values of the execution before.
pub(crate) fn clear_all() {
    // Only an execution that failed leaves values, and their destructors may need its threads.
    std::mem::forget(LOCALS.take());
    HANDLES.take();
}

/// Drops the values of a thread that ends.
pub(crate) fn clear(thread: ThreadId) {
    let next = || {
        LOCALS.with_borrow_mut(|locals| {
            let mut own = locals.iter_mut().filter(|local| local.thread == thread && local.drops);
            // The last one first, as the standard library does.
            own.rfind(|local| local.value.is_some()).and_then(|local| local.value.take())
        })
    };
    // A destructor may use other values, or make some: they are dropped one by one, outside of the
    // borrow.
    while let Some(value) = next() {
        drop(value);
    }
    // The next thread may have the same number.
    LOCALS.with_borrow_mut(|locals| locals.retain(|local| local.thread != thread));
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

/// The model's [`std::thread::AccessError`].
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
    /// If the value's destructor runs or has run, because the thread ends.
    pub fn with<F, R>(&'static self, use_it: F) -> R
    where
        F: FnOnce(&T) -> R,
    {
        or_panic(self.try_with(use_it))
    }

    /// Lends out the calling thread's value.
    ///
    /// # Errors
    /// If the value's destructor runs or has run, because the thread ends.
    pub fn try_with<F, R>(&'static self, use_it: F) -> Result<R, AccessError>
    where
        F: FnOnce(&T) -> R,
    {
        self.lend(self.init, use_it)
    }

    /// Lends out the calling thread's value; that of `init`, if it has none yet.
    fn lend<R>(
        &'static self,
        init: impl FnOnce() -> T,
        use_it: impl FnOnce(&T) -> R,
    ) -> Result<R, AccessError> {
        let (thread, key) = (engine::current(), std::ptr::from_ref(self).addr());
        let known = LOCALS.with_borrow(|locals| {
            let own = locals.iter().find(|local| local.thread == thread && local.key == key);
            own.map(|local| local.value.clone())
        });
        let value = known.unwrap_or_else(|| {
            // Outside of the borrow: it may use other values.
            let value: Rc<dyn Any> = Rc::new(init());
            let (held, drops) = (Some(Rc::clone(&value)), needs_drop::<T>());
            let local = Local { thread, key, value: held, drops };
            LOCALS.with_borrow_mut(|locals| locals.push(local));
            Some(value)
        });
        let value = value.ok_or(AccessError)?;
        Ok(use_it(value.downcast_ref().expect("a key stands for values of one type")))
    }

    /// Replaces the value, with `replace` if there is one already.
    fn begin_with(&'static self, value: T, replace: impl FnOnce(&T, T)) {
        let value = Cell::new(Some(value));
        let init = || value.take().expect("it is asked for once");
        or_panic(self.lend(init, |old| {
            if let Some(new) = value.take() {
                replace(old, new);
            }
        }));
    }
}

fn or_panic<R>(lent: Result<R, AccessError>) -> R {
    lent.unwrap_or_else(|error| {
        let when = "during or after destruction";
        panic!("cannot access a Thread Local Storage value {when}: {error:?}")
    })
}

impl<T: 'static> LocalKey<Cell<T>> {
    /// Replaces the value. The key's own first value is not made if there is none yet.
    pub fn set(&'static self, value: T) {
        self.begin_with(Cell::new(value), |cell, value| cell.set(value.into_inner()));
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

    /// Replaces the value. The key's own first value is not made if there is none yet.
    pub fn set(&'static self, value: T) {
        self.begin_with(RefCell::new(value), |cell, value| {
            *cell.borrow_mut() = value.into_inner();
        });
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
