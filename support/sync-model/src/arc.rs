//! Shared ownership: `Arc` and `Weak`, whose counts are the model's.
//!
//! The course tells learners to take `Arc` from `std::sync`, where the model does not see it. This
//! one is for who wants to see its races: whether `get_mut` finds an owner that is about to leave,
//! which thread drops last, what `strong_count` says meanwhile. It does what std's does, with std's
//! memory orderings: a dropped `Arc` comes before the value's destructor, and before whoever gets the
//! value by `get_mut`, `make_mut`, `try_unwrap`, `into_inner` or `upgrade`. `strong_count` and
//! `weak_count` order nothing.
//!
//! To clone and to drop costs no schedules, unless somebody looks at the counts or it can be seen on
//! which thread the value's destructor runs (`std::mem::needs_drop`): see `counts`.
//!
//! # Layout
//! - `counts`: the counts and their steps; `weak`: [`Weak`];
//! - `convert`, `traits`: conversions and other traits;
//! - `raw`: pointers that are raw for a while; `alive`: values that still have an owner.
//!
//! # What differs from std's
//! - `Arc<T>` does not become `Arc<dyn Trait>` or `Arc<[T]>` by itself, and is no receiver of methods
//!   (`self: Arc<Self>`, `self: &Arc<Self>`): Rust allows that only to types of the standard library.
//!   The way out: `std::sync::Arc`; for the former also `Arc::from(Box::new(value) as Box<dyn Trait>)`
//!   and `Arc::<[T]>::from([a, b, c])`.
//! - An `Arc` is four words, so `Option<Arc<T>>` is not the size of a pointer.
//! - A relaxed count with an acquire fence after it orders nothing here, and counts are never old.
//!
//! # What is left out
//! - `new_uninit`, `new_zeroed`, their slices and `assume_init`: memory without a value yet has
//!   nothing to do with threads;
//! - `From<Arc<W>>` for `Waker` and `RawWaker`: `Wake::wake` takes a `std::sync::Arc`;
//! - `Read`, `Write`, `Seek`, `AsFd`, `AsRawFd`: files are outside of what is modelled;
//! - all that is not stable (allocators, `get_mut_unchecked`, `ByteStr`, …).

use std::any::Any;
use std::pin::Pin;
use std::sync;

use counts::{Counts, Hold, Meets, Side, here};
pub use traits::MakeMut;
pub use weak::Weak;

use crate::trace::{Detail, Kind, Source};

mod alive;
mod convert;
mod counts;
mod raw;
#[cfg(test)]
mod tests;
mod traits;
mod weak;

/// The model's [`std::sync::Arc`]: whose races are tried, too.
///
/// Unlike std's it does not become an `Arc<dyn Trait>` by itself, and is no receiver of methods
/// (`self: Arc<Self>`). Take std's there, or `Arc::from(Box::new(value) as Box<dyn Trait>)`.
pub struct Arc<T: ?Sized> {
    // Dropped before the value: see `Hold`.
    hold: Hold,
    value: sync::Arc<T>,
}

/// Forgets the values of the executions before.
pub(crate) fn begin() {
    alive::clear();
}

/// Where the values were made that still have an owner: asked at the end of an execution, the leaks.
pub(crate) fn leaked() -> Vec<Source> {
    alive::places()
}

impl<T> Arc<T> {
    /// A new value with one owner.
    #[track_caller]
    pub fn new(value: T) -> Self {
        Self::first(sync::Arc::new(value), here())
    }

    /// A new value that may hold a [`Weak`] to itself.
    #[track_caller]
    pub fn new_cyclic<F>(make: F) -> Self
    where
        F: FnOnce(&Weak<T>) -> T,
    {
        let source = here();
        let counts = Counts::new(0, std::mem::needs_drop::<T>(), source);
        let value = sync::Arc::new_cyclic(|value| {
            // As in std, this one is not counted: it is what all owners hold together.
            let hold = Hold::new(sync::Arc::clone(&counts), Side::Weak, source);
            let mut weak = Weak { hold: Some(hold), value: value.clone() };
            let made = make(&weak);
            weak.hold.take().into_iter().for_each(Hold::spend);
            made
        });
        counts.begin();
        Self { hold: Hold::new(counts, Side::Strong, source), value }
    }

    /// A new value that stays where it is.
    #[track_caller]
    pub fn pin(value: T) -> Pin<Self> {
        // SAFETY: nothing lends out `&mut T`, or moves the value, but functions that take the `Arc`
        // itself, which a `Pin` does not give away unless `T: Unpin`.
        unsafe { Pin::new_unchecked(Self::new(value)) }
    }

    /// The value, if this is its only owner.
    ///
    /// # Errors
    /// The `Arc` back, if there are others.
    #[track_caller]
    pub fn try_unwrap(this: Self) -> Result<T, Self> {
        let Self { hold, value } = this;
        let counts = hold.shared_counts();
        let value = counts.step(Meets::Decides, Kind::ArcUnwrap, here(), || {
            let value = sync::Arc::try_unwrap(value);
            if value.is_ok() {
                counts.go(Side::Strong);
                counts.take_over(Side::Strong);
            }
            let success = Detail::Success(value.is_ok());
            (value, success)
        });
        match value {
            Ok(value) => {
                hold.spend();
                Ok(value)
            }
            Err(value) => Err(Self { hold, value }),
        }
    }

    /// Gives the `Arc` up; the value, if it was the last owner. Of owners that all do this, exactly
    /// one gets the value.
    #[track_caller]
    pub fn into_inner(this: Self) -> Option<T> {
        let Self { hold, value } = this;
        let counts = hold.shared_counts();
        // Its part is gone even if the step does not return, because the execution ends there.
        hold.spend();
        counts.step(Meets::Decides, Kind::ArcTake, here(), || {
            let last = counts.go(Side::Strong);
            if last {
                counts.take_over(Side::Strong);
            }
            (sync::Arc::into_inner(value), Detail::Success(last))
        })
    }

    /// The value, if this is its only owner, else a clone of it.
    #[track_caller]
    pub fn unwrap_or_clone(this: Self) -> T
    where
        T: Clone,
    {
        Self::try_unwrap(this).unwrap_or_else(|this| T::clone(&this))
    }
}

impl<T: ?Sized> Arc<T> {
    /// The first owner of a value that nobody else has.
    fn first(value: sync::Arc<T>, source: Source) -> Self {
        Self { hold: Hold::first(std::mem::needs_drop::<T>(), source), value }
    }

    /// A pointer that does not keep the value.
    #[must_use = "this returns a new `Weak` pointer, without modifying the original `Arc`"]
    #[track_caller]
    pub fn downgrade(this: &Self) -> Weak<T> {
        let hold = Hold::another(&this.hold.shared_counts(), Side::Weak, here());
        Weak { hold: Some(hold), value: sync::Arc::downgrade(&this.value) }
    }

    /// How many own the value. Others may come and go meanwhile.
    #[must_use]
    #[track_caller]
    pub fn strong_count(this: &Self) -> usize {
        this.hold.counts().count(here(), Counts::strong)
    }

    /// How many `Weak`s point to the value. Others may come and go meanwhile.
    #[must_use]
    #[track_caller]
    pub fn weak_count(this: &Self) -> usize {
        this.hold.counts().count(here(), Counts::weak)
    }

    /// The value for writing, if this is its only owner and no `Weak` points to it.
    #[track_caller]
    pub fn get_mut(this: &mut Self) -> Option<&mut T> {
        let Self { hold, value } = this;
        let counts = hold.counts();
        counts.step(Meets::Alone, Kind::ArcGetMut, here(), || {
            let value = sync::Arc::get_mut(value);
            if value.is_some() {
                counts.take_over(Side::Strong);
                counts.take_over(Side::Weak);
                counts.progress();
            }
            let success = Detail::Success(value.is_some());
            (value, success)
        })
    }

    /// The value for writing: if it has other owners, they keep it, and this `Arc` goes on with a
    /// clone. If it has none, its `Weak`s lose it.
    #[track_caller]
    pub fn make_mut(this: &mut Self) -> &mut T
    where
        T: MakeMut,
    {
        let source = here();
        let counts = this.hold.shared_counts();
        let (alone, leaves) = counts.step(Meets::Alone, Kind::ArcMakeMut, source, || {
            let alone = counts.strong() == 1;
            let leaves = alone && counts.weak() > 0;
            if leaves {
                counts.go(Side::Strong);
            }
            if alone {
                counts.take_over(Side::Strong);
                counts.progress();
            }
            ((alone, leaves), Detail::Success(alone))
        });
        if !alone {
            // To clone the value may take steps, and so may to drop the old one: it may be the last.
            *this = Self::first(T::duplicate(&this.value), source);
        } else if leaves {
            this.hold.renew(source);
        }
        T::make_mut(&mut this.value)
    }

    /// Whether both point to the same value.
    #[must_use]
    pub fn ptr_eq(this: &Self, other: &Self) -> bool {
        sync::Arc::ptr_eq(&this.value, &other.value)
    }

    /// Where the value is.
    #[must_use]
    pub fn as_ptr(this: &Self) -> *const T {
        sync::Arc::as_ptr(&this.value)
    }
}

impl Arc<dyn Any + Send + Sync> {
    /// The same pointer, if the value is a `T`.
    ///
    /// # Errors
    /// The pointer as it was, if it is none.
    pub fn downcast<T: Any + Send + Sync>(self) -> Result<Arc<T>, Self> {
        let Self { hold, value } = self;
        match value.downcast() {
            Ok(value) => Ok(Arc { hold, value }),
            Err(value) => Err(Self { hold, value }),
        }
    }
}
