//! Threads with a name.

use std::io;
use std::panic::Location;

use super::{JoinHandle, Scope, ScopedJoinHandle, start};

/// The model's [`std::thread::Builder`].
#[derive(Debug)]
#[must_use = "must eventually spawn the thread"]
pub struct Builder {
    pub(super) name: Option<String>,
    /// In bytes.
    pub(super) stack_size: Option<usize>,
}

// As in the standard library, there is no `Default`.
#[allow(clippy::new_without_default)]
impl Builder {
    /// A thread without a name.
    pub fn new() -> Self {
        Self { name: None, stack_size: None }
    }

    /// The name by which the thread is shown.
    pub fn name(mut self, name: String) -> Self {
        self.name = Some(name);
        self
    }

    /// The size of its stack. Threads that ask for little get more: see `engine::stack`.
    pub fn stack_size(mut self, bytes: usize) -> Self {
        self.stack_size = Some(bytes);
        self
    }

    /// Starts the thread.
    ///
    /// # Errors
    /// Never in the model.
    #[track_caller]
    pub fn spawn<F, T>(self, body: F) -> io::Result<JoinHandle<T>>
    where
        F: FnOnce() -> T + Send + 'static,
        T: Send + 'static,
    {
        Ok(start(self, Location::caller(), body))
    }

    /// Starts a thread that may borrow.
    ///
    /// # Safety
    /// What `body` borrows, and what `T` does, must live until the thread is done: join it before.
    ///
    /// # Errors
    /// Never in the model.
    #[track_caller]
    pub unsafe fn spawn_unchecked<F, T>(self, body: F) -> io::Result<JoinHandle<T>>
    where
        F: FnOnce() -> T + Send,
        T: Send,
    {
        Ok(start(self, Location::caller(), body))
    }

    /// Starts a thread that may borrow, and that `scope` joins.
    ///
    /// # Errors
    /// Never in the model.
    #[track_caller]
    pub fn spawn_scoped<'scope, 'env, F, T>(
        self,
        scope: &'scope Scope<'scope, 'env>,
        body: F,
    ) -> io::Result<ScopedJoinHandle<'scope, T>>
    where
        F: FnOnce() -> T + Send + 'scope,
        T: Send + 'scope,
    {
        Ok(scope.start(self, Location::caller(), body))
    }
}
