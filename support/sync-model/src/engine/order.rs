//! The order that the steps of one execution force upon each other, and the races that are left.
//!
//! Two steps race when they compete for an object and nothing orders them: the search must then try
//! them the other way round. This is dynamic partial-order reduction after Flanagan and Godefroid
//! (POPL 2005): schedules that differ only in the order of steps that do not compete are run once.

use super::access::{Access, Accesses, Mode};
use super::clock::Clock;
use super::{MAX_THREADS, ThreadId};

/// A step that was run.
#[derive(Debug, Clone, Copy)]
struct Step {
    thread: ThreadId,
    /// Its number among the steps of its thread.
    count: u16,
    accesses: Accesses,
    /// Where in the path it was chosen.
    branch: usize,
}

/// What is known of the steps that touched one object.
#[derive(Debug, Clone, Copy, Default)]
struct Touched {
    /// Of steps that only read it.
    reads: Clock,
    /// Of all others.
    writes: Clock,
}

/// The partial order of one execution's steps.
#[derive(Debug, Default)]
pub(crate) struct Order {
    clocks: [Clock; MAX_THREADS],
    objects: Vec<Touched>,
    steps: Vec<Step>,
    /// Whether preemptions are counted.
    bounded: bool,
}

impl Order {
    pub(crate) fn new(bounded: bool) -> Self {
        Self { bounded, ..Self::default() }
    }

    /// `thread` runs a step that was chosen at `branch` of the path.
    pub(crate) fn run(&mut self, thread: ThreadId, accesses: Accesses, branch: usize) {
        for Access { object, mode } in accesses.iter() {
            let touched = self.touched(object.number);
            let known = *touched;
            self.clocks[thread].join(&known.writes);
            if mode != Mode::Read {
                self.clocks[thread].join(&known.reads);
            }
        }
        let count = self.clocks[thread].tick(thread);
        let clock = self.clocks[thread];
        for Access { object, mode } in accesses.iter() {
            let touched = self.touched(object.number);
            match mode {
                Mode::Read => touched.reads.join(&clock),
                _ => touched.writes.join(&clock),
            }
        }
        self.steps.push(Step { thread, count, accesses, branch });
    }

    /// A step of `by` made it possible for `thread` to go on: what `thread` does comes after it.
    pub(crate) fn enable(&mut self, by: ThreadId, thread: ThreadId) {
        let clock = self.clocks[by];
        self.clocks[thread].join(&clock);
    }

    /// The branches of the steps that race with `accesses`, which `thread` is about to make: the
    /// latest one first.
    pub(crate) fn races(
        &self,
        thread: ThreadId,
        accesses: Accesses,
    ) -> impl Iterator<Item = usize> + '_ {
        let earlier = self.steps.iter().rev();
        earlier.filter(move |step| self.race(step, thread, accesses)).map(|step| step.branch)
    }

    /// The branch of the last step of all, if it races with `accesses`.
    pub(crate) fn last_step_race(&self, thread: ThreadId, accesses: Accesses) -> Option<usize> {
        let last = self.steps.last().filter(|step| self.race(step, thread, accesses));
        last.map(|step| step.branch)
    }

    fn race(&self, step: &Step, thread: ThreadId, accesses: Accesses) -> bool {
        step.thread != thread
            && step.accesses.compete_with(accesses, self.bounded)
            && !self.clocks[thread].knows(step.thread, step.count)
    }

    fn touched(&mut self, object: u32) -> &mut Touched {
        let index = object as usize;
        if self.objects.len() <= index {
            self.objects.resize(index + 1, Touched::default());
        }
        &mut self.objects[index]
    }
}

#[cfg(test)]
mod tests {
    use super::super::access::ObjectId;
    use super::*;

    const X: ObjectId = ObjectId { number: 1, run: 1 };

    #[test]
    fn the_latest_unordered_rival_is_the_race() {
        let mut order = Order::default();
        let write = Accesses::one(X, Mode::Write);
        order.run(0, write, 0);
        order.run(1, write, 1);
        assert_eq!(order.races(2, write).next(), Some(1));
        order.enable(1, 2);
        // Step 0 came before step 1 on the same object, so it is known by way of step 1.
        assert_eq!(order.races(2, write).next(), None);
    }

    #[test]
    fn an_earlier_reader_is_found_behind_a_known_one() {
        let mut order = Order::default();
        let read = Accesses::one(X, Mode::Read);
        order.run(0, read, 0);
        order.run(1, read, 1);
        order.enable(1, 2);
        assert_eq!(order.races(2, Accesses::one(X, Mode::Write)).next(), Some(0));
    }
}
