//! Fails: for_ever_is_for_ever (wrong-answer)
//!
//! `acquire_timeout` waits a single time. A thread may be woken for nothing, or for a permit that another
//! one takes first: its time is not over then, not even if it is for ever.

use std::error::Error;
use std::fmt;
use std::time::Duration;
use sync::{Condvar, Mutex};

/// Lets at most so many threads in at once as it has permits.
#[derive(Debug)]
pub struct BoundedSemaphore {
    permits: usize,
    free: Mutex<usize>,
    came_back: Condvar,
}

impl BoundedSemaphore {
    /// A semaphore with `permits` permits, all of them available.
    pub fn new(permits: usize) -> Self {
        BoundedSemaphore { permits, free: Mutex::new(permits), came_back: Condvar::new() }
    }

    /// Takes a permit, waits for it.
    pub fn acquire(&self) {
        let mut free = self.free.lock().unwrap();
        while *free == 0 {
            free = self.came_back.wait(free).unwrap();
        }
        *free -= 1;
    }

    /// Takes a permit if there is one now.
    pub fn try_acquire(&self) -> bool {
        let mut free = self.free.lock().unwrap();
        if *free == 0 {
            return false;
        }
        *free -= 1;
        true
    }

    /// Takes a permit, waits no longer than `timeout`.
    pub fn acquire_timeout(&self, timeout: Duration) -> bool {
        let mut free = self.free.lock().unwrap();
        if *free == 0 {
            (free, _) = self.came_back.wait_timeout(free, timeout).unwrap();
        }
        if *free == 0 {
            return false;
        }
        *free -= 1;
        true
    }

    /// Gives a permit back.
    pub fn release(&self) -> Result<(), TooManyReleases> {
        let mut free = self.free.lock().unwrap();
        if *free == self.permits {
            return Err(TooManyReleases);
        }
        *free += 1;
        self.came_back.notify_one();
        Ok(())
    }

    /// How many permits are there now.
    pub fn available(&self) -> usize {
        *self.free.lock().unwrap()
    }

    /// Takes a permit and gives it back on drop.
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
