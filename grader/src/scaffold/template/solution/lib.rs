//! The reference answer: looking and taking as one step.

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
        // `swap` is one indivisible step: only one caller sees `false`.
        !self.taken.swap(true, Ordering::AcqRel)
    }
}

impl Default for Ticket {
    fn default() -> Self {
        Self::new()
    }
}
