//! A pointer that does not keep its value.

use std::fmt;
use std::sync;

use super::Arc;
use super::counts::{Hold, Meets, Side, here};
use super::raw;
use crate::trace::{Detail, Kind};

/// The model's [`std::sync::Weak`].
pub struct Weak<T: ?Sized> {
    /// `None`: it never had a value.
    pub(super) hold: Option<Hold>,
    pub(super) value: sync::Weak<T>,
}

impl<T> Weak<T> {
    /// A pointer to nothing.
    #[must_use]
    pub const fn new() -> Self {
        Self { hold: None, value: sync::Weak::new() }
    }
}

impl<T: ?Sized> Weak<T> {
    /// One more owner of the value, if it still has one.
    #[must_use]
    #[track_caller]
    pub fn upgrade(&self) -> Option<Arc<T>> {
        let (hold, source) = (self.hold.as_ref()?, here());
        let counts = hold.counts();
        counts.step(Meets::Decides, Kind::ArcUpgrade, source, || {
            let arc = self.value.upgrade().map(|value| {
                counts.come(Side::Strong);
                counts.take_over(Side::Strong);
                Arc { hold: Hold::new(hold.shared_counts(), Side::Strong, source), value }
            });
            let success = Detail::Success(arc.is_some());
            (arc, success)
        })
    }

    /// How many own the value.
    #[must_use]
    #[track_caller]
    pub fn strong_count(&self) -> usize {
        let source = here();
        self.hold.as_ref().map_or(0, |hold| hold.counts().count(source, |counts| counts.strong()))
    }

    /// How many `Weak`s point to the value; 0 when nobody owns it.
    #[must_use]
    #[track_caller]
    pub fn weak_count(&self) -> usize {
        let source = here();
        self.hold.as_ref().map_or(0, |hold| {
            let number = |strong, weak| if strong == 0 { 0 } else { weak };
            hold.counts().count(source, |counts| number(counts.strong(), counts.weak()))
        })
    }

    /// Whether both point to the same value.
    #[must_use]
    pub fn ptr_eq(&self, other: &Self) -> bool {
        self.value.ptr_eq(&other.value)
    }

    /// Where the value is, or was.
    #[must_use]
    pub fn as_ptr(&self) -> *const T {
        self.value.as_ptr()
    }

    /// Makes a raw pointer of this one, which stays counted.
    #[must_use]
    pub fn into_raw(self) -> *const T {
        let Self { hold, value } = self;
        let pointer = value.into_raw();
        if let Some(hold) = hold {
            raw::keep(pointer.addr(), hold);
        }
        pointer
    }

    /// Makes a `Weak` of what [`Weak::into_raw`] returned.
    ///
    /// # Safety
    /// As for [`std::sync::Weak::from_raw`]: each pointer that `into_raw` returned is given back once.
    pub unsafe fn from_raw(pointer: *const T) -> Self {
        let hold = raw::give_back(pointer.addr(), Side::Weak);
        // SAFETY: the caller promises it.
        Self { hold, value: unsafe { sync::Weak::from_raw(pointer) } }
    }
}

impl<T: ?Sized> Clone for Weak<T> {
    #[track_caller]
    fn clone(&self) -> Self {
        let source = here();
        let another = |hold: &Hold| Hold::another(&hold.shared_counts(), Side::Weak, source);
        Self { hold: self.hold.as_ref().map(another), value: self.value.clone() }
    }
}

impl<T> Default for Weak<T> {
    fn default() -> Self {
        Self::new()
    }
}

impl<T: ?Sized> fmt::Debug for Weak<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("(Weak)")
    }
}
