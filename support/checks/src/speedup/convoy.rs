//! Items that go side by side: the rendezvous.
//!
//! Each item of the first half waits until `abreast` of them are in flight; then they go on
//! together. An answer that runs one item after the other never gets a second one in flight, however
//! fast the machine; one that works on several at once gets there, however slow. Only an answer
//! that fails makes anybody wait: until all threads have been asleep for a while, so that nobody is
//! left who could bring another item, or else for the deadline.

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// How long an item waits for its companions, if threads are awake that could bring them.
const PATIENCE: Duration = Duration::from_secs(10);
/// How long all threads must have been asleep to show that nobody will come.
const SLEEP: Duration = Duration::from_millis(500);
/// How often the first of a row looks around.
const GLANCE: Duration = Duration::from_millis(20);

/// A line of items that leave in rows.
#[derive(Debug)]
pub(crate) struct Convoy {
    abreast: usize,
    /// Items that take part: the first ones to arrive, a multiple of `abreast`.
    taking_part: usize,
    line: Mutex<Line>,
    moved: Condvar,
}

#[derive(Debug, Default)]
struct Line {
    arrived: usize,
    /// A row that was never filled, and how many stood in it.
    broken_row: Option<(usize, usize)>,
}

/// How a convoy went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Trip {
    /// All rows were filled.
    Together,
    /// Not even the first row was filled; so many items stood in it.
    Alone(usize),
    /// Rows were filled at first; later a thread was left to work alone.
    Parted,
}

impl Convoy {
    /// A convoy of `items` items, at least two rows of `abreast`.
    pub fn new(items: usize, abreast: usize) -> Self {
        let rows = items / 2 / abreast;
        assert!(rows > 0, "a convoy needs at least {} items", 2 * abreast);
        Self { abreast, taking_part: rows * abreast, line: Mutex::default(), moved: Condvar::new() }
    }

    /// Called by each item: returns when its row is full, or when some row has waited in vain.
    pub fn join_in(&self) {
        let mut line = self.line();
        let row = line.arrived / self.abreast;
        line.arrived += 1;
        if line.arrived > self.taking_part || line.broken_row.is_some() {
            return;
        }
        let place = (line.arrived - 1) % self.abreast;
        self.moved.notify_all();
        if place == 0 {
            self.lead(line, row);
        } else {
            drop(self.moved.wait_while(line, |line| !self.may_go(line, row)));
        }
    }

    /// Waits like the others of its row, and gives up for all of them.
    fn lead(&self, mut line: MutexGuard<'_, Line>, row: usize) {
        let start = Instant::now();
        let mut awake = start;
        while !self.may_go(&line, row) {
            if start.elapsed() >= PATIENCE || awake.elapsed() >= SLEEP {
                line.broken_row = Some((row, line.arrived % self.abreast));
                self.moved.notify_all();
                return;
            }
            let waited = self.moved.wait_timeout(line, GLANCE);
            line = waited.unwrap_or_else(PoisonError::into_inner).0;
            if !all_others_sleep() {
                awake = Instant::now();
            }
        }
    }

    fn may_go(&self, line: &Line, row: usize) -> bool {
        line.arrived >= (row + 1) * self.abreast || line.broken_row.is_some()
    }

    /// How it went, once all items have passed.
    pub fn trip(&self) -> Trip {
        match self.line().broken_row {
            None => Trip::Together,
            Some((0, stood)) => Trip::Alone(stood),
            Some(_) => Trip::Parted,
        }
    }

    fn line(&self) -> MutexGuard<'_, Line> {
        self.line.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(target_os = "linux")]
fn all_others_sleep() -> bool {
    super::census::all_asleep_except(0)
}

/// Other systems do not show a process its threads: the deadline decides.
#[cfg(not(target_os = "linux"))]
fn all_others_sleep() -> bool {
    false
}

#[cfg(test)]
mod tests {
    use std::thread;

    use super::*;

    #[test]
    fn items_of_two_threads_go_side_by_side() {
        let convoy = Convoy::new(16, 2);
        thread::scope(|scope| {
            for _ in 0..2 {
                scope.spawn(|| (0..8).for_each(|_| convoy.join_in()));
            }
        });
        assert_eq!(convoy.trip(), Trip::Together);
    }

    #[test]
    fn a_lopsided_split_is_left_alone_later() {
        let convoy = Convoy::new(64, 2);
        thread::scope(|scope| {
            scope.spawn(|| (0..60).for_each(|_| convoy.join_in()));
            scope.spawn(|| (0..4).for_each(|_| convoy.join_in()));
        });
        assert_eq!(convoy.trip(), Trip::Parted);
    }

    #[test]
    fn one_thread_waits_in_vain() {
        let convoy = Convoy::new(4, 2);
        (0..4).for_each(|_| convoy.join_in());
        assert_eq!(convoy.trip(), Trip::Alone(1));
    }
}
