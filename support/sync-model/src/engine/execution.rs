//! One execution: its state, and the scheduler that decides whose step comes next.
//!
//! `thread`: the threads, and what they wait for; `round`: who can go on.

use std::time::Duration;

use super::ThreadId;
use super::fairness::Fairness;
use super::intent::Intent;
use super::march::March;
use super::memory::Memory;
use super::order::Order;
use super::outcome::{Settings, Stop};
use super::path::{Diverged, Path};
use super::turn::{Point, threads};
use crate::trace::{Kind, Pending, Trace};
use crate::watchdog;

use self::thread::Thread;

mod round;
mod thread;

/// The time when an execution begins: late enough that a program may look back.
const EPOCH: Duration = Duration::from_secs(24 * 60 * 60);

pub(crate) struct Execution {
    pub(super) settings: Settings,
    pub(super) threads: Vec<Thread>,
    pub(super) current: ThreadId,
    pub(super) order: Order,
    pub(super) path: Path,
    pub(super) trace: Trace,
    pub(super) memory: Memory,
    fairness: Fairness,
    march: Option<March>,
    /// The thread that runs is where threads are known to poll.
    pub(super) polls: bool,
    pub(super) woken: Vec<ThreadId>,
    pub(super) objects: u32,
    pub(super) steps: usize,
    /// It was given up while threads could go on.
    pub(super) is_cut: bool,
    /// How many there were when the scenario's own thread was done.
    steps_of_main: Option<usize>,
    pub(super) changes: u64,
    pub(super) idle_rounds: u32,
    pub(super) time: Duration,
    pub(super) stop: Option<Stop>,
}

impl Execution {
    /// An execution that has not begun.
    pub(super) fn new(path: Path, trace: Trace, settings: Settings) -> Self {
        Self {
            settings,
            threads: Vec::new(),
            current: 0,
            order: Order::new(path.is_bounded()),
            path,
            trace,
            memory: Memory::new(settings.weak),
            fairness: Fairness::default(),
            march: settings.march.map(March::new),
            polls: false,
            woken: Vec::new(),
            objects: 0,
            steps: 0,
            is_cut: false,
            steps_of_main: None,
            changes: 0,
            idle_rounds: 0,
            time: EPOCH,
            stop: None,
        }
    }

    /// Chooses the thread that makes the next step; `None`: the execution has ended.
    pub(super) fn next(&mut self) -> Option<ThreadId> {
        watchdog::pulse();
        self.find_races();
        if self.stop.is_none() {
            match self.choose() {
                Ok(Some(next)) => return Some(next),
                Ok(None) => {}
                Err(stop) => self.stop = Some(stop),
            }
        }
        let waiting = self.threads.iter().enumerate();
        self.trace.pending = waiting
            .filter_map(|(thread, state)| {
                let waiting = state.waiting.as_ref()?;
                let Intent { kind, object, also, source, writes, .. } = waiting.intent;
                let thread = self.lane(thread);
                Some(Pending { thread, kind, object, also, source, writes })
            })
            .collect();
        None
    }

    fn choose(&mut self) -> Result<Option<ThreadId>, Stop> {
        let Some(point) = self.look_round()? else { return Ok(None) };
        self.steps += 1;
        if self.steps > self.settings.max_steps {
            let limit = self.settings.max_steps;
            self.is_cut = true;
            return Err(if self.trace.goes_round() {
                Stop::Endless
            } else {
                Stop::Steps { limit }
            });
        }
        let favourite = self.in_step(&point).unwrap_or_else(|| point.favourite());
        let all = &self.threads;
        let signature = |thread: ThreadId| {
            all[thread].waiting.as_ref().map_or(0, |waiting| waiting.intent.signature())
        };
        let (thread, branch) = match self.path.choose_thread(point, favourite, signature) {
            Ok(choice) => choice,
            Err(Diverged) => return Err(Stop::Nondeterminism),
        };
        let waiting = self.threads[thread].waiting.take().expect("it was ready");
        watchdog::at(waiting.intent.source);
        self.order.run(thread, waiting.intent.accesses, branch);
        if !waiting.intent.kind.is_of_an_atomic() {
            let accesses = waiting.intent.accesses.iter();
            accesses.for_each(|access| self.memory.touch(thread, access.object));
        }
        self.current = thread;
        self.polls = waiting.polls;
        Ok(Some(thread))
    }

    /// Whose turn it is if all keep in step. They begin to once all are started.
    fn in_step(&mut self, point: &Point) -> Option<ThreadId> {
        let march = self.march.as_mut()?;
        let starts = |thread: &ThreadId| {
            let waiting = self.threads[*thread].waiting.as_ref();
            waiting.is_some_and(|waiting| matches!(waiting.intent.kind, Kind::Spawn | Kind::Start))
        };
        let turn = if point.ready != 0 { point.ready } else { point.earliest };
        threads(turn).find(starts).or_else(|| march.next(turn))
    }

    /// Has the search try the other way round what raced with the last step.
    fn find_races(&mut self) {
        let last = self.current;
        for (thread, state) in self.threads.iter().enumerate() {
            let waiting = state.waiting.as_ref().filter(|waiting| !waiting.intent.dormant);
            let Some(waiting) = waiting.filter(|_| thread != last) else { continue };
            if let Some(branch) = self.order.last_step_race(thread, waiting.intent.accesses) {
                self.path.try_before(branch, thread);
            }
        }
        // After that: who could have gone on without being woken raced with the step that woke it.
        for thread in std::mem::take(&mut self.woken) {
            self.order.enable(last, thread);
            if let Some(waiting) = &mut self.threads[thread].waiting {
                waiting.intent.dormant = false;
                self.find_races_of(thread);
            }
        }
        self.find_races_of(last);
    }

    /// Has the search try the next step of `thread` before those that it races with.
    fn find_races_of(&mut self, thread: ThreadId) {
        let waiting = self.threads.get(thread).and_then(|state| state.waiting.as_ref());
        let Some(waiting) = waiting.filter(|waiting| !waiting.intent.dormant) else { return };
        // Without a bound the latest race is enough: running the two the other way round brings the
        // others up. With one, that may not be allowed, while it is for an earlier one.
        let count = if self.path.is_bounded() { usize::MAX } else { 1 };
        for branch in self.order.races(thread, waiting.intent.accesses).into_iter().take(count) {
            self.path.try_before(branch, thread);
        }
    }
}
