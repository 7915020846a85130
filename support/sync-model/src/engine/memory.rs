//! What each thread has seen of memory, and what an atomic's load may read.
//!
//! Each atomic keeps the values that were written to it, in the order in which they were written.
//! A write carries its writer's view if its ordering releases it, and a read takes the view over if
//! its ordering acquires. By default a load reads the newest value (sequential consistency); in weak
//! mode it may read any that is not older than one its thread has seen: this is the view-based
//! account of C11's atomics, without promises (so load buffering does not happen, and the order
//! of writes is the order in which they were run). The total order of all that is `SeqCst` is the
//! order in which it was run, so a `SeqCst` load reads nothing older than what an earlier `SeqCst`
//! access wrote or read, or an earlier `SeqCst` fence knew.

use std::sync::atomic::Ordering;

use super::access::ObjectId;
use super::clock::Clock;
use super::path::{Diverged, Path};
use super::{MAX_THREADS, ThreadId};
use crate::trace::Value;

/// How often in a row a thread may read the same old value: memory is slow, but not for ever.
const MAX_STALE_READS: u32 = 2;

/// For each atomic, the oldest write that may still be read. Empty outside of weak mode.
#[derive(Debug, Clone, Default)]
struct Floors(Vec<usize>);

impl Floors {
    fn join(&mut self, other: &Floors) {
        if self.0.len() < other.0.len() {
            self.0.resize(other.0.len(), 0);
        }
        for (mine, theirs) in self.0.iter_mut().zip(&other.0) {
            *mine = (*mine).max(*theirs);
        }
    }

    fn of(&self, atomic: usize) -> usize {
        self.0.get(atomic).copied().unwrap_or(0)
    }

    fn raise(&mut self, atomic: usize, floor: usize) {
        if self.0.len() <= atomic {
            self.0.resize(atomic + 1, 0);
        }
        self.0[atomic] = self.0[atomic].max(floor);
    }
}

/// What one thread knows, or one write tells.
#[derive(Debug, Clone, Default)]
struct View {
    /// Which steps of whom happened before.
    clock: Clock,
    floors: Floors,
}

impl View {
    fn join(&mut self, other: &View) {
        self.clock.join(&other.clock);
        self.floors.join(&other.floors);
    }
}

#[derive(Debug, Default)]
struct Knowledge {
    now: View,
    /// At the last release fence: what relaxed writes pass on.
    released: View,
    /// Of the relaxed reads since: what the next acquire fence takes over.
    acquirable: View,
    /// The old value read last: of which atomic, which write, how often.
    stale: Option<(usize, usize, u32)>,
}

#[derive(Debug)]
struct Write {
    value: Value,
    view: View,
}

/// The memory of one execution.
#[derive(Debug, Default)]
pub(crate) struct Memory {
    weak: bool,
    threads: [Knowledge; MAX_THREADS],
    /// What locks and the like pass on from the one that releases to the one that acquires.
    passed_on: Vec<View>,
    atomics: Vec<Vec<Write>>,
    /// What `SeqCst` fences knew: later `SeqCst` accesses and fences know it too.
    fences: Floors,
    /// What `SeqCst` accesses wrote or read: later ones of the same atomic, and fences, know it too.
    sequential: Floors,
}

/// What an atomic's load saw.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Seen {
    pub value: Value,
    /// The newest value, if that is another write.
    pub newest: Option<Value>,
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
        if parent != child {
            let now = self.threads[parent].now.clone();
            self.threads[child] = Knowledge { now, ..Knowledge::default() };
        }
        self.threads[child].now.clock.tick(child);
        self.threads[parent].now.clock.tick(parent);
    }

    /// Whether `thread` knows of all that `other` did, which is done.
    pub(crate) fn comes_after(&self, thread: ThreadId, other: ThreadId) -> bool {
        // The last thing it did was to pass on what it knew; it has counted on, for what never came.
        let done = self.threads[other].now.clock.count(other) - 1;
        self.threads[thread].now.clock.knows(other, done)
    }

    /// What `thread` knows of the steps of others.
    pub(crate) fn clock(&self, thread: ThreadId) -> Clock {
        self.threads[thread].now.clock
    }

    /// Whoever acquires `object` next comes after what `thread` did so far.
    pub(crate) fn release(&mut self, thread: ThreadId, object: ObjectId) {
        let index = object.number as usize;
        if self.passed_on.len() <= index {
            self.passed_on.resize_with(index + 1, View::default);
        }
        let now = &mut self.threads[thread].now;
        self.passed_on[index].join(now);
        now.clock.tick(thread);
    }

    /// `thread` comes after all that released `object`.
    pub(crate) fn acquire(&mut self, thread: ThreadId, object: ObjectId) {
        if let Some(view) = self.passed_on.get(object.number as usize) {
            self.threads[thread].now.join(view);
        }
    }

    /// A new atomic; returns its number.
    ///
    /// Whoever can reach it knows of its first value by whatever led there: to read it tells nothing.
    pub(crate) fn new_atomic(&mut self, value: Value) -> usize {
        self.atomics.push(vec![Write { value, view: View::default() }]);
        self.atomics.len() - 1
    }

    /// The newest value of an atomic.
    pub(crate) fn newest(&self, atomic: usize) -> Value {
        self.atomics[atomic].last().expect("an atomic has its first value").value
    }

    /// Replaces the newest value without a trace: for `&mut` access.
    pub(crate) fn overwrite(&mut self, atomic: usize, value: Value) {
        self.atomics[atomic].last_mut().expect("an atomic has its first value").value = value;
    }

    /// Whether loads may read old values.
    pub(crate) fn is_weak(&self) -> bool {
        self.weak
    }

    /// `thread` loads.
    pub(crate) fn load(
        &mut self,
        thread: ThreadId,
        atomic: usize,
        ordering: Ordering,
        path: &mut Path,
    ) -> Result<Seen, Diverged> {
        let last = self.atomics[atomic].len() - 1;
        let chosen = if self.weak {
            let oldest = self.oldest_readable(thread, atomic, ordering);
            // The newest comes first, so that the search begins with what beginners expect.
            last - path.choose_outcome(last - oldest + 1)?
        } else {
            last
        };
        self.note_staleness(thread, atomic, chosen, last);
        self.see(thread, atomic, chosen, ordering);
        let newest = (chosen != last).then(|| self.newest(atomic));
        Ok(Seen { value: self.atomics[atomic][chosen].value, newest })
    }

    /// `thread` stores.
    pub(crate) fn store(
        &mut self,
        thread: ThreadId,
        atomic: usize,
        value: Value,
        ordering: Ordering,
    ) {
        self.write(thread, atomic, value, ordering, View::default());
    }

    /// `thread` replaces the newest value, which [`Memory::newest`] tells, in one step.
    pub(crate) fn update(
        &mut self,
        thread: ThreadId,
        atomic: usize,
        value: Value,
        ordering: Ordering,
    ) {
        let last = self.atomics[atomic].len() - 1;
        self.see(thread, atomic, last, ordering);
        // An update passes on what the write before it did: it continues the release sequence.
        let before = self.atomics[atomic][last].view.clone();
        self.write(thread, atomic, value, ordering, before);
    }

    /// `thread` reads the newest value, as an update that fails does.
    pub(crate) fn look(&mut self, thread: ThreadId, atomic: usize, ordering: Ordering) {
        self.see(thread, atomic, self.atomics[atomic].len() - 1, ordering);
    }

    /// `thread` runs a fence.
    pub(crate) fn fence(&mut self, thread: ThreadId, ordering: Ordering) {
        let Knowledge { now, released, acquirable, .. } = &mut self.threads[thread];
        if acquires(ordering) {
            now.join(acquirable);
        }
        if ordering == Ordering::SeqCst {
            now.floors.join(&self.fences);
            now.floors.join(&self.sequential);
            self.fences.join(&now.floors);
        }
        if releases(ordering) {
            *released = now.clone();
            now.clock.tick(thread);
        }
    }

    fn oldest_readable(&self, thread: ThreadId, atomic: usize, ordering: Ordering) -> usize {
        let knowledge = &self.threads[thread];
        let mut floor = knowledge.now.floors.of(atomic);
        if ordering == Ordering::SeqCst {
            floor = floor.max(self.fences.of(atomic)).max(self.sequential.of(atomic));
        }
        match knowledge.stale {
            Some((of, write, times)) if of == atomic && write >= floor => {
                write + usize::from(times >= MAX_STALE_READS)
            }
            _ => floor,
        }
    }

    fn note_staleness(&mut self, thread: ThreadId, atomic: usize, chosen: usize, last: usize) {
        let stale = &mut self.threads[thread].stale;
        *stale = match *stale {
            Some((of, write, times)) if (of, write) == (atomic, chosen) && chosen < last => {
                Some((of, write, times + 1))
            }
            _ if chosen < last => Some((atomic, chosen, 1)),
            other => other.filter(|(of, ..)| *of != atomic),
        };
    }

    fn see(&mut self, thread: ThreadId, atomic: usize, write: usize, ordering: Ordering) {
        let knowledge = &mut self.threads[thread];
        if self.weak {
            knowledge.now.floors.raise(atomic, write);
            if ordering == Ordering::SeqCst {
                self.sequential.raise(atomic, write);
            }
        }
        let view = &self.atomics[atomic][write].view;
        if acquires(ordering) {
            knowledge.now.join(view);
        } else {
            knowledge.acquirable.join(view);
        }
    }

    fn write(
        &mut self,
        thread: ThreadId,
        atomic: usize,
        value: Value,
        ordering: Ordering,
        mut view: View,
    ) {
        let knowledge = &mut self.threads[thread];
        let index = self.atomics[atomic].len();
        if self.weak {
            knowledge.now.floors.raise(atomic, index);
            if ordering == Ordering::SeqCst {
                self.sequential.raise(atomic, index);
            }
        }
        view.join(if releases(ordering) { &knowledge.now } else { &knowledge.released });
        knowledge.now.clock.tick(thread);
        let writes = &mut self.atomics[atomic];
        if !self.weak {
            // Nobody will ever read the older ones.
            writes.clear();
        }
        writes.push(Write { value, view });
    }
}
