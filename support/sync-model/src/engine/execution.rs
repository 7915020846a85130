//! One execution, from its first step to its end.

use std::cell::{Cell, RefCell};
use std::panic::{AssertUnwindSafe, Location};
use std::rc::Rc;
use std::time::Duration;

use super::access::{Accesses, ObjectId};
use super::memory::Memory;
use super::order::Order;
use super::path::{Diverged, Path, Point, only};
use super::stack::{Handle, Strand};
use super::{MAX_THREADS, ThreadId};
use crate::trace::{Detail, Event, Kind, Panicked, Pending, Source, Trace};
use crate::{drop_site, local, watchdog};

/// Steps after which an execution is taken for endless.
const MAX_STEPS: usize = 3_000;

/// How often threads that poll may go round when nobody else can move, before they are taken to
/// poll for ever. Time passes meanwhile, twice as much each round.
const MAX_IDLE_ROUNDS: u32 = 200;

/// The time when an execution begins: late enough that a program may look back.
const EPOCH: Duration = Duration::from_secs(24 * 60 * 60);

/// Whether a step can be made now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Readiness {
    /// Yes.
    Ready,
    /// Yes, but others go first: time has to pass until then, or it is a yield (then: zero).
    Late(Duration),
    /// Only without reason: a spurious wake-up. Nobody can count on it.
    Spurious,
    /// Not before another thread does something.
    Blocked,
}

/// How a step behaves when it is repeated in vain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Polling {
    /// It is no way to wait.
    No,
    /// Two vain looks are forgiven, then the thread sleeps until something changes.
    Look,
    /// One more round is forgiven: the thread says itself that it waits.
    Yield,
}

/// What a thread is about to do.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Intent {
    pub kind: Kind,
    pub accesses: Accesses,
    pub object: Option<ObjectId>,
    pub also: Option<ObjectId>,
    pub source: Source,
    pub polling: Polling,
    /// It waits to be woken ([`wake`]): until then it competes with nobody.
    pub dormant: bool,
}

impl Intent {
    /// A step that touches nothing.
    pub(crate) fn new(kind: Kind, source: Source) -> Self {
        let (object, also) = (None, None);
        let accesses = Accesses::NONE;
        Self { kind, accesses, object, also, source, polling: Polling::No, dormant: false }
    }

    /// Touches `object` so.
    pub(crate) fn on(mut self, object: ObjectId, mode: super::Mode) -> Self {
        self.object = Some(object);
        self.accesses = Accesses::one(object, mode);
        self
    }

    /// Touches `object` too.
    pub(crate) fn and(mut self, object: ObjectId, mode: super::Mode) -> Self {
        self.also = Some(object);
        self.accesses = self.accesses.and(object, mode);
        self
    }

    /// Repeating it in vain is a way to wait.
    pub(crate) fn polling(mut self, polling: Polling) -> Self {
        self.polling = polling;
        self
    }

    /// See [`Intent::dormant`].
    pub(crate) fn dormant(mut self, dormant: bool) -> Self {
        self.dormant = dormant;
        self
    }

    /// Tells two steps apart when an execution is repeated.
    fn signature(&self) -> u64 {
        let object = self.object.map_or(0, |object| u64::from(object.0));
        let source = u64::from(self.source.line()) << 12 | u64::from(self.source.column());
        // Never 0, which stands for "not known yet".
        (self.kind as u64 + 1) << 56 | (object & 0xff_ffff) << 32 | source & 0xffff_ffff
    }
}

/// How an execution is run.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Settings {
    /// Loads may read old values, as far as their `Ordering` allows it.
    pub weak: bool,
    /// Condition variables may wake without reason.
    pub spurious: bool,
    /// Nobody is taken for a thread that polls: for programs without loops.
    pub unfair: bool,
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

struct Waiting {
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
struct Thread {
    strand: Option<Strand>,
    handle: Option<Handle>,
    floor: usize,
    waiting: Option<Waiting>,
    done: bool,
    polls: Vec<Poll>,
    changes: u64,
    spurious_wakes: u32,
    /// It panics, and drops its values. Threads take turns then, too.
    panicking: bool,
}

/// A place where a thread may poll.
struct Poll {
    source: Source,
    object: Option<ObjectId>,
    /// How many changes there had been when it was here last.
    changes: u64,
    /// How often it has come back since with nothing changed.
    in_vain: u32,
}

/// What is known of a thread that comes to a place where it may poll.
#[derive(Default)]
struct Visit {
    again: bool,
    in_vain: bool,
}

pub(crate) struct Execution {
    settings: Settings,
    threads: Vec<Thread>,
    current: ThreadId,
    order: Order,
    path: Path,
    trace: Trace,
    memory: Memory,
    woken: Vec<ThreadId>,
    objects: u32,
    steps: usize,
    changes: u64,
    idle_rounds: u32,
    time: Duration,
    stop: Option<Stop>,
}

std::thread_local! {
    static EXECUTION: RefCell<Option<Execution>> = const { RefCell::new(None) };
    /// Whether there is one: can be asked while it is borrowed.
    static RUNNING: Cell<bool> = const { Cell::new(false) };
}

fn with<R>(use_it: impl FnOnce(&mut Execution) -> R) -> R {
    EXECUTION.with_borrow_mut(|execution| match execution {
        Some(execution) => use_it(execution),
        None => watchdog::outside_of_a_model(),
    })
}

/// Whether the calling thread is a thread of a model.
pub(crate) fn is_running() -> bool {
    RUNNING.get()
}

/// Runs `scenario` once along `path`.
pub(crate) fn run(
    scenario: Rc<dyn Fn()>,
    path: &mut Path,
    trace: &mut Trace,
    settings: Settings,
) -> Ending {
    trace.clear();
    let execution = Execution {
        settings,
        threads: Vec::new(),
        current: 0,
        order: Order::new(path.is_bounded()),
        path: std::mem::replace(path, Path::new(None)),
        trace: std::mem::take(trace),
        memory: Memory::new(settings.weak),
        woken: Vec::new(),
        objects: 0,
        steps: 0,
        changes: 0,
        idle_rounds: 0,
        time: EPOCH,
        stop: None,
    };
    EXECUTION.set(Some(execution));
    RUNNING.set(true);
    local::clear_all();
    with(|x| x.start_thread(None, Location::caller(), Box::new(move || main_thread(&*scenario))));
    while let Some(thread) = with(Execution::next) {
        let mut strand = with(|x| x.threads[thread].strand.take()).expect("it is not running yet");
        if strand.resume() {
            with(|x| x.threads[thread].strand = Some(strand));
        } else {
            strand.retire();
        }
    }
    RUNNING.set(false);
    let mut execution = EXECUTION.take().expect("it was put there above");
    for strand in execution.threads.iter_mut().filter_map(|thread| thread.strand.take()) {
        strand.retire();
    }
    *path = execution.path;
    *trace = execution.trace;
    Ending { stop: execution.stop, thread: execution.current, threads: execution.threads.len() }
}

fn main_thread(scenario: &dyn Fn()) {
    let result = std::panic::catch_unwind(AssertUnwindSafe(scenario));
    local::clear(0);
    if result.is_err() {
        with(|x| {
            let last = x.trace.panics.len() - 1;
            x.stop.get_or_insert(Stop::Panic(last));
        });
    }
}

/// Makes a step: waits until the scheduler lets the calling thread make it, then does it.
pub(crate) fn perform<R>(
    intent: Intent,
    ready: &dyn Fn() -> Readiness,
    effect: impl FnOnce() -> (R, Detail),
) -> R {
    let here = 0_u8;
    let address = std::ptr::from_ref(&here).addr();
    let (handle, low) = with(|x| x.announce(intent, ready, address));
    if low {
        stop(Stop::StackOverflow);
    }
    suspend(handle);
    let (result, detail) = effect();
    record(intent, detail);
    result
}

fn suspend(handle: Handle) {
    // SAFETY: the handle was given to the body of the coroutine that runs now, which has not
    // returned: this call is part of it.
    unsafe { (*handle).suspend(()) }
}

/// Ends the execution; the calling thread never runs again.
pub(crate) fn stop(why: Stop) -> ! {
    let handle = with(|x| {
        x.stop.get_or_insert(why);
        x.threads[x.current].handle.expect("a thread that runs has a handle")
    });
    loop {
        suspend(handle);
    }
}

/// Whether the calling thread panics.
///
/// [`std::thread::panicking`] cannot say: for it all threads of the model are one.
pub fn panicking() -> bool {
    with(|x| {
        if !std::thread::panicking() {
            x.threads.iter_mut().for_each(|thread| thread.panicking = false);
        }
        x.threads[x.current].panicking
    })
}

/// The calling thread has caught its panic.
pub(crate) fn caught() {
    with(|x| x.threads[x.current].panicking = false);
}

/// Adds an event that is no step of its own.
pub(crate) fn record(intent: Intent, detail: Detail) {
    with(|x| {
        let Intent { kind, object, also, source, .. } = intent;
        let thread = x.current;
        let unlocks = x.settings.locate_drops && kind == Kind::Unlock;
        let dropped_at = if unlocks { drop_site::find(source.file()) } else { None };
        x.trace.events.push(Event { thread, kind, object, also, source, dropped_at, detail });
    });
}

/// The thread that runs.
pub(crate) fn current() -> ThreadId {
    with(|x| x.current)
}

/// A number for a new object.
pub(crate) fn new_object() -> ObjectId {
    with(|x| {
        x.objects += 1;
        ObjectId(x.objects)
    })
}

/// Something that others can see is no longer what it was: those that poll look again.
pub(crate) fn changed() {
    with(Execution::changed);
}

/// The calling thread lets `thread` go on: whatever that thread does comes after this step.
pub(crate) fn wake(thread: ThreadId) {
    with(|x| {
        x.woken.push(thread);
        x.changed();
    });
}

/// One of `count` outcomes; each is tried.
pub(crate) fn choose(count: usize) -> usize {
    match with(|x| x.path.choose_outcome(count)) {
        Ok(outcome) => outcome,
        Err(Diverged) => stop(Stop::Nondeterminism),
    }
}

/// The number that the next thread will have.
pub(crate) fn next_thread() -> ThreadId {
    with(|x| x.threads.len())
}

/// What the calling thread does from now on comes after all that `thread`, which is done, did.
pub(crate) fn follow(thread: ThreadId) {
    with(|x| x.order.enable(thread, x.current));
}

/// Starts a thread of the model.
pub(crate) fn spawn(name: Option<String>, source: Source, body: Box<dyn FnOnce()>) -> ThreadId {
    let started =
        with(|x| (x.threads.len() < MAX_THREADS).then(|| x.start_thread(name, source, body)));
    started.unwrap_or_else(|| stop(Stop::TooManyThreads))
}

/// What happened in memory so far.
pub(crate) fn with_memory<R>(use_it: impl FnOnce(&mut Memory, &mut Path, ThreadId) -> R) -> R {
    with(|x| use_it(&mut x.memory, &mut x.path, x.current))
}

/// The virtual time since the execution began.
pub(crate) fn time() -> Duration {
    with(|x| x.time)
}

/// Time passes until `then`, at least.
pub(crate) fn pass_time(then: Duration) {
    with(|x| x.time = x.time.max(then));
}

/// Whether the calling thread may be woken once without reason.
pub(crate) fn may_wake_without_reason() -> bool {
    with(|x| x.settings.spurious && x.threads[x.current].spurious_wakes == 0)
}

/// The calling thread was woken without reason.
pub(crate) fn woke_without_reason() {
    with(|x| x.threads[x.current].spurious_wakes += 1);
}

/// Uses the trace of the execution.
pub(crate) fn with_trace<R>(use_it: impl FnOnce(&mut Trace) -> R) -> R {
    with(|x| use_it(&mut x.trace))
}

/// Takes note of a panic of the calling thread, from the panic hook.
pub(crate) fn panicked(panicked: Panicked) {
    with(|x| {
        let index = x.trace.panics.len();
        if panicked.broken.is_some() {
            x.stop.get_or_insert(Stop::Panic(index));
        }
        let (thread, source) = (x.current, Location::caller());
        x.threads[thread].panicking = true;
        x.trace.panics.push(Panicked { thread, ..panicked });
        let event = Event {
            thread,
            kind: Kind::Panic,
            object: None,
            also: None,
            source,
            dropped_at: None,
            detail: Detail::Text(index),
        };
        x.trace.events.push(event);
    });
}

impl Execution {
    fn start_thread(
        &mut self,
        name: Option<String>,
        source: Source,
        body: Box<dyn FnOnce()>,
    ) -> ThreadId {
        let id = self.threads.len();
        let strand = Strand::new(move |handle| {
            with(|x| x.threads[id].handle = Some(handle));
            body();
            with(|x| x.finish(id));
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
    fn announce(
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
        let visits = self.poll(&intent);
        waiting.asleep_since = visits.in_vain.then_some(self.changes);
        waiting.goes_round = visits.again && intent.polling == Polling::Yield;
        let thread = &mut self.threads[self.current];
        thread.waiting = Some(waiting);
        (thread.handle.expect("a thread that runs has a handle"), address < thread.floor)
    }

    /// Notes that the calling thread comes to a place where it may poll.
    fn poll(&mut self, intent: &Intent) -> Visit {
        let patience = match intent.polling {
            _ if self.settings.unfair => return Visit::default(),
            Polling::No => return Visit::default(),
            Polling::Look => 2,
            Polling::Yield => 1,
        };
        let changes = self.changes;
        let polls = &mut self.threads[self.current].polls;
        let known = polls
            .iter_mut()
            .find(|poll| std::ptr::eq(poll.source, intent.source) && poll.object == intent.object);
        let Some(poll) = known else {
            let (source, object) = (intent.source, intent.object);
            polls.push(Poll { source, object, changes, in_vain: 0 });
            return Visit::default();
        };
        poll.in_vain = if poll.changes == changes { poll.in_vain + 1 } else { 0 };
        poll.changes = changes;
        Visit { again: true, in_vain: poll.in_vain >= patience }
    }

    fn changed(&mut self) {
        self.changes += 1;
        self.threads.get_mut(self.current).map(|thread| thread.changes += 1);
        self.idle_rounds = 0;
    }

    /// Chooses the thread that makes the next step; `None`: the execution has ended.
    fn next(&mut self) -> Option<ThreadId> {
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
        for thread in std::mem::take(&mut self.woken) {
            self.order.enable(last, thread);
            if let Some(waiting) = &mut self.threads[thread].waiting {
                waiting.intent.dormant = false;
                self.find_races_of(thread);
            }
        }
        self.find_races_of(last);
        for (thread, state) in self.threads.iter().enumerate() {
            let waiting = state.waiting.as_ref().filter(|waiting| !waiting.intent.dormant);
            let Some(waiting) = waiting.filter(|_| thread != last) else { continue };
            if let Some(branch) = self.order.last_step_race(thread, waiting.intent.accesses) {
                self.path.try_before(branch, thread);
            }
        }
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

/// The readiness of a step that can always be made.
pub(crate) fn always() -> Readiness {
    Readiness::Ready
}
