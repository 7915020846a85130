//! One execution: its state, and the scheduler that decides whose step comes next.
//!
//! `thread`: the threads, and what they wait for; `round`: who can go on.

use std::time::Duration;

use super::ThreadId;
use super::access::Accesses;
use super::fairness::Fairness;
use super::intent::{Intent, Polling, kind_in};
use super::march::March;
use super::memory::Memory;
use super::order::Order;
use super::outcome::{Settings, Stop};
use super::path::{Diverged, Path};
use super::stack::Strand;
use super::turn::{Point, ThreadSet, only, set_of, threads};
use super::twins::{Likeness, Twins};
use crate::trace::{Kind, Made, Pending, Trace};
use crate::{capture, watchdog};

use self::thread::{Thread, Waiting};

mod round;
mod thread;

/// The time when an execution begins: late enough that a program may look back.
const EPOCH: Duration = Duration::from_secs(24 * 60 * 60);

pub(crate) struct Execution {
    pub(super) settings: Settings,
    pub(super) threads: Vec<Thread>,
    /// The thread that was started last, until it is put with the others that run.
    pub(super) started: Option<(ThreadId, Strand)>,
    pub(super) current: ThreadId,
    pub(super) order: Order,
    pub(super) path: Path,
    pub(super) trace: Trace,
    pub(super) memory: Memory,
    fairness: Fairness,
    march: Option<March>,
    twins: Twins,
    /// The thread that runs is where threads are known to poll.
    pub(super) polls: bool,
    /// Those that panic, and drop their values. Threads take turns then, too.
    pub(super) panicking: ThreadSet,
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
            started: None,
            current: 0,
            order: Order::new(path.is_bounded()),
            path,
            trace,
            memory: Memory::new(settings.weak),
            fairness: Fairness::default(),
            march: settings.march.map(March::new),
            twins: Twins::default(),
            polls: false,
            panicking: 0,
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
        if self.settings.prints {
            let thread = self.lane(self.current);
            self.trace.prints(thread, capture::take());
        }
        let point = self.look_round();
        self.find_races();
        if self.stop.is_none() {
            match point.and_then(|point| self.choose(point)) {
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

    fn choose(&mut self, point: Option<Point>) -> Result<Option<ThreadId>, Stop> {
        let Some(point) = point else { return Ok(None) };
        self.wake_readers();
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
        let (first, likeness) = if self.path.repeats() {
            // Nobody asks.
            (favourite, Likeness::default())
        } else {
            (self.unseen_step(&point).unwrap_or(favourite), self.likeness())
        };
        let all = &self.threads;
        let signature = |thread: ThreadId| {
            all[thread].waiting.as_ref().map_or(0, |waiting| waiting.intent.signature())
        };
        let (thread, branch) = match self.path.choose_thread(point, first, likeness, signature) {
            Ok(choice) => choice,
            Err(Diverged) => return Err(Stop::Nondeterminism),
        };
        self.note_choice(thread, favourite);
        self.begin_step(thread, &point, branch);
        Ok(Some(thread))
    }

    /// What a schedule that is written down says of the choice: nothing of lines, and whose turn it was.
    fn note_choice(&mut self, thread: ThreadId, favourite: ThreadId) {
        let waiting = self.threads[thread].waiting.as_ref().expect("it was ready");
        let kind = kind_in(waiting.intent.signature());
        let made = Made::new(thread, thread == favourite, kind, self.trace.events.len());
        self.trace.steps.push(made);
    }

    /// `thread` makes the step that it waits for.
    fn begin_step(&mut self, thread: ThreadId, point: &Point, branch: usize) {
        let waiting = self.threads[thread].waiting.as_ref().expect("it was ready");
        let Intent { kind, source, accesses: all, .. } = waiting.intent;
        let accesses = waiting.accesses();
        self.polls = waiting.polls;
        self.threads[thread].waiting = None;
        watchdog::at(source);
        self.threads[thread].past.step(kind);
        if kind != Kind::Join {
            self.keep_twins_together(thread);
        }
        self.let_sleep(point, accesses, branch);
        self.order.run(thread, accesses, branch);
        if !kind.is_of_an_atomic() {
            all.iter().for_each(|access| self.memory.touch(thread, access.object));
        }
        self.current = thread;
    }

    /// A thread whose next step touches nothing, or just clones: that may as well be made at once, where no
    /// preemptions are counted. Twins then come to their first step that matters before any of them makes it.
    fn unseen_step(&self, point: &Point) -> Option<ThreadId> {
        if self.path.is_bounded() || self.path.is_random() || self.march.is_some() {
            return None;
        }
        let is_unseen = |&thread: &ThreadId| {
            let waiting = self.threads[thread].waiting.as_ref();
            waiting.is_some_and(|Waiting { intent, .. }| {
                let touches_nothing =
                    intent.accesses == Accesses::NONE && intent.polling == Polling::No;
                touches_nothing || intent.kind == Kind::ArcClone
            })
        };
        let previous = threads(point.ready & only(point.previous));
        previous.chain(threads(point.ready)).find(is_unseen)
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

    /// Those who were tried at this branch, or slept there, sleep on until a step competes with theirs.
    ///
    /// Sleep sets after Godefroid. Whoever can go on only because time passes does not sleep: what comes of
    /// its step depends on more than what it touches.
    fn let_sleep(&mut self, point: &Point, accesses: Accesses, branch: usize) {
        if self.path.is_bounded() || self.path.is_random() {
            return;
        }
        let sleeps_on = |other: &ThreadId| {
            point.ready & only(*other) != 0
                && self.threads[*other]
                    .waiting
                    .as_ref()
                    .is_some_and(|waiting| !waiting.accesses().compete_with(accesses, false))
        };
        let asleep = threads(self.path.asleep_after(branch)).filter(sleeps_on);
        self.path.let_sleep(set_of(asleep));
    }

    /// A writer that has just come to a lock may keep readers out: their steps have one more outcome.
    fn wake_readers(&mut self) {
        let pending =
            |thread: ThreadId| self.threads[thread].waiting.as_ref().map(|waiting| waiting.intent);
        let Some(lock) = pending(self.current)
            .filter(|intent| intent.kind == Kind::WriteLock)
            .and_then(|intent| intent.object)
        else {
            return;
        };
        let readers_wait = self.path.known().readers_wait;
        let comes_to_it = |thread: &ThreadId| {
            pending(*thread).is_some_and(|intent| {
                intent.object == Some(lock) && (readers_wait || intent.kind == Kind::TryLock)
            })
        };
        let readers = threads(self.path.asleep()).filter(comes_to_it);
        self.path.let_sleep(self.path.asleep() & !set_of(readers));
    }

    /// Has the search try the other way round what raced with the last step.
    fn find_races(&mut self) {
        let last = self.current;
        if !self.path.knows_races() {
            for thread in (0..self.threads.len()).filter(|&thread| thread != last) {
                self.find_race_with_last(thread);
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

    /// What `thread` is about to do, unless it waits to be woken.
    fn competes(&self, thread: ThreadId) -> Option<Accesses> {
        let waiting = self.threads.get(thread)?.waiting.as_ref()?;
        (!waiting.intent.dormant).then_some(waiting.accesses())
    }

    fn find_race_with_last(&mut self, thread: ThreadId) {
        let Some(accesses) = self.competes(thread) else { return };
        let Some(branch) = self.order.last_step_race(thread, accesses) else { return };
        if self.path.is_bounded() {
            self.path.try_before(branch, thread);
        } else {
            self.find_races_of(thread);
        }
    }

    /// Has the search try the next step of `thread` before those that it races with.
    fn find_races_of(&mut self, thread: ThreadId) {
        if self.path.knows_races() {
            return;
        }
        let Some(accesses) = self.competes(thread) else { return };
        if self.path.is_bounded() {
            for branch in self.order.races(thread, accesses) {
                self.path.try_before(branch, thread);
            }
        } else {
            for (branch, initials) in self.order.reversals(thread, accesses) {
                self.path.try_one_of(branch, initials, thread);
            }
        }
    }
}
