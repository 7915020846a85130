//! `Condvar::wait_while` in place of the loop, and `notify_all` in place of `notify_one`.

use std::error::Error;
use std::fmt;
use std::marker::PhantomData;

use sync::thread::{self, ThreadId};
use sync::{Condvar, Mutex};

/// A lock that the thread which owns it may acquire again.
#[derive(Debug)]
pub struct RLock {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum State {
    Free,
    Owned { by: ThreadId, levels: usize },
}

impl State {
    fn is_closed_to(self, me: ThreadId) -> bool {
        matches!(self, State::Owned { by, .. } if by != me)
    }

    fn one_deeper(self, me: ThreadId) -> Self {
        match self {
            State::Free => State::Owned { by: me, levels: 1 },
            State::Owned { by, levels } => State::Owned { by, levels: levels + 1 },
        }
    }
}

impl RLock {
    /// A lock that nobody owns.
    pub fn new() -> Self {
        Self { state: Mutex::new(State::Free), changed: Condvar::new() }
    }

    /// Takes one level of the lock. Blocks until the lock is free or the caller's.
    pub fn acquire(&self) {
        let me = thread::current().id();
        let state = self.state.lock().unwrap();
        let mut state = self.changed.wait_while(state, |state| state.is_closed_to(me)).unwrap();
        *state = state.one_deeper(me);
    }

    /// Takes one level of the lock if nobody else owns it.
    pub fn try_acquire(&self) -> bool {
        let me = thread::current().id();
        let mut state = self.state.lock().unwrap();
        if state.is_closed_to(me) {
            return false;
        }
        *state = state.one_deeper(me);
        true
    }

    /// Gives one level back.
    ///
    /// # Errors
    /// [`NotOwner`] if the calling thread does not own the lock.
    pub fn release(&self) -> Result<(), NotOwner> {
        let me = thread::current().id();
        let mut state = self.state.lock().unwrap();
        *state = match *state {
            State::Owned { by, levels: 1 } if by == me => State::Free,
            State::Owned { by, levels } if by == me => State::Owned { by, levels: levels - 1 },
            _ => return Err(NotOwner),
        };
        if *state == State::Free {
            // After the mutex is free: whoever wakes up need not wait for it.
            drop(state);
            self.changed.notify_all();
        }
        Ok(())
    }

    /// Takes one level of the lock and gives it back when the guard is dropped.
    pub fn lock(&self) -> RLockGuard<'_> {
        self.acquire();
        RLockGuard { lock: self, stays_here: PhantomData }
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
