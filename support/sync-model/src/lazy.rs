//! A value that is made when it is first asked for.

use std::cell::UnsafeCell;
use std::fmt;
use std::ops::{Deref, DerefMut};
use std::panic::{Location, RefUnwindSafe, UnwindSafe};

use crate::once::Once;
use crate::trace::{Kind, Source};
use crate::{engine, statics};

/// The model's [`std::sync::LazyLock`].
pub struct LazyLock<T, F = fn() -> T> {
    once: Once,
    data: UnsafeCell<Data<T, F>>,
}

enum Data<T, F> {
    New(F),
    /// It is being made, or making it has panicked.
    Taken,
    Made(T),
}

// SAFETY: `once` lets one thread at a time change the data, and nobody once the value is made: only
// then it is shared. Another thread than the one that made the lock may call `F` and drop the value.
unsafe impl<T: Send + Sync, F: Send> Sync for LazyLock<T, F> {}

// As for the standard library's: the function is called once, and a panic in it is not forgotten.
impl<T: RefUnwindSafe + UnwindSafe, F: UnwindSafe> RefUnwindSafe for LazyLock<T, F> {}
impl<T: UnwindSafe, F: UnwindSafe> UnwindSafe for LazyLock<T, F> {}

impl<T, F: FnOnce() -> T> LazyLock<T, F> {
    /// A value that `make` will make.
    pub const fn new(make: F) -> Self {
        Self { once: Once::new(), data: UnsafeCell::new(Data::New(make)) }
    }

    /// The value; made now if this is the first time.
    ///
    /// # Panics
    /// If making it panics, or has panicked before.
    #[track_caller]
    pub fn force(this: &Self) -> &T {
        this.make(Location::caller());
        this.made().expect("`once` is done")
    }

    /// The value, which nobody else can reach; made now if this is the first time.
    ///
    /// # Panics
    /// If making it panics, or has panicked before.
    #[track_caller]
    pub fn force_mut(this: &mut Self) -> &mut T {
        this.make(Location::caller());
        Self::get_mut(this).expect("`once` is done")
    }

    fn make(&self, source: Source) {
        self.come(source);
        self.once.call(source, true, |_| {
            // SAFETY: `once` lets no other thread in before this closure is done, and a value that
            // is lent out is never changed: `once` is done then, and does not call this.
            let data = || unsafe { &mut *self.data.get() };
            // `make` runs with no reference to the data: it may use this lock, and wait in vain.
            let Data::New(make) = std::mem::replace(data(), Data::Taken) else {
                panic!("LazyLock instance has previously been poisoned");
            };
            let value = make();
            *data() = Data::Made(value);
        });
    }
}

impl<T, F> LazyLock<T, F> {
    /// The value, if it is made.
    #[must_use]
    #[track_caller]
    pub fn get(this: &Self) -> Option<&T> {
        let source = Location::caller();
        this.come(source);
        if this.once.look(source) { this.made() } else { None }
    }

    /// The value, which nobody else can reach, if it is made.
    #[must_use]
    pub fn get_mut(this: &mut Self) -> Option<&mut T> {
        match this.data.get_mut() {
            Data::Made(value) => Some(value),
            Data::New(_) | Data::Taken => None,
        }
    }

    /// The calling thread comes to the lock. The value of a `static` is made anew in each execution.
    fn come(&self, source: Source) {
        if !statics::begin(&self.data, self.once.find()) {
            engine::outlived(Kind::Once, source);
        }
    }

    fn made(&self) -> Option<&T> {
        // SAFETY: no thread changes the data now, because threads of the model take turns and `make`
        // keeps no reference over a step. If the value is made, nobody changes it any more.
        match unsafe { &*self.data.get() } {
            Data::Made(value) => Some(value),
            Data::New(_) | Data::Taken => None,
        }
    }
}

impl<T, F: FnOnce() -> T> Deref for LazyLock<T, F> {
    type Target = T;

    #[track_caller]
    fn deref(&self) -> &T {
        Self::force(self)
    }
}

impl<T, F: FnOnce() -> T> DerefMut for LazyLock<T, F> {
    #[track_caller]
    fn deref_mut(&mut self) -> &mut T {
        Self::force_mut(self)
    }
}

impl<T: Default> Default for LazyLock<T> {
    fn default() -> Self {
        Self::new(T::default)
    }
}

/// Shows the value if it is made. To look is no step.
impl<T: fmt::Debug, F> fmt::Debug for LazyLock<T, F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut out = f.debug_tuple("LazyLock");
        if !engine::is_running() {
            return out.finish_non_exhaustive();
        }
        self.come(Location::caller());
        match self.made() {
            Some(value) => out.field(value),
            None => out.field(&format_args!("<uninit>")),
        };
        out.finish()
    }
}
