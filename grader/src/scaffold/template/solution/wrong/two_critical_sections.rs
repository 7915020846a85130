//! Fails: one_thread_gets_it (not-exclusive)
//!
//! The lock is given back between looking and taking.

use sync::Mutex;

/// A ticket that can be taken once.
#[derive(Debug)]
pub struct Ticket {
    taken: Mutex<bool>,
}

impl Ticket {
    /// A ticket that nobody has taken.
    pub fn new() -> Self {
        Self { taken: Mutex::new(false) }
    }

    /// Takes the ticket. Says whether the caller got it: exactly one ever does.
    pub fn take(&self) -> bool {
        let free = !*self.taken.lock().unwrap();
        *self.taken.lock().unwrap() = true;
        free
    }
}

impl Default for Ticket {
    fn default() -> Self {
        Self::new()
    }
}
