//! Counts the permits that are taken, not those that are there, and how many threads wait: nobody is
//! notified where nobody waits.

use std::error::Error;
use std::fmt;
use std::time::Duration;

use sync::time::Instant;
use sync::{Condvar, Mutex};

/// Lets at most so many threads in at once as it has permits.
#[derive(Debug)]
pub struct BoundedSemaphore {
    permits: usize,
    state: Mutex<State>,
    released: Condvar,
}

#[derive(Debug, Default)]
struct State {
    taken: usize,
    waiting: usize,
}

impl BoundedSemaphore {
    /// A semaphore with `permits` permits, all of them available.
    pub fn new(permits: usize) -> Self {
        Self { permits, state: Mutex::default(), released: Condvar::new() }
    }

    /// Takes a permit. Blocks while there is none.
    pub fn acquire(&self) {
        self.acquire_timeout(Duration::MAX);
    }

    /// Takes a permit if there is one now.
    pub fn try_acquire(&self) -> bool {
        self.acquire_timeout(Duration::ZERO)
    }

    /// Takes a permit within `timeout`, or returns `false`.
    pub fn acquire_timeout(&self, timeout: Duration) -> bool {
        let start = Instant::now();
        let mut state = self.state.lock().unwrap();
        while state.taken == self.permits {
            let left = timeout.saturating_sub(start.elapsed());
            if left.is_zero() {
                return false;
            }
            state.waiting += 1;
            state = self.released.wait_timeout(state, left).unwrap().0;
            state.waiting -= 1;
        }
        state.taken += 1;
        true
    }

    /// Gives a permit back.
    ///
    /// # Errors
    /// [`TooManyReleases`] if all permits are there already.
    pub fn release(&self) -> Result<(), TooManyReleases> {
        let mut state = self.state.lock().unwrap();
        state.taken = state.taken.checked_sub(1).ok_or(TooManyReleases)?;
        if state.waiting > 0 {
            self.released.notify_one();
        }
        Ok(())
    }

    /// How many permits are there now.
    pub fn available(&self) -> usize {
        self.permits - self.state.lock().unwrap().taken
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
