//! Fails: try_acquire_knows_the_owner (wrong-answer)
//!
//! The owner is known by the name of its thread. Names are for people: two threads may have the same.

use std::error::Error;
use std::fmt;
use std::marker::PhantomData;
use sync::thread::{self, ThreadId};
use sync::{Condvar, Mutex};

/// Who owns the lock. Threads with a name go by their name, so that `{:?}` is readable.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Who {
    Named(String),
    Numbered(ThreadId),
}

fn me() -> Who {
    let thread = thread::current();
    match thread.name() {
        Some(name) => Who::Named(name.to_owned()),
        None => Who::Numbered(thread.id()),
    }
}

#[derive(Debug, Default)]
struct State {
    owner: Option<Who>,
    levels: usize,
}

/// A lock that the thread which owns it may acquire again.
#[derive(Debug)]
pub struct RLock {
    state: Mutex<State>,
    free: Condvar,
}

impl RLock {
    /// A lock that nobody owns.
    pub fn new() -> Self {
        Self { state: Mutex::new(State::default()), free: Condvar::new() }
    }

    /// Takes one level; sleeps while another thread owns the lock.
    pub fn acquire(&self) {
        let me = me();
        let mut state = self.state.lock().unwrap();
        while state.owner.as_ref().is_some_and(|owner| *owner != me) {
            state = self.free.wait(state).unwrap();
        }
        state.owner = Some(me);
        state.levels += 1;
    }

    /// Takes one level if that needs no waiting.
    pub fn try_acquire(&self) -> bool {
        let me = me();
        let mut state = self.state.lock().unwrap();
        if state.owner.as_ref().is_some_and(|owner| *owner != me) {
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
        if state.owner != Some(me()) {
            return Err(NotOwner);
        }
        state.levels -= 1;
        if state.levels == 0 {
            state.owner = None;
            self.free.notify_one();
        }
        Ok(())
    }

    /// Takes one level and gives it back on drop.
    pub fn lock(&self) -> RLockGuard<'_> {
        self.acquire();
        RLockGuard { lock: self, _stays_here: PhantomData }
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
    _stays_here: PhantomData<*const ()>,
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
