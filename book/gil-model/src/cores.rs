//! No GIL: threads of the free-threaded build, or processes, share the cores by time slices.

use std::collections::VecDeque;

use crate::clock::Clock;
use crate::setting::{NOTHING, Setting, Work};
use crate::timeline::{Recorder, State, Timeline};

/// How much longer one thread takes in the free-threaded build: 1 % (macOS arm64) to 8 % (Linux
/// x86-64) in 3.14.
pub const FREE_THREADED_COST: f64 = 1.08;
/// Start of a process by `forkserver`, in milliseconds.
pub const PROCESS_START: f64 = 15.0;
/// The operating system's time slice.
const SLICE: f64 = 4.0;

/// Simulates `setting` where all work takes `cost` times as long, and each thread starts `start`
/// milliseconds after the one before.
pub fn simulate(setting: &Setting, cost: f64, start: f64) -> Timeline {
    let work = |thread| Work::new(setting.program(thread));
    let mut cores = Cores {
        cost,
        clock: Clock::new(),
        recorder: Recorder::new(setting.threads),
        threads: (0..setting.threads).map(work).collect(),
        idle: setting.cores,
        ready: VecDeque::new(),
    };
    for thread in 0..setting.threads {
        let first = if start > 0.0 { State::Start } else { State::Ready };
        cores.recorder.turn(thread, Some(first), 0.0);
        cores.clock.after(start * (thread + 1) as f64, Event::Ready { thread });
    }
    while let Some(event) = cores.clock.tick() {
        cores.on(event);
    }
    cores.recorder.finish()
}

#[derive(Debug, Clone, Copy)]
enum Event {
    /// A thread can compute from now on.
    Ready { thread: usize },
    /// A thread has computed so many milliseconds of its work.
    SliceOver { thread: usize, millis: f64 },
    /// The I/O of a thread is over.
    Answered { thread: usize },
}

struct Cores {
    cost: f64,
    clock: Clock<Event>,
    recorder: Recorder,
    threads: Vec<Work>,
    idle: usize,
    ready: VecDeque<usize>,
}

impl Cores {
    fn on(&mut self, event: Event) {
        match event {
            Event::Ready { thread } => self.enqueue(thread),
            Event::SliceOver { thread, millis } => self.slice_over(thread, millis),
            Event::Answered { thread } => {
                self.threads[thread].compute();
                self.enqueue(thread);
            }
        }
        self.dispatch();
    }

    fn enqueue(&mut self, thread: usize) {
        self.recorder.turn(thread, Some(State::Ready), self.clock.now());
        self.ready.push_back(thread);
    }

    fn slice_over(&mut self, thread: usize, millis: f64) {
        self.idle += 1;
        let work = &mut self.threads[thread];
        work.left -= millis;
        if work.left > NOTHING {
            // With nobody else ready it just goes on, on the same core.
            if self.ready.is_empty() {
                return self.ready.push_back(thread);
            }
            return self.enqueue(thread);
        }
        match work.io() {
            None => self.recorder.turn(thread, None, self.clock.now()),
            Some(millis) => {
                self.recorder.turn(thread, Some(State::Io), self.clock.now());
                self.clock.after(millis, Event::Answered { thread });
            }
        }
    }

    fn dispatch(&mut self) {
        while self.idle > 0
            && let Some(thread) = self.ready.pop_front()
        {
            self.idle -= 1;
            self.recorder.turn(thread, Some(State::Run), self.clock.now());
            let millis = self.threads[thread].left.min(SLICE / self.cost);
            self.clock.after(millis * self.cost, Event::SliceOver { thread, millis });
        }
    }
}
