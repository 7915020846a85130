//! State that only the threads of a model touch.

use std::cell::Cell;
use std::ops::Deref;
use std::panic::RefUnwindSafe;

use crate::{engine, watchdog};

/// A value that is `Send` and `Sync` because only the threads of a model can reach it.
///
/// What is held of the learner's own is so for every type: a facade type that puts it in here says
/// itself for which types it is `Send` and `Sync`.
#[derive(Default)]
pub(crate) struct Confined<T>(T);

// SAFETY: the value is reached by `Deref` alone, which panics unless the calling thread of the
// operating system runs a model. One such thread does so at a time (`engine::Session`), and all threads
// of a model are coroutines on it, so no two accesses happen at the same time, not even to a value in a
// `static` that two models reach one after the other. A value that outlives its model may be dropped anywhere, by its
// last owner, as any value may whose parts are all plain memory.
unsafe impl<T> Send for Confined<T> {}
// SAFETY: as above.
unsafe impl<T> Sync for Confined<T> {}

// What steps change is whole after each step, and no step panics in the middle. As for the standard
// library's locks and atomics, that the value has a `Cell` inside is no reason to warn.
impl<T> RefUnwindSafe for Confined<T> {}

impl<T> Confined<T> {
    pub(crate) const fn new(value: T) -> Self {
        Self(value)
    }

    /// The value, which nobody else can reach.
    pub(crate) fn inner_mut(&mut self) -> &mut T {
        &mut self.0
    }

    /// The value.
    pub(crate) fn into_inner(self) -> T {
        self.0
    }
}

impl<T: Copy> Confined<Cell<T>> {
    /// The value, at compile time too.
    pub(crate) const fn into_copy(self) -> T {
        self.0.into_inner()
    }
}

impl<T> Deref for Confined<T> {
    type Target = T;

    fn deref(&self) -> &T {
        if !engine::is_running() {
            watchdog::outside_of_a_model();
        }
        &self.0
    }
}
