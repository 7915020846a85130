//! Does an answer really work in parallel?
//!
//! The wall clock cannot tell on a machine that others use too: on two busy cores an honest answer
//! takes as long as a serial one. So nothing here is decided by it. Two questions are asked whose
//! answers do not depend on how fast anything is:
//! - **rendezvous**: do two things come to be in progress at the same time? Items wait for each
//!   other ([`Speedup::of_items`]), or one thread is held and the others are watched
//!   ([`Speedup::of_call`]);
//! - **work and span**: by the CPU clocks, how much work was there in all, and how much of it was
//!   the busiest thread's? The workers share one CPU meanwhile, so that the machine's other
//!   programs hold up all of them alike.
//!
//! The wall clock is measured beside them, and shown.

mod clock;
mod convoy;
mod items;
mod judge;
mod pin;

#[cfg(target_os = "linux")]
mod call;
#[cfg(target_os = "linux")]
pub(crate) mod census;
#[cfg(target_os = "linux")]
mod hold;
#[cfg(target_os = "linux")]
mod meeting;

use std::fmt::Debug;
use std::panic::Location;
use std::thread;

use evidence::channel::channel;
use evidence::{Outcome, Request, Speedup as Measured};
use evidence::{SpeedupRound, found::Rendezvous};

use crate::conclusion::conclude;
use items::{Items, Kernel};
pub use judge::judge;

/// Rounds before an answer is found wanting; one convincing round is enough to pass.
const ROUNDS: usize = 5;

/// A speed-up check. `threads` and `threshold` come from `exercise.toml`.
#[derive(Debug, Clone, Copy)]
pub struct Speedup {
    threads: usize,
    threshold: f64,
    usable_cpus: f64,
}

impl Default for Speedup {
    fn default() -> Self {
        Self::new()
    }
}

impl Speedup {
    /// With the threads and the threshold that the grader asks for, or 2 and 0.75 per thread.
    pub fn new() -> Self {
        let request = channel().map(|channel| channel.request());
        let asked = request.and_then(|request: &Request| request.threads);
        let threads = asked.unwrap_or(2);
        let threshold = request.and_then(|request| request.threshold);
        // It heeds affinity and the quotas of cgroups, as learners' programs do.
        let usable = thread::available_parallelism().map_or(1, usize::from);
        Self {
            threads,
            threshold: threshold.unwrap_or(0.75 * threads as f64),
            usable_cpus: usable as f64,
        }
    }

    /// How many threads the answer is to be given.
    pub fn threads(&self) -> usize {
        self.threads
    }

    /// Checks an answer that is given its work as a closure. `run(threads, work)` has it call
    /// `work(i)` once for each `i` below `items`, with `threads` threads; all items take equally
    /// long.
    ///
    /// # Panics
    /// When the promise is broken, after the grader has been told; when there are fewer than 8
    /// items for each thread.
    #[track_caller]
    pub fn of_items(self, items: usize, run: impl Fn(usize, &(dyn Fn(usize) + Sync))) {
        assert!(items >= 8 * self.threads, "{items} items are too few for a measurement");
        self.tell(Location::caller(), || {
            let answer = Items { items, threads: self.threads, run: &run };
            let rendezvous = answer.rendezvous();
            let kernel = Kernel::calibrated();
            let met = rendezvous.met >= rendezvous.wanted;
            let rounds = if met { self.rounds(|| Some(answer.round(&kernel))) } else { Vec::new() };
            judge(self.measured(Some(rendezvous), rounds))
        });
    }

    /// Checks an answer that is a plain function: `answer(size, threads)` must give what
    /// `plain(size)`, a loop without threads, gives. `size` is the first size to try: it is doubled
    /// until a run takes long enough to be measured.
    ///
    /// # Panics
    /// When the promise is broken, after the grader has been told.
    #[track_caller]
    pub fn of_call<R: PartialEq + Debug>(
        self,
        size: usize,
        plain: impl Fn(usize) -> R,
        answer: impl Fn(usize, usize) -> R,
    ) {
        self.tell(Location::caller(), || {
            let measured = self.measure_call(size, &plain, &answer);
            measured.map_or_else(inconclusive, judge)
        });
    }

    /// Checks an answer that `measure` measures in a way of its own, as for processes.
    ///
    /// # Panics
    /// When the promise is broken, after the grader has been told.
    #[track_caller]
    pub fn of_measurement(self, measure: impl FnOnce() -> Measured) {
        self.tell(Location::caller(), || judge(measure()));
    }

    /// A measurement with these results, for [`judge`].
    pub fn measured(&self, rendezvous: Option<Rendezvous>, rounds: Vec<SpeedupRound>) -> Measured {
        Measured {
            threads: self.threads,
            usable_cpus: self.usable_cpus,
            rendezvous,
            threshold: self.threshold,
            rounds,
        }
    }

    #[cfg(target_os = "linux")]
    fn measure_call<R: PartialEq + Debug>(
        &self,
        size: usize,
        plain: &dyn Fn(usize) -> R,
        answer: &dyn Fn(usize, usize) -> R,
    ) -> Result<Measured, &'static str> {
        let call = call::Call { threads: self.threads, plain, answer };
        let mut sized = call.sized(size).ok_or("the function is too quick to be measured")?;
        let rendezvous = call
            .rendezvous(&sized)
            .ok_or("its threads could not be watched long enough to tell; try again")?;
        let met = rendezvous.met >= rendezvous.wanted;
        let mut used = false;
        let round = || {
            if std::mem::replace(&mut used, true) {
                sized = call.measured_again(sized);
            }
            call.round(&sized)
        };
        let rounds = if met { self.rounds(round) } else { Vec::new() };
        Ok(self.measured(Some(rendezvous), rounds))
    }

    #[cfg(not(target_os = "linux"))]
    fn measure_call<R: PartialEq + Debug>(
        &self,
        _size: usize,
        _plain: &dyn Fn(usize) -> R,
        _answer: &dyn Fn(usize, usize) -> R,
    ) -> Result<Measured, &'static str> {
        Err("only Linux shows a check the threads of its process")
    }

    /// Rounds until one is convincing; those that could not be measured do not count.
    fn rounds(&self, mut round: impl FnMut() -> Option<SpeedupRound>) -> Vec<SpeedupRound> {
        let mut rounds = Vec::new();
        for _ in 0..2 * ROUNDS {
            rounds.extend(round());
            let convincing = |round| judge::is_convincing(round, self.threshold);
            if rounds.len() == ROUNDS || rounds.last().is_some_and(convincing) {
                break;
            }
        }
        rounds
    }

    fn tell(&self, check: &Location<'_>, outcome: impl FnOnce() -> Outcome) {
        let enough = self.usable_cpus >= 2.0;
        conclude(check, || if enough { outcome() } else { judge(self.measured(None, Vec::new())) });
    }
}

/// Whether threads of `work(size)` are ever at work at the same time: one is held, and the others are
/// watched. `None` if that cannot be seen, as on other systems than Linux. `size` is doubled until a
/// run takes long enough.
#[cfg(target_os = "linux")]
pub fn works_side_by_side<R: PartialEq + Debug>(
    size: usize,
    work: impl Fn(usize) -> R,
) -> Option<bool> {
    let answer = |size, _threads| work(size);
    let call = call::Call { threads: 1, plain: &work, answer: &answer };
    let met = call.rendezvous(&call.sized(size)?)?.met;
    Some(met > 1)
}

/// Whether threads of `work(size)` are ever at work at the same time: only Linux shows.
#[cfg(not(target_os = "linux"))]
pub fn works_side_by_side<R: PartialEq + Debug>(
    _size: usize,
    _work: impl Fn(usize) -> R,
) -> Option<bool> {
    None
}

fn inconclusive(because: &str) -> Outcome {
    Outcome::Inconclusive { because: because.to_owned(), evidence: Vec::new() }
}
