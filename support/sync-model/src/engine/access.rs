//! What a step touches, and when the order of two steps can matter.

/// An object of the model: a mutex, an atomic, a condition variable, ….
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct ObjectId(pub u32);

impl ObjectId {
    /// What sequentially consistent fences compete for.
    pub(crate) const FENCES: ObjectId = ObjectId(0);
}

/// How a step touches an object.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mode {
    /// Looks at it, or shares it.
    Read,
    /// Changes it, or takes it for itself.
    Write,
    /// Takes it only if that is possible now: must see both the held and the free object.
    Try,
    /// Gives it back.
    Release,
}

/// One object touched by a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Access {
    pub object: ObjectId,
    pub mode: Mode,
}

impl Access {
    /// Whether two steps that could run next, with these accesses, may end differently when they
    /// swap places.
    ///
    /// Giving a lock back and taking it never compete: one of them is not possible while the other
    /// is. That is why an unlock costs no extra schedule unless somebody tries the lock.
    fn competes_with(self, other: Access) -> bool {
        use Mode::{Read, Release, Try};
        self.object == other.object
            && match (self.mode, other.mode) {
                (Try, _) | (_, Try) => true,
                (Release, _) | (_, Release) => false,
                (Read, Read) => false,
                _ => true,
            }
    }
}

/// All that a step touches: a step of a condition variable touches its mutex too.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Accesses(pub [Option<Access>; 2]);

impl Accesses {
    /// A step that touches nothing that others see.
    pub(crate) const NONE: Accesses = Accesses([None, None]);

    pub(crate) fn one(object: ObjectId, mode: Mode) -> Self {
        Accesses([Some(Access { object, mode }), None])
    }

    pub(crate) fn and(mut self, object: ObjectId, mode: Mode) -> Self {
        self.0[1] = Some(Access { object, mode });
        self
    }

    pub(crate) fn iter(self) -> impl Iterator<Item = Access> {
        self.0.into_iter().flatten()
    }

    /// See [`Access::competes_with`].
    pub(crate) fn compete_with(self, other: Accesses) -> bool {
        self.iter().any(|a| other.iter().any(|b| a.competes_with(b)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_try_competes_with_a_release() {
        let lock = ObjectId(1);
        let step = |mode| Accesses::one(lock, mode);
        assert!(step(Mode::Write).compete_with(step(Mode::Write)));
        assert!(!step(Mode::Read).compete_with(step(Mode::Read)));
        assert!(!step(Mode::Release).compete_with(step(Mode::Write)));
        assert!(step(Mode::Release).compete_with(step(Mode::Try)));
        assert!(!step(Mode::Write).compete_with(Accesses::one(ObjectId(2), Mode::Write)));
    }
}
