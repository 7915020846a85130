//! Shared values.

use std::any::Any;
use std::borrow::{Borrow, Cow};
use std::error::Error;
use std::ffi::{CStr, CString, OsStr, OsString};
use std::fmt::{Debug, Display, Pointer};
use std::hash::Hash;
use std::ops::Deref;
use std::path::{Path, PathBuf};
use std::pin::Pin;

use super::facade::{Arc, Weak};
use crate::Names;

/// It is made at compile time.
#[allow(dead_code)]
static NOBODY: Weak<u8> = Weak::new();

type Anything = dyn Any + Send + Sync;

pub(crate) fn items() -> Names {
    let mut names = Names::default();
    arcs::<u8>(&mut names);
    weaks::<u8>(&mut names);
    some_arcs::<u8>(&mut names);
    traits(&mut names);
    more_traits(&mut names);
    names
}

fn arcs<T: Clone>(names: &mut Names) {
    types!(names, "std::sync"; Arc<T>);
    values!(names, "std::sync";
        Arc::new => fn(T) -> Arc<T>,
        Arc::new_cyclic => fn(fn(&Weak<T>) -> T) -> Arc<T>,
        Arc::pin => fn(T) -> Pin<Arc<T>>,
        Arc::try_unwrap => fn(Arc<T>) -> Result<T, Arc<T>>,
        Arc::into_inner => fn(Arc<T>) -> Option<T>,
        Arc::unwrap_or_clone => fn(Arc<T>) -> T,
        Arc::into_raw => fn(Arc<T>) -> *const T,
        Arc::from_raw => unsafe fn(*const T) -> Arc<T>,
        Arc::as_ptr => fn(&Arc<T>) -> *const T,
        Arc::increment_strong_count => unsafe fn(*const T),
        Arc::decrement_strong_count => unsafe fn(*const T),
        Arc::strong_count => fn(&Arc<T>) -> usize,
        Arc::weak_count => fn(&Arc<T>) -> usize,
        Arc::downgrade => fn(&Arc<T>) -> Weak<T>,
        Arc::ptr_eq => fn(&Arc<T>, &Arc<T>) -> bool,
        Arc::get_mut => fn(&mut Arc<T>) -> Option<&mut T>,
        Arc::make_mut => fn(&mut Arc<T>) -> &mut T);
}

fn weaks<T>(names: &mut Names) {
    types!(names, "std::sync"; Weak<T>);
    values!(names, "std::sync";
        Weak::new => fn() -> Weak<T>,
        Weak::upgrade => fn(&Weak<T>) -> Option<Arc<T>>,
        Weak::strong_count => fn(&Weak<T>) -> usize,
        Weak::weak_count => fn(&Weak<T>) -> usize,
        Weak::ptr_eq => fn(&Weak<T>, &Weak<T>) -> bool,
        Weak::as_ptr => fn(&Weak<T>) -> *const T,
        Weak::into_raw => fn(Weak<T>) -> *const T,
        Weak::from_raw => unsafe fn(*const T) -> Weak<T>);
}

/// A method of `Arc`s of one type only. The list names the allocator, which is unstable.
fn some_arcs<T: Any + Send + Sync>(names: &mut Names) {
    let _: fn(Arc<Anything>) -> Result<Arc<T>, Arc<Anything>> = Arc::<Anything>::downcast;
    names.extend(["std::sync::Arc<dyn Any + Send + Sync, A>::downcast".to_owned()]);
}

fn traits(names: &mut Names) {
    type T = u8;
    implementations!(names, "std::sync";
        Arc<T>: AsRef<T>, Borrow<T>, Clone, Debug, Default, Deref, Display, Eq, From<T>, Hash, Ord,
            PartialEq, PartialOrd, Pointer;
        Weak<T>: Clone, Debug, Default;
        Arc<[T]>: Default, From<&'static [T]>, From<&'static mut [T]>, FromIterator<T>;
        Arc<[u8]>: From<Arc<str>>;
        Arc<str>: Default, From<&'static str>, From<&'static mut str>, From<String>;
        Arc<CStr>: Default, From<&'static CStr>, From<&'static mut CStr>, From<CString>;
        Arc<OsStr>: From<&'static OsStr>, From<&'static mut OsStr>, From<OsString>;
        Arc<Path>: From<&'static Path>, From<&'static mut Path>, From<PathBuf>;
        Pin<Arc<T>>: Default);
}

fn more_traits(names: &mut Names) {
    fn errors(names: &mut Names) {
        type T = std::fmt::Error;
        implementations!(names, "std::sync"; Arc<T>: Error);
    }
    errors(names);
    implementations!(names, "std::sync";
        "Arc: From<Box<T, A>>" = Arc<str>: From<Box<str>>;
        "Arc: From<Cow<'a, B>>" = Arc<str>: From<Cow<'static, str>>;
        "Arc<[T]>: From<[T; N]>" = Arc<[u8]>: From<[u8; 2]>;
        "Arc<[T], A>: From<Vec<T, A>>" = Arc<[u8]>: From<Vec<u8>>;
        "Arc<[T; N], A>: TryFrom<Arc<[T], A>>" = Arc<[u8; 2]>: TryFrom<Arc<[u8]>>);
}
