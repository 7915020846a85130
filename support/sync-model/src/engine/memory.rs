//! What each thread has seen of memory, and what an atomic's accesses may read and overwrite.
//!
//! A write carries what its writer knows if its ordering releases it, and a read takes that over if
//! its ordering acquires: this gives *happens before*, as vector clocks. A release sequence is C++20's:
//! a write and the updates that follow it, one after the other.
//!
//! By default a load reads the newest value, and a store is the newest from then on (sequential
//! consistency). In weak mode memory is that of RC11 (Lahav and others, PLDI 2017): a load may read
//! any write, and a store may take any place among the writes, as far as coherence, atomicity and the
//! order of all that is `SeqCst` allow it. The execution is kept as a graph that grows by one event at
//! a time, as in stateless model checkers for RC11 (Kokologiannakis, Lahav, Sagonas, Vafeiadis,
//! "Effective stateless model checking for C/C++ concurrency", POPL 2018). RC11 forbids that an event
//! depends on itself by program order and reads, so each of its executions grows like that, and what
//! grows like that is one of them: none is missed, none is invented. C11 allows one thing beyond:
//! *load buffering*, where two loads each read what the other's thread stores afterwards.
//!
//! - `location`: one atomic: its writes, and what coherence and atomicity allow;
//! - `choices`: what an access may do, and what is kept of it;
//! - `sequential`: the order of all that is `SeqCst`; `history`: what of it is one thread's;
//! - `interleaving`: which choices would only repeat another execution.

mod choices;
mod history;
mod interleaving;
mod location;
mod sequential;

use std::sync::atomic::Ordering;

use self::interleaving::Interleaving;
use self::location::{Choice, Location, WriteId};
use self::sequential::Sequential;
use super::ThreadId;
use super::access::ObjectId;
use super::clock::Clock;
use super::path::{Diverged, Path};
use crate::trace::Value;

#[derive(Debug, Default)]
struct Knowledge {
    now: Clock,
    /// At the last release fence: what relaxed writes pass on.
    released: Clock,
    /// Of the relaxed reads since: what the next acquire fence takes over.
    acquirable: Clock,
    /// The old values read last, one for each atomic.
    stale: Vec<Stale>,
}

/// A thread is behind with an atomic.
#[derive(Debug, Clone, Copy)]
struct Stale {
    atomic: usize,
    /// What it read last, or what it wrote instead of that.
    write: WriteId,
    /// How often in a row.
    times: u32,
}

/// The memory of one execution.
#[derive(Debug, Default)]
pub(crate) struct Memory {
    weak: bool,
    threads: Vec<Knowledge>,
    /// What locks and the like pass on from the one that releases to the one that acquires.
    passed_on: Vec<Clock>,
    atomics: Vec<Location>,
    sequential: Sequential,
    interleaving: Interleaving,
}

/// What an atomic's load saw.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Seen {
    pub value: Value,
    /// The newest value, if that is another write.
    pub newest: Option<Value>,
}

/// What an atomic's update did.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Updated {
    pub old: Value,
    /// What it wrote; `None`: it has failed.
    pub new: Option<Value>,
    /// Whether that is the newest value.
    pub is_newest: bool,
}

fn acquires(ordering: Ordering) -> bool {
    matches!(ordering, Ordering::Acquire | Ordering::AcqRel | Ordering::SeqCst)
}

fn releases(ordering: Ordering) -> bool {
    matches!(ordering, Ordering::Release | Ordering::AcqRel | Ordering::SeqCst)
}

impl Memory {
    pub(crate) fn new(weak: bool) -> Self {
        Self { weak, ..Self::default() }
    }

    /// A new thread knows what its parent does.
    pub(crate) fn start_thread(&mut self, parent: ThreadId, child: ThreadId) {
        if self.threads.len() <= child {
            self.threads.resize_with(child + 1, Knowledge::default);
        }
        self.note_event(parent);
        if parent != child {
            let now = self.threads[parent].now;
            self.threads[child] = Knowledge { now, ..Knowledge::default() };
        }
        self.threads[child].now.tick(child);
        self.threads[parent].now.tick(parent);
        self.note_event(child);
    }

    /// Whether `thread` knows of all that `other` did, which is done.
    pub(crate) fn comes_after(&self, thread: ThreadId, other: ThreadId) -> bool {
        // The last thing it did was to pass on what it knew; it has counted on, for what never came.
        let done = self.threads[other].now.count(other) - 1;
        self.threads[thread].now.knows(other, done)
    }

    /// What `thread` knows of the steps of others.
    pub(crate) fn clock(&self, thread: ThreadId) -> Clock {
        self.threads[thread].now
    }

    /// Whoever acquires `object` next comes after what `thread` did so far.
    pub(crate) fn release(&mut self, thread: ThreadId, object: ObjectId) {
        self.note_event(thread);
        let index = object.number as usize;
        if self.passed_on.len() <= index {
            self.passed_on.resize_with(index + 1, Clock::default);
        }
        let now = &mut self.threads[thread].now;
        self.passed_on[index].join(now);
        now.tick(thread);
    }

    /// `thread` comes after all that released `object`.
    pub(crate) fn acquire(&mut self, thread: ThreadId, object: ObjectId) {
        if let Some(view) = self.passed_on.get(object.number as usize) {
            self.threads[thread].now.join(view);
        }
        self.note_event(thread);
    }

    /// A new atomic; returns its number.
    ///
    /// Whoever can reach it knows of its first value by whatever led there: to read it tells nothing.
    pub(crate) fn new_atomic(&mut self, value: Value) -> usize {
        self.atomics.push(Location::new(value));
        self.atomics.len() - 1
    }

    /// Replaces the newest value without a trace: for `&mut` access.
    pub(crate) fn overwrite(&mut self, atomic: usize, value: Value) {
        self.atomics[atomic].overwrite(value);
    }

    /// `thread` loads. It may read the same old write at most `stale_limit` times in a row: memory
    /// is slow, but not for ever.
    pub(crate) fn load(
        &mut self,
        thread: ThreadId,
        atomic: usize,
        ordering: Ordering,
        stale_limit: Option<u32>,
        path: &mut Path,
    ) -> Result<Seen, Diverged> {
        let newest = self.atomics[atomic].newest();
        let mut chosen = newest;
        if self.weak {
            let floor = self.tick_and_floor(thread, atomic);
            let floor = self.patient_floor(thread, atomic, floor, stale_limit);
            let readable = self.atomics[atomic].from(floor);
            let choices = readable.map(|write| Choice { reads: Some(write), place: None });
            let choices = choices.map(|choice| (choice, ordering)).collect();
            let choice = self.choose(thread, atomic, choices, path)?;
            chosen = choice.reads.expect("a load reads");
            self.keep(thread, atomic, choice, ordering, None);
            self.note_staleness(thread, atomic, chosen, None);
        } else {
            self.see(thread, atomic, chosen, ordering);
        }
        let value = |write| self.atomics[atomic].write(write).value;
        let newest = (chosen != newest).then(|| value(newest));
        Ok(Seen { value: value(chosen), newest })
    }

    /// `thread` stores; tells whether that is the newest value.
    pub(crate) fn store(
        &mut self,
        thread: ThreadId,
        atomic: usize,
        value: Value,
        ordering: Ordering,
        path: &mut Path,
    ) -> Result<bool, Diverged> {
        if !self.weak {
            let view = self.pass_on(thread, ordering, Clock::default());
            self.atomics[atomic].replace(value, view);
            return Ok(true);
        }
        let floor = self.tick_and_floor(thread, atomic);
        let location = &self.atomics[atomic];
        // The newest comes first, here and elsewhere: the search begins with what beginners expect.
        let places = (floor + 1..=location.end()).rev().filter(|&place| location.is_free(place));
        let choices = places.map(|place| Choice { reads: None, place: Some(place) });
        let choices = choices.map(|choice| (choice, ordering)).collect();
        let choice = self.choose(thread, atomic, choices, path)?;
        let written = self.keep(thread, atomic, choice, ordering, Some(value));
        Ok(written == Some(self.atomics[atomic].newest()))
    }

    /// `thread` replaces a value by `next(value)` in one step, with the first ordering, or reads it
    /// with the second one if there is no next. For the limit see [`Memory::load`].
    pub(crate) fn update(
        &mut self,
        (thread, atomic): (ThreadId, usize),
        orderings: (Ordering, Ordering),
        stale_limit: Option<u32>,
        next: impl Fn(Value) -> Option<Value>,
        path: &mut Path,
    ) -> Result<Updated, Diverged> {
        if !self.weak {
            return Ok(self.update_newest(thread, atomic, orderings, next));
        }
        let floor = self.tick_and_floor(thread, atomic);
        let choices = self.update_choices((thread, atomic), floor, orderings, stale_limit, &next);
        let choice = self.choose(thread, atomic, choices, path)?;
        let read = choice.reads.expect("an update reads");
        let old = self.atomics[atomic].write(read).value;
        let new = choice.place.and_then(|_| next(old));
        let ordering = if new.is_some() { orderings.0 } else { orderings.1 };
        let written = self.keep(thread, atomic, choice, ordering, new);
        self.note_staleness(thread, atomic, read, written);
        Ok(Updated { old, new, is_newest: written == Some(self.atomics[atomic].newest()) })
    }

    /// `thread` runs a fence.
    pub(crate) fn fence(&mut self, thread: ThreadId, ordering: Ordering) {
        if self.weak {
            self.threads[thread].now.tick(thread);
        }
        let Knowledge { now, released, acquirable, .. } = &mut self.threads[thread];
        if acquires(ordering) {
            now.join(acquirable);
        }
        if self.weak && ordering == Ordering::SeqCst {
            self.sequential.fence(thread, now, &self.atomics);
        } else if self.weak {
            self.sequential.note(thread, None, now);
        }
        if releases(ordering) {
            *released = *now;
            now.tick(thread);
        }
    }

    /// `thread` does something that is no access of an atomic.
    fn note_event(&mut self, thread: ThreadId) {
        if self.weak {
            let now = &mut self.threads[thread].now;
            now.tick(thread);
            self.sequential.note(thread, None, now);
        }
    }

    fn update_newest(
        &mut self,
        thread: ThreadId,
        atomic: usize,
        (success, failure): (Ordering, Ordering),
        next: impl Fn(Value) -> Option<Value>,
    ) -> Updated {
        let newest = self.atomics[atomic].newest();
        let old = self.atomics[atomic].write(newest).value;
        let new = next(old);
        self.see(thread, atomic, newest, if new.is_some() { success } else { failure });
        if let Some(value) = new {
            let before = self.atomics[atomic].write(newest).view;
            let view = self.pass_on(thread, success, before);
            self.atomics[atomic].replace(value, view);
        }
        Updated { old, new, is_newest: true }
    }

    /// Takes over what the write passes on.
    fn see(&mut self, thread: ThreadId, atomic: usize, write: WriteId, ordering: Ordering) {
        let Knowledge { now, acquirable, .. } = &mut self.threads[thread];
        let into = if acquires(ordering) { now } else { acquirable };
        into.join(&self.atomics[atomic].write(write).view);
    }

    /// What a write of `thread` passes on. An update passes on what the write `before` it did: it
    /// continues the release sequence.
    fn pass_on(&mut self, thread: ThreadId, ordering: Ordering, before: Clock) -> Clock {
        let Knowledge { now, released, .. } = &mut self.threads[thread];
        let mut view = before;
        view.join(if releases(ordering) { now } else { released });
        now.tick(thread);
        view
    }
}
