//! Atomics and fences.

use std::fmt::{Debug, Pointer};
use std::hash::Hash;

use super::facade::atomic::{
    AtomicBool, AtomicI8, AtomicI16, AtomicI32, AtomicI64, AtomicIsize, AtomicPtr, AtomicU8,
    AtomicU16, AtomicU32, AtomicU64, AtomicUsize, Ordering, compiler_fence, fence,
};
use crate::Names;

type Update<A, V> = fn(&A, V, Ordering) -> V;
type Exchange<A, V> = fn(&A, V, V, Ordering, Ordering) -> Result<V, V>;
type Try<A, V> = fn(&A, Ordering, Ordering, fn(V) -> Option<V>) -> Result<V, V>;

pub(crate) fn items() -> Names {
    let mut names = Names::default();
    orderings(&mut names);
    integers(&mut names);
    flags(&mut names);
    pointers(&mut names);
    names
}

fn orderings(names: &mut Names) {
    types!(names, "std::sync::atomic"; Ordering);
    values!(names, "std::sync::atomic";
        fence => fn(Ordering),
        compiler_fence => fn(Ordering),
        Ordering::Relaxed => Ordering,
        Ordering::Acquire => Ordering,
        Ordering::Release => Ordering,
        Ordering::AcqRel => Ordering,
        Ordering::SeqCst => Ordering);
    implementations!(names, "std::sync::atomic";
        Ordering: Clone, Copy, Debug, Eq, Hash, PartialEq);
}

/// What every atomic has.
macro_rules! atomic {
    ($names:ident, $name:ident $(<$generic:ident>)?, $value:ty) => {
        types!($names, "std::sync::atomic"; $name $(<$generic>)?);
        values!($names, "std::sync::atomic";
            $name::new => fn($value) -> $name $(<$generic>)?,
            $name::load => fn(&$name $(<$generic>)?, Ordering) -> $value,
            $name::store => fn(&$name $(<$generic>)?, $value, Ordering),
            $name::swap => Update<$name $(<$generic>)?, $value>,
            $name::compare_exchange => Exchange<$name $(<$generic>)?, $value>,
            $name::compare_exchange_weak => Exchange<$name $(<$generic>)?, $value>,
            $name::fetch_update => Try<$name $(<$generic>)?, $value>,
            $name::try_update => Try<$name $(<$generic>)?, $value>,
            $name::update =>
                fn(&$name $(<$generic>)?, Ordering, Ordering, fn($value) -> $value) -> $value,
            $name::as_ptr => fn(&$name $(<$generic>)?) -> *mut $value,
            $name::get_mut => fn(&mut $name $(<$generic>)?) -> &mut $value,
            $name::into_inner => fn($name $(<$generic>)?) -> $value);
        implementations!($names, "std::sync::atomic";
            $name $(<$generic>)?: Debug, Default, From<$value>);
    };
}

macro_rules! integer {
    ($names:ident; $($name:ident $value:ident),+ $(,)?) => { $(
        atomic!($names, $name, $value);
        values!($names, "std::sync::atomic";
            $name::fetch_add => Update<$name, $value>,
            $name::fetch_sub => Update<$name, $value>,
            $name::fetch_and => Update<$name, $value>,
            $name::fetch_nand => Update<$name, $value>,
            $name::fetch_or => Update<$name, $value>,
            $name::fetch_xor => Update<$name, $value>,
            $name::fetch_max => Update<$name, $value>,
            $name::fetch_min => Update<$name, $value>);
    )+ };
}

fn integers(names: &mut Names) {
    integer!(names;
        AtomicI8 i8, AtomicI16 i16, AtomicI32 i32, AtomicI64 i64, AtomicIsize isize,
        AtomicU8 u8, AtomicU16 u16, AtomicU32 u32, AtomicU64 u64, AtomicUsize usize);
}

fn flags(names: &mut Names) {
    atomic!(names, AtomicBool, bool);
    values!(names, "std::sync::atomic";
        AtomicBool::fetch_and => Update<AtomicBool, bool>,
        AtomicBool::fetch_nand => Update<AtomicBool, bool>,
        AtomicBool::fetch_or => Update<AtomicBool, bool>,
        AtomicBool::fetch_xor => Update<AtomicBool, bool>,
        AtomicBool::fetch_not => fn(&AtomicBool, Ordering) -> bool);
}

fn pointers(names: &mut Names) {
    type T = u8;
    type Move = fn(&AtomicPtr<T>, usize, Ordering) -> *mut T;
    atomic!(names, AtomicPtr<T>, *mut T);
    values!(names, "std::sync::atomic";
        AtomicPtr::fetch_ptr_add => Move,
        AtomicPtr::fetch_ptr_sub => Move,
        AtomicPtr::fetch_byte_add => Move,
        AtomicPtr::fetch_byte_sub => Move,
        AtomicPtr::fetch_and => Move,
        AtomicPtr::fetch_or => Move,
        AtomicPtr::fetch_xor => Move);
    implementations!(names, "std::sync::atomic"; AtomicPtr<T>: Pointer);
}
