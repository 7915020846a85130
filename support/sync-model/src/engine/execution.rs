//! One execution: its state, and the scheduler that decides whose step comes next.

use std::time::Duration;

use super::access::ObjectId;
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
use crate::{arc, watchdog};

/// How often threads that poll may go round when nobody else can move, before they are taken to
/// poll for ever. Time passes meanwhile, twice as much each round.
const MAX_IDLE_ROUNDS: u32 = 10_001;

/// Steps that threads may still make when the scenario's own thread is done: a process ends with its main
/// thread.
const MAX_STEPS_AFTER_MAIN: usize = 1_000;

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
    /// It is at a place where threads are known to poll.
    polls: bool,
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
    /// They are where threads are known to poll.
    polling: ThreadSet,
}

impl Seen {
    /// Of those whose time comes, except these, the first.
    fn earliest(&self, behind: ThreadSet) -> ThreadSet {
        let late = || threads(self.late & !behind);
        let first = late().map(|thread| self.times[thread]).min();
        late().filter(|&thread| Some(self.times[thread]) == first).map(only).fold(0, |a, b| a | b)
    }
}

/// A thread, or the slot of one that is done: a thread that starts later may take its slot over.
#[derive(Default)]
pub(super) struct Thread {
    /// Its number in the order of their starts, which is its own for good.
    pub(super) lane: usize,
    pub(super) strand: Option<Strand>,
    pub(super) handle: Option<Handle>,
    pub(super) floor: usize,
    pub(super) waiting: Option<Waiting>,
    pub(super) done: bool,
    pub(super) polls: Polls,
    pub(super) changes: u64,
    pub(super) spurious_wakes: u32,
    /// A step of its has failed without reason.
    pub(super) has_failed: bool,
    /// It panics, and drops its values. Threads take turns then, too.
    pub(super) panicking: bool,
    /// The panic that ended it: an index into the trace's.
    pub(super) panicked: Option<usize>,
    /// Somebody has waited for its end, and knows how it ended.
    pub(super) joined: bool,
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

    pub(super) fn start_thread(
        &mut self,
        name: Option<String>,
        source: Source,
        body: Box<dyn FnOnce()>,
    ) -> ThreadId {
        let id = self.free_slot();
        let lane = self.trace.names.len();
        let strand = Strand::new(move |handle| {
            control::with(|x| x.threads[id].handle = Some(handle));
            body();
            control::with(|x| x.finish(id));
        });
        let floor = strand.floor();
        self.trace.names.push(name);
        if lane > 0 {
            self.order.enable(self.current, id);
        }
        self.fairness.start(id);
        if let Some(march) = &mut self.march {
            march.start(self.current, id);
        }
        self.memory.start_thread(self.current, id);
        let waiting = self.wait(Intent::new(Kind::Start, source), &always);
        let waiting = Some(waiting);
        let thread = Thread { lane, strand: Some(strand), floor, waiting, ..Thread::default() };
        match self.threads.get_mut(id) {
            Some(slot) => *slot = thread,
            None => self.threads.push(thread),
        }
        self.changed();
        id
    }

    /// The slot of the next thread: that of one whose end the calling thread knows of, so that whatever
    /// the new thread does comes after all that the old one did, else one more.
    pub(super) fn free_slot(&self) -> ThreadId {
        let (me, threads) = (self.current, &self.threads);
        let known = |id: &ThreadId| {
            let thread = &threads[*id];
            thread.done
                && thread.joined
                && self.order.comes_after(me, *id)
                && self.memory.comes_after(me, *id)
        };
        (1..threads.len()).find(known).unwrap_or(threads.len())
    }

    /// The number of the thread in this slot.
    pub(super) fn lane(&self, thread: ThreadId) -> usize {
        self.threads[thread].lane
    }

    fn finish(&mut self, thread: ThreadId) {
        self.threads[thread].done = true;
        if thread == 0 {
            self.steps_of_main = Some(self.steps);
        }
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
            polls: false,
        }
    }

    /// The calling thread is about to do this. Returns its handle, or why it cannot.
    pub(super) fn announce(
        &mut self,
        intent: Intent,
        ready: &dyn Fn() -> Readiness,
        address: usize,
    ) -> Result<Handle, Stop> {
        // SAFETY: the lifetime is only hidden. The closure lives in the frame of `perform`, which
        // waits in `suspend` until the scheduler has dropped this `Waiting` (see `next`), or is
        // never looked at again because the execution has ended.
        let ready: *const (dyn Fn() -> Readiness + 'static) =
            unsafe { std::mem::transmute(std::ptr::from_ref(ready)) };
        let mut waiting = self.wait(intent, ready);
        let visit = self.visit(&intent, waiting.others_changes);
        waiting.polls = visit.known;
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

    /// The calling thread comes to a place where it may poll.
    fn visit(&mut self, intent: &Intent, by_others: u64) -> Visit {
        if self.settings.unfair {
            return Visit::default();
        }
        let changes = Changes { all: self.changes, by_others };
        let thread = &mut self.threads[self.current];
        let place = (thread.lane, intent.source);
        let visit = thread.polls.visit(intent, changes, self.path.polls_at(&place));
        if visit.learned {
            self.path.learn(place);
        }
        visit
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
                Ok(Some(next)) => return Some(next),
                Ok(None) => {}
                Err(stop) => self.stop = Some(stop),
            }
        }
        let waiting = self.threads.iter().enumerate();
        self.trace.pending = waiting
            .filter_map(|(thread, state)| {
                let Intent { kind, object, also, source, .. } = state.waiting.as_ref()?.intent;
                let thread = self.lane(thread);
                Some(Pending { thread, kind, object, also, source })
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

    /// Who can go on now; `None`: all are done.
    fn look_round(&mut self) -> Result<Option<Point>, Stop> {
        if self.threads.iter().all(|thread| thread.done) {
            return self.all_done();
        }
        let mut seen = self.readiness();
        if self.ends_with_main(&seen) {
            return self.all_done();
        }
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
        let Seen { ready, late, spurious, polling, .. } = seen;
        Ok(Some(Point { previous: self.current, ready, late, earliest, spurious, polling }))
    }

    /// The scenario is over; a panic that nobody waited for is a failure: the standard library prints it.
    fn all_done(&self) -> Result<Option<Point>, Stop> {
        let unheard = self.threads.iter().filter(|thread| !thread.joined);
        match unheard.filter_map(|thread| thread.panicked).min() {
            Some(panic) => Err(Stop::Panic(panic)),
            None => self.nothing_leaks(),
        }
    }

    /// Threads that are cut off with the main one still have what they own.
    fn nothing_leaks(&self) -> Result<Option<Point>, Stop> {
        let asked = self.settings.leaks && self.threads.iter().all(|thread| thread.done);
        match arc::leaked().first().filter(|_| asked) {
            Some(&made) => Err(Stop::Leak { made }),
            None => Ok(None),
        }
    }

    /// A process ends with its main thread, whatever the others wait for. It may live long enough for all
    /// that they do, though: when the scenario's own thread is done, they go on until they wait or poll.
    fn ends_with_main(&mut self, seen: &Seen) -> bool {
        let Some(steps) = self.steps_of_main.filter(|_| !self.settings.all_must_end) else {
            return false;
        };
        let go_on = seen.ready | seen.late;
        let ends = go_on & !seen.polling == 0 || self.steps - steps > MAX_STEPS_AFTER_MAIN;
        self.is_cut = ends && go_on != 0;
        ends
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

    /// See [`control::is_awaited`].
    pub(super) fn is_awaited(&self, kind: Kind, object: ObjectId) -> bool {
        self.threads.iter().any(|thread| {
            let waiting = thread.waiting.as_ref();
            waiting.is_some_and(|waiting| {
                let Intent { kind: theirs, object: its, .. } = waiting.intent;
                // SAFETY: see `announce`: the thread waits, so the frame of `perform` is there.
                let blocked = || unsafe { (*waiting.ready)() } == Readiness::Blocked;
                theirs == kind && its == Some(object) && blocked()
            })
        })
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
                Readiness::Spurious => {
                    seen.spurious |= only(id);
                    continue;
                }
                _ if waiting.asleep_since == Some(self.changes) => &mut seen.asleep,
                Readiness::Late(time) if patient && (self.march.is_none() || time > self.time) => {
                    seen.times[id] = time;
                    &mut seen.late
                }
                _ => &mut seen.ready,
            };
            *set |= only(id);
            if waiting.polls {
                seen.polling |= only(id);
            }
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
        for branch in self.order.races(thread, waiting.intent.accesses).into_iter().take(count) {
            self.path.try_before(branch, thread);
        }
    }
}
