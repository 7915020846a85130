//! Fails: waiting_sleeps (busy-waiting)
//!
//! It lets go of the mutex and asks again, as fast as it can: right, but it burns a processor for as
//! long as it waits.

use std::error::Error;
use std::fmt;
use std::marker::PhantomData;

use sync::Mutex;
use sync::thread::{self, ThreadId};

/// A lock that the thread which owns it may acquire again.
#[derive(Debug, Default)]
pub struct RLock {
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    owner: Option<ThreadId>,
    levels: usize,
}

impl RLock {
    /// A lock that nobody owns.
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes one level of the lock.
    pub fn acquire(&self) {
        while !self.try_acquire() {
            thread::yield_now();
        }
    }

    /// Takes one level of the lock if nobody else owns it.
    pub fn try_acquire(&self) -> bool {
        let me = thread::current().id();
        let mut state = self.state.lock().unwrap();
        if state.owner.is_some_and(|owner| owner != me) {
            return false;
        }
        state.owner = Some(me);
        state.levels += 1;
        true
    }

    /// Gives one level back.
    ///
    /// # Errors
    /// [`NotOwner`] if the calling thread does not own the lock.
    pub fn release(&self) -> Result<(), NotOwner> {
        let mut state = self.state.lock().unwrap();
        if state.owner != Some(thread::current().id()) {
            return Err(NotOwner);
        }
        state.levels -= 1;
        if state.levels == 0 {
            state.owner = None;
        }
        Ok(())
    }

    /// Takes one level of the lock and gives it back when the guard is dropped.
    pub fn lock(&self) -> RLockGuard<'_> {
        self.acquire();
        RLockGuard { lock: self, stays_here: PhantomData }
    }
}

/// One level of an [`RLock`], given back on drop.
#[derive(Debug)]
#[must_use = "the level is given back as soon as the guard is dropped"]
pub struct RLockGuard<'a> {
    lock: &'a RLock,
    stays_here: PhantomData<*const ()>,
}

impl Drop for RLockGuard<'_> {
    fn drop(&mut self) {
        let _ = self.lock.release();
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
