//! What every answer to this exercise offers, item by item, with its exact type. Each test program
//! includes this file, so the compiler compares: whatever a type is called in an answer, it must be
//! the one that stands here.
//!
//! Made from the stub. After a change there, `UPDATE_CONTRACTS=1 cargo test -p course-tests --test
//! rules` makes it anew.
#![allow(dead_code, deprecated, irrefutable_let_patterns, clippy::all, clippy::pedantic)]

// Queue
//     pub struct Queue<T>
use super::answer::Queue;
fn has_queue<T: Send + 'static>(_: Queue<T>) {}

// Queue::bounded
//     pub fn bounded(capacity: usize) -> Self
fn has_queue_bounded<T: Send + 'static>() {
    let _: fn(usize) -> Queue<T> = <Queue<T>>::bounded;
}

// Queue::put
//     pub fn put(&self, item: T) -> Result<(), Closed<T>>
fn has_queue_put<T: Send + 'static>() {
    let _: fn(&Queue<T>, T) -> Result<(), Closed<T>> = <Queue<T>>::put;
}

// Queue::try_put
//     pub fn try_put(&self, item: T) -> Result<(), TryPutError<T>>
fn has_queue_try_put<T: Send + 'static>() {
    let _: fn(&Queue<T>, T) -> Result<(), TryPutError<T>> = <Queue<T>>::try_put;
}

// Queue::get
//     pub fn get(&self) -> Option<T>
fn has_queue_get<T: Send + 'static>() {
    let _: fn(&Queue<T>) -> Option<T> = <Queue<T>>::get;
}

// Queue::try_get
//     pub fn try_get(&self) -> Result<T, TryGetError>
fn has_queue_try_get<T: Send + 'static>() {
    let _: fn(&Queue<T>) -> Result<T, TryGetError> = <Queue<T>>::try_get;
}

// Queue::close
//     pub fn close(&self)
fn has_queue_close<T: Send + 'static>() {
    let _: fn(&Queue<T>) = <Queue<T>>::close;
}

// Queue::task_done
//     pub fn task_done(&self) -> Result<(), TooManyDone>
fn has_queue_task_done<T: Send + 'static>() {
    let _: fn(&Queue<T>) -> Result<(), TooManyDone> = <Queue<T>>::task_done;
}

// Queue::join
//     pub fn join(&self)
fn has_queue_join<T: Send + 'static>() {
    let _: fn(&Queue<T>) = <Queue<T>>::join;
}

// Queue::len
//     pub fn len(&self) -> usize
fn has_queue_len<T: Send + 'static>() {
    let _: fn(&Queue<T>) -> usize = <Queue<T>>::len;
}

// Queue::is_empty
//     pub fn is_empty(&self) -> bool
fn has_queue_is_empty<T: Send + 'static>() {
    let _: fn(&Queue<T>) -> bool = <Queue<T>>::is_empty;
}

// Queue::capacity
//     pub fn capacity(&self) -> usize
fn has_queue_capacity<T: Send + 'static>() {
    let _: fn(&Queue<T>) -> usize = <Queue<T>>::capacity;
}

// Closed
//     pub struct Closed<T>(pub T)
use super::answer::Closed;
fn has_closed<T: Send + 'static>(it: Closed<T>) {
    let Closed(_) = it;
    let _: fn(T) -> Closed<T> = Closed;
}

// Closed
//     impl Debug
fn has_closed_debug() {
    fn is<T: std::fmt::Debug>() {}
    is::<Closed<u8>>();
}

// Closed
//     #[derive(PartialEq)]
fn has_closed_equals(it: Closed<u8>) {
    const ONE: Closed<u8> = Closed(0);
    if let ONE = it {}
}

// Closed
//     impl Eq
fn has_closed_eq() {
    fn is<T: Eq>() {}
    is::<Closed<u8>>();
}

// TryPutError
//     pub enum TryPutError<T> { Full(T), Closed(T) }
use super::answer::TryPutError;
fn has_try_put_error<T: Send + 'static>(it: TryPutError<T>) {
    match it {
        TryPutError::Full(_) => {}
        TryPutError::Closed(_) => {}
    }
    let _: fn(T) -> TryPutError<T> = TryPutError::Full;
    let _: fn(T) -> TryPutError<T> = TryPutError::Closed;
}

// TryPutError
//     impl Debug
fn has_try_put_error_debug() {
    fn is<T: std::fmt::Debug>() {}
    is::<TryPutError<u8>>();
}

// TryPutError
//     #[derive(PartialEq)]
fn has_try_put_error_equals(it: TryPutError<u8>) {
    const ONE: TryPutError<u8> = TryPutError::Full(0);
    if let ONE = it {}
}

// TryPutError
//     impl Eq
fn has_try_put_error_eq() {
    fn is<T: Eq>() {}
    is::<TryPutError<u8>>();
}

// TryGetError
//     pub enum TryGetError { Empty, Closed }
use super::answer::TryGetError;
fn has_try_get_error(it: TryGetError) {
    match it {
        TryGetError::Empty {} => {}
        TryGetError::Closed {} => {}
    }
}

// TryGetError
//     impl Debug
fn has_try_get_error_debug() {
    fn is<T: std::fmt::Debug>() {}
    is::<TryGetError>();
}

// TryGetError
//     #[derive(PartialEq)]
fn has_try_get_error_equals(it: TryGetError) {
    const ONE: TryGetError = TryGetError::Empty;
    if let ONE = it {}
}

// TryGetError
//     impl Eq
fn has_try_get_error_eq() {
    fn is<T: Eq>() {}
    is::<TryGetError>();
}

// TooManyDone
//     pub struct TooManyDone
use super::answer::TooManyDone;
fn has_too_many_done(it: TooManyDone) {
    let TooManyDone {} = it;
    let _: TooManyDone = TooManyDone;
}

// TooManyDone
//     impl Debug
fn has_too_many_done_debug() {
    fn is<T: std::fmt::Debug>() {}
    is::<TooManyDone>();
}

// TooManyDone
//     #[derive(PartialEq)]
fn has_too_many_done_equals(it: TooManyDone) {
    const ONE: TooManyDone = TooManyDone;
    if let ONE = it {}
}

// TooManyDone
//     impl Eq
fn has_too_many_done_eq() {
    fn is<T: Eq>() {}
    is::<TooManyDone>();
}
