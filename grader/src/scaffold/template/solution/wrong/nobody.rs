//! Fails: taken_once_alone (wrong-answer)
//!
//! The ticket is taken from the beginning.

use sync::atomic::{AtomicBool, Ordering};

/// A ticket that can be taken once.
#[derive(Debug)]
pub struct Ticket {
    taken: AtomicBool,
}

impl Ticket {
    /// A ticket that nobody has taken.
    pub fn new() -> Self {
        Self { taken: AtomicBool::new(true) }
    }

    /// Takes the ticket. Says whether the caller got it: exactly one ever does.
    pub fn take(&self) -> bool {
        !self.taken.swap(true, Ordering::SeqCst)
    }
}

impl Default for Ticket {
    fn default() -> Self {
        Self::new()
    }
}
