//! The steps as the scheduler saw them, those that were to come, and what was printed between them.

use super::{Kind, Source, Trace, Value};
use crate::engine::ObjectId;

/// What a thread printed between two of its steps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Printed {
    pub thread: usize,
    /// How many events there were before it.
    pub event: usize,
    pub text: String,
}

/// A step, as the scheduler saw it: what a schedule is written down from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Made {
    /// The slot of the thread that made it.
    pub thread: u8,
    /// Nothing spoke against its turn.
    pub usual: bool,
    /// What kind of step, as a number.
    pub kind: u8,
    /// How many events there were before it.
    pub event: u32,
}

/// What a thread was about to do when the execution ended.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Pending {
    pub thread: usize,
    pub kind: Kind,
    pub object: Option<ObjectId>,
    pub also: Option<ObjectId>,
    pub source: Source,
    /// The value that it would have written.
    pub writes: Option<Value>,
}

impl Trace {
    /// The thread has printed this.
    pub(crate) fn prints(&mut self, thread: usize, text: Option<String>) {
        let event = self.events.len();
        self.printed.extend(text.map(|text| Printed { thread, event, text }));
    }

    /// The thread with this number is where threads are known to poll.
    pub(crate) fn polls_at(&mut self, lane: usize, place: usize) {
        let poll = (lane as u32, place as u32);
        if !self.polls.contains(&poll) {
            self.polls.push(poll);
        }
    }
}
