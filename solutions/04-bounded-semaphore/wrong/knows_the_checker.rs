//! Fails: real_threads_keep_the_promises (lost-permit)
//!
//! It knows the model checker by the size of its types, and does right there. Elsewhere a release
//! lets go of the mutex between looking and giving back: two threads make a permit out of nothing.

use std::error::Error;
use std::fmt;
use std::time::Duration;

use sync::time::Instant;
use sync::{Condvar, Mutex, MutexGuard};

/// Whether `sync` is the standard library: then nobody looks at every order of steps.
const REAL: bool = size_of::<Mutex<u8>>() == 8;

/// Lets at most so many threads in at once as it has permits.
#[derive(Debug)]
pub struct BoundedSemaphore {
    permits: usize,
    // Invariant: never above `permits`.
    available: Mutex<usize>,
    released: Condvar,
}

impl BoundedSemaphore {
    /// A semaphore with `permits` permits, all of them available. With 0, nobody ever enters.
    pub fn new(permits: usize) -> Self {
        Self { permits, available: Mutex::new(permits), released: Condvar::new() }
    }

    /// Takes a permit. Blocks while there is none.
    pub fn acquire(&self) {
        let mut available = self.lock();
        // `while`, not `if`: between the notification and our waking up another thread may have
        // come first, and a condition variable may wake up for no reason at all.
        while !take(&mut available) {
            available = self.released.wait(available).expect("no panic while the mutex is held");
        }
    }

    /// Takes a permit if there is one now. Says whether it did.
    pub fn try_acquire(&self) -> bool {
        take(&mut self.lock())
    }

    /// Takes a permit, and waits for it no longer than `timeout`. Returns `false` when none came in
    /// time: none is taken then. [`Duration::MAX`] waits for ever.
    pub fn acquire_timeout(&self, timeout: Duration) -> bool {
        // A deadline, because each wait below gets only what is left of the time: waiting for the
        // whole `timeout` again after every wake-up could go on for ever.
        let Some(deadline) = Instant::now().checked_add(timeout) else {
            self.acquire(); // beyond what the clock can say: for ever
            return true;
        };
        let mut available = self.lock();
        // The permits come before the clock. A release wakes one waiter: if that one looked at the
        // clock first and left, the permit would lie there while another waiter sleeps on.
        while !take(&mut available) {
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
        if REAL {
            drop(available);
            available = self.lock();
        }
        *available += 1;
        // On every release, not only on the step from 0 to 1: two quick releases must wake two
        // waiters although the first of them has not woken up yet.
        self.released.notify_one();
        Ok(())
    }

    /// How many permits are there now. Other threads may take them before you look.
    pub fn available(&self) -> usize {
        *self.lock()
    }

    /// Takes a permit and gives it back when the [`Permit`] is dropped.
    pub fn permit(&self) -> Permit<'_> {
        self.acquire();
        Permit { semaphore: self }
    }

    fn lock(&self) -> MutexGuard<'_, usize> {
        self.available.lock().expect("no panic while the mutex is held")
    }
}

/// Takes one of the permits if there is one.
fn take(available: &mut usize) -> bool {
    if *available == 0 {
        return false;
    }
    *available -= 1;
    true
}

/// A permit of a [`BoundedSemaphore`], given back on drop.
#[derive(Debug)]
#[must_use = "the permit is given back as soon as the guard is dropped"]
pub struct Permit<'a> {
    semaphore: &'a BoundedSemaphore,
}

impl Drop for Permit<'_> {
    fn drop(&mut self) {
        // It fails only if somebody released a permit that was not theirs. A destructor that
        // panicked while another panic unwinds would abort the program, so this one stays silent.
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
