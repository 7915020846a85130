//! In weak mode: what an access may do, and what is kept of what it did.

use std::sync::atomic::Ordering;

use super::super::ThreadId;
use super::super::access::ObjectId;
use super::super::clock::Clock;
use super::super::path::{Diverged, Path};
use super::location::{Choice, Event, Write, WriteId};
use super::sequential::Step;
use super::{Memory, Stale, acquires};
use crate::trace::Value;

impl Memory {
    /// The time of a new event of `thread`, and the oldest position that it may read.
    pub(super) fn tick_and_floor(&mut self, thread: ThreadId, atomic: usize) -> usize {
        let now = &mut self.threads[thread].now;
        now.tick(thread);
        self.atomics[atomic].floor(now)
    }

    /// What an update may do, if it may read from the position `floor` on.
    pub(super) fn update_choices(
        &self,
        (thread, atomic): (ThreadId, usize),
        floor: usize,
        (success, failure): (Ordering, Ordering),
        stale_limit: Option<u32>,
        next: impl Fn(Value) -> Option<Value>,
    ) -> Vec<(Choice, Ordering)> {
        let location = &self.atomics[atomic];
        let patient = self.patient_floor(thread, atomic, floor, stale_limit);
        // Each update adds a write: threads could go on behind a newer one for ever, each reading
        // what the other wrote. So for updates all old writes count as one.
        let stale = self.stale(thread, atomic);
        let spent =
            stale.is_some_and(|stale| stale_limit.is_some_and(|limit| stale.times >= limit));
        let choice = |write: WriteId| {
            let after = location.position(write) + 1;
            if next(location.write(write).value).is_none() {
                return Some((Choice { reads: Some(write), place: None }, failure));
            }
            let may = location.is_free(after) && (!spent || after == location.end());
            may.then_some((Choice { reads: Some(write), place: Some(after) }, success))
        };
        location.from(patient).filter_map(choice).collect()
    }

    /// `thread` makes a step that touches `object`, which is no atomic.
    pub(crate) fn touch(&mut self, thread: ThreadId, object: ObjectId) {
        if self.weak {
            self.interleaving.touch(thread, object.number as usize);
        }
    }

    /// Chooses what the access does. The first choice is always possible: nothing comes after it.
    pub(super) fn choose(
        &self,
        thread: ThreadId,
        atomic: usize,
        mut choices: Vec<(Choice, Ordering)>,
        path: &mut Path,
    ) -> Result<Choice, Diverged> {
        if choices.len() > 1 {
            let location = &self.atomics[atomic];
            choices.retain(|&(choice, ordering)| {
                let step = self.step(thread, atomic, choice, ordering);
                location.newer(choice) == location.end()
                    || (!self.interleaving.has(location, &step)
                        && self.sequential.admits(location, &step))
            });
        }
        Ok(choices[path.choose_outcome(choices.len())?].0)
    }

    fn step(&self, thread: ThreadId, atomic: usize, choice: Choice, ordering: Ordering) -> Step {
        let before = self.threads[thread].now;
        let mut after = before;
        if let Some(read) = choice.reads.filter(|_| acquires(ordering)) {
            after.join(&self.atomics[atomic].write(read).view);
        }
        let is_sequential = ordering == Ordering::SeqCst;
        Step { thread, atomic, before, after, choice, is_sequential }
    }

    /// Makes the access: what it reads is seen, and `value` is written, if it writes. Returns that
    /// write.
    pub(super) fn keep(
        &mut self,
        thread: ThreadId,
        atomic: usize,
        choice: Choice,
        ordering: Ordering,
        value: Option<Value>,
    ) -> Option<WriteId> {
        let step = self.step(thread, atomic, choice, ordering);
        let node = self.sequential.access(&self.atomics[atomic], &step);
        let order = self.interleaving.access(&self.atomics[atomic], &step);
        let mut before = Clock::default();
        if let Some(read) = choice.reads {
            self.see(thread, atomic, read, ordering);
            before = self.atomics[atomic].write(read).view;
        }
        let epoch = step.after.count(thread);
        let mut writes = None;
        if let Some((position, value)) = choice.place.zip(value) {
            let view = self.pass_on(thread, ordering, before);
            let is_update = choice.reads.is_some();
            let write = Write { value, view, order, is_update, position };
            writes = Some(self.atomics[atomic].place(write));
        }
        let (clock, reads) = (step.after, choice.reads);
        let (last_write, last_node) = (None, 0);
        let event = Event { epoch, clock, order, reads, writes, last_write, node, last_node };
        self.atomics[atomic].push(thread, event);
        writes
    }

    fn stale(&self, thread: ThreadId, atomic: usize) -> Option<Stale> {
        self.threads[thread].stale.iter().find(|stale| stale.atomic == atomic).copied()
    }

    /// The oldest position that may be read by a thread that has read an old write often enough.
    pub(super) fn patient_floor(
        &self,
        thread: ThreadId,
        atomic: usize,
        floor: usize,
        limit: Option<u32>,
    ) -> usize {
        let location = &self.atomics[atomic];
        match (self.stale(thread, atomic), limit) {
            (Some(Stale { write, times, .. }), Some(limit)) if times >= limit => {
                floor.max(location.position(write) + 1).min(location.end() - 1)
            }
            _ => floor,
        }
    }

    /// The thread has read a write, and perhaps written one instead.
    pub(super) fn note_staleness(
        &mut self,
        thread: ThreadId,
        atomic: usize,
        read: WriteId,
        written: Option<WriteId>,
    ) {
        let write = written.unwrap_or(read);
        let before = self.stale(thread, atomic);
        let all = &mut self.threads[thread].stale;
        all.retain(|stale| stale.atomic != atomic);
        if write != self.atomics[atomic].newest() {
            let again = before.filter(|stale| written.is_some() || stale.write == read);
            let times = again.map_or(0, |stale| stale.times) + 1;
            all.push(Stale { atomic, write, times });
        }
    }
}
