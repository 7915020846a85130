//! Threads that may borrow, because a scope outlives them.

use std::cell::RefCell;
use std::fmt;
use std::marker::PhantomData;
use std::panic::{AssertUnwindSafe, Location, catch_unwind, resume_unwind};
use std::sync::Arc;

use super::{Builder, JoinHandle, Life, Result, Thread};
use crate::confined::Confined;
use crate::trace::Source;

/// The model's [`std::thread::Scope`].
pub struct Scope<'scope, 'env: 'scope> {
    threads: Confined<RefCell<Vec<Arc<Life>>>>,
    scope: PhantomData<&'scope mut &'scope ()>,
    env: PhantomData<&'env mut &'env ()>,
}

/// The model's [`std::thread::ScopedJoinHandle`].
pub struct ScopedJoinHandle<'scope, T> {
    handle: JoinHandle<T>,
    scope: PhantomData<&'scope mut &'scope ()>,
}

// SAFETY: the result lies in `Confined`, and one thread takes it, by value: it must be able to move
// there from the thread that made it.
unsafe impl<T: Send> Send for ScopedJoinHandle<'_, T> {}
// SAFETY: as above. A shared handle does not lend the result out.
unsafe impl<T: Send> Sync for ScopedJoinHandle<'_, T> {}

/// Runs `body`, which may start threads in the scope it is given, and waits for all of them.
///
/// # Panics
/// If `body` panics, or a thread that was not joined.
#[track_caller]
pub fn scope<'env, F, T>(body: F) -> T
where
    F: for<'scope> FnOnce(&'scope Scope<'scope, 'env>) -> T,
{
    let source = Location::caller();
    let scope = Scope { threads: Confined::default(), scope: PhantomData, env: PhantomData };
    let result = catch_unwind(AssertUnwindSafe(|| body(&scope)));
    let mut panicked = false;
    // A thread of the scope may start another one while this one waits.
    while let Some(life) = scope.pop() {
        if !life.joined.get() {
            life.join(source);
            panicked |= life.panicked.get();
        }
    }
    match result {
        Err(panic) => resume_unwind(panic),
        Ok(_) if panicked => panic!("a scoped thread panicked"),
        Ok(value) => value,
    }
}

impl<'scope, 'env> Scope<'scope, 'env> {
    /// Starts a thread in the scope.
    #[track_caller]
    pub fn spawn<F, T>(&'scope self, body: F) -> ScopedJoinHandle<'scope, T>
    where
        F: FnOnce() -> T + Send + 'scope,
        T: Send + 'scope,
    {
        self.start(Builder::new(), Location::caller(), body)
    }

    pub(super) fn start<F, T>(
        &'scope self,
        builder: Builder,
        source: Source,
        body: F,
    ) -> ScopedJoinHandle<'scope, T>
    where
        F: FnOnce() -> T + Send + 'scope,
        T: Send + 'scope,
    {
        let handle = super::start(builder, source, body);
        self.threads.borrow_mut().push(Arc::clone(&handle.life));
        ScopedJoinHandle { handle, scope: PhantomData }
    }

    /// The thread that was started first, of those that were not looked at.
    fn pop(&self) -> Option<Arc<Life>> {
        let mut threads = self.threads.borrow_mut();
        (!threads.is_empty()).then(|| threads.remove(0))
    }
}

impl<T> ScopedJoinHandle<'_, T> {
    /// Waits until the thread is done. An error holds what it panicked with.
    ///
    /// # Errors
    /// If the thread panicked.
    #[track_caller]
    pub fn join(self) -> Result<T> {
        self.handle.join_at(Location::caller())
    }

    /// Whether the thread is done.
    #[must_use]
    #[track_caller]
    pub fn is_finished(&self) -> bool {
        self.handle.life.is_finished(Location::caller())
    }

    /// The thread.
    #[must_use]
    pub fn thread(&self) -> &Thread {
        self.handle.thread()
    }
}

impl fmt::Debug for Scope<'_, '_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Scope").finish_non_exhaustive()
    }
}

impl<T> fmt::Debug for ScopedJoinHandle<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ScopedJoinHandle").finish_non_exhaustive()
    }
}
