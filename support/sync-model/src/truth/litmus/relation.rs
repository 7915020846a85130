//! Relations between few things: a table of bits.

/// Row by row: to which things this one is related.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Relation(Vec<u32>);

impl Relation {
    pub(super) fn new(size: usize) -> Self {
        assert!(size <= 32, "a row has 32 bits");
        Self(vec![0; size])
    }

    /// Relates each of these things to itself.
    pub(super) fn identity(size: usize, has: impl Fn(usize) -> bool) -> Self {
        let row = |thing: usize| if has(thing) { 1 << thing } else { 0 };
        Self((0..size).map(row).collect())
    }

    pub(super) fn add(&mut self, from: usize, to: usize) {
        self.0[from] |= 1 << to;
    }

    pub(super) fn remove(&mut self, from: usize, to: usize) {
        self.0[from] &= !(1 << to);
    }

    pub(super) fn union(&self, other: &Self) -> Self {
        Self(self.0.iter().zip(&other.0).map(|(mine, theirs)| mine | theirs).collect())
    }

    /// First this one, then the other one.
    pub(super) fn then(&self, other: &Self) -> Self {
        let row = |&row: &u32| bits(row).fold(0, |all, middle| all | other.0[middle]);
        Self(self.0.iter().map(row).collect())
    }

    pub(super) fn inverse(&self) -> Self {
        let mut inverse = Self::new(self.0.len());
        for (from, &row) in self.0.iter().enumerate() {
            bits(row).for_each(|to| inverse.add(to, from));
        }
        inverse
    }

    /// One step or more.
    pub(super) fn closure(&self) -> Self {
        let mut closure = self.clone();
        for middle in 0..self.0.len() {
            let onward = closure.0[middle];
            for row in closure.0.iter_mut().filter(|row| **row >> middle & 1 == 1) {
                *row |= onward;
            }
        }
        closure
    }

    pub(super) fn filter(&self, keep: impl Fn(usize, usize) -> bool) -> Self {
        let keep = &keep;
        let row = |(from, &row): (usize, &u32)| {
            bits(row).filter(|&to| keep(from, to)).fold(0, |all, to| all | 1 << to)
        };
        Self(self.0.iter().enumerate().map(row).collect())
    }

    pub(super) fn without_identity(&self) -> Self {
        self.filter(|from, to| from != to)
    }

    pub(super) fn is_irreflexive(&self) -> bool {
        self.0.iter().enumerate().all(|(thing, row)| row >> thing & 1 == 0)
    }

    /// What is related to this thing.
    pub(super) fn before(&self, thing: usize) -> impl Iterator<Item = usize> + '_ {
        let rows = self.0.iter().enumerate();
        rows.filter(move |(_, row)| **row >> thing & 1 == 1).map(|(from, _)| from)
    }
}

fn bits(row: u32) -> impl Iterator<Item = usize> {
    (0..32).filter(move |bit| row >> bit & 1 == 1)
}
