//! The permits are an atomic number: who finds one takes it without a lock. The mutex and the
//! condition variable serve only those who must sleep.

use std::error::Error;
use std::fmt;
use std::time::Duration;

use sync::atomic::{AtomicUsize, Ordering::SeqCst};
use sync::time::Instant;
use sync::{Condvar, Mutex};

/// Lets at most so many threads in at once as it has permits.
#[derive(Debug)]
pub struct BoundedSemaphore {
    permits: usize,
    available: AtomicUsize,
    sleeping: Mutex<()>,
    released: Condvar,
}

impl BoundedSemaphore {
    /// A semaphore with `permits` permits, all of them available.
    pub fn new(permits: usize) -> Self {
        Self {
            permits,
            available: AtomicUsize::new(permits),
            sleeping: Mutex::new(()),
            released: Condvar::new(),
        }
    }

    /// Takes a permit. Blocks while there is none.
    pub fn acquire(&self) {
        if self.try_acquire() {
            return;
        }
        let mut asleep = self.sleeping.lock().unwrap();
        // A release adds its permit first and takes this mutex after that. So it either adds before
        // we look, and we see it, or it locks after we sleep, and its notification finds us.
        while !self.try_acquire() {
            asleep = self.released.wait(asleep).unwrap();
        }
    }

    /// Takes a permit if there is one now.
    pub fn try_acquire(&self) -> bool {
        self.available.fetch_update(SeqCst, SeqCst, |permits| permits.checked_sub(1)).is_ok()
    }

    /// Takes a permit within `timeout`, or returns `false`.
    pub fn acquire_timeout(&self, timeout: Duration) -> bool {
        let start = Instant::now();
        let mut asleep = self.sleeping.lock().unwrap();
        while !self.try_acquire() {
            let Some(left) = timeout.checked_sub(start.elapsed()).filter(|left| !left.is_zero())
            else {
                return false;
            };
            asleep = self.released.wait_timeout(asleep, left).unwrap().0;
        }
        true
    }

    /// Gives a permit back.
    ///
    /// # Errors
    /// [`TooManyReleases`] if all permits are there already.
    pub fn release(&self) -> Result<(), TooManyReleases> {
        let one_more = |permits| (permits < self.permits).then_some(permits + 1);
        self.available.fetch_update(SeqCst, SeqCst, one_more).map_err(|_| TooManyReleases)?;
        let _asleep = self.sleeping.lock().unwrap();
        self.released.notify_one();
        Ok(())
    }

    /// How many permits are there now.
    pub fn available(&self) -> usize {
        self.available.load(SeqCst)
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
