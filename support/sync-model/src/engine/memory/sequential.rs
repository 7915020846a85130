//! `SeqCst`, by the axiom of RC11 (Lahav, Vafeiadis, Kang, Hur, Dreyer: "Repairing sequential
//! consistency in C/C++11", PLDI 2017).
//!
//! The sequentially consistent accesses and fences are the nodes of a graph, the *partial SC order*
//! `psc`, which must have no cycle:
//!
//! ```text
//! scb      = sb ∪ sb|≠loc ; hb ; sb|≠loc ∪ hb|loc ∪ mo ∪ rb
//! psc_base = ([E_SC] ∪ [F_SC] ; hb?) ; scb ; ([E_SC] ∪ hb? ; [F_SC])
//! psc_F    = [F_SC] ; (hb ∪ hb ; eco ; hb) ; [F_SC]
//! ```
//!
//! An execution grows by one event at a time, which nothing follows yet in `sb`, `rf` and `hb`. So
//! edges that lead out of it, or past it, are there only if a newer write of its location is: a
//! cycle needs one. The nodes of one thread follow each other, so a vector clock that counts nodes
//! tells all that come before one; of those that an edge comes from or leads to, the last or the
//! first one of each thread is enough.
//!
//! Locks, the start and the end of threads and the like count as events of locations of their own;
//! plain memory does not: the checker cannot see it.

use super::super::ThreadId;
use super::super::clock::Clock;
use super::history::{History, Name, Node, Nodes};
use super::location::{Choice, Event, Location};

/// An access that may be made next.
#[derive(Debug, Clone, Copy)]
pub(super) struct Step {
    pub thread: ThreadId,
    pub atomic: usize,
    /// What the thread knew before.
    pub before: Clock,
    /// What it knows with what it reads.
    pub after: Clock,
    pub choice: Choice,
    pub is_sequential: bool,
}

/// The edges that a step adds, apart from those that lead to itself.
struct Outgoing {
    /// The fences before it: of each thread the last one.
    fences: Vec<Name>,
    /// Nodes after the newer writes: they follow it, and the fences.
    after_writes: Vec<Name>,
    /// Nodes after those, and after reads of the newer writes: they follow the fences.
    after_all: Vec<Name>,
}

#[derive(Debug, Default)]
pub(super) struct Sequential {
    threads: Vec<History>,
}

impl Sequential {
    /// `thread` makes an event at this location, or at none that is an atomic; `clock` is what it
    /// knows then.
    pub(super) fn note(&mut self, thread: ThreadId, at: Option<usize>, clock: &Clock) {
        if self.threads.len() <= thread {
            self.threads.resize_with(thread + 1, History::default);
        }
        self.threads[thread].note(at, clock.count(thread), clock);
    }

    /// Whether no cycle closes if this step is made.
    pub(super) fn admits(&self, location: &Location, step: &Step) -> bool {
        let Some(outgoing) = self.outgoing(location, step) else { return true };
        let precedes = |&(thread, number): &Name, nodes: &Nodes| nodes.knows(thread, number);
        let reaches_fence = |after: &Name| {
            outgoing.fences.iter().any(|fence| precedes(after, &self.node(*fence).before))
        };
        if outgoing.after_all.iter().any(reaches_fence) {
            return false;
        }
        let incoming = step.is_sequential.then(|| self.before_access(location, step));
        !incoming.is_some_and(|nodes| outgoing.after_writes.iter().any(|it| precedes(it, &nodes)))
    }

    /// Makes a step, which is to be seen in `location` only afterwards. Returns its number, if it is
    /// a node.
    pub(super) fn access(&mut self, location: &Location, step: &Step) -> Option<u32> {
        let outgoing = self.outgoing(location, step);
        if let Some(Outgoing { fences, after_all, .. }) = &outgoing {
            for &fence in fences {
                let before = self.node(fence).before;
                self.connect(&before, after_all);
            }
        }
        let incoming = step.is_sequential.then(|| self.before_access(location, step));
        self.note(step.thread, Some(step.atomic), &step.after);
        let number = self.add(step.thread, false, &step.after, incoming?);
        if let Some(Outgoing { after_writes, .. }) = &outgoing {
            let before = self.node((step.thread, number)).before;
            self.connect(&before, after_writes);
        }
        Some(number)
    }

    /// Makes a sequentially consistent fence of `thread`, which knows `clock` then.
    pub(super) fn fence(&mut self, thread: ThreadId, clock: &Clock, locations: &[Location]) {
        let mut incoming = Nodes::default();
        // What the fences know of that come before: by `hb`, or by `hb ; eco ; hb`.
        let mut known = *clock;
        for location in locations {
            self.before_fence(clock, location, &mut known, &mut incoming);
        }
        for (other, history) in self.threads.iter().enumerate() {
            let follows = |next| clock.knows(other, next);
            let followed = history.count(|node| node.next.is_some_and(follows));
            self.include((other, followed), &mut incoming);
            self.include((other, history.known_fence(other, &known)), &mut incoming);
        }
        self.note(thread, None, clock);
        self.add(thread, true, clock, incoming);
    }

    /// What comes before a fence because of one location. A node with no other edge to the fence than by
    /// `hb|loc ; hb` closes no cycle: all that leads to the node leads to the fence, too.
    fn before_fence(
        &self,
        clock: &Clock,
        location: &Location,
        known: &mut Clock,
        incoming: &mut Nodes,
    ) {
        let floor = location.floor(clock);
        let written = location.known(clock).filter_map(|(_, event)| event.last_write);
        let written = written.map(|write| location.position(write)).max().unwrap_or(0);
        for (thread, events) in location.threads() {
            // By `eco` and then `hb`: up to the newest write that was seen.
            let read_or_overwritten = |event: &Event| {
                location.is_before(event, floor + usize::from(event.writes.is_some()))
            };
            if let Some(event) = last(events, read_or_overwritten) {
                known.join(&event.clock);
            }
            // By `mo` or `rb` and then `hb`.
            if let Some(event) = last(events, |event| location.is_before(event, written)) {
                self.include((thread, event.last_node), incoming);
            }
        }
    }

    /// The nodes before this access.
    fn before_access(&self, location: &Location, step: &Step) -> Nodes {
        let mut incoming = Nodes::default();
        // What the fences know of that come before, by `hb?` and then `scb`.
        let mut known = step.before;
        let place = step.choice.place.unwrap_or(0);
        for (thread, events) in location.threads() {
            let before = |event: &Event| {
                step.after.knows(thread, event.epoch) || location.is_before(event, place)
            };
            if let Some(event) = last(events, before) {
                known.join(&event.clock);
                self.include((thread, event.last_node), &mut incoming);
            }
        }
        let own = self.threads.get(step.thread);
        let elsewhere = own.map_or_else(Clock::default, |own| own.known_before(step.atomic));
        for (thread, history) in self.threads.iter().enumerate() {
            let arrives = |next| elsewhere.knows(thread, next);
            let known_fence = history.known_fence(thread, &known);
            let arrived = if thread == step.thread {
                history.nodes.len() as u32
            } else {
                history.count(|node| node.next_elsewhere.is_some_and(arrives))
            };
            self.include((thread, arrived.max(known_fence)), &mut incoming);
        }
        incoming
    }

    /// `None`: there are no such edges.
    fn outgoing(&self, location: &Location, step: &Step) -> Option<Outgoing> {
        let newer = location.newer(step.choice);
        if newer == location.end() {
            return None;
        }
        let threads = self.threads.iter().enumerate();
        let fences = threads.map(|(thread, all)| (thread, all.known_fence(thread, &step.after)));
        let fences: Vec<Name> = fences.filter(|&(_, number)| number > 0).collect();
        if fences.is_empty() && !step.is_sequential {
            return None;
        }
        let (mut after_writes, mut after_all) = (Vec::new(), Vec::new());
        for (thread, events) in location.threads() {
            let older = events.partition_point(|event| location.is_before(event, newer));
            let events = &events[older..];
            if let Some(event) = events.first() {
                self.fences_after(thread, event, &mut after_all);
            }
            let mut writes = events.iter().filter(|event| event.writes.is_some());
            if let Some(event) = writes.clone().next() {
                self.fences_after(thread, event, &mut after_writes);
            }
            after_writes.extend(writes.find_map(|event| Some((thread, event.node?))));
        }
        after_all.extend_from_slice(&after_writes);
        Some(Outgoing { fences, after_writes, after_all })
    }

    /// Of each thread, the first fence that an event of `thread` happens before.
    fn fences_after(&self, thread: ThreadId, event: &Event, fences: &mut Vec<Name>) {
        for (other, history) in self.threads.iter().enumerate() {
            if let Some(number) = history.first_fence_after(thread, event.epoch) {
                fences.push((other, number));
            }
        }
    }

    fn add(&mut self, thread: ThreadId, is_fence: bool, clock: &Clock, mut before: Nodes) -> u32 {
        let history = &mut self.threads[thread];
        before.raise(thread, history.nodes.len() as u32 + 1);
        history.push(is_fence, clock.count(thread), *clock, before)
    }

    /// What is `before` comes before these nodes, and all that follow them.
    fn connect(&mut self, before: &Nodes, after: &[Name]) {
        for node in self.threads.iter_mut().flat_map(|history| &mut history.nodes) {
            if after.iter().any(|&(thread, number)| node.before.knows(thread, number)) {
                node.before.join(before);
            }
        }
    }

    /// Adds a node, if its number is not 0, and all before it.
    fn include(&self, name: Name, nodes: &mut Nodes) {
        if name.1 > 0 {
            nodes.join(&self.node(name).before);
        }
    }

    fn node(&self, (thread, number): Name) -> &Node {
        &self.threads[thread].nodes[number as usize - 1]
    }
}

/// The last of the events that have this, if none has it after one that lacks it.
fn last(events: &[Event], has: impl Fn(&Event) -> bool) -> Option<&Event> {
    events.get(events.partition_point(has).checked_sub(1)?)
}
