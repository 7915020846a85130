//! What every answer to this exercise offers, item by item, with its exact type. Each test program
//! includes this file, so the compiler compares: whatever a type is called in an answer, it must be
//! the one that stands here.
//!
//! Made from the stub. After a change there, `UPDATE_CONTRACTS=1 cargo test -p course-tests --test
//! rules` makes it anew.
#![allow(dead_code, deprecated, irrefutable_let_patterns, clippy::all, clippy::pedantic)]

// RLock
//     pub struct RLock
use super::answer::RLock;
fn has_rlock(_: RLock) {}

// RLock
//     impl Default
fn has_rlock_default() {
    fn is<T: Default>() {}
    is::<RLock>();
    let _: fn() -> RLock = <RLock>::default;
}

// RLock::new
//     pub fn new() -> Self
fn has_rlock_new() {
    let _: fn() -> RLock = RLock::new;
}

// RLock::acquire
//     pub fn acquire(&self)
fn has_rlock_acquire() {
    let _: fn(&RLock) = RLock::acquire;
}

// RLock::try_acquire
//     pub fn try_acquire(&self) -> bool
fn has_rlock_try_acquire() {
    let _: fn(&RLock) -> bool = RLock::try_acquire;
}

// RLock::release
//     pub fn release(&self) -> Result<(), NotOwner>
fn has_rlock_release() {
    let _: fn(&RLock) -> Result<(), NotOwner> = RLock::release;
}

// RLock::lock
//     pub fn lock(&self) -> RLockGuard<'_>
fn has_rlock_lock() {
    let _: fn(&RLock) -> RLockGuard<'_> = RLock::lock;
}

// RLockGuard
//     pub struct RLockGuard<'a>
use super::answer::RLockGuard;
fn has_rlock_guard<'a>(_: RLockGuard<'a>) {}

// NotOwner
//     pub struct NotOwner
use super::answer::NotOwner;
fn has_not_owner(it: NotOwner) {
    let NotOwner {} = it;
    let _: NotOwner = NotOwner;
}

// NotOwner
//     impl Debug
fn has_not_owner_debug() {
    fn is<T: std::fmt::Debug>() {}
    is::<NotOwner>();
}

// NotOwner
//     impl Clone
fn has_not_owner_clone() {
    fn is<T: Clone>() {}
    is::<NotOwner>();
    let _: fn(&NotOwner) -> NotOwner = <NotOwner>::clone;
}

// NotOwner
//     impl Copy
fn has_not_owner_copy() {
    fn is<T: Copy>() {}
    is::<NotOwner>();
}

// NotOwner
//     #[derive(PartialEq)]
fn has_not_owner_equals(it: NotOwner) {
    const ONE: NotOwner = NotOwner;
    if let ONE = it {}
}

// NotOwner
//     impl Eq
fn has_not_owner_eq() {
    fn is<T: Eq>() {}
    is::<NotOwner>();
}
