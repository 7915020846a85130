//! Every way in which the threads can take turns.

#[path = "../../tests/contract/mod.rs"]
mod contract;

use @LIB@_model as answer;
use @LIB@_model::Ticket;
use std::sync::Arc;
use sync::model::{self, Fault, require};

#[test]
fn one_thread_gets_it() {
    model::check(|| {
        let ticket = Arc::new(Ticket::new());
        let rival = model::spawn("rival", {
            let ticket = Arc::clone(&ticket);
            move || ticket.take()
        });
        let mine = ticket.take();
        let theirs = rival.join().unwrap();
        let takers = usize::from(mine) + usize::from(theirs);
        require!(Fault::NotExclusive, takers == 1, "one taker expected, {takers} found");
    });
}
