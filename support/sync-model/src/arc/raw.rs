//! Pointers that are raw for a while: what an [`Arc`] knows beside the address is kept
//! here until it comes back.

use std::collections::BTreeMap;
use std::sync::{self, Mutex, MutexGuard, PoisonError};

use super::Arc;
use super::counts::{Counts, Hold, Side, here};

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
pub(super) fn counts(address: usize) -> Option<sync::Arc<Counts>> {
    raw().get(&address)?.first().map(Hold::shared_counts)
}

impl<T: ?Sized> Arc<T> {
    /// Makes a raw pointer of this one, which stays counted.
    #[must_use = "losing the pointer will leak memory"]
    pub fn into_raw(this: Self) -> *const T {
        let Self { hold, value } = this;
        let pointer = sync::Arc::into_raw(value);
        keep(pointer.addr(), hold);
        pointer
    }

    /// Makes an `Arc` of what [`Arc::into_raw`] returned.
    ///
    /// # Safety
    /// As for [`std::sync::Arc::from_raw`]: each pointer that `into_raw` returned is given back once.
    ///
    /// # Panics
    /// If the pointer is none that `into_raw` returned.
    pub unsafe fn from_raw(pointer: *const T) -> Self {
        let hold = give_back(pointer.addr(), Side::Strong).expect("`into_raw` returned it");
        // SAFETY: the caller promises it.
        Self { hold, value: unsafe { sync::Arc::from_raw(pointer) } }
    }

    /// One more owner, by a raw pointer.
    ///
    /// # Safety
    /// As for [`std::sync::Arc::increment_strong_count`]: `into_raw` returned the pointer, and the
    /// value has an owner meanwhile.
    ///
    /// # Panics
    /// If the pointer is none that `into_raw` returned.
    #[track_caller]
    pub unsafe fn increment_strong_count(pointer: *const T) {
        let counts = counts(pointer.addr()).expect("`into_raw` returned it");
        let hold = Hold::another(&counts, Side::Strong, here());
        // SAFETY: the caller promises it.
        unsafe { sync::Arc::increment_strong_count(pointer) };
        keep(pointer.addr(), hold);
    }

    /// One owner less, by a raw pointer.
    ///
    /// # Safety
    /// As for [`std::sync::Arc::decrement_strong_count`]: `into_raw` returned the pointer, and it is
    /// one owner's.
    ///
    /// # Panics
    /// If the pointer is none that `into_raw` returned.
    #[track_caller]
    pub unsafe fn decrement_strong_count(pointer: *const T) {
        // SAFETY: the caller promises it.
        drop(unsafe { Self::from_raw(pointer) });
    }
}
