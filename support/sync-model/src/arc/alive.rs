//! Which values of the execution still have an owner.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;

use crate::trace::Source;

std::thread_local! {
    static ALIVE: RefCell<BTreeMap<Ticket, Source>> = const { RefCell::new(BTreeMap::new()) };
    static NEXT: Cell<Ticket> = const { Cell::new(0) };
}

/// Stands for one value; never given twice, so a value of an earlier execution disturbs nobody.
pub(super) type Ticket = u64;

/// A value was made here.
pub(super) fn enter(source: Source) -> Ticket {
    let ticket = NEXT.replace(NEXT.get() + 1);
    ALIVE.with_borrow_mut(|alive| alive.insert(ticket, source));
    ticket
}

/// Its last owner is gone.
pub(super) fn leave(ticket: Ticket) {
    // A value that outlives its model may be dropped when the thread has none of this any more.
    let _ = ALIVE.try_with(|alive| alive.borrow_mut().remove(&ticket));
}

/// Forgets the values of earlier executions.
pub(super) fn clear() {
    ALIVE.take();
}

/// Where the values were made that have an owner, in the order in which they were made.
pub(super) fn places() -> Vec<Source> {
    ALIVE.with_borrow(|alive| alive.values().copied().collect())
}
