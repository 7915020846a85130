//! Fails: a_timeout_ends_behind_others_too (deadlock)
//!
//! All who wait queue at a mutex, and the first one holds it while it sleeps. A mutex knows no timeout:
//! whoever came with one waits as long as the thread in front.

use std::error::Error;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;
use sync::time::Instant;
use sync::{Condvar, Mutex};

/// Lets at most so many threads in at once as it has permits.
#[derive(Debug, Clone)]
pub struct BoundedSemaphore {
    shared: Arc<Shared>,
}

#[derive(Debug)]
struct Shared {
    /// Whoever waits without a timeout waits here, all but the first.
    turnstile: Mutex<()>,
    /// Free permits, and all permits.
    counts: Mutex<(usize, usize)>,
    freed: Condvar,
}

impl BoundedSemaphore {
    /// A semaphore with `permits` permits, all of them available.
    pub fn new(permits: usize) -> Self {
        let shared = Shared {
            turnstile: Mutex::new(()),
            counts: Mutex::new((permits, permits)),
            freed: Condvar::new(),
        };
        Self { shared: Arc::new(shared) }
    }

    /// Takes a permit, waits for it.
    pub fn acquire(&self) {
        let _first_in_line = self.shared.turnstile.lock().unwrap();
        let mut counts = self.shared.counts.lock().unwrap();
        while counts.0 == 0 {
            counts = self.shared.freed.wait(counts).unwrap();
        }
        counts.0 -= 1;
    }

    /// Takes a permit if there is one now.
    pub fn try_acquire(&self) -> bool {
        let mut counts = self.shared.counts.lock().unwrap();
        if counts.0 > 0 {
            counts.0 -= 1;
            return true;
        }
        false
    }

    /// Takes a permit, waits no longer than `timeout`.
    pub fn acquire_timeout(&self, timeout: Duration) -> bool {
        let deadline = match Instant::now().checked_add(timeout) {
            Some(deadline) => deadline,
            None => {
                self.acquire();
                return true;
            }
        };
        let _first_in_line = self.shared.turnstile.lock().unwrap();
        let mut counts = self.shared.counts.lock().unwrap();
        let mut over = false;
        while counts.0 == 0 {
            if over {
                return false;
            }
            let left = deadline.saturating_duration_since(Instant::now());
            (counts, _) = self.shared.freed.wait_timeout(counts, left).unwrap();
            over = Instant::now() >= deadline;
        }
        counts.0 -= 1;
        true
    }

    /// Gives a permit back.
    pub fn release(&self) -> Result<(), TooManyReleases> {
        let mut counts = self.shared.counts.lock().unwrap();
        let (free, all) = *counts;
        if free < all {
            *counts = (free + 1, all);
            drop(counts);
            self.shared.freed.notify_one();
            Ok(())
        } else {
            Err(TooManyReleases)
        }
    }

    /// How many permits are there now.
    pub fn available(&self) -> usize {
        self.shared.counts.lock().unwrap().0
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
