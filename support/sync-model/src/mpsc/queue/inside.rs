//! What is in a queue.

use std::collections::VecDeque;

use crate::engine::{self, Identity, ThreadId};

/// What is in a queue, and who is at its ends.
pub(super) struct Inside<T> {
    pub items: VecDeque<Item<T>>,
    /// How many items were put in.
    pub sent: u64,
    pub senders: usize,
    pub receiver: bool,
    /// Who sleeps until something changes.
    pub sleepers: Vec<ThreadId>,
    /// Whether the receiver is waiting.
    pub receiving: bool,
}

/// An item in a queue.
pub(super) struct Item<T> {
    pub number: u64,
    /// Passes on what its sender did, to whoever receives it. Senders learn nothing of each other: the
    /// standard library does not say that one comes after the other.
    pub identity: Identity,
    pub value: T,
}

impl<T> Inside<T> {
    pub(super) fn holds(&self, number: u64) -> bool {
        self.items.iter().any(|item| item.number == number)
    }

    pub(super) fn push(&mut self, value: T) -> u64 {
        self.sent += 1;
        let (number, identity) = (self.sent, Identity::new());
        pass_on(&identity);
        self.items.push_back(Item { number, identity, value });
        number
    }
}

/// Whoever learns of this comes after what the calling thread did so far.
pub(super) fn pass_on(identity: &Identity) {
    let (id, _) = identity.find();
    engine::with_memory(|memory, _, thread| memory.release(thread, id));
}

/// The calling thread comes after all that passed this on.
pub(super) fn learn(identity: &Identity) {
    let (id, _) = identity.find();
    engine::with_memory(|memory, _, thread| memory.acquire(thread, id));
}
