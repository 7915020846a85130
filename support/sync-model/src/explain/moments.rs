//! How things stand after each event: where each thread is, who holds what, what each value is.

use std::collections::{HashMap, HashSet, VecDeque};

use evidence::interleaving::{Act, ObjectState, State, ThreadState};

use super::Case;
use super::acts;
use super::objects::Objects;
use super::ownership::{self, Holds};
use crate::engine::{ObjectId, ThreadId};
use crate::trace::{Detail, Event, Kind, Pending, Source, Value};

mod condition;
mod place;
mod values;

/// What a thread does next: an event that is yet to come, or what it was about to do at the end.
#[derive(Debug, Clone, Copy)]
pub(super) struct Next {
    pub kind: Kind,
    pub object: Option<ObjectId>,
    pub also: Option<ObjectId>,
    pub source: Source,
    /// What it writes, if that is known.
    pub writes: Option<Value>,
    /// How it went; `None`: it never came to that.
    pub detail: Option<Detail>,
}

/// Goes through the events of a case, one after the other.
pub(super) struct Moments<'a> {
    case: &'a Case<'a>,
    pub objects: &'a Objects,
    /// How many events have happened.
    seen: usize,
    /// Each thread's events, in order, and how many of them have happened.
    lanes: Vec<(Vec<usize>, usize)>,
    values: Vec<ObjectState>,
    pub holds: Holds,
    /// Who is at what is done once.
    doing_once: HashMap<ObjectId, ThreadId>,
    /// Who sleeps in which condition variable, and whether it was told to wake up.
    asleep: HashMap<ThreadId, (ObjectId, bool)>,
    /// Readers that let a writer go first.
    kept_out: HashSet<ThreadId>,
    at_barrier: HashMap<ThreadId, ObjectId>,
    /// Whose items are in which channel, the oldest first.
    items: HashMap<ObjectId, VecDeque<ThreadId>>,
    /// Threads that were told to go on before they parked.
    tokens: HashSet<ObjectId>,
    started: HashSet<ThreadId>,
    done: HashSet<ThreadId>,
}

impl<'a> Moments<'a> {
    /// Before the first event.
    pub(super) fn new(case: &'a Case<'a>, objects: &'a Objects) -> Self {
        let mut lanes = vec![(Vec::new(), 0); case.trace.names.len()];
        for (index, event) in case.trace.events.iter().enumerate() {
            lanes[event.thread].0.push(index);
        }
        let mut moments = Self {
            case,
            objects,
            seen: 0,
            lanes,
            values: vec![ObjectState::default(); objects.table.len()],
            holds: Holds::new(),
            doing_once: HashMap::new(),
            asleep: HashMap::new(),
            kept_out: HashSet::new(),
            at_barrier: HashMap::new(),
            items: HashMap::new(),
            tokens: HashSet::new(),
            started: HashSet::from([0]),
            done: HashSet::new(),
        };
        moments.begin();
        moments
    }

    /// The events before this one happen.
    pub(super) fn go_to(&mut self, index: usize) {
        while self.seen < index.min(self.case.trace.events.len()) {
            self.advance();
        }
    }

    /// The next event happens. What it was, for those who tell it.
    pub(super) fn step(&mut self) -> Option<Act> {
        let event = &self.case.trace.events[self.seen];
        let before = self.value_of(event);
        let holders = self.holder_names(event.object);
        let woken = self.advance();
        let woken = woken.into_iter().map(|thread| self.case.trace.name(thread)).collect();
        let told = acts::Told { before, after: self.value_of(event), holders, woken };
        acts::done(event, self, told)
    }

    /// The next event happens. Whom it wakes.
    fn advance(&mut self) -> Vec<ThreadId> {
        let event = &self.case.trace.events[self.seen];
        let woken = self.woken(event);
        let wrote = self.wrote(event);
        self.seen += 1;
        self.lanes[event.thread].1 += 1;
        ownership::follow(&mut self.holds, event);
        self.follow_threads(event, &woken);
        self.follow_items(event);
        self.follow_once(event);
        self.follow_value(event, wrote);
        woken
    }

    fn value_of(&self, event: &Event) -> Option<ObjectState> {
        self.objects.find(event.object).map(|object| self.values[object].clone())
    }

    fn follow_threads(&mut self, event: &Event, woken: &[ThreadId]) {
        let me = event.thread;
        match (event.kind, event.object, event.detail) {
            (Kind::Spawn, _, Detail::Thread(child)) => {
                self.started.insert(child);
            }
            (Kind::Exit, ..) => {
                self.done.insert(me);
            }
            (Kind::Wait, Some(condvar), _) => {
                self.asleep.insert(me, (condvar, false));
            }
            (Kind::Wake, ..) => {
                self.asleep.remove(&me);
            }
            (Kind::NotifyOne | Kind::NotifyAll, ..) => {
                for thread in woken {
                    if let Some((_, told)) = self.asleep.get_mut(thread) {
                        *told = true;
                    }
                }
            }
            (Kind::ReadLock, _, Detail::KeptOut) => {
                self.kept_out.insert(me);
            }
            (Kind::ReadLock, ..) => {
                self.kept_out.remove(&me);
            }
            (Kind::BarrierArrive, Some(barrier), Detail::Success(true)) => {
                self.at_barrier.retain(|_, theirs| *theirs != barrier);
            }
            (Kind::BarrierArrive, Some(barrier), _) => {
                self.at_barrier.insert(me, barrier);
            }
            (Kind::Unpark, Some(token), _) => {
                self.tokens.insert(token);
            }
            (Kind::Park, Some(token), _) => {
                self.tokens.remove(&token);
            }
            _ => {}
        }
    }

    /// Whom a notification wakes.
    fn woken(&self, event: &Event) -> Vec<ThreadId> {
        let Detail::Woken { count, first } = event.detail else { return Vec::new() };
        if event.kind != Kind::NotifyAll {
            return first.into_iter().collect();
        }
        let sleeps = |(thread, (condvar, told)): (&ThreadId, &(ObjectId, bool))| {
            (Some(*condvar) == event.object && !told).then_some(*thread)
        };
        let mut all: Vec<ThreadId> = self.asleep.iter().filter_map(sleeps).collect();
        all.sort_unstable();
        // Those whose time was over just before are not woken by it.
        if all.len() > count {
            all.retain(|&thread| {
                let wakes = self.next(thread).and_then(|next| next.detail);
                wakes != Some(Detail::Woke(crate::trace::Reason::TimedOut))
            });
        }
        all
    }

    fn holder_names(&self, object: Option<ObjectId>) -> Vec<String> {
        let Some(object) = object else { return Vec::new() };
        let held = self.holds.get(&object).into_iter().flatten().map(|hold| hold.thread);
        let once = self.doing_once.get(&object).copied();
        let mut names: Vec<String> = Vec::new();
        for thread in held.chain(once) {
            let name = self.case.trace.name(thread);
            if !names.contains(&name) {
                names.push(name);
            }
        }
        names
    }

    /// What the thread does next.
    pub(super) fn next(&self, thread: ThreadId) -> Option<Next> {
        let (events, seen) = &self.lanes[thread];
        if let Some(&event) = events.get(*seen) {
            return Some(Next::from(&self.case.trace.events[event]));
        }
        self.pending(thread)
    }

    /// What the thread was about to do when the execution ended.
    fn pending(&self, thread: ThreadId) -> Option<Next> {
        let mut pending = self.case.trace.pending.iter();
        pending.find(|pending| pending.thread == thread).map(Next::from)
    }

    /// How things stand, for these threads.
    pub(super) fn state(&self, threads: &[ThreadId], home: &str) -> State {
        let threads = threads.iter().map(|&thread| ThreadState {
            at: self.spot(thread, home),
            condition: self.condition(thread),
        });
        let mut state = State { threads: threads.collect(), objects: self.values.clone() };
        for (&id, held) in &self.holds {
            if let Some(object) = self.objects.find(Some(id)) {
                state.objects[object].holders = self.holder_names(Some(id));
                state.objects[object].shared = held.iter().any(|hold| hold.shared);
            }
        }
        for &id in self.doing_once.keys() {
            if let Some(object) = self.objects.find(Some(id)) {
                state.objects[object].holders = self.holder_names(Some(id));
            }
        }
        state
    }
}

impl From<&Event> for Next {
    fn from(event: &Event) -> Self {
        let &Event { kind, object, also, source, detail, .. } = event;
        let writes = match detail {
            Detail::Wrote(value) => Some(value),
            _ => None,
        };
        Self { kind, object, also, source, writes, detail: Some(detail) }
    }
}

impl From<&Pending> for Next {
    fn from(pending: &Pending) -> Self {
        let &Pending { kind, object, also, source, writes, .. } = pending;
        Self { kind, object, also, source, writes, detail: None }
    }
}
