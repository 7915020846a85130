//! Relations between the few events of an execution, as rows of bits.

/// Most events of one execution.
pub(crate) const MAX_EVENTS: usize = 16;

/// Which events come before which.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Relation([u16; MAX_EVENTS]);

impl Relation {
    /// All pairs of `0..count` that `holds` for.
    pub(crate) fn of(count: usize, holds: impl Fn(usize, usize) -> bool) -> Self {
        let mut relation = Self::default();
        for from in 0..count {
            for to in (0..count).filter(|&to| holds(from, to)) {
                relation.insert(from, to);
            }
        }
        relation
    }

    pub(crate) fn insert(&mut self, from: usize, to: usize) {
        self.0[from] |= 1 << to;
    }

    pub(crate) fn has(&self, from: usize, to: usize) -> bool {
        self.0[from] >> to & 1 == 1
    }

    pub(crate) fn or(&self, other: &Self) -> Self {
        Self(std::array::from_fn(|row| self.0[row] | other.0[row]))
    }

    pub(crate) fn and(&self, other: &Self) -> Self {
        Self(std::array::from_fn(|row| self.0[row] & other.0[row]))
    }

    /// One step here, then one step there.
    pub(crate) fn then(&self, next: &Self) -> Self {
        Self(std::array::from_fn(|row| {
            let reached = (0..MAX_EVENTS).filter(|&middle| self.has(row, middle));
            reached.fold(0, |bits, middle| bits | next.0[middle])
        }))
    }

    /// Any number of steps, but one at least.
    pub(crate) fn closure(mut self) -> Self {
        for middle in 0..MAX_EVENTS {
            for row in 0..MAX_EVENTS {
                if self.has(row, middle) {
                    self.0[row] |= self.0[middle];
                }
            }
        }
        self
    }

    /// With every event before itself.
    pub(crate) fn reflexive(&self) -> Self {
        Self(std::array::from_fn(|row| self.0[row] | 1 << row))
    }

    pub(crate) fn is_irreflexive(&self) -> bool {
        (0..MAX_EVENTS).all(|event| !self.has(event, event))
    }

    pub(crate) fn is_acyclic(&self) -> bool {
        self.closure().is_irreflexive()
    }
}
