//! A counted lock, like Python's `threading.BoundedSemaphore`.
//!
//! Read `README.md` beside this folder, then replace every `todo!()`. Give the structs the fields
//! that you need.

use std::error::Error;
use std::fmt;
use std::time::Duration;

/// Lets at most so many threads in at once as it has permits.
///
/// Permits are taken and given back. A release that would make more permits than the semaphore was
/// made with is an error: it means that somebody released what nobody had taken.
#[derive(Debug)]
pub struct BoundedSemaphore {
    // What must the threads agree on? It belongs here.
}

impl BoundedSemaphore {
    /// A semaphore with `permits` permits, all of them available. With 0, nobody ever enters.
    pub fn new(permits: usize) -> Self {
        todo!("a semaphore with {permits} permits")
    }

    /// Takes a permit. Blocks, without burning CPU time, while there is none.
    pub fn acquire(&self) {
        todo!("wait for a permit and take it")
    }

    /// Takes a permit if there is one now. Says whether it did.
    pub fn try_acquire(&self) -> bool {
        todo!("take a permit if there is one")
    }

    /// Takes a permit, and waits for it no longer than `timeout`.
    ///
    /// Returns `true` with a permit, or `false` when none came in time: none is taken then. A
    /// timeout of zero takes a permit that is there; [`Duration::MAX`] waits for ever.
    pub fn acquire_timeout(&self, timeout: Duration) -> bool {
        todo!("wait at most {timeout:?} for a permit")
    }

    /// Gives a permit back.
    ///
    /// # Errors
    /// [`TooManyReleases`] if all permits are there already. Nothing changes then.
    pub fn release(&self) -> Result<(), TooManyReleases> {
        todo!("give a permit back, unless all of them are there")
    }

    /// How many permits are there now. Other threads may take them before you look.
    pub fn available(&self) -> usize {
        todo!("count the permits")
    }

    /// Takes a permit, as [`acquire`](Self::acquire) does, and gives it back when the [`Permit`] is
    /// dropped, also when it is dropped by a panic.
    pub fn permit(&self) -> Permit<'_> {
        todo!("acquire, then return a guard")
    }
}

/// A permit of a [`BoundedSemaphore`], given back on drop.
#[derive(Debug)]
#[must_use = "the permit is given back as soon as the guard is dropped"]
pub struct Permit<'a> {
    semaphore: &'a BoundedSemaphore,
}

impl Drop for Permit<'_> {
    fn drop(&mut self) {
        todo!("give the permit of {:?} back", self.semaphore)
    }
}

/// A semaphore was released although all of its permits were there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TooManyReleases;

impl fmt::Display for TooManyReleases {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("all permits are there already")
    }
}

impl Error for TooManyReleases {}
