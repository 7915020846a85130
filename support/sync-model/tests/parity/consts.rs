//! What can be made, and taken apart, at compile time. That it compiles is the test.
//!
//! Of the functions of the list that are `const` in std, `as_ptr` of atomics is not: the model first
//! has to see that the atomic is one of an earlier execution.

#![allow(dead_code)]

use super::facade::atomic::{
    AtomicBool, AtomicI8, AtomicI16, AtomicI32, AtomicI64, AtomicIsize, AtomicPtr, AtomicU8,
    AtomicU16, AtomicU32, AtomicU64, AtomicUsize,
};
use super::facade::{Barrier, Condvar, LazyLock, Mutex, Once, OnceLock, RwLock};

static BARRIER: Barrier = Barrier::new(2);
static CONDVAR: Condvar = Condvar::new();
static LAZY: LazyLock<Vec<u8>> = LazyLock::new(|| vec![1]);
static MUTEX: Mutex<Vec<u8>> = Mutex::new(Vec::new());
static ONCE: Once = Once::new();
static CELL: OnceLock<String> = OnceLock::new();
static RW_LOCK: RwLock<Option<Box<u8>>> = RwLock::new(None);

macro_rules! atomics {
    ($($name:ident $type:ty),+ $(,)?) => { $(
        const _: $type = $name::new(7).into_inner();
    )+ };
}

atomics! {
    AtomicI8 i8, AtomicI16 i16, AtomicI32 i32, AtomicI64 i64, AtomicIsize isize,
    AtomicU8 u8, AtomicU16 u16, AtomicU32 u32, AtomicU64 u64, AtomicUsize usize,
}

const _: bool = AtomicBool::new(true).into_inner();
const _: *mut u8 = AtomicPtr::new(std::ptr::null_mut()).into_inner();
