//! A lock that knows its owner, like Python's `threading.RLock`.
//!
//! Read `README.md` beside this folder, then replace every `todo!()`. Give the structs the fields
//! that you need.

use std::error::Error;
use std::fmt;

/// A lock that the thread which owns it may acquire again.
///
/// The lock counts its levels: it is free when it was released as often as it was acquired.
#[derive(Debug)]
pub struct RLock {
    // What must the threads agree on? It belongs here.
}

impl RLock {
    /// A lock that nobody owns.
    pub fn new() -> Self {
        todo!("a lock that nobody owns")
    }

    /// Takes one level of the lock. Blocks, without burning CPU time, until the lock is free or
    /// already owned by the calling thread.
    pub fn acquire(&self) {
        todo!("wait until the lock is free or mine, then take one level")
    }

    /// Takes one level of the lock if that needs no waiting for another owner. Says whether it did.
    pub fn try_acquire(&self) -> bool {
        todo!("take one level if the lock is free or mine")
    }

    /// Gives one level back. The lock is free again when every level was given back.
    ///
    /// # Errors
    /// [`NotOwner`] if the calling thread does not own the lock. Nothing changes then.
    pub fn release(&self) -> Result<(), NotOwner> {
        todo!("give one level back, if the calling thread owns the lock")
    }

    /// Takes one level of the lock, as [`acquire`](Self::acquire) does, and gives it back when the
    /// guard is dropped, also when it is dropped by a panic.
    pub fn lock(&self) -> RLockGuard<'_> {
        todo!("acquire, then return a guard")
    }
}

impl Default for RLock {
    fn default() -> Self {
        Self::new()
    }
}

/// One level of an [`RLock`], given back on drop.
///
/// Only the owner may release, so a guard must stay in the thread that made it: the type must not
/// be `Send`.
#[derive(Debug)]
#[must_use = "the level is given back as soon as the guard is dropped"]
pub struct RLockGuard<'a> {
    lock: &'a RLock,
}

impl Drop for RLockGuard<'_> {
    fn drop(&mut self) {
        todo!("give one level of {:?} back", self.lock)
    }
}

/// A thread released an [`RLock`] that it does not own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotOwner;

impl fmt::Display for NotOwner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("this thread does not own the lock")
    }
}

impl Error for NotOwner {}
