//! What a step touches, and when the order of two steps can matter.

/// An object of the model: a mutex, an atomic, a condition variable, ….
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct ObjectId {
    /// In the order in which an execution makes them.
    pub number: u32,
    /// The execution that made it, from 1.
    pub run: u32,
}

/// Modes of steps that commute with each other: what comes after one of them need not come after the
/// others of its company.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Company {
    /// Those that look, or share.
    Looks,
    /// Those that add.
    Adds,
    /// None: each comes before or after all others.
    Alone,
}

impl Mode {
    pub(super) fn company(self) -> Company {
        match self {
            Mode::Read | Mode::Look => Company::Looks,
            Mode::Add | Mode::Leave => Company::Adds,
            Mode::Write | Mode::Try | Mode::Release => Company::Alone,
        }
    }

    /// The mode of a step that changes nothing, as things are.
    fn idle(self) -> Self {
        match self {
            Mode::Write | Mode::Try => Mode::Look,
            other => other,
        }
    }
}

/// How a step touches an object.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mode {
    /// Looks at it, or shares it.
    Read,
    /// Looks at it, whether it is held or free.
    Look,
    /// Adds itself to it, or leaves: others who do need not know.
    Add,
    /// Changes it, or takes it for itself.
    Write,
    /// Takes it only if that is possible now: must see both the held and the free object.
    Try,
    /// Gives it back.
    Release,
    /// Gives back what it shared with others, who may still have it.
    Leave,
}

/// One object touched by a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Access {
    pub object: ObjectId,
    pub mode: Mode,
}

impl Access {
    /// Whether the order of two steps with these accesses can matter.
    ///
    /// Giving a lock back and taking it never compete: one of them is not possible while the other
    /// is. That is why an unlock costs no extra schedule unless somebody tries the lock. Only if
    /// preemptions are counted (`bounded`) it matters whether a thread comes to the lock before it
    /// is given back: if so it has to wait, and to wait is no preemption. Who shares a lock gives it
    /// back as it took it: the order of readers never matters, whatever they do.
    fn competes_with(self, other: Access, bounded: bool) -> bool {
        use Mode::{Add, Leave, Look, Read, Release, Try};
        self.object == other.object
            && match (self.mode, other.mode) {
                (Try, _) | (_, Try) => true,
                (Read | Look, Read | Look) => false,
                (Look, _) | (_, Look) => true,
                (Add | Leave, Add | Leave) | (Release, Release) => false,
                (Release | Leave, _) | (_, Release | Leave) => bounded,
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

    /// The accesses of a step that changes nothing, as things are.
    pub(super) fn idle(self) -> Self {
        let idle = |access: Access| Access { mode: access.mode.idle(), ..access };
        Accesses(self.0.map(|access| access.map(idle)))
    }

    pub(crate) fn iter(self) -> impl Iterator<Item = Access> {
        let [first, second] = self.0;
        first.into_iter().chain(second)
    }

    /// Whether one of two steps with these accesses comes after the other, in whatever order they are run.
    pub(crate) fn are_ordered_with(self, other: Accesses) -> bool {
        self.any_pair(other, |a, b| {
            let company = a.mode.company();
            a.object == b.object && (company == Company::Alone || company != b.mode.company())
        })
    }

    fn any_pair(self, other: Accesses, holds: impl Fn(Access, Access) -> bool) -> bool {
        let with = |a| other.iter().any(|b| holds(a, b));
        self.0[0].is_some_and(with) || self.0[1].is_some_and(with)
    }

    /// See [`Access::competes_with`].
    pub(crate) fn compete_with(self, other: Accesses, bounded: bool) -> bool {
        self.any_pair(other, |a, b| a.competes_with(b, bounded))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_try_competes_with_a_release() {
        let lock = ObjectId { number: 1, run: 1 };
        let compete =
            |a, b, bounded| Accesses::one(lock, a).compete_with(Accesses::one(lock, b), bounded);
        assert!(compete(Mode::Write, Mode::Write, false));
        assert!(!compete(Mode::Read, Mode::Read, true));
        assert!(!compete(Mode::Release, Mode::Write, false));
        assert!(compete(Mode::Release, Mode::Write, true));
        assert!(compete(Mode::Release, Mode::Try, false));
        assert!(compete(Mode::Leave, Mode::Try, false));
        assert!(compete(Mode::Leave, Mode::Write, true));
        assert!(!compete(Mode::Leave, Mode::Add, true));
        assert!(compete(Mode::Look, Mode::Add, false));
        assert!(compete(Mode::Look, Mode::Release, false));
        assert!(!compete(Mode::Look, Mode::Look, true));
        let other = Accesses::one(ObjectId { number: 2, run: 1 }, Mode::Write);
        assert!(!Accesses::one(lock, Mode::Write).compete_with(other, true));
    }
}
