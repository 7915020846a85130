//! Fails: one_thread_gets_it (not-exclusive)
//!
//! Both threads look before either of them takes.

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
        let free = !self.taken.load(Ordering::SeqCst);
        self.taken.store(true, Ordering::SeqCst);
        free
    }
}

impl Default for Ticket {
    fn default() -> Self {
        Self::new()
    }
}
