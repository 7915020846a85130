//! Waiting until another thread has done it, and what cells do besides.

use std::fmt;
use std::panic::Location;

use super::{Once, OnceLock, Progress};
use crate::engine::{self, Intent, Mode, Readiness};
use crate::trace::{Detail, Kind, Source};

impl Once {
    /// Waits until it was done, without doing it.
    ///
    /// # Panics
    /// If a call panicked.
    #[track_caller]
    pub fn wait(&self) {
        self.find();
        let done = self.wait_at(Location::caller(), false);
        assert!(done, "Once instance has previously been poisoned");
    }

    /// As `wait`, but if a call panicked, waits until a later one does it.
    #[track_caller]
    pub fn wait_force(&self) {
        self.find();
        self.wait_at(Location::caller(), true);
    }

    /// Whether it was done in the end.
    fn wait_at(&self, source: Source, force: bool) -> bool {
        let ready = || match self.progress.get() {
            Progress::Done => Readiness::Ready,
            Progress::Poisoned if !force => Readiness::Ready,
            _ => Readiness::Blocked,
        };
        let id = self.id();
        // One that a panic lets go on must be tried both before and after the next call.
        let mode = if force { Mode::Read } else { Mode::Try };
        self.perform(Intent::new(Kind::Once, source).on(id, mode), &ready, || {
            engine::with_memory(|memory, _, thread| memory.acquire(thread, id));
            let done = self.progress.get() == Progress::Done;
            (done, Detail::Success(done))
        })
    }
}

impl<T> OnceLock<T> {
    /// Waits until the cell is full.
    #[track_caller]
    pub fn wait(&self) -> &T {
        self.come();
        self.once.wait_at(Location::caller(), true);
        self.shared()
    }
}

impl<T: Clone> Clone for OnceLock<T> {
    #[track_caller]
    fn clone(&self) -> Self {
        self.get().cloned().map_or_else(Self::new, Self::from)
    }
}

impl<T> From<T> for OnceLock<T> {
    #[track_caller]
    fn from(value: T) -> Self {
        let cell = Self::new();
        cell.fill(Location::caller(), || value);
        cell
    }
}

impl<T: PartialEq> PartialEq for OnceLock<T> {
    #[track_caller]
    fn eq(&self, other: &Self) -> bool {
        self.get() == other.get()
    }
}

impl<T: Eq> Eq for OnceLock<T> {}

/// Shows the value, if there is one. To look is no step.
impl<T: fmt::Debug> fmt::Debug for OnceLock<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut out = f.debug_tuple("OnceLock");
        if !engine::is_running() {
            return out.finish_non_exhaustive();
        }
        self.come();
        match self.once.progress.get() {
            Progress::Done => out.field(self.shared()),
            _ => out.field(&format_args!("<uninit>")),
        };
        out.finish()
    }
}
