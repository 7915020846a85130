//! Two layers: a plain lock that knows no owner, and above it who owns it and how deep.

use std::error::Error;
use std::fmt;
use std::marker::PhantomData;

use sync::atomic::{AtomicUsize, Ordering::Relaxed};
use sync::{Condvar, Mutex};

/// A lock that the thread which owns it may acquire again.
#[derive(Debug, Default)]
pub struct RLock {
    plain: PlainLock,
    /// The owner, as [`me`] says it; [`NOBODY`] while the plain lock is free.
    owner: AtomicUsize,
    /// Touched by the owner only.
    levels: AtomicUsize,
}

const NOBODY: usize = 0;

impl RLock {
    /// A lock that nobody owns.
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes one level of the lock. Blocks until the lock is free or the caller's.
    pub fn acquire(&self) {
        if !self.is_mine() {
            self.plain.acquire();
            self.owner.store(me(), Relaxed);
        }
        self.levels.fetch_add(1, Relaxed);
    }

    /// Takes one level of the lock if nobody else owns it.
    pub fn try_acquire(&self) -> bool {
        if !self.is_mine() {
            if !self.plain.try_acquire() {
                return false;
            }
            self.owner.store(me(), Relaxed);
        }
        self.levels.fetch_add(1, Relaxed);
        true
    }

    /// Gives one level back.
    ///
    /// # Errors
    /// [`NotOwner`] if the calling thread does not own the lock.
    pub fn release(&self) -> Result<(), NotOwner> {
        if !self.is_mine() {
            return Err(NotOwner);
        }
        if self.levels.fetch_sub(1, Relaxed) == 1 {
            self.owner.store(NOBODY, Relaxed);
            self.plain.release();
        }
        Ok(())
    }

    /// Takes one level of the lock and gives it back when the guard is dropped.
    pub fn lock(&self) -> RLockGuard<'_> {
        self.acquire();
        RLockGuard { lock: self, stays_here: PhantomData }
    }

    /// Relaxed is enough: only this thread ever stores its own name, and it clears it before it lets
    /// go. So it reads its own name exactly when it owns the lock, whatever the others store.
    fn is_mine(&self) -> bool {
        self.owner.load(Relaxed) == me()
    }
}

/// A name for this thread: a number that no other thread has, and which is not 0.
fn me() -> usize {
    static THREADS: AtomicUsize = AtomicUsize::new(1);
    sync::thread_local! {
        static NUMBER: usize = THREADS.fetch_add(1, Relaxed);
    }
    NUMBER.with(|number| *number)
}

/// A lock without an owner: anybody may release it.
#[derive(Debug, Default)]
struct PlainLock {
    taken: Mutex<bool>,
    freed: Condvar,
}

impl PlainLock {
    fn acquire(&self) {
        let mut taken = self.taken.lock().unwrap();
        while *taken {
            taken = self.freed.wait(taken).unwrap();
        }
        *taken = true;
    }

    fn try_acquire(&self) -> bool {
        let mut taken = self.taken.lock().unwrap();
        !std::mem::replace(&mut *taken, true)
    }

    fn release(&self) {
        *self.taken.lock().unwrap() = false;
        self.freed.notify_one();
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
