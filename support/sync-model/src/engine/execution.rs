//! One execution: its state, and the scheduler that decides whose step comes next.

use std::time::Duration;

use super::ThreadId;
use super::control;
use super::intent::{Intent, Polling, Readiness, always};
use super::memory::Memory;
use super::order::Order;
use super::path::{Diverged, Path, Point, only};
use super::polling::{Polls, Visit};
use super::stack::{Handle, Strand};
use crate::trace::{Kind, Pending, Source, Trace};
use crate::watchdog;

/// Steps after which an execution is taken for endless.
const MAX_STEPS: usize = 3_000;

/// How often threads that poll may go round when nobody else can move, before they are taken to
/// poll for ever. Time passes meanwhile, twice as much each round.
const MAX_IDLE_ROUNDS: u32 = 200;

/// The time when an execution begins: late enough that a program may look back.
const EPOCH: Duration = Duration::from_secs(24 * 60 * 60);

/// How an execution is run.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Settings {
    /// Loads may read old values, as far as their `Ordering` allows it.
    pub weak: bool,
    /// Condition variables may wake without reason.
    pub spurious: bool,
    /// Nobody is taken for a thread that polls: for programs without loops.
    pub unfair: bool,
    /// Nothing is recorded: to measure what that costs.
    pub untraced: bool,
    /// Look up where guards are dropped: slow, for the one execution that is shown.
    pub locate_drops: bool,
}

/// Why an execution ended before its threads did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Stop {
    /// Nobody can go on.
    Deadlock,
    /// Threads go on for ever without getting anywhere.
    Livelock,
    /// A panic that nobody caught, or a broken promise: an index into [`Trace::panics`].
    Panic(usize),
    /// An access to plain memory that nothing orders after this earlier event.
    DataRace { earlier: usize },
    /// More than [`MAX_THREADS`].
    TooManyThreads,
    /// The same choices led to another state.
    Nondeterminism,
    /// Too little is left of this thread's stack.
    StackOverflow,
}

/// How an execution ended.
#[derive(Debug, Clone)]
pub(crate) struct Ending {
    /// `None`: all threads are done.
    pub stop: Option<Stop>,
    /// The thread that ran last.
    pub thread: ThreadId,
    /// Threads that were started, the main thread included.
    pub threads: usize,
}

pub(super) struct Waiting {
    intent: Intent,
    /// Lives on the waiting thread's own stack, which stays as it is while the thread waits.
    ready: *const (dyn Fn() -> Readiness + 'static),
    /// What others had changed when it came here.
    others_changes: u64,
    /// Polls in vain: sleeps until the number of changes is another one.
    asleep_since: Option<u64>,
    /// It has yielded at this place before, so it goes round in a loop: all others go first, even if
    /// one of them changed something. Two threads that poll would else wake each other for ever.
    goes_round: bool,
}

#[derive(Default)]
pub(super) struct Thread {
    pub(super) strand: Option<Strand>,
    pub(super) handle: Option<Handle>,
    pub(super) floor: usize,
    pub(super) waiting: Option<Waiting>,
    pub(super) done: bool,
    pub(super) polls: Polls,
    pub(super) changes: u64,
    pub(super) spurious_wakes: u32,
    /// It panics, and drops its values. Threads take turns then, too.
    pub(super) panicking: bool,
}

pub(crate) struct Execution {
    pub(super) settings: Settings,
    pub(super) threads: Vec<Thread>,
    pub(super) current: ThreadId,
    pub(super) order: Order,
    pub(super) path: Path,
    pub(super) trace: Trace,
    pub(super) memory: Memory,
    pub(super) woken: Vec<ThreadId>,
    pub(super) objects: u32,
    pub(super) steps: usize,
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
            woken: Vec::new(),
            objects: 0,
            steps: 0,
            changes: 0,
            idle_rounds: 0,
            time: EPOCH,
            stop: None,
        }
    }

    pub(super) fn start_thread(
        &mut self,
        name: Option<String>,
        source: Source,
        body: Box<dyn FnOnce()>,
    ) -> ThreadId {
        let id = self.threads.len();
        let strand = Strand::new(move |handle| {
            control::with(|x| x.threads[id].handle = Some(handle));
            body();
            control::with(|x| x.finish(id));
        });
        let floor = strand.floor();
        self.trace.names.push(name);
        if id > 0 {
            self.order.enable(self.current, id);
        }
        self.memory.start_thread(self.current, id);
        let waiting = self.wait(Intent::new(Kind::Start, source), &always);
        self.threads.push(Thread {
            strand: Some(strand),
            floor,
            waiting: Some(waiting),
            ..Thread::default()
        });
        self.changed();
        id
    }

    fn finish(&mut self, thread: ThreadId) {
        self.threads[thread].done = true;
        self.changed();
    }

    fn wait(&self, intent: Intent, ready: *const (dyn Fn() -> Readiness + 'static)) -> Waiting {
        let own = self.threads.get(self.current).map_or(0, |thread| thread.changes);
        Waiting {
            intent,
            ready,
            others_changes: self.changes - own,
            asleep_since: None,
            goes_round: false,
        }
    }

    /// The calling thread is about to do this. Returns its handle, and whether its stack runs low.
    pub(super) fn announce(
        &mut self,
        intent: Intent,
        ready: &dyn Fn() -> Readiness,
        address: usize,
    ) -> (Handle, bool) {
        // SAFETY: the lifetime is only hidden. The closure lives in the frame of `perform`, which
        // waits in `suspend` until the scheduler has dropped this `Waiting` (see `next`), or is
        // never looked at again because the execution has ended.
        let ready: *const (dyn Fn() -> Readiness + 'static) =
            unsafe { std::mem::transmute(std::ptr::from_ref(ready)) };
        let mut waiting = self.wait(intent, ready);
        let visit = if self.settings.unfair {
            Visit::default()
        } else {
            self.threads[self.current].polls.visit(&intent, self.changes)
        };
        waiting.asleep_since = visit.in_vain.then_some(self.changes);
        waiting.goes_round = visit.again && intent.polling == Polling::Yield;
        let thread = &mut self.threads[self.current];
        thread.waiting = Some(waiting);
        (thread.handle.expect("a thread that runs has a handle"), address < thread.floor)
    }

    pub(super) fn changed(&mut self) {
        self.changes += 1;
        if let Some(thread) = self.threads.get_mut(self.current) {
            thread.changes += 1;
        }
        self.idle_rounds = 0;
    }

    /// Chooses the thread that makes the next step; `None`: the execution has ended.
    pub(super) fn next(&mut self) -> Option<ThreadId> {
        watchdog::pulse();
        self.find_races();
        if self.stop.is_none() {
            match self.choose() {
                Ok(next) => return next,
                Err(stop) => self.stop = Some(stop),
            }
        }
        let waiting = self.threads.iter().enumerate();
        self.trace.pending = waiting
            .filter_map(|(thread, state)| {
                let Intent { kind, object, also, source, .. } = state.waiting.as_ref()?.intent;
                Some(Pending { thread, kind, object, also, source })
            })
            .collect();
        None
    }

    fn choose(&mut self) -> Result<Option<ThreadId>, Stop> {
        let Some(point) = self.look_round()? else { return Ok(None) };
        self.steps += 1;
        if self.steps > MAX_STEPS {
            return Err(Stop::Livelock);
        }
        let all = &self.threads;
        let signature = |thread: ThreadId| {
            all[thread].waiting.as_ref().map_or(0, |waiting| waiting.intent.signature())
        };
        let (thread, branch) = match self.path.choose_thread(point, signature) {
            Ok(choice) => choice,
            Err(Diverged) => return Err(Stop::Nondeterminism),
        };
        let waiting = self.threads[thread].waiting.take().expect("it was ready");
        watchdog::at(waiting.intent.source);
        self.order.run(thread, waiting.intent.accesses, branch);
        self.current = thread;
        Ok(Some(thread))
    }

    /// Who can go on now; `None`: all are done.
    fn look_round(&mut self) -> Result<Option<Point>, Stop> {
        let mut point =
            Point { previous: self.current, ready: 0, late: 0, earliest: 0, spurious: 0 };
        let mut first = Duration::MAX;
        let (mut asleep, mut alive) = (0, false);
        for (id, thread) in self.threads.iter().enumerate().filter(|(_, thread)| !thread.done) {
            alive = true;
            let Some(waiting) = &thread.waiting else { continue };
            // SAFETY: see `announce`: the thread waits, so the frame of `perform` is there.
            let readiness = unsafe { (*waiting.ready)() };
            let patient =
                waiting.goes_round || waiting.others_changes == self.changes - thread.changes;
            let set = match readiness {
                Readiness::Blocked => continue,
                Readiness::Spurious => &mut point.spurious,
                _ if waiting.asleep_since == Some(self.changes) => {
                    asleep |= only(id);
                    &mut point.late
                }
                Readiness::Late(time) if patient => {
                    if time < first {
                        (first, point.earliest) = (time, 0);
                    }
                    if time == first {
                        point.earliest |= only(id);
                    }
                    &mut point.late
                }
                _ => &mut point.ready,
            };
            *set |= only(id);
        }
        if !alive {
            return Ok(None);
        }
        if point.ready | point.earliest == 0 {
            self.idle_rounds += 1;
            if asleep == 0 {
                return Err(Stop::Deadlock);
            }
            if self.idle_rounds > MAX_IDLE_ROUNDS {
                return Err(Stop::Livelock);
            }
            self.time += Duration::from_millis(1 << self.idle_rounds.min(40));
            point.earliest = asleep;
        }
        Ok(Some(point))
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
        for branch in self.order.races(thread, waiting.intent.accesses).take(count) {
            self.path.try_before(branch, thread);
        }
    }
}
