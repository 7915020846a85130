//! Whoever polls gives way, so that nobody who waits for a turn waits for ever.
//!
//! After Musuvathi and Qadeer, "Fair stateless model checking" (PLDI 2008). When a thread polls, it
//! falls behind all that it has kept waiting since it polled last: that could go on ever since, or
//! could not because of what it did itself, and have not run. It goes on when they have run. Without
//! this, two threads that poll could take turns for ever, at no cost, while a third one waits that
//! would set them free: a program that is right would be called a livelock.
//!
//! Somebody may always go on: a thread falls behind others only at the end of its own step, when
//! nobody is behind it any more, so no circle ever closes.

use super::turn::{ThreadSet, only, set_of, threads};
use super::{MAX_THREADS, ThreadId};

/// What became of the others since a thread polled last.
#[derive(Debug, Clone, Copy)]
struct Since {
    /// Could go on all the time.
    could: ThreadSet,
    /// Could go on no longer after a step of this thread.
    hindered: ThreadSet,
    ran: ThreadSet,
    /// Must run before this thread does.
    ahead: ThreadSet,
}

impl Since {
    /// It has not polled yet: nobody has to go first.
    const START: Since = Since { could: 0, hindered: 0, ran: ThreadSet::MAX, ahead: 0 };
}

/// Who is behind whom.
#[derive(Debug)]
pub(super) struct Fairness {
    threads: [Since; MAX_THREADS],
    /// How many of them there have been at once.
    count: usize,
    /// Who could go on before the last step.
    could: ThreadSet,
}

impl Default for Fairness {
    fn default() -> Self {
        Self { threads: [Since::START; MAX_THREADS], count: 0, could: 0 }
    }
}

impl Fairness {
    /// A thread begins, maybe in the slot of one that is done.
    pub(super) fn start(&mut self, thread: ThreadId) {
        self.threads[thread] = Since::START;
        self.count = self.count.max(thread + 1);
    }

    /// `thread` has made a step. Now these `can` go on; and it has come to a place where it `polls`.
    pub(super) fn step(&mut self, thread: ThreadId, can: ThreadSet, polls: bool) {
        for since in &mut self.threads[..self.count] {
            since.ahead &= !only(thread);
            since.ran |= only(thread);
            since.could &= can;
        }
        let mine = &mut self.threads[thread];
        mine.hindered |= self.could & !can;
        self.could = can;
        if polls {
            let kept_waiting = (mine.could | mine.hindered) & !mine.ran;
            *mine = Since { could: can, hindered: 0, ran: 0, ahead: mine.ahead | kept_waiting };
        }
    }

    /// Those of `some` that are behind another of them.
    pub(super) fn behind(&self, some: ThreadSet) -> ThreadSet {
        let behind = threads(some).filter(|&thread| self.threads[thread].ahead & some != 0);
        set_of(behind)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: ThreadSet = 0b111;

    fn of_threads(count: usize) -> Fairness {
        let mut fairness = Fairness::default();
        (0..count).for_each(|thread| fairness.start(thread));
        fairness
    }

    #[test]
    fn a_thread_that_polls_twice_gives_way_to_those_it_kept_waiting() {
        let mut fairness = of_threads(3);
        fairness.step(1, ALL, true);
        assert_eq!(fairness.behind(ALL), 0, "the first time is free");
        fairness.step(2, ALL, false);
        fairness.step(1, ALL, true);
        assert_eq!(fairness.behind(ALL), 0b010, "thread 0 has not run since");
        assert_eq!(fairness.behind(0b110), 0, "thread 2 has");
        fairness.step(0, ALL, false);
        assert_eq!(fairness.behind(ALL), 0, "now both have");
    }

    #[test]
    fn a_thread_that_was_blocked_by_another_one_need_not_go_first() {
        let mut fairness = of_threads(3);
        fairness.step(1, ALL, true);
        fairness.step(0, 0b011, false);
        fairness.step(1, ALL, true);
        assert_eq!(fairness.behind(0b110), 0);
    }

    #[test]
    fn a_thread_that_it_blocked_itself_goes_first() {
        let mut fairness = of_threads(3);
        fairness.step(1, ALL, true);
        fairness.step(1, 0b011, false);
        fairness.step(1, ALL, true);
        assert_eq!(fairness.behind(0b110), 0b010);
    }

    /// Whatever happens, somebody may go on.
    #[test]
    fn no_circle_closes() {
        let mut random = crate::truth::Random::new(1);
        let mut fairness = of_threads(8);
        for _ in 0..10_000 {
            let can = 1 + random.below(255) as ThreadSet;
            let free = can & !fairness.behind(can);
            assert_ne!(free, 0);
            let candidates: Vec<ThreadId> = threads(free).collect();
            let thread = candidates[random.below(candidates.len())];
            fairness.step(thread, can, random.below(2) == 0);
        }
    }
}
