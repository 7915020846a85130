//! Fails: a_timeout_takes_or_leaves (lost-permit)
//!
//! Permits are handed over: `release` strikes the first thread off the list and calls it. One whose time
//! has just ended goes away with `false`, and the permit that was handed to it meanwhile is nobody's.

use std::collections::{BTreeSet, VecDeque};
use std::error::Error;
use std::fmt;
use std::time::Duration;
use sync::time::Instant;
use sync::{Condvar, Mutex};

#[derive(Debug, Default)]
struct Desk {
    free: usize,
    last: u64,
    queue: VecDeque<u64>,
    called: BTreeSet<u64>,
}

/// Lets at most so many threads in at once as it has permits.
#[derive(Debug)]
pub struct BoundedSemaphore {
    permits: usize,
    desk: Mutex<Desk>,
    call: Condvar,
}

impl BoundedSemaphore {
    /// A semaphore with `permits` permits.
    pub fn new(permits: usize) -> Self {
        let desk = Desk { free: permits, ..Desk::default() };
        Self { permits, desk: Mutex::new(desk), call: Condvar::new() }
    }

    /// Takes a permit; sleeps while there is none.
    pub fn acquire(&self) {
        self.enter(None);
    }

    /// Takes a permit if there is one now.
    pub fn try_acquire(&self) -> bool {
        let mut desk = self.desk.lock().unwrap();
        if desk.free == 0 {
            return false;
        }
        desk.free -= 1;
        true
    }

    /// Takes a permit, and waits for it no longer than `timeout`.
    pub fn acquire_timeout(&self, timeout: Duration) -> bool {
        self.enter(Instant::now().checked_add(timeout))
    }

    fn enter(&self, deadline: Option<Instant>) -> bool {
        let mut desk = self.desk.lock().unwrap();
        if desk.free > 0 {
            desk.free -= 1;
            return true;
        }
        desk.last += 1;
        let me = desk.last;
        desk.queue.push_back(me);
        while !desk.called.contains(&me) {
            desk = match deadline {
                None => self.call.wait(desk).unwrap(),
                Some(deadline) => {
                    let left = deadline.saturating_duration_since(Instant::now());
                    let (mut desk, result) = self.call.wait_timeout(desk, left).unwrap();
                    if result.timed_out() {
                        desk.queue.retain(|number| *number != me);
                        desk.called.remove(&me);
                        return false;
                    }
                    desk
                }
            };
        }
        desk.called.remove(&me);
        true
    }

    /// Gives a permit back.
    ///
    /// # Errors
    /// [`TooManyReleases`] if all permits are there already.
    pub fn release(&self) -> Result<(), TooManyReleases> {
        let mut desk = self.desk.lock().unwrap();
        if desk.free == self.permits {
            return Err(TooManyReleases);
        }
        match desk.queue.pop_front() {
            Some(first) => {
                desk.called.insert(first);
                self.call.notify_all();
            }
            None => desk.free += 1,
        }
        Ok(())
    }

    /// How many permits are there now.
    pub fn available(&self) -> usize {
        self.desk.lock().unwrap().free
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
