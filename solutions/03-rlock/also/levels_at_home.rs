//! The lock knows only whether it is taken. Each thread remembers for itself which locks it owns, and
//! how deep.

use std::cell::RefCell;
use std::error::Error;
use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;

use sync::{Condvar, Mutex};

sync::thread_local! {
    /// The locks that this thread owns, by name, and how deep.
    static OWNED: RefCell<Vec<(Arc<()>, usize)>> = const { RefCell::new(Vec::new()) };
}

/// A lock that the thread which owns it may acquire again.
#[derive(Debug, Default)]
pub struct RLock {
    taken: Mutex<bool>,
    freed: Condvar,
    /// Where it lies names the lock: that does not change when the lock is moved, and cannot be
    /// given to another lock while a thread remembers it.
    name: Arc<()>,
}

impl RLock {
    /// A lock that nobody owns.
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes one level of the lock. Blocks until the lock is free or the caller's.
    pub fn acquire(&self) {
        self.levels(|levels| {
            if *levels == 0 {
                let taken = self.taken.lock().unwrap();
                *self.freed.wait_while(taken, |taken| *taken).unwrap() = true;
            }
            *levels += 1;
        });
    }

    /// Takes one level of the lock if nobody else owns it.
    pub fn try_acquire(&self) -> bool {
        self.levels(|levels| {
            if *levels == 0 && std::mem::replace(&mut *self.taken.lock().unwrap(), true) {
                return false;
            }
            *levels += 1;
            true
        })
    }

    /// Gives one level back.
    ///
    /// # Errors
    /// [`NotOwner`] if the calling thread does not own the lock.
    pub fn release(&self) -> Result<(), NotOwner> {
        self.levels(|levels| {
            *levels = levels.checked_sub(1).ok_or(NotOwner)?;
            if *levels == 0 {
                *self.taken.lock().unwrap() = false;
                self.freed.notify_one();
            }
            Ok(())
        })
    }

    /// Takes one level of the lock and gives it back when the guard is dropped.
    pub fn lock(&self) -> RLockGuard<'_> {
        self.acquire();
        RLockGuard { lock: self, stays_here: PhantomData }
    }

    /// Runs `change` on this thread's own count of levels, and forgets a count of 0.
    fn levels<R>(&self, change: impl FnOnce(&mut usize) -> R) -> R {
        OWNED.with(|owned| {
            let mut owned = owned.borrow_mut();
            let known = owned.iter().position(|(name, _)| Arc::ptr_eq(name, &self.name));
            let place = known.unwrap_or_else(|| {
                owned.push((Arc::clone(&self.name), 0));
                owned.len() - 1
            });
            let result = change(&mut owned[place].1);
            if owned[place].1 == 0 {
                owned.swap_remove(place);
            }
            result
        })
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
