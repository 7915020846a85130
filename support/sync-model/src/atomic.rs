//! Numbers, flags and pointers that any number of threads may change at once.

use std::fmt;
use std::panic::Location;

pub use std::sync::atomic::Ordering;

pub use more::compiler_fence;

use crate::engine::{self, Intent};
use crate::trace::{Detail, Kind, Source, Value};

use raw::{Atom, Raw};

mod more;
mod raw;

/// Orders the memory accesses around it.
#[track_caller]
pub fn fence(ordering: Ordering) {
    assert_ne!(ordering, Ordering::Relaxed, "there is no such thing as a relaxed fence");
    engine::perform(Intent::new(Kind::Fence, Location::caller()), &engine::always, || {
        engine::with_memory(|memory, _, thread| memory.fence(thread, ordering));
        ((), Detail::None)
    });
}

macro_rules! atomic {
    ($(#[$doc:meta])* $name:ident $(<$generic:ident>)?, $type:ty) => {
        $(#[$doc])*
        pub struct $name $(<$generic>)? {
            raw: Raw<$type>,
        }

        impl $(<$generic>)? $name $(<$generic>)? {
            /// A new atomic with this value.
            #[must_use]
            pub const fn new(value: $type) -> Self {
                Self { raw: Raw::new(value) }
            }

            /// The value, which nobody else can reach.
            pub fn get_mut(&mut self) -> &mut $type {
                self.raw.newest.inner_mut().get_mut()
            }

            /// The value.
            #[must_use]
            pub const fn into_inner(self) -> $type {
                self.raw.newest.into_copy()
            }

            /// Reads the value.
            #[track_caller]
            pub fn load(&self, ordering: Ordering) -> $type {
                self.raw.load(ordering, Location::caller())
            }

            /// Writes a value.
            #[track_caller]
            pub fn store(&self, value: $type, ordering: Ordering) {
                self.raw.store(value, ordering, Location::caller());
            }

            /// Writes a value and returns the one before.
            #[track_caller]
            pub fn swap(&self, value: $type, ordering: Ordering) -> $type {
                self.replace(ordering, Location::caller(), |_| value)
            }

            /// Writes `new` if the value is `current`, in one step; returns the value before.
            ///
            /// # Errors
            /// The value, if it is another one.
            #[track_caller]
            pub fn compare_exchange(
                &self,
                current: $type,
                new: $type,
                success: Ordering,
                failure: Ordering,
            ) -> Result<$type, $type> {
                let (kind, source) = (Kind::CompareExchange, Location::caller());
                self.raw.update(kind, (success, failure), source, false, |old| {
                    (old == current).then_some(new)
                })
            }

            /// As `compare_exchange`, but it may fail without reason: in the model, for each thread once.
            ///
            /// # Errors
            /// The value, if it is another one.
            #[track_caller]
            pub fn compare_exchange_weak(
                &self,
                current: $type,
                new: $type,
                success: Ordering,
                failure: Ordering,
            ) -> Result<$type, $type> {
                let (kind, source) = (Kind::CompareExchange, Location::caller());
                self.raw.update(kind, (success, failure), source, true, |old| {
                    (old == current).then_some(new)
                })
            }

            /// Replaces the value by `next(value)`, trying again if another thread was faster.
            ///
            /// # Errors
            /// The value for which there was no next.
            #[track_caller]
            pub fn fetch_update<F>(
                &self,
                set: Ordering,
                fetch: Ordering,
                mut next: F,
            ) -> Result<$type, $type>
            where
                F: FnMut($type) -> Option<$type>,
            {
                let mut old = self.load(fetch);
                while let Some(new) = next(old) {
                    match self.compare_exchange(old, new, set, fetch) {
                        Ok(old) => return Ok(old),
                        Err(other) => old = other,
                    }
                }
                Err(old)
            }

            #[track_caller]
            fn replace(
                &self,
                ordering: Ordering,
                source: Source,
                next: impl Fn($type) -> $type,
            ) -> $type {
                // It does not fail, so how it would read then is of no matter.
                let orderings = (ordering, Ordering::Relaxed);
                let next = |old| Some(next(old));
                match self.raw.update(Kind::Update, orderings, source, false, next) {
                    Ok(old) | Err(old) => old,
                }
            }
        }

        impl $(<$generic>)? From<$type> for $name $(<$generic>)? {
            fn from(value: $type) -> Self {
                Self::new(value)
            }
        }

        impl $(<$generic>)? fmt::Debug for $name $(<$generic>)? {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.raw.id();
                self.raw.newest.get().fmt(f)
            }
        }
    };
}

macro_rules! updates {
    ($name:ident $(<$generic:ident>)?, $type:ty: $($(#[$doc:meta])* $method:ident = $next:expr),* $(,)?) => {
        impl $(<$generic>)? $name $(<$generic>)? {
            $(
                $(#[$doc])*
                #[track_caller]
                pub fn $method(&self, value: $type, ordering: Ordering) -> $type {
                    let next: fn($type, $type) -> $type = $next;
                    self.replace(ordering, Location::caller(), |old| next(old, value))
                }
            )*
        }
    };
}

macro_rules! integers {
    ($($name:ident $type:ident),* $(,)?) => { $(
        atomic! {
            #[doc = concat!("The model's [`std::sync::atomic::", stringify!($name), "`].")]
            $name, $type
        }

        updates! { $name, $type:
            /// Adds, wrapping around, and returns the value before.
            fetch_add = |old, value| old.wrapping_add(value),
            /// Subtracts, wrapping around, and returns the value before.
            fetch_sub = |old, value| old.wrapping_sub(value),
            /// Bitwise and; returns the value before.
            fetch_and = |old, value| old & value,
            /// Bitwise nand; returns the value before.
            fetch_nand = |old, value| !(old & value),
            /// Bitwise or; returns the value before.
            fetch_or = |old, value| old | value,
            /// Bitwise exclusive or; returns the value before.
            fetch_xor = |old, value| old ^ value,
            /// Keeps the greater one; returns the value before.
            fetch_max = |old, value| old.max(value),
            /// Keeps the smaller one; returns the value before.
            fetch_min = |old, value| old.min(value),
        }

        impl Default for $name {
            fn default() -> Self {
                Self::new(0)
            }
        }

        impl Atom for $type {
            fn to_value(self) -> Value {
                Value::Int(self as i128)
            }

            fn of_value(value: Value) -> Self {
                match value {
                    Value::Int(value) => value as $type,
                    _ => unreachable!("an integer was stored"),
                }
            }
        }
    )* };
}

integers! {
    AtomicI8 i8, AtomicI16 i16, AtomicI32 i32, AtomicI64 i64, AtomicIsize isize,
    AtomicU8 u8, AtomicU16 u16, AtomicU32 u32, AtomicU64 u64, AtomicUsize usize,
}

atomic! {
    /// The model's [`std::sync::atomic::AtomicBool`].
    AtomicBool, bool
}

updates! { AtomicBool, bool:
    /// Logical and; returns the value before.
    fetch_and = |old, value| old & value,
    /// Logical nand; returns the value before.
    fetch_nand = |old, value| !(old & value),
    /// Logical or; returns the value before.
    fetch_or = |old, value| old | value,
    /// Logical exclusive or; returns the value before.
    fetch_xor = |old, value| old ^ value,
}

impl AtomicBool {
    /// Turns the flag over; returns the value before.
    #[track_caller]
    pub fn fetch_not(&self, ordering: Ordering) -> bool {
        self.replace(ordering, Location::caller(), |old| !old)
    }
}

impl Default for AtomicBool {
    fn default() -> Self {
        Self::new(false)
    }
}

impl Atom for bool {
    fn to_value(self) -> Value {
        Value::Bool(self)
    }

    fn of_value(value: Value) -> Self {
        value == Value::Bool(true)
    }
}

atomic! {
    /// The model's [`std::sync::atomic::AtomicPtr`].
    AtomicPtr<T>, *mut T
}

impl<T> Default for AtomicPtr<T> {
    fn default() -> Self {
        Self::new(std::ptr::null_mut())
    }
}

impl<T> Atom for *mut T {
    fn to_value(self) -> Value {
        Value::Pointer(self.expose_provenance())
    }

    fn of_value(value: Value) -> Self {
        match value {
            Value::Pointer(address) => std::ptr::with_exposed_provenance_mut(address),
            _ => unreachable!("a pointer was stored"),
        }
    }
}
