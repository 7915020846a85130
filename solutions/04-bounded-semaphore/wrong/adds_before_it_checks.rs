//! Fails: an_error_makes_no_permit (not-exclusive)
//!
//! `release` adds its permit, sees that this was one too many, and takes it back. In between somebody may
//! have gone in with a permit that never was.

use std::error::Error;
use std::fmt;
use std::time::Duration;
use sync::atomic::{AtomicUsize, Ordering::SeqCst};
use sync::time::Instant;
use sync::{Condvar, Mutex};

/// Lets at most so many threads in at once as it has permits.
#[derive(Debug)]
pub struct BoundedSemaphore {
    limit: usize,
    free: AtomicUsize,
    gate: Mutex<()>,
    bell: Condvar,
}

impl BoundedSemaphore {
    /// A semaphore with `permits` permits, all of them available.
    pub fn new(permits: usize) -> Self {
        Self {
            limit: permits,
            free: AtomicUsize::new(permits),
            gate: Mutex::new(()),
            bell: Condvar::new(),
        }
    }

    /// Takes a permit, waits for it.
    pub fn acquire(&self) {
        if self.try_acquire() {
            return;
        }
        let mut gate = self.gate.lock().unwrap();
        while !self.try_acquire() {
            gate = self.bell.wait(gate).unwrap();
        }
    }

    /// Takes a permit if there is one now.
    pub fn try_acquire(&self) -> bool {
        let mut free = self.free.load(SeqCst);
        while free > 0 {
            match self.free.compare_exchange(free, free - 1, SeqCst, SeqCst) {
                Ok(_) => return true,
                Err(other) => free = other,
            }
        }
        false
    }

    /// Takes a permit, waits no longer than `timeout`.
    pub fn acquire_timeout(&self, timeout: Duration) -> bool {
        if self.try_acquire() {
            return true;
        }
        let Some(deadline) = Instant::now().checked_add(timeout) else {
            self.acquire();
            return true;
        };
        let mut gate = self.gate.lock().unwrap();
        loop {
            if self.try_acquire() {
                return true;
            }
            let left = deadline.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return false;
            }
            gate = self.bell.wait_timeout(gate, left).unwrap().0;
        }
    }

    /// Gives a permit back.
    pub fn release(&self) -> Result<(), TooManyReleases> {
        if self.free.fetch_add(1, SeqCst) >= self.limit {
            self.free.fetch_sub(1, SeqCst);
            return Err(TooManyReleases);
        }
        drop(self.gate.lock().unwrap());
        self.bell.notify_one();
        Ok(())
    }

    /// How many permits are there now.
    pub fn available(&self) -> usize {
        self.free.load(SeqCst)
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
