//! What every answer to this exercise offers, item by item, with its exact type. Each test program
//! includes this file, so the compiler compares: whatever a type is called in an answer, it must be
//! the one that stands here.
//!
//! Made from the stub. After a change there, `UPDATE_CONTRACTS=1 cargo test -p course-tests --test
//! rules` makes it anew.
#![allow(dead_code, deprecated, irrefutable_let_patterns, clippy::all, clippy::pedantic)]

// BoundedSemaphore
//     pub struct BoundedSemaphore
use super::answer::BoundedSemaphore;
fn has_bounded_semaphore(_: BoundedSemaphore) {}

// BoundedSemaphore::new
//     pub fn new(permits: usize) -> Self
fn has_bounded_semaphore_new() {
    let _: fn(usize) -> BoundedSemaphore = BoundedSemaphore::new;
}

// BoundedSemaphore::acquire
//     pub fn acquire(&self)
fn has_bounded_semaphore_acquire() {
    let _: fn(&BoundedSemaphore) = BoundedSemaphore::acquire;
}

// BoundedSemaphore::try_acquire
//     pub fn try_acquire(&self) -> bool
fn has_bounded_semaphore_try_acquire() {
    let _: fn(&BoundedSemaphore) -> bool = BoundedSemaphore::try_acquire;
}

// BoundedSemaphore::acquire_timeout
//     pub fn acquire_timeout(&self, timeout: Duration) -> bool
fn has_bounded_semaphore_acquire_timeout() {
    let _: fn(&BoundedSemaphore, std::time::Duration) -> bool = BoundedSemaphore::acquire_timeout;
}

// BoundedSemaphore::release
//     pub fn release(&self) -> Result<(), TooManyReleases>
fn has_bounded_semaphore_release() {
    let _: fn(&BoundedSemaphore) -> Result<(), TooManyReleases> = BoundedSemaphore::release;
}

// BoundedSemaphore::available
//     pub fn available(&self) -> usize
fn has_bounded_semaphore_available() {
    let _: fn(&BoundedSemaphore) -> usize = BoundedSemaphore::available;
}

// BoundedSemaphore::permit
//     pub fn permit(&self) -> Permit<'_>
fn has_bounded_semaphore_permit() {
    let _: fn(&BoundedSemaphore) -> Permit<'_> = BoundedSemaphore::permit;
}

// Permit
//     pub struct Permit<'a>
use super::answer::Permit;
fn has_permit<'a>(_: Permit<'a>) {}

// TooManyReleases
//     pub struct TooManyReleases
use super::answer::TooManyReleases;
fn has_too_many_releases(it: TooManyReleases) {
    let TooManyReleases {} = it;
    let _: TooManyReleases = TooManyReleases;
}

// TooManyReleases
//     impl Debug
fn has_too_many_releases_debug() {
    fn is<T: std::fmt::Debug>() {}
    is::<TooManyReleases>();
}

// TooManyReleases
//     impl Clone
fn has_too_many_releases_clone() {
    fn is<T: Clone>() {}
    is::<TooManyReleases>();
    let _: fn(&TooManyReleases) -> TooManyReleases = <TooManyReleases>::clone;
}

// TooManyReleases
//     impl Copy
fn has_too_many_releases_copy() {
    fn is<T: Copy>() {}
    is::<TooManyReleases>();
}

// TooManyReleases
//     #[derive(PartialEq)]
fn has_too_many_releases_equals(it: TooManyReleases) {
    const ONE: TooManyReleases = TooManyReleases;
    if let ONE = it {}
}

// TooManyReleases
//     impl Eq
fn has_too_many_releases_eq() {
    fn is<T: Eq>() {}
    is::<TooManyReleases>();
}
