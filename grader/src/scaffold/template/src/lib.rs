//! A ticket that exactly one thread gets.

/// A ticket that can be taken once.
#[derive(Debug)]
pub struct Ticket {}

impl Ticket {
    /// A ticket that nobody has taken.
    pub fn new() -> Self {
        todo!("a ticket that nobody has taken")
    }

    /// Takes the ticket. Says whether the caller got it: exactly one ever does.
    pub fn take(&self) -> bool {
        todo!("look whether it is free, and take it, in one step")
    }
}

impl Default for Ticket {
    fn default() -> Self {
        Self::new()
    }
}
