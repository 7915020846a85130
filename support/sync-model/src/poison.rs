//! Whether a thread panicked while it held a lock: looked at and forgotten in steps of their own.

use std::cell::Cell;

use crate::engine::{self, Intent, Mode, ObjectId, Polling};
use crate::trace::{Detail, Kind, Source};

/// Whether the lock with this number is poisoned.
pub(crate) fn look(poisoned: &Cell<bool>, lock: ObjectId, source: Source) -> bool {
    // Whoever looks must see the lock both before and after it is given back.
    let intent = Intent::new(Kind::IsPoisoned, source).on(lock, Mode::Look);
    engine::perform(intent.polling(Polling::Look), &engine::always, || {
        (poisoned.get(), Detail::Success(poisoned.get()))
    })
}

/// Forgets that the lock with this number was poisoned.
pub(crate) fn clear(poisoned: &Cell<bool>, lock: ObjectId, source: Source) {
    let intent = Intent::new(Kind::ClearPoison, source).on(lock, Mode::Try);
    engine::perform(intent, &engine::always, || {
        poisoned.set(false);
        engine::changed();
        ((), Detail::None)
    });
}
