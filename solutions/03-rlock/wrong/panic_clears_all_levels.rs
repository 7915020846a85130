//! Fails: a_panic_gives_back (wrong-answer)
//!
//! A guard that a panic drops gives back all levels of its thread, to be on the safe side. The panic may
//! be caught between two guards, and then the outer one guards nothing.

use std::error::Error;
use std::fmt;
use std::marker::PhantomData;
use sync::thread::{self, ThreadId};
use sync::{Condvar, Mutex};

#[derive(Debug, Default)]
struct State {
    owner: Option<ThreadId>,
    levels: usize,
}

/// A lock that the thread which owns it may acquire again.
#[derive(Debug)]
pub struct RLock {
    state: Mutex<State>,
    freed: Condvar,
}

impl RLock {
    /// A lock that nobody owns.
    pub fn new() -> Self {
        Self { state: Mutex::new(State::default()), freed: Condvar::new() }
    }

    /// Takes one level.
    pub fn acquire(&self) {
        let me = thread::current().id();
        let mut state = self.state.lock().unwrap();
        while state.owner.is_some() && state.owner != Some(me) {
            state = self.freed.wait(state).unwrap();
        }
        state.owner = Some(me);
        state.levels += 1;
    }

    /// Takes one level if that needs no waiting.
    pub fn try_acquire(&self) -> bool {
        let me = thread::current().id();
        let mut state = self.state.lock().unwrap();
        let can = state.owner.is_none() || state.owner == Some(me);
        if can {
            state.owner = Some(me);
            state.levels += 1;
        }
        can
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
            self.freed.notify_one();
        }
        Ok(())
    }

    /// After a panic the lock must be free for the others.
    fn release_all(&self) {
        while self.release().is_ok() {}
    }

    /// Takes one level and gives it back when the guard is dropped.
    pub fn lock(&self) -> RLockGuard<'_> {
        self.acquire();
        RLockGuard { lock: self, _not_send: PhantomData }
    }
}

impl Default for RLock {
    fn default() -> Self {
        Self::new()
    }
}

/// One level of an [`RLock`], given back on drop.
#[derive(Debug)]
#[must_use = "the level is given back as soon as the guard is dropped"]
pub struct RLockGuard<'a> {
    lock: &'a RLock,
    _not_send: PhantomData<*const ()>,
}

impl Drop for RLockGuard<'_> {
    fn drop(&mut self) {
        if thread::panicking() {
            self.lock.release_all();
        } else {
            let _ = self.lock.release();
        }
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
