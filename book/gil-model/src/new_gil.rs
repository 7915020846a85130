//! The GIL since CPython 3.2, after `take_gil` and `drop_gil` of `Python/ceval_gil.c`.
//!
//! A mutex, a condition variable on which waiters sleep for at most one interval, a drop request, and
//! forced switching. Simplified: who waits longest is signalled first, and the operating system never
//! takes the core away from the holder.

use crate::clock::Clock;
use crate::setting::{NOTHING, Setting, Work};
use crate::timeline::{MarkKind, Recorder, State, Timeline};

/// From a signal to the moment when the woken thread runs.
const WAKE: f64 = 0.05;

/// Simulates `setting`.
pub fn simulate(setting: &Setting) -> Timeline {
    let mut gil = NewGil::new(setting);
    (0..setting.threads).for_each(|thread| gil.acquire(thread));
    while let Some(event) = gil.clock.tick() {
        gil.on(event);
    }
    gil.recorder.finish()
}

#[derive(Debug, Clone, Copy)]
enum Event {
    /// The timed wait of a thread is over.
    TimedOut { thread: usize, wait: u64 },
    /// A signalled thread runs.
    Woken { thread: usize },
    /// The holder has come to a place where it looks at the drop request.
    SafePoint { hold: u64 },
    /// The holder has computed all that it had to.
    Computed { hold: u64 },
    /// A thread that was forced to wait for the switch has seen it.
    Switched { thread: usize, then: Then },
    /// The I/O of a thread is over.
    Answered { thread: usize },
}

/// What a thread does once it has let go.
#[derive(Debug, Clone, Copy)]
enum Then {
    Acquire,
    Io(f64),
    End,
}

struct Thread {
    work: Work,
    /// CPU time behind it, to find the ends of its C calls.
    computed: f64,
    asked: f64,
    after_io: bool,
}

struct Waiter {
    thread: usize,
    /// Number of this wait: the timeout of an earlier one means nothing.
    wait: u64,
    /// `switches` when the wait began.
    switches: u32,
    signalled: bool,
}

struct NewGil<'s> {
    setting: &'s Setting,
    clock: Clock<Event>,
    recorder: Recorder,
    threads: Vec<Thread>,
    holder: Option<usize>,
    last_holder: Option<usize>,
    drop_request: bool,
    /// Who waits for the switch that it was asked for.
    forced: Option<(usize, Then)>,
    waiters: Vec<Waiter>,
    waits: u64,
    /// Number of the current hold: events of an earlier one mean nothing.
    hold: u64,
    held_since: f64,
}

impl<'s> NewGil<'s> {
    fn new(setting: &'s Setting) -> Self {
        let thread = |number| Thread {
            work: Work::new(setting.program(number)),
            computed: 0.0,
            asked: 0.0,
            after_io: false,
        };
        NewGil {
            setting,
            clock: Clock::new(),
            recorder: Recorder::new(setting.threads),
            threads: (0..setting.threads).map(thread).collect(),
            holder: None,
            last_holder: None,
            drop_request: false,
            forced: None,
            waiters: Vec::new(),
            waits: 0,
            hold: 0,
            held_since: 0.0,
        }
    }

    fn on(&mut self, event: Event) {
        match event {
            Event::TimedOut { thread, wait } => self.timed_out(thread, wait),
            Event::Woken { thread } => self.woken(thread),
            Event::SafePoint { hold } if hold == self.hold => self.safe_point(),
            Event::Computed { hold } if hold == self.hold => self.computed(),
            Event::SafePoint { .. } | Event::Computed { .. } => {}
            Event::Switched { thread, then } => self.go_on(thread, then),
            Event::Answered { thread } => {
                self.threads[thread].work.compute();
                self.threads[thread].after_io = true;
                self.acquire(thread);
            }
        }
    }

    /// `take_gil`: a free lock goes to whoever asks first.
    fn acquire(&mut self, thread: usize) {
        self.threads[thread].asked = self.clock.now();
        self.recorder.turn(thread, Some(State::Wait), self.clock.now());
        match self.holder {
            None => self.take(thread),
            Some(_) => self.wait(thread),
        }
    }

    /// `COND_TIMED_WAIT(gil->cond, interval)`
    fn wait(&mut self, thread: usize) {
        self.waits += 1;
        let switches = self.recorder.totals.switches;
        self.waiters.push(Waiter { thread, wait: self.waits, switches, signalled: false });
        self.clock.after(self.setting.interval, Event::TimedOut { thread, wait: self.waits });
    }

    fn timed_out(&mut self, thread: usize, wait: u64) {
        let waiting = |waiter: &Waiter| waiter.wait == wait && !waiter.signalled;
        let Some(at) = self.waiters.iter().position(waiting) else { return };
        let waiter = self.waiters.remove(at);
        let Some(holder) = self.holder else { return self.take(thread) };
        // Who just saw a switch has no reason to complain.
        if waiter.switches == self.recorder.totals.switches {
            self.drop_request = true;
            self.recorder.mark(thread, MarkKind::Request, self.clock.now());
            self.clock.after(self.to_safe_point(holder), Event::SafePoint { hold: self.hold });
        }
        self.wait(thread);
    }

    /// How long until `holder` comes to the end of the C call in which it is.
    fn to_safe_point(&self, holder: usize) -> f64 {
        if self.setting.call <= 0.0 {
            return 0.0;
        }
        let computed = self.threads[holder].computed + self.clock.now() - self.held_since;
        self.setting.call - computed % self.setting.call
    }

    fn woken(&mut self, thread: usize) {
        self.waiters.retain(|waiter| waiter.thread != thread);
        match self.holder {
            None => self.take(thread),
            Some(_) => {
                self.recorder.mark(thread, MarkKind::ForNothing, self.clock.now());
                self.wait(thread);
            }
        }
    }

    fn take(&mut self, thread: usize) {
        let now = self.clock.now();
        self.holder = Some(thread);
        if self.last_holder != Some(thread) {
            self.last_holder = Some(thread);
            self.recorder.totals.switches += 1;
        }
        self.drop_request = false;
        self.held_since = now;
        self.recorder.turn(thread, Some(State::Run), now);
        let taker = &mut self.threads[thread];
        if std::mem::take(&mut taker.after_io) {
            self.recorder.back_from_io(now - taker.asked);
        }
        self.clock.after(taker.work.left, Event::Computed { hold: self.hold });
        if let Some((thread, then)) = self.forced.take_if(|(dropper, _)| *dropper != thread) {
            self.clock.after(0.0, Event::Switched { thread, then });
        }
    }

    /// `drop_gil`
    fn release(&mut self, thread: usize, then: Then) {
        self.hold += 1;
        self.holder = None;
        self.last_holder = Some(thread);
        let signalled = self.waiters.iter_mut().find(|waiter| !waiter.signalled);
        let somebody_waits = signalled.is_some();
        if let Some(waiter) = signalled {
            waiter.signalled = true;
            self.clock.after(WAKE, Event::Woken { thread: waiter.thread });
        }
        if self.drop_request && somebody_waits && self.setting.force {
            self.forced = Some((thread, then));
            self.recorder.turn(thread, Some(State::Wait), self.clock.now());
        } else {
            self.go_on(thread, then);
        }
    }

    fn safe_point(&mut self) {
        let Some(holder) = self.holder.filter(|_| self.drop_request) else { return };
        let computed = self.clock.now() - self.held_since;
        let thread = &mut self.threads[holder];
        if thread.work.left - computed <= NOTHING {
            return; // It lets go at this very moment anyway.
        }
        thread.work.left -= computed;
        thread.computed += computed;
        self.release(holder, Then::Acquire);
    }

    fn computed(&mut self) {
        let Some(holder) = self.holder else { return };
        let thread = &mut self.threads[holder];
        thread.computed += self.clock.now() - self.held_since;
        let then = thread.work.io().map_or(Then::End, Then::Io);
        self.release(holder, then);
    }

    fn go_on(&mut self, thread: usize, then: Then) {
        match then {
            Then::Acquire => self.acquire(thread),
            Then::Io(millis) => {
                self.recorder.turn(thread, Some(State::Io), self.clock.now());
                self.clock.after(millis, Event::Answered { thread });
            }
            Then::End => self.recorder.turn(thread, None, self.clock.now()),
        }
    }
}
