//! What atomics do with functions of the caller's, and what pointers do besides.

use std::fmt;
use std::panic::Location;

use super::{
    AtomicBool, AtomicI8, AtomicI16, AtomicI32, AtomicI64, AtomicIsize, AtomicPtr, AtomicU8,
    AtomicU16, AtomicU32, AtomicU64, AtomicUsize, Ordering,
};

/// Keeps the compiler from moving memory accesses over it. Other threads do not see it: no step.
///
/// # Panics
/// If `ordering` is `Relaxed`.
pub fn compiler_fence(ordering: Ordering) {
    assert_ne!(ordering, Ordering::Relaxed, "there is no such thing as a relaxed compiler fence");
}

macro_rules! functions {
    ($($name:ident $(<$generic:ident>)? = $type:ty),* $(,)?) => { $(
        impl $(<$generic>)? $name $(<$generic>)? {
            /// Replaces the value by `next(value)`, trying again if another thread was faster.
            ///
            /// # Errors
            /// The value for which there was no next.
            #[track_caller]
            pub fn try_update(
                &self,
                set: Ordering,
                fetch: Ordering,
                next: impl FnMut($type) -> Option<$type>,
            ) -> Result<$type, $type> {
                self.fetch_update(set, fetch, next)
            }

            /// Replaces the value by `next(value)`, trying again if another thread was faster, and
            /// returns the one before.
            #[track_caller]
            pub fn update(
                &self,
                set: Ordering,
                fetch: Ordering,
                mut next: impl FnMut($type) -> $type,
            ) -> $type {
                match self.fetch_update(set, fetch, |value| Some(next(value))) {
                    Ok(old) | Err(old) => old,
                }
            }

            /// The address of the value. The model does not see what is done through it.
            #[must_use]
            pub fn as_ptr(&self) -> *mut $type {
                self.raw.id();
                self.raw.newest.as_ptr()
            }
        }
    )* };
}

functions! {
    AtomicI8 = i8, AtomicI16 = i16, AtomicI32 = i32, AtomicI64 = i64, AtomicIsize = isize,
    AtomicU8 = u8, AtomicU16 = u16, AtomicU32 = u32, AtomicU64 = u64, AtomicUsize = usize,
    AtomicBool = bool, AtomicPtr<T> = *mut T,
}

macro_rules! moves {
    ($($(#[$doc:meta])* $method:ident = $next:expr),* $(,)?) => {
        impl<T> AtomicPtr<T> {
            $(
                $(#[$doc])*
                #[track_caller]
                pub fn $method(&self, value: usize, ordering: Ordering) -> *mut T {
                    let next: fn(*mut T, usize) -> *mut T = $next;
                    self.replace(ordering, Location::caller(), |old| next(old, value))
                }
            )*
        }
    };
}

moves! {
    /// Moves the pointer on by so many `T`, and returns the one before.
    fetch_ptr_add = |old, count| old.wrapping_add(count),
    /// Moves the pointer back by so many `T`, and returns the one before.
    fetch_ptr_sub = |old, count| old.wrapping_sub(count),
    /// Moves the pointer on by so many bytes, and returns the one before.
    fetch_byte_add = |old, count| old.wrapping_byte_add(count),
    /// Moves the pointer back by so many bytes, and returns the one before.
    fetch_byte_sub = |old, count| old.wrapping_byte_sub(count),
    /// Bitwise or of the address; returns the pointer before.
    fetch_or = |old, bits| old.map_addr(|address| address | bits),
    /// Bitwise and of the address; returns the pointer before.
    fetch_and = |old, bits| old.map_addr(|address| address & bits),
    /// Bitwise exclusive or of the address; returns the pointer before.
    fetch_xor = |old, bits| old.map_addr(|address| address ^ bits),
}

impl<T> fmt::Pointer for AtomicPtr<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.raw.id();
        fmt::Pointer::fmt(&self.raw.newest.get(), f)
    }
}
