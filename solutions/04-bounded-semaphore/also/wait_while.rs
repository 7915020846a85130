//! `Condvar::wait_while` and `wait_timeout_while` in place of the loops, and `notify_all`.

use std::error::Error;
use std::fmt;
use std::time::Duration;

use sync::{Condvar, Mutex};

/// Lets at most so many threads in at once as it has permits.
#[derive(Debug)]
pub struct BoundedSemaphore {
    permits: usize,
    available: Mutex<usize>,
    changed: Condvar,
}

impl BoundedSemaphore {
    /// A semaphore with `permits` permits, all of them available.
    pub fn new(permits: usize) -> Self {
        Self { permits, available: Mutex::new(permits), changed: Condvar::new() }
    }

    /// Takes a permit. Blocks while there is none.
    pub fn acquire(&self) {
        let available = self.available.lock().unwrap();
        *self.changed.wait_while(available, |available| *available == 0).unwrap() -= 1;
    }

    /// Takes a permit if there is one now.
    pub fn try_acquire(&self) -> bool {
        let mut available = self.available.lock().unwrap();
        let some = *available > 0;
        if some {
            *available -= 1;
        }
        some
    }

    /// Takes a permit within `timeout`, or returns `false`.
    pub fn acquire_timeout(&self, timeout: Duration) -> bool {
        let available = self.available.lock().unwrap();
        // It looks at the condition once more when the time is up: "timed out" means "still none".
        let (mut available, result) = self
            .changed
            .wait_timeout_while(available, timeout, |available| *available == 0)
            .unwrap();
        if result.timed_out() {
            return false;
        }
        *available -= 1;
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
        drop(available);
        self.changed.notify_all();
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
