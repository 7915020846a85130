//! Fails: any_two_calls (deadlock)
//!
//! Two numbers under two mutexes. Who takes or gives a permit locks one first, `available` the other: one
//! thread in each of them, and both wait for ever.

use std::error::Error;
use std::fmt;
use std::time::Duration;

use sync::time::Instant;
use sync::{Condvar, Mutex, MutexGuard};

/// Lets at most so many threads in at once as it has permits.
#[derive(Debug)]
pub struct BoundedSemaphore {
    permits: usize,
    available: Mutex<usize>,
    /// How many permits are out: those and the available ones are all that there are.
    taken: Mutex<usize>,
    released: Condvar,
}

impl BoundedSemaphore {
    /// A semaphore with `permits` permits, all of them available. With 0, nobody ever enters.
    pub fn new(permits: usize) -> Self {
        Self {
            permits,
            available: Mutex::new(permits),
            taken: Mutex::new(0),
            released: Condvar::new(),
        }
    }

    /// Takes a permit. Blocks while there is none.
    pub fn acquire(&self) {
        let mut available = self.lock();
        while !self.take(&mut available) {
            available = self.released.wait(available).expect("no panic while the mutex is held");
        }
    }

    /// Takes a permit if there is one now. Says whether it did.
    pub fn try_acquire(&self) -> bool {
        self.take(&mut self.lock())
    }

    /// Takes a permit, and waits for it no longer than `timeout`. Returns `false` when none came in
    /// time: none is taken then. [`Duration::MAX`] waits for ever.
    pub fn acquire_timeout(&self, timeout: Duration) -> bool {
        let Some(deadline) = Instant::now().checked_add(timeout) else {
            self.acquire();
            return true;
        };
        let mut available = self.lock();
        while !self.take(&mut available) {
            let left = deadline.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return false;
            }
            (available, _) = self
                .released
                .wait_timeout(available, left)
                .expect("no panic while the mutex is held");
        }
        true
    }

    /// Gives a permit back.
    ///
    /// # Errors
    /// [`TooManyReleases`] if all permits are there already. Nothing changes then.
    pub fn release(&self) -> Result<(), TooManyReleases> {
        let mut available = self.lock();
        if *available == self.permits {
            return Err(TooManyReleases);
        }
        *available += 1;
        *self.taken.lock().unwrap() -= 1;
        self.released.notify_one();
        Ok(())
    }

    /// How many permits are there now. Other threads may take them before you look.
    pub fn available(&self) -> usize {
        let taken = self.taken.lock().unwrap();
        let available = self.lock();
        assert_eq!(*taken + *available, self.permits);
        *available
    }

    /// Takes a permit and gives it back when the [`Permit`] is dropped.
    pub fn permit(&self) -> Permit<'_> {
        self.acquire();
        Permit { semaphore: self }
    }

    /// Takes one of the permits if there is one.
    fn take(&self, available: &mut usize) -> bool {
        if *available == 0 {
            return false;
        }
        *available -= 1;
        *self.taken.lock().unwrap() += 1;
        true
    }

    fn lock(&self) -> MutexGuard<'_, usize> {
        self.available.lock().expect("no panic while the mutex is held")
    }
}

/// A permit of a [`BoundedSemaphore`], given back on drop.
#[derive(Debug)]
#[must_use = "the permit is given back as soon as the guard is dropped"]
pub struct Permit<'a> {
    semaphore: &'a BoundedSemaphore,
}

impl Drop for Permit<'_> {
    fn drop(&mut self) {
        let _ = self.semaphore.release();
    }
}

/// A semaphore was released although all of its permits were there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TooManyReleases;

impl fmt::Display for TooManyReleases {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("all permits are there already")
    }
}

impl Error for TooManyReleases {}
