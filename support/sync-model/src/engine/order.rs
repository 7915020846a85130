//! The order that the steps of one execution force upon each other, and the races that are left.
//!
//! Two steps race when they compete for an object and nothing orders them: the search must then try
//! them the other way round. This is dynamic partial-order reduction: schedules that differ only in the
//! order of steps that do not compete are run once. If all schedules are tried, what must be tried are
//! *source sets*, together with sleep sets (Abdulla, Aronis, Jonsson, Sagonas, "Optimal dynamic partial
//! order reduction", POPL 2014). If preemptions are counted, the schedule that needs fewest of them may
//! begin elsewhere: then it is what Flanagan and Godefroid (POPL 2005) ask for, and the additions of
//! Coons, Musuvathi, McKinley, "Bounded partial-order reduction" (OOPSLA 2013).

use super::access::{Access, Accesses, Company};
use super::clock::Clock;
use super::turn::{ThreadSet, only, threads};
use super::{MAX_THREADS, ThreadId};

/// Stands for "no step".
const NONE: u32 = u32::MAX;

/// A step that was run.
#[derive(Debug, Clone, Copy)]
struct Step {
    thread: ThreadId,
    /// Its number among the steps of its thread.
    count: u32,
    accesses: Accesses,
    /// The step of the same thread before it that touched the same object, for each access.
    before: [u32; 2],
    /// Where in the path it was chosen.
    branch: usize,
    /// What comes before it, itself included.
    clock: Clock,
}

/// What is known of the steps that touched one object.
#[derive(Debug, Clone, Copy)]
struct Touched {
    /// Of steps that shared it.
    shared: Clock,
    /// Of steps that added to it.
    added: Clock,
    /// Of all others.
    alone: Clock,
    /// The last step of each thread.
    last: [u32; MAX_THREADS],
}

const UNTOUCHED: Touched =
    Touched { shared: Clock::NEW, added: Clock::NEW, alone: Clock::NEW, last: [NONE; MAX_THREADS] };

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
            let known = *self.touched(object.number);
            let clock = &mut self.clocks[thread];
            clock.join(&known.alone);
            if mode.company() != Company::Looks {
                clock.join(&known.shared);
            }
            if mode.company() != Company::Adds {
                clock.join(&known.added);
            }
        }
        let count = self.clocks[thread].tick(thread);
        let clock = self.clocks[thread];
        let number = self.steps.len() as u32;
        let mut before = [NONE; 2];
        for (Access { object, mode }, before) in accesses.iter().zip(&mut before) {
            let touched = self.touched(object.number);
            *before = std::mem::replace(&mut touched.last[thread], number);
            let clocks = match mode.company() {
                Company::Looks => &mut touched.shared,
                Company::Adds => &mut touched.added,
                Company::Alone => &mut touched.alone,
            };
            clocks.join(&clock);
        }
        self.steps.push(Step { thread, count, accesses, before, branch, clock });
    }

    /// A step of `by` made it possible for `thread` to go on: what `thread` does comes after it.
    pub(crate) fn enable(&mut self, by: ThreadId, thread: ThreadId) {
        let clock = self.clocks[by];
        self.clocks[thread].join(&clock);
    }

    /// Whether whatever `thread` does next comes after all that `other` did.
    pub(crate) fn comes_after(&self, thread: ThreadId, other: ThreadId) -> bool {
        self.clocks[thread].knows(other, self.clocks[other].count(other))
    }

    /// The branches of the steps that race with `accesses`, which `thread` is about to make: the
    /// latest one first.
    pub(crate) fn races(&self, thread: ThreadId, accesses: Accesses) -> Vec<usize> {
        self.racing_steps(thread, accesses).map(|at| self.steps[at].branch).collect()
    }

    /// For each step that races with `accesses`, which `thread` is about to make: its branch, and the
    /// threads one of which must be tried there, for the two to come the other way round. The latest
    /// one first.
    ///
    /// Such a thread can begin the steps that do not come after the first of the two, the second one at
    /// their end: the *initials* of Abdulla, Aronis, Jonsson, Sagonas, "Optimal dynamic partial order
    /// reduction" (POPL 2014).
    pub(crate) fn reversals(
        &self,
        thread: ThreadId,
        accesses: Accesses,
    ) -> impl Iterator<Item = (usize, ThreadSet)> {
        self.racing_steps(thread, accesses)
            .map(move |at| (self.steps[at].branch, self.initials(at, thread, accesses)))
    }

    fn initials(&self, at: usize, thread: ThreadId, accesses: Accesses) -> ThreadSet {
        let first = &self.steps[at];
        let mut initials = 0;
        // The number of each thread's first step that does not come after `first`.
        let mut begins = [u32::MAX; MAX_THREADS];
        let mut met: ThreadSet = 0;
        let mut is_met = false;
        let follows = |clock: &Clock, begins: &[u32; MAX_THREADS], met: ThreadSet| {
            threads(met).any(|other| clock.knows(other, begins[other]))
        };
        for step in &self.steps[at + 1..] {
            if step.clock.knows(first.thread, first.count) {
                continue;
            }
            is_met |= step.accesses.are_ordered_with(accesses);
            if met & only(step.thread) != 0 {
                continue;
            }
            if !follows(&step.clock, &begins, met) {
                initials |= only(step.thread);
            }
            met |= only(step.thread);
            begins[step.thread] = step.count;
        }
        if met & only(thread) == 0 && !is_met && !follows(&self.clocks[thread], &begins, met) {
            initials |= only(thread);
        }
        initials
    }

    /// The steps that race with `accesses`, which `thread` is about to make: the latest one first.
    fn racing_steps(
        &self,
        thread: ThreadId,
        accesses: Accesses,
    ) -> impl Iterator<Item = usize> + use<> {
        let mut found = Vec::new();
        for Access { object, .. } in accesses.iter() {
            let Some(touched) = self.objects.get(object.number as usize) else { continue };
            for rival in (0..MAX_THREADS).filter(|&rival| rival != thread) {
                let mut at = touched.last[rival];
                // A thread's steps are known up to one of them: the ones before need no look.
                while let Some(step) = self.steps.get(at as usize)
                    && !self.clocks[thread].knows(rival, step.count)
                {
                    if step.accesses.compete_with(accesses, self.bounded) {
                        found.push(at as usize);
                    }
                    let same = |access: Option<Access>| access.is_some_and(|a| a.object == object);
                    let slot = step.accesses.0.iter().position(|access| same(*access));
                    at = slot.map_or(NONE, |slot| step.before[slot]);
                }
            }
        }
        found.sort_unstable_by_key(|at| std::cmp::Reverse(*at));
        found.dedup();
        found.into_iter()
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
            self.objects.resize(index + 1, UNTOUCHED);
        }
        &mut self.objects[index]
    }
}

#[cfg(test)]
mod tests {
    use super::super::access::{Mode, ObjectId};
    use super::*;

    const X: ObjectId = ObjectId { number: 1, run: 1 };

    #[test]
    fn the_latest_unordered_rival_is_the_race() {
        let mut order = Order::default();
        let write = Accesses::one(X, Mode::Write);
        order.run(0, write, 0);
        order.run(1, write, 1);
        assert_eq!(order.races(2, write), [1, 0]);
        order.enable(1, 2);
        // Step 0 came before step 1 on the same object, so it is known by way of step 1.
        assert!(order.races(2, write).is_empty());
    }

    #[test]
    fn an_earlier_reader_is_found_behind_a_known_one() {
        let mut order = Order::default();
        let read = Accesses::one(X, Mode::Read);
        order.run(0, read, 0);
        order.run(1, read, 1);
        order.enable(1, 2);
        assert_eq!(order.races(2, Accesses::one(X, Mode::Write)), [0]);
    }

    #[test]
    fn readers_that_leave_are_not_ordered() {
        let mut order = Order::default();
        order.run(0, Accesses::one(X, Mode::Add), 0);
        order.run(0, Accesses::one(X, Mode::Leave), 1);
        order.run(1, Accesses::one(X, Mode::Add), 2);
        assert!(!order.comes_after(1, 0));
        order.run(2, Accesses::one(X, Mode::Write), 3);
        assert!(order.comes_after(2, 0) && order.comes_after(2, 1));
    }
}
