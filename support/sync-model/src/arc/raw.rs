//! Pointers that are raw for a while: what an [`Arc`](super::Arc) knows beside the address is kept
//! here until it comes back.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::counts::{Counts, Hold, Side};

/// By the value's address. Not a thread's own: raw pointers may wander.
static RAW: Mutex<BTreeMap<usize, Vec<Hold>>> = Mutex::new(BTreeMap::new());

// No step may be made while this is locked: the others would wait for a lock that nobody gives back.
fn raw() -> MutexGuard<'static, BTreeMap<usize, Vec<Hold>>> {
    RAW.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Keeps the part of the pointer to this address.
pub(super) fn keep(address: usize, hold: Hold) {
    raw().entry(address).or_default().push(hold);
}

/// Gives back what [`keep`] kept.
pub(super) fn give_back(address: usize, side: Side) -> Option<Hold> {
    let mut raw = raw();
    let holds = raw.get_mut(&address)?;
    let hold = holds.remove(holds.iter().rposition(|hold| hold.side == side)?);
    if holds.is_empty() {
        raw.remove(&address);
    }
    Some(hold)
}

/// The counts of the value at this address.
pub(super) fn counts(address: usize) -> Option<Arc<Counts>> {
    raw().get(&address)?.first().map(Hold::shared_counts)
}
