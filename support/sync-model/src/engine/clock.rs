//! Vector clocks: who knows of what.

use super::{MAX_THREADS, ThreadId};

/// For each thread, how many of its steps are known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Clock([u32; MAX_THREADS]);

impl Clock {
    /// Knows of nothing.
    pub(crate) const NEW: Clock = Clock([0; MAX_THREADS]);

    /// Counts one more step of `thread` and returns its number, from 1.
    pub(crate) fn tick(&mut self, thread: ThreadId) -> u32 {
        self.0[thread] += 1;
        self.0[thread]
    }

    /// Learns of the steps of `thread` up to number `count`.
    pub(crate) fn raise(&mut self, thread: ThreadId, count: u32) {
        self.0[thread] = self.0[thread].max(count);
    }

    /// Learns all that `other` knows.
    pub(crate) fn join(&mut self, other: &Clock) {
        for (mine, theirs) in self.0.iter_mut().zip(other.0) {
            // No thread makes that many steps. Every processor compares signed numbers in bulk.
            *mine = (*mine as i32).max(theirs as i32) as u32;
        }
    }

    /// Whether step number `count` of `thread` is known.
    pub(crate) fn knows(&self, thread: ThreadId, count: u32) -> bool {
        self.0[thread] >= count
    }

    /// How many steps of `thread` are known.
    pub(crate) fn count(&self, thread: ThreadId) -> u32 {
        self.0[thread]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knowledge_travels_by_joining() {
        let (mut a, mut b) = (Clock::default(), Clock::default());
        let step = a.tick(0);
        assert!(!b.knows(0, step));
        b.join(&a);
        assert!(b.knows(0, step));
        assert_eq!(b.count(0), 1);
    }
}
