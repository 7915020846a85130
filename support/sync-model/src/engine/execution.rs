//! One execution: its state, and the scheduler that decides whose step comes next.

use std::time::Duration;

use super::control;
use super::fairness::Fairness;
use super::intent::{Intent, Polling, Readiness, always};
use super::march::March;
use super::memory::Memory;
use super::order::Order;
use super::outcome::{Settings, Stop};
use super::path::{Diverged, Path, Point, ThreadSet, only, threads};
use super::polling::{Changes, Polls, Visit};
use super::stack::{Handle, Strand};
use super::{MAX_THREADS, ThreadId};
use crate::trace::{Kind, Pending, Source, Trace};
use crate::watchdog;

/// Steps after which an execution is taken for endless.
const MAX_STEPS: usize = 3_000;

/// How often threads that poll may go round when nobody else can move, before they are taken to
/// poll for ever. Time passes meanwhile, twice as much each round.
const MAX_IDLE_ROUNDS: u32 = 200;

/// The time when an execution begins: late enough that a program may look back.
const EPOCH: Duration = Duration::from_secs(24 * 60 * 60);

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
    /// It makes way for those that it has kept waiting.
    gives_way: bool,
}

/// Who can go on, before it is asked whose turn it is.
#[derive(Default)]
struct Seen {
    ready: ThreadSet,
    /// When their time comes, or when nobody is ready.
    late: ThreadSet,
    times: [Duration; MAX_THREADS],
    /// They poll in vain.
    asleep: ThreadSet,
    spurious: ThreadSet,
}

impl Seen {
    /// Of those whose time comes, except these, the first.
    fn earliest(&self, behind: ThreadSet) -> ThreadSet {
        let late = || threads(self.late & !behind);
        let first = late().map(|thread| self.times[thread]).min();
        late().filter(|&thread| Some(self.times[thread]) == first).map(only).fold(0, |a, b| a | b)
    }
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
    fairness: Fairness,
    march: Option<March>,
    pub(super) woken: Vec<ThreadId>,
    /// Its number.
    pub(super) run: u32,
    pub(super) objects: u32,
    pub(super) steps: usize,
    pub(super) changes: u64,
    pub(super) idle_rounds: u32,
    pub(super) time: Duration,
    pub(super) stop: Option<Stop>,
}

impl Execution {
    /// An execution that has not begun.
    pub(super) fn new(run: u32, path: Path, trace: Trace, settings: Settings) -> Self {
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
            woken: Vec::new(),
            run,
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
        if let Some(march) = &mut self.march {
            march.start(self.current, id);
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
            gives_way: false,
        }
    }

    /// The calling thread is about to do this. Returns its handle, or why it cannot.
    pub(super) fn announce(
        &mut self,
        intent: Intent,
        ready: &dyn Fn() -> Readiness,
        address: usize,
    ) -> Result<Handle, Stop> {
        if intent.is_of_another_run(self.run) {
            return Err(Stop::Outlived { at: intent.source });
        }
        // SAFETY: the lifetime is only hidden. The closure lives in the frame of `perform`, which
        // waits in `suspend` until the scheduler has dropped this `Waiting` (see `next`), or is
        // never looked at again because the execution has ended.
        let ready: *const (dyn Fn() -> Readiness + 'static) =
            unsafe { std::mem::transmute(std::ptr::from_ref(ready)) };
        let mut waiting = self.wait(intent, ready);
        let visit = if self.settings.unfair {
            Visit::default()
        } else {
            let changes = Changes { all: self.changes, by_others: waiting.others_changes };
            self.threads[self.current].polls.visit(&intent, changes)
        };
        waiting.asleep_since = visit.in_vain.then_some(self.changes);
        waiting.goes_round = visit.again && intent.polling == Polling::Yield;
        waiting.gives_way = visit.gives_way;
        let thread = &mut self.threads[self.current];
        thread.waiting = Some(waiting);
        if address < thread.floor {
            return Err(Stop::StackOverflow);
        }
        Ok(thread.handle.expect("a thread that runs has a handle"))
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
            return Err(Stop::Endless);
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

    /// Who can go on now; `None`: all are done.
    fn look_round(&mut self) -> Result<Option<Point>, Stop> {
        if self.threads.iter().all(|thread| thread.done) {
            return Ok(None);
        }
        let mut seen = self.readiness();
        let polls =
            self.threads[self.current].waiting.as_ref().is_some_and(|waiting| waiting.gives_way);
        self.fairness.step(self.current, seen.ready | seen.late | seen.asleep, polls);
        let behind = self.fairness.behind(seen.ready | seen.late);
        let mut earliest = seen.earliest(behind);
        if seen.ready | seen.late == 0 {
            self.pass_idle_round(seen.asleep)?;
            earliest = seen.asleep & !self.fairness.behind(seen.asleep);
        }
        seen.late |= seen.asleep | (seen.ready & behind);
        seen.ready &= !behind;
        let Seen { ready, late, spurious, .. } = seen;
        Ok(Some(Point { previous: self.current, ready, late, earliest, spurious }))
    }

    /// Nobody can move but those who poll in vain: time passes.
    fn pass_idle_round(&mut self, asleep: ThreadSet) -> Result<(), Stop> {
        self.idle_rounds += 1;
        if asleep == 0 {
            return Err(Stop::Deadlock);
        }
        if self.idle_rounds > MAX_IDLE_ROUNDS {
            return Err(Stop::Livelock);
        }
        self.time += Duration::from_millis(1 << self.idle_rounds.min(40));
        Ok(())
    }

    fn readiness(&self) -> Seen {
        let mut seen = Seen::default();
        for (id, thread) in self.threads.iter().enumerate() {
            let Some(waiting) = &thread.waiting else { continue };
            // SAFETY: see `announce`: the thread waits, so the frame of `perform` is there.
            let readiness = unsafe { (*waiting.ready)() };
            let patient =
                waiting.goes_round || waiting.others_changes == self.changes - thread.changes;
            let set = match readiness {
                Readiness::Blocked => continue,
                Readiness::Spurious => &mut seen.spurious,
                _ if waiting.asleep_since == Some(self.changes) => &mut seen.asleep,
                Readiness::Late(time) if patient && (self.march.is_none() || time > self.time) => {
                    seen.times[id] = time;
                    &mut seen.late
                }
                _ => &mut seen.ready,
            };
            *set |= only(id);
        }
        seen
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
