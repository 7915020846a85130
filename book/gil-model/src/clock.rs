//! Virtual time: events happen in the order of their times, and those of one time as they were planned.

use std::cmp::{Ordering, Reverse};
use std::collections::BinaryHeap;

/// A queue of events.
#[derive(Debug)]
pub struct Clock<E> {
    now: f64,
    planned: u64,
    queue: BinaryHeap<Reverse<Planned<E>>>,
}

#[derive(Debug)]
struct Planned<E> {
    at: f64,
    number: u64,
    event: E,
}

impl<E> Clock<E> {
    /// Time 0, and nothing planned.
    pub fn new() -> Self {
        Clock { now: 0.0, planned: 0, queue: BinaryHeap::new() }
    }

    /// The time of the last event, in milliseconds.
    pub fn now(&self) -> f64 {
        self.now
    }

    /// Plans `event` for `millis` from now.
    pub fn after(&mut self, millis: f64, event: E) {
        self.planned += 1;
        let planned = Planned { at: self.now + millis, number: self.planned, event };
        self.queue.push(Reverse(planned));
    }

    /// Turns to the next event.
    pub fn tick(&mut self) -> Option<E> {
        let Reverse(next) = self.queue.pop()?;
        self.now = next.at;
        Some(next.event)
    }
}

impl<E> Default for Clock<E> {
    fn default() -> Self {
        Self::new()
    }
}

impl<E> Ord for Planned<E> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.at.total_cmp(&other.at).then(self.number.cmp(&other.number))
    }
}

impl<E> PartialOrd for Planned<E> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl<E> PartialEq for Planned<E> {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl<E> Eq for Planned<E> {}
