//! Do an answer's threads need each other? The rendezvous for functions that take no closure.
//!
//! While the answer runs, its busiest thread is held for a moment. If the threads work at the same
//! time, another one goes on meanwhile, however long that takes on a busy machine. If they take
//! turns, behind a lock or because there is only one, all others are asleep, which a busy machine
//! cannot cause: a thread that waits for a CPU is not asleep.
//!
//! One moment may deceive: a thread can be held just inside the short section in which it adds up
//! its result, or just outside of the lock that it holds nearly always. So the moments vote.

use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use super::census::{self, Census, Thread};
use super::clock;
use super::hold::Hold;

/// Votes ahead that decide. A lock held 85 % of the time gets away with (0.15 / 0.85)^5, or once in
/// 6,000; a section that takes 3 % of the time is wrongly blamed once in a million.
const FOR: i32 = 5;
const AGAINST: i32 = -4;

/// CPU time of the others that shows that they go on.
const GOES_ON: Duration = Duration::from_millis(1);
/// How long all others must sleep to show that they do not.
const SLEEP: Duration = Duration::from_millis(40);
/// How long to look for either.
const PATIENCE: Duration = Duration::from_secs(5);
/// How long to look for the busiest thread.
const GLANCE: Duration = Duration::from_millis(1);

/// What several runs have shown so far.
#[derive(Debug, Default)]
pub(crate) struct Meeting {
    votes: i32,
    /// Whether others went on to the end of their work, rather than only stayed awake.
    finished: Option<bool>,
    spun: bool,
}

/// What is known in the end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Answer {
    /// Other threads go on while one is held.
    Together,
    /// They do not.
    TakingTurns,
    /// They stay awake but get nothing done: they spin.
    Spinning,
}

impl Meeting {
    /// The answer, once there is one.
    pub fn answer(&self) -> Option<Answer> {
        match (self.votes, self.finished) {
            _ if self.spun => Some(Answer::Spinning),
            (..=AGAINST, _) => Some(Answer::TakingTurns),
            (FOR.., Some(true)) => Some(Answer::Together),
            _ => None,
        }
    }

    /// Observes one run that takes `whole` of CPU time, until `done`.
    pub fn observe(&mut self, whole: Duration, done: &AtomicBool) {
        let start = clock::process();
        // Late in the run, threads may be asleep because there is nothing left for them.
        let early = || clock::process() - start < whole.mul_f64(0.4);
        while early() && !done.load(Ordering::SeqCst) && self.answer().is_none() {
            let Some(thread) = busiest() else { continue };
            if self.votes < FOR {
                self.votes += vote(thread, done);
            } else {
                self.hold_to_the_end(thread, whole, done);
            }
        }
    }

    /// Holds `thread` until the others have nothing left to do. Threads that spin for a lock look
    /// busy, but they never come to an end.
    fn hold_to_the_end(&mut self, thread: Thread, whole: Duration, done: &AtomicBool) {
        let Some(watch) = Watch::over(thread) else { return };
        match watch.until(whole.mul_f64(1.5), done) {
            Seen::Busy => self.spun = true,
            // Held inside a short section: the others wait for it at once. That proves nothing.
            Seen::Asleep(others) if others > whole.mul_f64(0.05) => self.finished = Some(true),
            Seen::Asleep(_) => self.votes -= 1,
            Seen::Nothing => {}
        }
    }
}

/// The thread that used the most CPU time of late.
fn busiest() -> Option<Thread> {
    let before = Census::take().ok()?;
    thread::sleep(GLANCE);
    let now = Census::take().ok()?;
    let (thread, spent) = now.since(&before).max_by_key(|&(_, spent)| spent)?;
    (spent > GLANCE / 4).then_some(thread)
}

fn vote(thread: Thread, done: &AtomicBool) -> i32 {
    let Some(watch) = Watch::over(thread) else { return 0 };
    match watch.until(GOES_ON, done) {
        Seen::Busy => 1,
        Seen::Asleep(_) => -1,
        Seen::Nothing => 0,
    }
}

/// What the others did while one thread was held.
enum Seen {
    /// They used as much CPU time as was looked for.
    Busy,
    /// They all fell asleep, after so much CPU time.
    Asleep(Duration),
    /// Neither was seen.
    Nothing,
}

/// A thread that is held, and the clocks when that began.
struct Watch {
    _hold: Hold,
    thread: Thread,
    process: Duration,
    held: Duration,
    observer: Duration,
}

impl Watch {
    fn over(thread: Thread) -> Option<Self> {
        let hold = Hold::of(thread)?;
        Some(Self {
            _hold: hold,
            thread,
            process: clock::process(),
            held: census::cpu(thread)?,
            observer: clock::this_thread(),
        })
    }

    fn until(self, enough: Duration, done: &AtomicBool) -> Seen {
        let deadline = Instant::now() + PATIENCE;
        let mut awake = Instant::now();
        while Instant::now() < deadline && !done.load(Ordering::SeqCst) {
            thread::sleep(GLANCE);
            if self.others() >= enough {
                return Seen::Busy;
            }
            if !census::all_asleep_except(self.thread) {
                awake = Instant::now();
            } else if awake.elapsed() >= SLEEP {
                return Seen::Asleep(self.others());
            }
        }
        Seen::Nothing
    }

    /// CPU time of all threads but the held one and the observer, since the hold began.
    fn others(&self) -> Duration {
        let held = census::cpu(self.thread).unwrap_or(self.held) - self.held;
        let observer = clock::this_thread() - self.observer;
        (clock::process() - self.process).saturating_sub(held + observer)
    }
}
