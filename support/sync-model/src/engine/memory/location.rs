//! One atomic: what was written to it, in which order, and who has read what.
//!
//! The *modification order* is a list of writes. A write keeps its number for ever, while its position
//! shifts when another one is placed before it. What each access may read or overwrite follows from
//! *coherence* (what happened before must not be undone: the floor below) and *atomicity* (nothing
//! comes between an update and the write that it read).

use super::super::ThreadId;
use super::super::clock::Clock;
use crate::trace::Value;

/// The number of a write among those of its location.
pub(super) type WriteId = usize;

#[derive(Debug)]
pub(super) struct Write {
    pub value: Value,
    /// What whoever acquires it takes over.
    pub view: Clock,
    /// What came before it, if the execution is an interleaving.
    pub order: Clock,
    pub is_update: bool,
    pub position: usize,
}

impl Write {
    fn first(value: Value, view: Clock) -> Self {
        Self { value, view, order: Clock::default(), is_update: false, position: 0 }
    }
}

/// An access of the location.
#[derive(Debug)]
pub(super) struct Event {
    /// The thread's own time: different from that of all its other events.
    pub epoch: u32,
    /// What happened before, itself included.
    pub clock: Clock,
    /// What came before it, if the execution is an interleaving.
    pub order: Clock,
    pub reads: Option<WriteId>,
    pub writes: Option<WriteId>,
    /// The last write of its thread here, up to this event.
    pub last_write: Option<WriteId>,
    /// If it is sequentially consistent: its number among such steps of its thread, from 1.
    pub node: Option<u32>,
    /// The number of the last such access of its thread here, up to this event; 0: none.
    pub last_node: u32,
}

/// What an access may do: an update does both.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Choice {
    /// The write that it reads.
    pub reads: Option<WriteId>,
    /// The position that its own write takes.
    pub place: Option<usize>,
}

#[derive(Debug)]
pub(super) struct Location {
    writes: Vec<Write>,
    /// The modification order.
    order: Vec<WriteId>,
    /// Those of each thread, in its order: by coherence also in that of the writes that they made or
    /// read. Empty outside of weak mode.
    events: Vec<Vec<Event>>,
}

impl Location {
    /// The first value happens before everything, so its write passes nothing on.
    pub(super) fn new(value: Value) -> Self {
        Self {
            writes: vec![Write::first(value, Clock::default())],
            order: vec![0],
            events: Vec::new(),
        }
    }

    pub(super) fn write(&self, write: WriteId) -> &Write {
        &self.writes[write]
    }

    pub(super) fn newest(&self) -> WriteId {
        *self.order.last().expect("a location has its first value")
    }

    /// Replaces the newest value without a trace.
    pub(super) fn overwrite(&mut self, value: Value) {
        let newest = self.newest();
        self.writes[newest].value = value;
    }

    /// Forgets all but a new write: where everybody reads the newest, nobody will need the others.
    pub(super) fn replace(&mut self, value: Value, view: Clock) {
        self.writes[0] = Write::first(value, view);
    }

    pub(super) fn position(&self, write: WriteId) -> usize {
        self.writes[write].position
    }

    /// The position after the last one.
    pub(super) fn end(&self) -> usize {
        self.order.len()
    }

    /// The events of each thread.
    pub(super) fn threads(&self) -> impl Iterator<Item = (ThreadId, &[Event])> {
        self.events.iter().map(Vec::as_slice).enumerate()
    }

    /// Adds an event of `thread`.
    pub(super) fn push(&mut self, thread: ThreadId, mut event: Event) {
        if self.events.len() <= thread {
            self.events.resize_with(thread + 1, Vec::new);
        }
        let events = &mut self.events[thread];
        let before = events.last();
        event.last_write = event.writes.or(before.and_then(|before| before.last_write));
        event.last_node = event.node.or(before.map(|before| before.last_node)).unwrap_or(0);
        events.push(event);
    }

    /// The last event of each thread that `clock` knows.
    pub(super) fn known<'a>(
        &'a self,
        clock: &'a Clock,
    ) -> impl Iterator<Item = (ThreadId, &'a Event)> {
        self.threads().filter_map(|(thread, events)| {
            let known = events.partition_point(|event| clock.knows(thread, event.epoch));
            Some((thread, events.get(known.checked_sub(1)?)?))
        })
    }

    /// The oldest position that may still be read, by whom `clock` is known: no write that happened
    /// before, and none that was read by what happened before, is newer.
    pub(super) fn floor(&self, clock: &Clock) -> usize {
        let seen = self.known(clock).filter_map(|(_, event)| event.writes.or(event.reads));
        seen.map(|write| self.position(write)).max().unwrap_or(0)
    }

    /// The writes from this position on, the newest first.
    pub(super) fn from(&self, floor: usize) -> impl Iterator<Item = WriteId> + '_ {
        self.order[floor..].iter().rev().copied()
    }

    /// Whether a write may take this position: it would not part an update from what it read.
    pub(super) fn is_free(&self, position: usize) -> bool {
        self.order.get(position).is_none_or(|&write| !self.writes[write].is_update)
    }

    /// The first position of the writes that come after this choice.
    pub(super) fn newer(&self, choice: Choice) -> usize {
        let read = || choice.reads.map(|write| self.position(write) + 1);
        choice.place.or_else(read).unwrap_or(self.end())
    }

    /// Adds a write at its position.
    pub(super) fn place(&mut self, write: Write) -> WriteId {
        let (id, position) = (self.writes.len(), write.position);
        self.writes.push(write);
        self.order.insert(position, id);
        for &later in &self.order[position + 1..] {
            self.writes[later].position += 1;
        }
        id
    }

    /// Whether the write that `event` made, or else read, is before this position.
    pub(super) fn is_before(&self, event: &Event, position: usize) -> bool {
        event.writes.or(event.reads).is_some_and(|write| self.position(write) < position)
    }
}
