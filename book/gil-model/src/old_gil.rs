//! The GIL before CPython 3.2: let go and take again every 100 ticks, with a signal each time.
//!
//! This one is calibrated, not derived: its constants are chosen so that two threads that only compute
//! take as long as David Beazley measured (PyCon 2010: 7.8 s one after the other, 15.4 s on four cores,
//! 11.3 s on one).

use std::collections::VecDeque;

use crate::clock::Clock;
use crate::setting::{NOTHING, Setting, Work};
use crate::timeline::{MarkKind, Recorder, State, Timeline};

/// What signalling a waiter costs the holder, as a share of its work: on several cores, and on one.
const THRASH: f64 = 0.97;
const THRASH_ON_ONE_CORE: f64 = 0.45;
/// The chance that a woken thread gets the lock before its holder has taken it back.
const WIN: f64 = 0.05;
/// How often that is tried: on several cores, and on one, where it is the operating system's time slice.
const RETRY: f64 = 0.25;
const SLICE: f64 = 4.0;

/// Simulates `setting`.
pub fn simulate(setting: &Setting) -> Timeline {
    let mut gil = OldGil::new(setting);
    (0..setting.threads).for_each(|thread| gil.acquire(thread));
    while let Some(event) = gil.clock.tick() {
        match event {
            Event::Tick { hold } if hold == gil.hold => gil.tick(),
            Event::Computed { plan } if plan == gil.plan => gil.computed(),
            Event::Tick { .. } | Event::Computed { .. } => {}
            Event::Answered { thread } => {
                gil.threads[thread].work.compute();
                gil.threads[thread].after_io = true;
                gil.acquire(thread);
            }
        }
    }
    gil.recorder.finish()
}

#[derive(Debug, Clone, Copy)]
enum Event {
    /// A waiter is woken and tries its luck.
    Tick { hold: u64 },
    /// The holder has computed all that it had to.
    Computed { plan: u64 },
    /// The I/O of a thread is over.
    Answered { thread: usize },
}

struct Thread {
    work: Work,
    asked: f64,
    after_io: bool,
}

struct OldGil<'s> {
    setting: &'s Setting,
    clock: Clock<Event>,
    recorder: Recorder,
    threads: Vec<Thread>,
    holder: Option<usize>,
    last_holder: Option<usize>,
    waiting: VecDeque<usize>,
    /// Numbers of the current hold and of the current plan: events of earlier ones mean nothing.
    hold: u64,
    plan: u64,
    /// Since when the holder computes at `speed`.
    since: f64,
    speed: f64,
    luck: u64,
}

impl<'s> OldGil<'s> {
    fn new(setting: &'s Setting) -> Self {
        let thread = |number| Thread {
            work: Work::new(setting.program(number)),
            asked: 0.0,
            after_io: false,
        };
        OldGil {
            setting,
            clock: Clock::new(),
            recorder: Recorder::new(setting.threads),
            threads: (0..setting.threads).map(thread).collect(),
            holder: None,
            last_holder: None,
            waiting: VecDeque::new(),
            hold: 0,
            plan: 0,
            since: 0.0,
            speed: 1.0,
            luck: 12_345,
        }
    }

    fn acquire(&mut self, thread: usize) {
        let now = self.clock.now();
        self.threads[thread].asked = now;
        self.recorder.turn(thread, Some(State::Wait), now);
        if self.holder.is_none() {
            return self.take(thread);
        }
        self.settle();
        self.waiting.push_back(thread);
        self.plan();
    }

    fn take(&mut self, thread: usize) {
        let now = self.clock.now();
        self.holder = Some(thread);
        if self.last_holder != Some(thread) {
            self.last_holder = Some(thread);
            self.recorder.totals.switches += 1;
        }
        self.recorder.turn(thread, Some(State::Run), now);
        let taker = &mut self.threads[thread];
        if std::mem::take(&mut taker.after_io) {
            self.recorder.back_from_io(now - taker.asked);
        }
        self.plan();
        self.hold += 1;
        self.clock.after(self.retry(), Event::Tick { hold: self.hold });
    }

    /// Books what the holder has computed until now.
    fn settle(&mut self) {
        if let Some(holder) = self.holder {
            let now = self.clock.now();
            self.threads[holder].work.left -= (now - self.since) * self.speed;
            self.since = now;
        }
    }

    /// Plans the end of the holder's computing. While somebody waits, each check costs a signal.
    fn plan(&mut self) {
        let Some(holder) = self.holder else { return };
        let thrash = if self.setting.cores > 1 { THRASH } else { THRASH_ON_ONE_CORE };
        self.speed = if self.waiting.is_empty() { 1.0 } else { 1.0 / (1.0 + thrash) };
        self.since = self.clock.now();
        self.plan += 1;
        let millis = self.threads[holder].work.left / self.speed;
        self.clock.after(millis, Event::Computed { plan: self.plan });
    }

    fn retry(&self) -> f64 {
        if self.setting.cores > 1 { RETRY } else { SLICE }
    }

    fn tick(&mut self) {
        self.clock.after(self.retry(), Event::Tick { hold: self.hold });
        let (Some(holder), Some(&first)) = (self.holder, self.waiting.front()) else { return };
        let now = self.clock.now();
        if self.setting.cores > 1 && self.random() > WIN {
            self.recorder.mark(first, MarkKind::ForNothing, now);
            self.waiting.rotate_left(1);
            return;
        }
        self.settle();
        if self.threads[holder].work.left <= NOTHING {
            return; // It lets go at this very moment anyway.
        }
        self.waiting.pop_front();
        self.waiting.push_back(holder);
        self.recorder.turn(holder, Some(State::Wait), now);
        self.threads[holder].asked = now;
        self.take(first);
    }

    fn computed(&mut self) {
        let Some(holder) = self.holder.take() else { return };
        let now = self.clock.now();
        match self.threads[holder].work.io() {
            None => self.recorder.turn(holder, None, now),
            Some(millis) => {
                self.recorder.turn(holder, Some(State::Io), now);
                self.clock.after(millis, Event::Answered { thread: holder });
            }
        }
        self.hold += 1;
        if let Some(next) = self.waiting.pop_front() {
            self.take(next);
        }
    }

    /// Lehmer's generator: each product fits the 53 bits of a JavaScript number.
    fn random(&mut self) -> f64 {
        self.luck = self.luck * 48_271 % 2_147_483_647;
        self.luck as f64 / 2_147_483_647.0
    }
}
