//! What a search learns of the program while it runs.
//!
//! It begins with what makes it short, and is right for most programs. An execution that shows
//! otherwise is a lesson: the search begins anew, and all schedules are chosen by the same rules.

use std::collections::HashSet;

use super::polling::Place;

/// What is known of the program.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Lessons {
    /// Where threads poll.
    pub polls: HashSet<Place>,
    /// Threads that share a lock may have to wait for others meanwhile: whether a reader is kept out because
    /// a writer waits then makes a difference. It would else only come later.
    pub readers_wait: bool,
    /// Threads that do the same are told apart.
    pub told_apart: bool,
}

impl Lessons {
    pub(super) fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Moves `new` lessons here.
    pub(super) fn extend(&mut self, new: &mut Self) {
        let Self { polls, readers_wait, told_apart } = std::mem::take(new);
        self.polls.extend(polls);
        self.readers_wait |= readers_wait;
        self.told_apart |= told_apart;
    }
}
