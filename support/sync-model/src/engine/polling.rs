//! Threads that wait by looking again and again.
//!
//! Such a thread could do so for ever, and the search would never end. So whoever comes back to the
//! same place with nothing changed lets all others go first; a loop that is right then ends, and one
//! that is wrong is seen to go round when nobody else can move.

use super::access::ObjectId;
use super::intent::{Intent, Polling};
use crate::trace::Source;

/// The places where a thread has polled.
#[derive(Default)]
pub(super) struct Polls(Vec<Poll>);

/// A place where a thread may poll.
struct Poll {
    source: Source,
    object: Option<ObjectId>,
    /// How many changes there had been when it was here last.
    changes: u64,
    /// How often it has come back since with nothing changed.
    in_vain: u32,
}

/// What is known of a thread that comes to a place where it may poll.
#[derive(Default)]
pub(super) struct Visit {
    /// It was here before.
    pub again: bool,
    /// Nothing has changed since, and its patience is over.
    pub in_vain: bool,
}

impl Polls {
    /// The thread comes to a place where it may poll; so much has changed so far.
    pub(super) fn visit(&mut self, intent: &Intent, changes: u64) -> Visit {
        let patience = match intent.polling {
            Polling::No => return Visit::default(),
            Polling::Look => 2,
            Polling::Yield => 1,
        };
        let known = self
            .0
            .iter_mut()
            .find(|poll| std::ptr::eq(poll.source, intent.source) && poll.object == intent.object);
        let Some(poll) = known else {
            let (source, object) = (intent.source, intent.object);
            self.0.push(Poll { source, object, changes, in_vain: 0 });
            return Visit::default();
        };
        poll.in_vain = if poll.changes == changes { poll.in_vain + 1 } else { 0 };
        poll.changes = changes;
        Visit { again: true, in_vain: poll.in_vain >= patience }
    }
}
