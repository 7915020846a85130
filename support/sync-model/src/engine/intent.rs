//! What a thread is about to do, and whether it can.

use std::time::Duration;

use super::access::{Accesses, Mode, ObjectId};
use crate::trace::{Kind, Source, Value};

/// Whether a step can be made now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Readiness {
    /// Yes.
    Ready,
    /// Yes, and as things are it changes nothing that others can see.
    Idle,
    /// Yes, but others go first: time has to pass until then, or it is a yield (then: zero).
    Late(Duration),
    /// Only without reason: a spurious wake-up. Nobody can count on it.
    Spurious,
    /// Not before another thread does something.
    Blocked,
}

/// How a step behaves when it is repeated in vain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Polling {
    /// It is no way to wait.
    No,
    /// Two vain looks are forgiven, then the thread sleeps until something changes.
    Look,
    /// One more round is forgiven: the thread says itself that it waits.
    Yield,
}

/// What a thread is about to do.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Intent {
    pub kind: Kind,
    pub accesses: Accesses,
    pub object: Option<ObjectId>,
    pub also: Option<ObjectId>,
    pub source: Source,
    /// The value that it writes, if that is known before.
    pub writes: Option<Value>,
    pub polling: Polling,
    /// It waits to be woken ([`super::wake`]): until then it competes with nobody.
    pub dormant: bool,
}

impl Intent {
    /// A step that touches nothing.
    pub(crate) fn new(kind: Kind, source: Source) -> Self {
        let (object, also) = (None, None);
        let accesses = Accesses::NONE;
        let (writes, polling, dormant) = (None, Polling::No, false);
        Self { kind, accesses, object, also, source, writes, polling, dormant }
    }

    /// Touches `object` so.
    pub(crate) fn on(mut self, object: ObjectId, mode: Mode) -> Self {
        self.object = Some(object);
        self.accesses = Accesses::one(object, mode);
        self
    }

    /// Touches `object` too.
    pub(crate) fn and(mut self, object: ObjectId, mode: Mode) -> Self {
        self.also = Some(object);
        self.accesses = self.accesses.and(object, mode);
        self
    }

    /// Its place among all that touches `object` matters too, which is no object of the learner's.
    pub(crate) fn beside(mut self, object: ObjectId, mode: Mode) -> Self {
        self.accesses = self.accesses.and(object, mode);
        self
    }

    /// Repeating it in vain is a way to wait.
    pub(crate) fn polling(mut self, polling: Polling) -> Self {
        self.polling = polling;
        self
    }

    /// See [`Intent::writes`].
    pub(crate) fn writing(mut self, value: Value) -> Self {
        self.writes = Some(value);
        self
    }

    /// See [`Intent::dormant`].
    pub(crate) fn dormant(mut self, dormant: bool) -> Self {
        self.dormant = dormant;
        self
    }

    /// Tells two steps apart when an execution is repeated.
    pub(super) fn signature(&self) -> u64 {
        let object = self.object.map_or(0, |object| u64::from(object.number));
        let source = u64::from(self.source.line()) << 12 | u64::from(self.source.column());
        // Never 0, which stands for "not known yet".
        (self.kind as u64 + 1) << 56 | (object & 0xff_ffff) << 32 | source & 0xffff_ffff
    }
}

/// The kind of the step with this signature, as a number.
pub(super) fn kind_in(signature: u64) -> u8 {
    (signature >> 56) as u8
}

/// The readiness of a step that can always be made.
pub(crate) fn always() -> Readiness {
    Readiness::Ready
}
