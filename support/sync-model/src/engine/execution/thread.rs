//! The threads of an execution, and what they are about to do.

use std::time::Duration;

use super::super::access::{Accesses, ObjectId};
use super::super::intent::{Intent, Polling, Readiness, always};
use super::super::outcome::Stop;
use super::super::polling::{Changes, Polls, Visit};
use super::super::stack::{Handle, Strand};
use super::super::turn::only;
use super::super::twins::{Body, Likeness, Past};
use super::super::{ThreadId, session};
use super::Execution;
use crate::trace::{Kind, Source};

pub(in crate::engine) struct Waiting {
    pub(super) intent: Intent,
    /// Lives on the waiting thread's own stack, which stays as it is while the thread waits.
    pub(super) ready: *const (dyn Fn() -> Readiness + 'static),
    /// What others had changed when it came here.
    pub(super) others_changes: u64,
    /// Polls in vain: sleeps until the number of changes is another one.
    pub(super) asleep_since: Option<u64>,
    /// It has yielded at this place before, so it goes round in a loop: all others go first, even if
    /// one of them changed something. Two threads that poll would else wake each other for ever.
    pub(super) goes_round: bool,
    /// It makes way for those that it has kept waiting.
    pub(super) gives_way: bool,
    /// It is at a place where threads are known to poll.
    pub(super) polls: bool,
    /// When its time comes, if it can go on only then.
    pub(super) time: Duration,
    /// Its step changes nothing, as things are: see [`Readiness::Idle`].
    pub(super) idle: bool,
}

impl Waiting {
    /// What its step touches, as things are.
    pub(super) fn accesses(&self) -> Accesses {
        let all = self.intent.accesses;
        if self.idle { all.idle() } else { all }
    }
}

/// A thread, or the slot of one that is done: a thread that starts later may take its slot over.
#[derive(Default)]
pub(in crate::engine) struct Thread {
    /// Its number in the order of their starts, which is its own for good.
    pub(in crate::engine) lane: usize,
    pub(in crate::engine) handle: Option<Handle>,
    pub(in crate::engine) floor: usize,
    pub(in crate::engine) waiting: Option<Waiting>,
    pub(in crate::engine) done: bool,
    pub(in crate::engine) polls: Polls,
    pub(in crate::engine) changes: u64,
    pub(in crate::engine) spurious_wakes: u32,
    /// Whom it is like.
    pub(super) past: Past,
    /// How many locks it shares with others.
    pub(in crate::engine) shares: u32,
    /// A step of its has failed without reason.
    pub(in crate::engine) has_failed: bool,
    /// The panic that ended it: an index into the trace's.
    pub(in crate::engine) panicked: Option<usize>,
    /// Somebody has waited for its end, and knows how it ended.
    pub(in crate::engine) joined: bool,
}

impl Execution {
    pub(in crate::engine) fn start_thread(
        &mut self,
        name: Option<String>,
        source: Source,
        alike: Option<Body>,
        body: Box<dyn FnOnce()>,
    ) -> ThreadId {
        let id = self.free_slot();
        let family = alike.map_or(0, |body| self.twins.start(self.current, body));
        let lane = self.trace.names.len();
        let strand = Strand::new(move |handle| {
            session::with(|x| x.threads[id].handle = Some(handle));
            body();
            session::with(|x| x.finish(id));
        });
        let floor = strand.floor();
        self.trace.names.push(name);
        if lane > 0 {
            self.order.enable(self.current, id);
        }
        self.panicking &= !only(id);
        self.fairness.start(id);
        if let Some(march) = &mut self.march {
            march.start(self.current, id);
        }
        self.memory.start_thread(self.current, id);
        let waiting = self.wait(Intent::new(Kind::Start, source), &always);
        let waiting = Some(waiting);
        let past = Past::new(family);
        let thread = Thread { lane, floor, waiting, past, ..Thread::default() };
        self.started = Some((id, strand));
        match self.threads.get_mut(id) {
            Some(slot) => *slot = thread,
            None => self.threads.push(thread),
        }
        self.changed();
        id
    }

    /// The slot of the next thread: that of one whose end the calling thread knows of, so that whatever
    /// the new thread does comes after all that the old one did, else one more.
    pub(in crate::engine) fn free_slot(&self) -> ThreadId {
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
    pub(in crate::engine) fn lane(&self, thread: ThreadId) -> usize {
        self.threads[thread].lane
    }

    fn finish(&mut self, thread: ThreadId) {
        self.threads[thread].done = true;
        self.keep_twins_together(thread);
        if thread == 0 {
            self.steps_of_main = Some(self.steps);
        }
        self.changed();
    }

    /// Who is like whom.
    pub(super) fn likeness(&self) -> Likeness {
        let mut likeness = Likeness::default();
        if !self.path.known().told_apart {
            for (number, thread) in likeness.iter_mut().zip(&self.threads) {
                *number = if thread.done { 0 } else { thread.past.likeness() };
            }
        }
        likeness
    }

    /// `thread` does something else than to join: if it has joined some twins and not all, it may be on
    /// account of those.
    pub(super) fn keep_twins_together(&mut self, thread: ThreadId) {
        if self.twins.are_split(thread) {
            self.tell_apart();
        }
    }

    /// Somebody has found out which thread is which.
    pub(in crate::engine) fn tell_apart(&mut self) {
        if !self.path.known().told_apart {
            self.path.learned().told_apart = true;
        }
    }

    /// The thread that runs has waited for the end of this one.
    pub(in crate::engine) fn joined(&mut self, thread: ThreadId) {
        let by = self.current;
        self.order.enable(thread, by);
        let joined = &mut self.threads[thread];
        joined.joined = true;
        let (family, panicked) = (joined.past.family(), joined.panicked.is_some());
        if !self.twins.join(family, by) || (family != 0 && panicked) {
            self.tell_apart();
        }
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
            time: Duration::ZERO,
            idle: false,
        }
    }

    /// The calling thread is about to do this. Returns its handle, or why it cannot.
    pub(in crate::engine) fn announce(
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
        let waits = intent.kind.may_wait() || visit.again;
        if waits && self.threads[self.current].shares > 0 && !self.path.known().readers_wait {
            self.path.learned().readers_wait = true;
        }
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
        let number = thread.polls.number(intent);
        let known = match self.path.script() {
            // A script knows no lines.
            Some(script) => script.polls(thread.lane, number),
            None => self.path.known().polls.contains(&place),
        };
        let visit = thread.polls.visit(intent, changes, known);
        if known && visit.known {
            self.trace.polls_at(thread.lane, number);
        }
        if visit.learned {
            self.path.learned().polls.insert(place);
        }
        visit
    }

    pub(in crate::engine) fn changed(&mut self) {
        self.changes += 1;
        if let Some(thread) = self.threads.get_mut(self.current) {
            thread.changes += 1;
        }
        self.idle_rounds = 0;
    }

    /// See `control::is_awaited`.
    pub(in crate::engine) fn is_awaited(&self, kind: Kind, object: ObjectId) -> bool {
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
}
