//! What an [`Arc`] can do because its value can.

use std::borrow::Borrow;
use std::cmp::Ordering;
use std::error::Error;
use std::ffi::{CStr, OsStr};
use std::fmt;
use std::hash::{Hash, Hasher};
use std::ops::Deref;
use std::path::Path;
use std::sync;

use super::Arc;
use super::counts::{Hold, Side, here};

/// Values of which [`Arc::make_mut`] can make another one: those that are `Clone`, slices and text.
/// Std's bound, `CloneToUninit`, cannot be named yet.
pub trait MakeMut {
    #[doc(hidden)]
    fn duplicate(&self) -> sync::Arc<Self>;

    #[doc(hidden)]
    fn make_mut(this: &mut sync::Arc<Self>) -> &mut Self;
}

macro_rules! make_mut {
    ($([$($generic:tt)*] $type:ty: $duplicate:expr;)*) => {$(
        impl<$($generic)*> MakeMut for $type {
            fn duplicate(&self) -> sync::Arc<Self> {
                $duplicate(self)
            }

            fn make_mut(this: &mut sync::Arc<Self>) -> &mut Self {
                sync::Arc::make_mut(this)
            }
        }
    )*};
}

make_mut! {
    [T: Clone] T: |it: &T| sync::Arc::new(it.clone());
    [T: Clone] [T]: sync::Arc::from;
    [] str: sync::Arc::from;
    [] CStr: sync::Arc::from;
    [] OsStr: sync::Arc::from;
    [] Path: sync::Arc::from;
}

impl<T: ?Sized> Clone for Arc<T> {
    #[track_caller]
    fn clone(&self) -> Self {
        let hold = Hold::another(&self.hold.shared_counts(), Side::Strong, here());
        Self { hold, value: sync::Arc::clone(&self.value) }
    }
}

impl<T: ?Sized> Deref for Arc<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

impl<T: ?Sized> AsRef<T> for Arc<T> {
    fn as_ref(&self) -> &T {
        &self.value
    }
}

impl<T: ?Sized> Borrow<T> for Arc<T> {
    fn borrow(&self) -> &T {
        &self.value
    }
}

impl<T: ?Sized + fmt::Debug> fmt::Debug for Arc<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.value.fmt(f)
    }
}

impl<T: ?Sized + fmt::Display> fmt::Display for Arc<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.value.fmt(f)
    }
}

impl<T: ?Sized> fmt::Pointer for Arc<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.value.fmt(f)
    }
}

impl<T: ?Sized + PartialEq> PartialEq for Arc<T> {
    fn eq(&self, other: &Self) -> bool {
        self.value == other.value
    }
}

impl<T: ?Sized + Eq> Eq for Arc<T> {}

impl<T: ?Sized + PartialOrd> PartialOrd for Arc<T> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        self.value.partial_cmp(&other.value)
    }
}

impl<T: ?Sized + Ord> Ord for Arc<T> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.value.cmp(&other.value)
    }
}

impl<T: ?Sized + Hash> Hash for Arc<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.value.hash(state);
    }
}

impl<T: ?Sized + Error> Error for Arc<T> {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        T::source(self)
    }
}
