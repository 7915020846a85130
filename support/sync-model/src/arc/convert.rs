//! What an [`Arc`] can be made of.

use std::borrow::Cow;
use std::ffi::{CStr, CString, OsStr, OsString};
use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::sync;

use super::Arc;
use super::counts::here;

/// The conversions that std's `Arc` has: a new value with one owner.
macro_rules! made_of {
    ($([$($generic:tt)*] $from:ty => $to:ty;)*) => {$(
        impl<$($generic)*> From<$from> for Arc<$to> {
            #[track_caller]
            fn from(value: $from) -> Self {
                Self::first(value.into(), here())
            }
        }
    )*};
}

made_of! {
    [T] T => T;
    [T: ?Sized] Box<T> => T;
    [T] Vec<T> => [T];
    [T, const N: usize] [T; N] => [T];
    [T: Clone] &[T] => [T];
    [T: Clone] &mut [T] => [T];
    [] String => str;
    [] &str => str;
    [] &mut str => str;
    [] CString => CStr;
    [] &CStr => CStr;
    [] &mut CStr => CStr;
    [] OsString => OsStr;
    [] &OsStr => OsStr;
    [] &mut OsStr => OsStr;
    [] PathBuf => Path;
    [] &Path => Path;
    [] &mut Path => Path;
}

impl<'a, B> From<Cow<'a, B>> for Arc<B>
where
    B: ?Sized + ToOwned,
    Self: From<&'a B> + From<B::Owned>,
{
    #[track_caller]
    fn from(value: Cow<'a, B>) -> Self {
        match value {
            Cow::Borrowed(value) => value.into(),
            Cow::Owned(value) => value.into(),
        }
    }
}

impl From<Arc<str>> for Arc<[u8]> {
    fn from(text: Arc<str>) -> Self {
        let Arc { hold, value } = text;
        Self { hold, value: value.into() }
    }
}

impl<T, const N: usize> TryFrom<Arc<[T]>> for Arc<[T; N]> {
    type Error = Arc<[T]>;

    fn try_from(slice: Arc<[T]>) -> Result<Self, Arc<[T]>> {
        let Arc { hold, value } = slice;
        match value.try_into() {
            Ok(value) => Ok(Self { hold, value }),
            Err(value) => Err(Arc { hold, value }),
        }
    }
}

impl<T> FromIterator<T> for Arc<[T]> {
    #[track_caller]
    fn from_iter<I: IntoIterator<Item = T>>(items: I) -> Self {
        Self::first(items.into_iter().collect(), here())
    }
}

/// The default value, with one owner.
macro_rules! default {
    ($([$($generic:tt)*] $type:ty;)*) => {$(
        impl<$($generic)*> Default for Arc<$type> {
            #[track_caller]
            fn default() -> Self {
                Self::first(sync::Arc::default(), here())
            }
        }
    )*};
}

default! {
    [T: Default] T;
    [T] [T];
    [] str;
    [] CStr;
}

impl<T: Default> Default for Pin<Arc<T>> {
    #[track_caller]
    fn default() -> Self {
        Arc::pin(T::default())
    }
}
