//! The sequentially consistent accesses and fences of one thread: nodes of the order of `SeqCst`.

use super::super::ThreadId;
use super::super::clock::Clock;

/// A node: its thread, and its number there, from 1.
pub(super) type Name = (ThreadId, u32);

/// Counts the nodes of each thread.
pub(super) type Nodes = Clock;

/// A sequentially consistent access or fence.
#[derive(Debug)]
pub(super) struct Node {
    pub epoch: u32,
    /// What happened before, itself included.
    pub clock: Clock,
    is_fence: bool,
    /// How many nodes there are up to the last fence of its thread, itself included.
    last_fence: u32,
    /// The next event of its thread.
    pub next: Option<u32>,
    /// The next event of its thread that is of no or another location.
    pub next_elsewhere: Option<u32>,
    /// All that come before it in `psc`, itself included.
    pub before: Nodes,
}

/// What a thread did.
#[derive(Debug, Default)]
pub(super) struct History {
    pub nodes: Vec<Node>,
    /// How many of them have all that comes next.
    closed: usize,
    /// The location of its latest event.
    at: Option<usize>,
    /// What happened before the latest event, and itself.
    latest: Clock,
    /// The same of the latest event that was not at that location.
    elsewhere: Clock,
}

impl History {
    /// An event at this location, or at none that is an atomic.
    pub(super) fn note(&mut self, at: Option<usize>, epoch: u32, clock: &Clock) {
        if let Some(last) = self.nodes.last_mut() {
            last.next.get_or_insert(epoch);
        }
        if at.is_none() || self.at != at {
            let open = &mut self.nodes[self.closed..];
            open.iter_mut().for_each(|node| node.next_elsewhere = Some(epoch));
            self.closed = self.nodes.len();
            self.elsewhere = self.latest;
            self.at = at;
        }
        self.latest = *clock;
    }

    /// Adds a node; returns its number.
    pub(super) fn push(&mut self, is_fence: bool, epoch: u32, clock: Clock, before: Nodes) -> u32 {
        let number = self.nodes.len() as u32 + 1;
        let last_fence = || self.nodes.last().map_or(0, |node| node.last_fence);
        let last_fence = if is_fence { number } else { last_fence() };
        let (next, next_elsewhere) = (None, None);
        self.nodes.push(Node { epoch, clock, is_fence, last_fence, next, next_elsewhere, before });
        number
    }

    /// What was known at the latest event that was not at this location.
    pub(super) fn known_before(&self, atomic: usize) -> Clock {
        if self.at == Some(atomic) { self.elsewhere } else { self.latest }
    }

    /// The number of the first fence that this event of `thread` happens before.
    pub(super) fn first_fence_after(&self, thread: ThreadId, epoch: u32) -> Option<u32> {
        let ignorant = self.count(|node| !node.clock.knows(thread, epoch));
        let mut rest = self.nodes[ignorant as usize..].iter();
        rest.position(|node| node.is_fence).map(|skipped| ignorant + skipped as u32 + 1)
    }

    /// How many of the nodes have this, if none has it after one that lacks it.
    pub(super) fn count(&self, has: impl Fn(&Node) -> bool) -> u32 {
        self.nodes.partition_point(has) as u32
    }

    /// How many nodes there are up to the last fence that is known.
    pub(super) fn known_fence(&self, thread: ThreadId, clock: &Clock) -> u32 {
        let known = self.count(|node| clock.knows(thread, node.epoch)) as usize;
        known.checked_sub(1).map_or(0, |last| self.nodes[last].last_fence)
    }
}
