//! Fails: a_timeout_takes_or_leaves (not-exclusive)
//!
//! It trusts `timed_out` alone: woken for a permit that another thread has taken since, it takes one that
//! is not there.

use std::error::Error;
use std::fmt;
use std::time::Duration;

use sync::{Condvar, Mutex, MutexGuard};

/// Lets at most so many threads in at once as it has permits.
#[derive(Debug)]
pub struct BoundedSemaphore {
    permits: usize,
    available: Mutex<usize>,
    released: Condvar,
}

impl BoundedSemaphore {
    /// A semaphore with `permits` permits, all of them available.
    pub fn new(permits: usize) -> Self {
        Self { permits, available: Mutex::new(permits), released: Condvar::new() }
    }

    /// Takes a permit.
    pub fn acquire(&self) {
        let mut available = self.available.lock().unwrap();
        while *available == 0 {
            available = self.released.wait(available).unwrap();
        }
        *available -= 1;
    }

    /// Takes a permit if there is one now.
    pub fn try_acquire(&self) -> bool {
        let mut available = self.available.lock().unwrap();
        if *available == 0 {
            return false;
        }
        *available -= 1;
        true
    }

    /// Takes a permit within `timeout`, or returns `false`.
    pub fn acquire_timeout(&self, timeout: Duration) -> bool {
        let available = self.available.lock().unwrap();
        if *available > 0 {
            return self.take(available);
        }
        let (available, result) = self.released.wait_timeout(available, timeout).unwrap();
        !result.timed_out() && self.take(available)
    }

    fn take(&self, mut available: MutexGuard<'_, usize>) -> bool {
        *available = available.saturating_sub(1);
        true
    }

    /// Gives a permit back.
    ///
    /// # Errors
    /// [`TooManyReleases`] if all permits are there already.
    pub fn release(&self) -> Result<(), TooManyReleases> {
        let mut available = self.available.lock().unwrap();
        if *available == self.permits {
            return Err(TooManyReleases);
        }
        *available += 1;
        self.released.notify_one();
        Ok(())
    }

    /// How many permits are there now.
    pub fn available(&self) -> usize {
        *self.available.lock().unwrap()
    }

    /// Takes a permit and gives it back when the [`Permit`] is dropped.
    pub fn permit(&self) -> Permit<'_> {
        self.acquire();
        Permit { semaphore: self }
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
