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
const LONG_ENOUGH: Duration = Duration::from_millis(150);
/// CPU time up to which the plain loop is worth its wait.
const TOO_LONG: Duration = Duration::from_millis(600);
/// How often the size is doubled at most.
const DOUBLINGS: u32 = 12;
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
    work: Duration,
    plain: Cost,
    /// Whether `plain` was measured at this very size, rather than doubled from a smaller one.
    measured: bool,
}

impl<R: PartialEq + Debug> Call<'_, R> {
    /// Doubles `size` until a run is long enough to be measured; `None` if it never is.
    pub fn sized(&self, mut size: usize) -> Option<Sized> {
        let mut plain: Option<Cost> = None;
        for _ in 0..DOUBLINGS {
            let measured = plain.is_none_or(|cost| cost.cpu < TOO_LONG / 2);
            let cost_now = if measured { self.compare(size) } else { doubled(plain?) };
            plain = Some(cost_now);
            let (_, answer) = cost(|| self.run(size));
            if answer.cpu >= LONG_ENOUGH {
                return Some(Sized { size, work: answer.cpu, plain: cost_now, measured });
            }
            size *= 2;
        }
        None
    }

    /// Whether two threads come to work at the same time; `None` if that stays unknown.
    pub fn rendezvous(&self, sized: &Sized) -> Option<Rendezvous> {
        let mut meeting = Meeting::default();
        for _ in 0..MEETINGS {
            beside(|| self.run(sized.size), |done| meeting.observe(sized.work, done));
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

    /// One round: a plain loop, the answer as it is, and the answer with all threads on one CPU.
    /// `None` if too much of the work could not be assigned to a thread.
    pub fn round(&self, sized: &Sized) -> Option<SpeedupRound> {
        let plain = if sized.measured { self.compare(sized.size) } else { sized.plain };
        let (_, free) = cost(|| self.run(sized.size));
        let caller = gettid().as_raw();
        let lane = Lane::here();
        let ((_, tally), pinned) =
            cost(|| beside(|| self.run(sized.size), |done| tally(caller, lane, done)));
        let tally = tally?;
        let work = pinned.cpu.saturating_sub(tally.observer);
        let unseen = work.saturating_sub(tally.by_thread.values().sum());
        let busiest = *tally.by_thread.values().max()?;
        (unseen < work.mul_f64(UNSEEN)).then(|| SpeedupRound {
            work: millis(work),
            // What was not seen may be the busiest thread's.
            span: millis(busiest + unseen),
            reference_work: millis(plain.cpu),
            wall: millis(free.wall),
            reference_wall: millis(plain.wall),
        })
    }

    fn run(&self, size: usize) -> R {
        (self.answer)(size, self.threads)
    }

    /// Runs the plain loop, and compares the answer's result with its own.
    fn compare(&self, size: usize) -> Cost {
        let (expected, plain) = cost(|| (self.plain)(size));
        let found = self.run(size);
        require!(
            Fault::WrongAnswer,
            found == expected,
            "with {} threads the result for size {size} is not that of a plain loop",
            self.threads
        );
        plain
    }
}

fn doubled(cost: Cost) -> Cost {
    Cost { cpu: cost.cpu * 2, wall: cost.wall * 2 }
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
