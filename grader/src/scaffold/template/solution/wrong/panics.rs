//! Fails: taken_once_alone (panic)
//!
//! A ticket that is taken is no reason to panic.

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
        assert!(!self.taken.swap(true, Ordering::SeqCst), "the ticket is taken");
        true
    }
}

impl Default for Ticket {
    fn default() -> Self {
        Self::new()
    }
}
