//! Fails: a_timeout_waits_its_time (lost-permit)
//!
//! When the time is over it reserves a permit from the future: the number goes below what it may, the
//! call says `false`, and the permit that comes back next belongs to nobody.

use std::error::Error;
use std::fmt;
use std::time::Duration;

use sync::time::Instant;
use sync::{Condvar, Mutex};

/// Lets at most so many threads in at once as it has permits.
#[derive(Debug)]
pub struct BoundedSemaphore {
    permits: usize,
    available: Mutex<isize>,
    released: Condvar,
}

impl BoundedSemaphore {
    /// A semaphore with `permits` permits, all of them available.
    pub fn new(permits: usize) -> Self {
        Self { permits, available: Mutex::new(permits.cast_signed()), released: Condvar::new() }
    }

    /// Takes a permit.
    pub fn acquire(&self) {
        let mut available = self.available.lock().unwrap();
        while *available <= 0 {
            available = self.released.wait(available).unwrap();
        }
        *available -= 1;
    }

    /// Takes a permit if there is one now.
    pub fn try_acquire(&self) -> bool {
        let mut available = self.available.lock().unwrap();
        if *available <= 0 {
            return false;
        }
        *available -= 1;
        true
    }

    /// Takes a permit within `timeout`, or returns `false`.
    pub fn acquire_timeout(&self, timeout: Duration) -> bool {
        let deadline = Instant::now().checked_add(timeout);
        let mut available = self.available.lock().unwrap();
        *available -= 1;
        while *available < 0 {
            let now = Instant::now();
            let left = deadline.map_or(timeout, |deadline| deadline.saturating_duration_since(now));
            if left.is_zero() {
                return false;
            }
            available = self.released.wait_timeout(available, left).unwrap().0;
        }
        true
    }

    /// Gives a permit back.
    ///
    /// # Errors
    /// [`TooManyReleases`] if all permits are there already.
    pub fn release(&self) -> Result<(), TooManyReleases> {
        let mut available = self.available.lock().unwrap();
        if *available == self.permits.cast_signed() {
            return Err(TooManyReleases);
        }
        *available += 1;
        self.released.notify_one();
        Ok(())
    }

    /// How many permits are there now.
    pub fn available(&self) -> usize {
        (*self.available.lock().unwrap()).max(0).unsigned_abs()
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
