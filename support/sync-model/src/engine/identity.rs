//! What tells one object of the model from another, and one execution's objects from those of another.

use std::cell::Cell;
use std::panic::{RefUnwindSafe, UnwindSafe};

use super::access::ObjectId;
use super::control::new_object;
use super::session::this_run;
use crate::confined::Confined;

/// Gives an object its number in the execution that touches it.
///
/// It is made without one, so that locks and atomics can be made at compile time and stand in a
/// `static`. Such an object lives longer than an execution: when another execution touches it, it gets
/// another number, and its state has to start afresh.
#[derive(Default)]
pub(crate) struct Identity(Confined<Cell<Option<ObjectId>>>);

// A panic never leaves it half changed.
impl UnwindSafe for Identity {}
impl RefUnwindSafe for Identity {}

/// What an execution finds that touches an object.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Found {
    /// The object as this execution has left it.
    Known,
    /// A new object.
    New,
    /// An object that an earlier execution has touched, as that one left it.
    Old,
}

impl Identity {
    pub(crate) const fn new() -> Self {
        Self(Confined::new(Cell::new(None)))
    }

    /// The object's number, and what state it is in. After the first call in an execution it is known.
    pub(crate) fn find(&self) -> (ObjectId, Found) {
        let run = this_run();
        match self.0.get() {
            Some(id) if id.run == run => (id, Found::Known),
            before => {
                let id = new_object();
                self.0.set(Some(id));
                (id, if before.is_some() { Found::Old } else { Found::New })
            }
        }
    }

    /// The object's number; `afresh` is called if its state is an earlier execution's.
    pub(crate) fn id(&self, afresh: impl FnOnce()) -> ObjectId {
        let (id, found) = self.find();
        if found == Found::Old {
            afresh();
        }
        id
    }
}
