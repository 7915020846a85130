//! Fails: one_owner_at_a_time (not-exclusive)
//!
//! The owner is an atomic of its own, looked at and set in two steps: two threads can both find it free.

use std::error::Error;
use std::fmt;
use std::marker::PhantomData;

use sync::atomic::{AtomicUsize, Ordering::SeqCst};
use sync::{Condvar, Mutex};

/// A lock that the thread which owns it may acquire again.
#[derive(Debug, Default)]
pub struct RLock {
    owner: AtomicUsize,
    levels: AtomicUsize,
    sleepers: Mutex<()>,
    freed: Condvar,
}

/// The name of no thread.
const NOBODY: usize = 0;

/// A name for this thread: the address of one of its thread-locals.
fn me() -> usize {
    sync::thread_local! {
        static HERE: u8 = const { 0 };
    }
    HERE.with(|here| std::ptr::from_ref(here).addr())
}

impl RLock {
    /// A lock that nobody owns.
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes one level of the lock.
    pub fn acquire(&self) {
        while self.is_foreign() {
            let sleeper = self.sleepers.lock().unwrap();
            drop(self.freed.wait_while(sleeper, |_| self.is_foreign()).unwrap());
        }
        self.owner.store(me(), SeqCst);
        self.levels.fetch_add(1, SeqCst);
    }

    /// Takes one level of the lock if nobody else owns it.
    pub fn try_acquire(&self) -> bool {
        if self.is_foreign() {
            return false;
        }
        self.owner.store(me(), SeqCst);
        self.levels.fetch_add(1, SeqCst);
        true
    }

    /// Gives one level back.
    ///
    /// # Errors
    /// [`NotOwner`] if the calling thread does not own the lock.
    pub fn release(&self) -> Result<(), NotOwner> {
        if self.owner.load(SeqCst) != me() {
            return Err(NotOwner);
        }
        if self.levels.fetch_sub(1, SeqCst) == 1 {
            let _sleeper = self.sleepers.lock().unwrap();
            self.owner.store(NOBODY, SeqCst);
            self.freed.notify_all();
        }
        Ok(())
    }

    /// Takes one level of the lock and gives it back when the guard is dropped.
    pub fn lock(&self) -> RLockGuard<'_> {
        self.acquire();
        RLockGuard { lock: self, stays_here: PhantomData }
    }

    fn is_foreign(&self) -> bool {
        ![NOBODY, me()].contains(&self.owner.load(SeqCst))
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
