//! Fails: taken_once_alone (wrong-answer)
//!
//! Nothing is remembered: everybody gets it.

use sync::atomic::{AtomicBool, Ordering};

/// A ticket that can be taken once.
#[derive(Debug)]
pub struct Ticket {
    taken: AtomicBool,
}

impl Ticket {
    /// A ticket that nobody has taken.
    pub fn new() -> Self {
        Self { taken: AtomicBool::new(false) }
    }

    /// Takes the ticket. Says whether the caller got it: exactly one ever does.
    pub fn take(&self) -> bool {
        !self.taken.load(Ordering::SeqCst)
    }
}

impl Default for Ticket {
    fn default() -> Self {
        Self::new()
    }
}
