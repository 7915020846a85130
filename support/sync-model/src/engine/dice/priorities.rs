//! Threads with priorities, and a few changes of them: PCT.
//!
//! After Burckhardt, Kothari, Musuvathi and Nagarakatte, "A randomized scheduler with probabilistic
//! guarantees of finding bugs" (ASPLOS 2010). Each thread has a random priority, and the first of those
//! that can go on does. At `changes` random steps the thread that is first then becomes the last. A
//! mistake that needs `changes + 1` steps of n threads in a certain order is found by one of
//! n · k ^ changes such schedules at least, if k is the number of steps.
//!
//! A thread of high priority that polls would keep all others waiting: the engine's rules of fairness
//! stand above priorities (see `fairness` and `polling`).

use super::candidates;
use crate::engine::turn::{Point, threads};
use crate::engine::{MAX_THREADS, ThreadId};
use crate::random::Random;

/// Priorities before any change are this high at least.
const HIGH: usize = 1 << 16;

#[derive(Debug, Clone)]
pub(super) struct Priorities {
    /// The higher the sooner; drawn when a thread comes to its first turn.
    of: [Option<usize>; MAX_THREADS],
    /// The steps at which somebody becomes the last.
    changes: Vec<usize>,
}

impl Priorities {
    /// So many changes in an execution of so many steps.
    pub(super) fn new(changes: usize, steps: usize, random: &mut Random) -> Self {
        let changes = (0..changes).map(|_| 1 + random.below(steps.max(1))).collect();
        Self { of: [None; MAX_THREADS], changes }
    }

    /// Whose turn it is at this step, from 1.
    pub(super) fn thread(&mut self, point: &Point, step: usize, random: &mut Random) -> ThreadId {
        let candidates = candidates(point, random);
        for thread in threads(candidates) {
            self.of[thread].get_or_insert_with(|| HIGH + random.below(HIGH));
        }
        // A change of mind that comes later in the list makes one lower than those before it.
        let last = self.changes.iter().position(|&change| change == step);
        if let Some(last) = last
            && let Some(first) = self.first(candidates)
        {
            self.of[first] = Some(self.changes.len() - last);
        }
        self.first(candidates).expect("a point has somebody who can go on")
    }

    fn first(&self, some: u32) -> Option<ThreadId> {
        threads(some).max_by_key(|&thread| self.of[thread])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::turn::ThreadSet;

    fn point(ready: ThreadSet) -> Point {
        Point { previous: 0, ready, late: 0, earliest: 0, spurious: 0, polling: 0 }
    }

    /// How often another thread runs than before, in so many steps of three threads.
    fn switches(changes: usize, seed: u64) -> usize {
        let mut random = Random::new(seed);
        let mut priorities = Priorities::new(changes, 50, &mut random);
        let turns: Vec<_> =
            (1..=50).map(|step| priorities.thread(&point(0b111), step, &mut random)).collect();
        turns.windows(2).filter(|pair| pair[0] != pair[1]).count()
    }

    #[test]
    fn threads_that_can_go_on_switch_at_changes_only() {
        for seed in 1..200 {
            assert_eq!(switches(0, seed), 0);
            assert!(switches(2, seed) <= 2);
        }
        assert!((1..200).any(|seed| switches(2, seed) == 2));
    }

    #[test]
    fn every_order_of_threads_is_drawn() {
        let order = |seed| {
            let mut random = Random::new(seed);
            let mut priorities = Priorities::new(0, 1, &mut random);
            let mut left: ThreadSet = 0b111;
            std::iter::from_fn(|| {
                let next = (left != 0).then(|| priorities.thread(&point(left), 1, &mut random))?;
                left &= !(1 << next);
                Some(next)
            })
            .collect::<Vec<_>>()
        };
        let orders: std::collections::BTreeSet<_> = (1..200).map(order).collect();
        assert_eq!(orders.len(), 6);
    }
}
