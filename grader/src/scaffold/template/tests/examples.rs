//! What one thread alone can expect of a ticket.

mod contract;

use checks::example;
use @LIB@ as answer;
use @LIB@::Ticket;

#[test]
fn taken_once_alone() {
    example(|| {
        let ticket = Ticket::new();
        assert!(ticket.take(), "nobody has taken it yet");
        assert!(!ticket.take(), "it is taken");
    });
}
