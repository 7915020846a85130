//! Fair: a release hands the lock over to the thread that has waited longest, which sleeps in `park`.

use std::collections::VecDeque;
use std::error::Error;
use std::fmt;
use std::marker::PhantomData;

use sync::Mutex;
use sync::thread::{self, Thread, ThreadId};

/// A lock that the thread which owns it may acquire again.
#[derive(Debug, Default)]
pub struct RLock {
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    owner: Option<ThreadId>,
    levels: usize,
    /// Those who wait, in the order in which they came.
    waiting: VecDeque<Thread>,
}

impl State {
    fn take(&mut self, me: ThreadId) -> bool {
        let can = self.owner.is_none_or(|owner| owner == me);
        if can {
            self.owner = Some(me);
            self.levels += 1;
        }
        can
    }
}

impl RLock {
    /// A lock that nobody owns.
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes one level of the lock. Blocks until the lock is free or the caller's.
    pub fn acquire(&self) {
        let me = thread::current();
        let mut state = self.state.lock().unwrap();
        if state.take(me.id()) {
            return;
        }
        state.waiting.push_back(me.clone());
        // `park` may return for no reason, or because of an older `unpark`. The owner decides.
        while state.owner != Some(me.id()) {
            drop(state);
            thread::park();
            state = self.state.lock().unwrap();
        }
    }

    /// Takes one level of the lock if nobody else owns it.
    pub fn try_acquire(&self) -> bool {
        self.state.lock().unwrap().take(thread::current().id())
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
            // The lock is never free while somebody waits: nobody can slip in.
            let next = state.waiting.pop_front();
            state.owner = next.as_ref().map(Thread::id);
            if let Some(next) = next {
                state.levels = 1;
                next.unpark();
            }
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
