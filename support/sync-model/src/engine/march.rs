//! All threads in step: one schedule of many, in which each makes one step in turn.
//!
//! Two threads that give way to each other may do so for ever, but only if they keep in step, which
//! takes more preemptions than a search that limits them allows. Here nobody is kept waiting, so a
//! run that does not end is a livelock and no whim of the scheduler. The new thread may be some steps
//! ahead of the others, or behind: else threads that are alike except for a step would never meet.

use super::turn::{ThreadSet, only, threads};
use super::{MAX_THREADS, ThreadId};

/// How far new threads are behind those that start them.
pub(crate) const LAGS: [i64; 7] = [0, 1, -1, 2, -2, 3, -3];

/// How far each thread has come.
#[derive(Debug)]
pub(super) struct March {
    lag: i64,
    steps: [i64; MAX_THREADS],
    /// How far the thread had come whose turn it was.
    pace: i64,
    /// Who could go on then.
    together: ThreadSet,
}

impl March {
    pub(super) fn new(lag: i64) -> Self {
        Self { lag, steps: [0; MAX_THREADS], pace: 0, together: only(0) }
    }

    /// `parent` starts `child`.
    pub(super) fn start(&mut self, parent: ThreadId, child: ThreadId) {
        self.steps[child] = self.steps[parent] + self.lag;
        self.together |= only(child);
    }

    /// Of these, the one that has come least far. Those that could not go on before do not catch up.
    pub(super) fn next(&mut self, some: ThreadSet) -> Option<ThreadId> {
        for thread in threads(some & !self.together) {
            self.steps[thread] = self.steps[thread].max(self.pace);
        }
        self.together = some;
        let next = threads(some).min_by_key(|&thread| self.steps[thread])?;
        self.pace = self.steps[next];
        self.steps[next] += 1;
        Some(next)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn turns(march: &mut March, sets: &[ThreadSet]) -> Vec<ThreadId> {
        sets.iter().filter_map(|&set| march.next(set)).collect()
    }

    #[test]
    fn each_in_turn() {
        let mut march = March::new(0);
        march.start(0, 1);
        march.start(0, 2);
        assert_eq!(turns(&mut march, &[0b111; 6]), [0, 1, 2, 0, 1, 2]);
    }

    #[test]
    fn a_new_thread_may_be_behind() {
        let mut march = March::new(2);
        march.start(0, 1);
        assert_eq!(turns(&mut march, &[0b11; 6]), [0, 0, 0, 1, 0, 1]);
    }

    #[test]
    fn who_was_blocked_does_not_catch_up() {
        let mut march = March::new(0);
        march.start(0, 1);
        assert_eq!(turns(&mut march, &[1, 1, 1, 0b11, 0b11, 0b11]), [0, 0, 0, 1, 0, 1]);
    }
}
