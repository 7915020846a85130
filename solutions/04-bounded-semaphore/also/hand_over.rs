//! Fair: a release gives its permit to the thread that has waited longest, which sleeps in `park`.

use std::collections::VecDeque;
use std::error::Error;
use std::fmt;
use std::time::Duration;

use sync::thread::{self, Thread};
use sync::time::Instant;
use sync::{Mutex, MutexGuard};

/// Lets at most so many threads in at once as it has permits.
#[derive(Debug)]
pub struct BoundedSemaphore {
    permits: usize,
    state: Mutex<State>,
}

#[derive(Debug)]
struct State {
    available: usize,
    /// Those who wait, in the order in which they came. Who is not in here any more has a permit.
    waiting: VecDeque<Thread>,
}

impl BoundedSemaphore {
    /// A semaphore with `permits` permits, all of them available.
    pub fn new(permits: usize) -> Self {
        let state = State { available: permits, waiting: VecDeque::new() };
        Self { permits, state: Mutex::new(state) }
    }

    /// Takes a permit. Blocks while there is none.
    pub fn acquire(&self) {
        self.acquire_until(None);
    }

    /// Takes a permit if there is one now.
    pub fn try_acquire(&self) -> bool {
        self.lock().take()
    }

    /// Takes a permit within `timeout`, or returns `false`.
    pub fn acquire_timeout(&self, timeout: Duration) -> bool {
        self.acquire_until(Instant::now().checked_add(timeout))
    }

    /// `None`: no deadline.
    fn acquire_until(&self, deadline: Option<Instant>) -> bool {
        let mut state = self.lock();
        if state.take() {
            return true;
        }
        let me = thread::current();
        state.waiting.push_back(me.clone());
        loop {
            drop(state);
            let left = deadline.map(|d| d.saturating_duration_since(Instant::now()));
            match left {
                None => thread::park(),
                Some(left) if !left.is_zero() => thread::park_timeout(left),
                Some(_) => {}
            }
            state = self.lock();
            let Some(place) = state.waiting.iter().position(|waiter| waiter.id() == me.id()) else {
                return true;
            };
            if left == Some(Duration::ZERO) {
                // Still in the queue: nobody gave us a permit, and from now on nobody will.
                state.waiting.remove(place);
                return false;
            }
        }
    }

    /// Gives a permit back.
    ///
    /// # Errors
    /// [`TooManyReleases`] if all permits are there already.
    pub fn release(&self) -> Result<(), TooManyReleases> {
        let mut state = self.lock();
        if state.available == self.permits {
            return Err(TooManyReleases);
        }
        match state.waiting.pop_front() {
            Some(next) => next.unpark(),
            None => state.available += 1,
        }
        Ok(())
    }

    /// How many permits are there now.
    pub fn available(&self) -> usize {
        self.lock().available
    }

    /// Takes a permit and gives it back when the [`Permit`] is dropped.
    pub fn permit(&self) -> Permit<'_> {
        self.acquire();
        Permit { semaphore: self }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap()
    }
}

impl State {
    fn take(&mut self) -> bool {
        let some = self.available > 0;
        if some {
            self.available -= 1;
        }
        some
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
