//! Holds a lock while it looks and takes.

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
        let mut taken = self.taken.lock().unwrap();
        !std::mem::replace(&mut *taken, true)
    }
}

impl Default for Ticket {
    fn default() -> Self {
        Self::new()
    }
}
