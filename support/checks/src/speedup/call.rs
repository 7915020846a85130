//! Measures an answer that is a plain function: its threads are watched from outside.

use std::collections::HashMap;
use std::fmt::Debug;
use std::panic::{self, AssertUnwindSafe};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use evidence::found::Rendezvous;
use evidence::{Fault, SpeedupRound, require};
use nix::unistd::gettid;

use super::census::{Census, Thread};
use super::clock::{self, Cost, cost, millis};
use super::meeting::{Answer, Meeting};
use super::pin::Lane;

/// CPU time that a run should take.
const LONG_ENOUGH: Duration = Duration::from_millis(120);
/// CPU time up to which the plain loop is worth its wait.
const TOO_LONG: Duration = Duration::from_millis(300);
/// How often the size is doubled at most.
const DOUBLINGS: u32 = 20;
/// Runs in which the threads are asked whether they need each other.
const MEETINGS: usize = 12;
/// CPU time that may stay unaccounted for, because a thread ended between two looks.
const UNSEEN: f64 = 0.03;

/// An answer under measurement, and a plain loop that does the same.
pub(crate) struct Call<'a, R> {
    pub threads: usize,
    pub plain: &'a dyn Fn(usize) -> R,
    pub answer: &'a dyn Fn(usize, usize) -> R,
}

/// A size that is worth measuring, and what was seen at it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Sized {
    size: usize,
    plain: Cost,
    answer: Cost,
    /// Whether the plain loop is too slow for this size: then `plain` is doubled from a smaller
    /// one, which flatters it, and nothing is compared.
    doubled: bool,
}

impl<R: PartialEq + Debug> Call<'_, R> {
    /// Doubles `size` until a run is long enough to be measured; `None` if it never is.
    pub fn sized(&self, size: usize) -> Option<Sized> {
        let mut sized = self.measured(size);
        for _ in 0..DOUBLINGS {
            if sized.answer.cpu >= LONG_ENOUGH {
                return Some(sized);
            }
            let size = 2 * sized.size;
            sized = if sized.plain.cpu < TOO_LONG {
                self.measured(size)
            } else {
                let plain = Cost { cpu: sized.plain.cpu * 2, wall: sized.plain.wall * 2 };
                Sized { size, plain, answer: cost(|| self.run(size)).1, doubled: true }
            };
        }
        None
    }

    /// Measures the plain loop and the answer once more, for another round.
    pub fn measured_again(&self, sized: Sized) -> Sized {
        if sized.doubled {
            Sized { answer: cost(|| self.run(sized.size)).1, ..sized }
        } else {
            self.measured(sized.size)
        }
    }

    /// Runs the plain loop and the answer, and compares what they give.
    fn measured(&self, size: usize) -> Sized {
        let (expected, plain) = cost(|| (self.plain)(size));
        let (found, answer) = cost(|| self.run(size));
        require!(
            Fault::WrongAnswer,
            found == expected,
            "with {} threads the result for size {size} is not that of a plain loop",
            self.threads
        );
        Sized { size, plain, answer, doubled: false }
    }

    /// Whether two threads come to work at the same time; `None` if that stays unknown.
    pub fn rendezvous(&self, sized: &Sized) -> Option<Rendezvous> {
        let mut meeting = Meeting::default();
        for _ in 0..MEETINGS {
            beside(|| self.run(sized.size), |done| meeting.observe(sized.answer.cpu, done));
            match meeting.answer() {
                None => {}
                Some(Answer::Together) => return Some(Rendezvous { wanted: 2, met: 2 }),
                Some(Answer::TakingTurns) => return Some(Rendezvous { wanted: 2, met: 1 }),
                Some(Answer::Spinning) => require!(
                    Fault::Wasteful,
                    false,
                    "while one thread was held, the others used more CPU time than the whole work \
                     takes, and got nothing done: they spin until they may go on"
                ),
            }
        }
        None
    }

    /// One round: what `sized` says of the plain loop and the answer, the answer once more with all
    /// threads on one CPU, and the plain loop once more. `None` if too much of the work could not be
    /// assigned to a thread.
    pub fn round(&self, sized: &Sized) -> Option<SpeedupRound> {
        let caller = gettid().as_raw();
        let lane = Lane::here();
        let ((_, tally), pinned) =
            cost(|| beside(|| self.run(sized.size), |done| tally(caller, lane, done)));
        let tally = tally?;
        let plain = self.plain_at_best(sized);
        let work = pinned.cpu.saturating_sub(tally.observer);
        let unseen = work.saturating_sub(tally.by_thread.values().sum());
        let busiest = *tally.by_thread.values().max()?;
        (unseen < work.mul_f64(UNSEEN)).then(|| SpeedupRound {
            work: millis(work),
            // What was not seen may be the busiest thread's.
            span: millis(busiest + unseen),
            reference_work: millis(plain.cpu),
            wall: millis(sized.answer.wall),
            reference_wall: millis(plain.wall),
        })
    }

    /// The plain loop before and after the answer, whichever took less: a neighbour on the same
    /// core slows it down for a while, and would make a wasteful answer look thrifty.
    fn plain_at_best(&self, sized: &Sized) -> Cost {
        if sized.doubled {
            return sized.plain;
        }
        let after = cost(|| (self.plain)(sized.size)).1;
        if after.cpu < sized.plain.cpu { after } else { sized.plain }
    }

    fn run(&self, size: usize) -> R {
        (self.answer)(size, self.threads)
    }
}

/// Runs `work` on this thread while `observe` watches from another one until it is told that the
/// work is done.
fn beside<T, S: Send>(
    work: impl FnOnce() -> T,
    observe: impl FnOnce(&AtomicBool) -> S + Send,
) -> (T, S) {
    let done = AtomicBool::new(false);
    thread::scope(|scope| {
        let observer = scope.spawn(|| observe(&done));
        let result = panic::catch_unwind(AssertUnwindSafe(work));
        done.store(true, Ordering::SeqCst);
        let seen = observer.join().expect("the observer does not panic");
        (result.unwrap_or_else(|payload| panic::resume_unwind(payload)), seen)
    })
}

/// CPU time by thread, and that of the observer.
struct Tally {
    by_thread: HashMap<Thread, Duration>,
    observer: Duration,
}

/// Counts what each thread uses until `done`, with all that work moved into the lane; `None` if
/// this system does not show its threads.
fn tally(caller: Thread, lane: Lane, done: &AtomicBool) -> Option<Tally> {
    let own = clock::this_thread();
    let start = Census::take().ok()?;
    let mut by_thread = HashMap::new();
    let mut moved = Vec::new();
    loop {
        // One last look after the end, for the threads that outlive the call.
        let last = done.load(Ordering::SeqCst);
        for (thread, spent) in Census::take().ok()?.since(&start) {
            by_thread.insert(thread, spent);
            // The caller stays free until it has helpers: it may still ask how many CPUs there are.
            let works = spent > Duration::ZERO && (thread != caller || !moved.is_empty());
            if works && !moved.contains(&thread) {
                lane.enter(thread);
                moved.push(thread);
            }
        }
        if last {
            break;
        }
        thread::sleep(Duration::from_millis(1));
    }
    moved.iter().for_each(|&thread| lane.leave(thread));
    Some(Tally { by_thread, observer: clock::this_thread() - own })
}
