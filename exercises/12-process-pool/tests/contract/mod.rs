//! What every answer to this exercise offers, item by item, with its exact type. Each test program
//! includes this file, so the compiler compares: whatever a type is called in an answer, it must be
//! the one that stands here.
//!
//! Made from the stub. After a change there, `UPDATE_CONTRACTS=1 cargo test -p course-tests --test
//! rules` makes it anew.
#![allow(dead_code, deprecated, irrefutable_let_patterns, clippy::all, clippy::pedantic)]

// TaskError
//     pub enum TaskError { Panicked(String), WorkerDied(String), Terminated, Timeout }
use super::answer::TaskError;
fn has_task_error(it: TaskError) {
    match it {
        TaskError::Panicked(_) => {}
        TaskError::WorkerDied(_) => {}
        TaskError::Terminated {} => {}
        TaskError::Timeout {} => {}
    }
    let _: fn(String) -> TaskError = TaskError::Panicked;
    let _: fn(String) -> TaskError = TaskError::WorkerDied;
}

// TaskError
//     impl Debug
fn has_task_error_debug() {
    fn is<T: std::fmt::Debug>() {}
    is::<TaskError>();
}

// TaskError
//     impl Clone
fn has_task_error_clone() {
    fn is<T: Clone>() {}
    is::<TaskError>();
    let _: fn(&TaskError) -> TaskError = <TaskError>::clone;
}

// TaskError
//     #[derive(PartialEq)]
fn has_task_error_equals(it: TaskError) {
    const ONE: TaskError = TaskError::Terminated;
    if let ONE = it {}
}

// TaskError
//     impl Eq
fn has_task_error_eq() {
    fn is<T: Eq>() {}
    is::<TaskError>();
}

// PoolError
//     pub enum PoolError { NoWorkers, Closed, StillOpen, Io(io::Error) }
use super::answer::PoolError;
fn has_pool_error(it: PoolError) {
    match it {
        PoolError::NoWorkers {} => {}
        PoolError::Closed {} => {}
        PoolError::StillOpen {} => {}
        PoolError::Io(_) => {}
    }
    let _: fn(std::io::Error) -> PoolError = PoolError::Io;
}

// PoolError
//     impl Debug
fn has_pool_error_debug() {
    fn is<T: std::fmt::Debug>() {}
    is::<PoolError>();
}

// Pool
//     pub struct Pool<A, R>
use super::answer::Pool;
fn has_pool<
    A: serde::Serialize + serde::de::DeserializeOwned + Send + 'static,
    R: serde::Serialize + serde::de::DeserializeOwned + Send + 'static,
>(
    _: Pool<A, R>,
) {
}

// Pool::new
//     pub fn new(workers: usize, task: fn(A) -> R) -> Result<Self, PoolError>
fn has_pool_new<
    A: serde::Serialize + serde::de::DeserializeOwned + Send + 'static,
    R: serde::Serialize + serde::de::DeserializeOwned + Send + 'static,
>() {
    let _: fn(usize, fn(A) -> R) -> Result<Pool<A, R>, PoolError> = <Pool<A, R>>::new;
}

// Pool::apply
//     pub fn apply(&self, arg: A) -> Result<R, TaskError>
fn has_pool_apply<
    A: serde::Serialize + serde::de::DeserializeOwned + Send + 'static,
    R: serde::Serialize + serde::de::DeserializeOwned + Send + 'static,
>() {
    let _: fn(&Pool<A, R>, A) -> Result<R, TaskError> = <Pool<A, R>>::apply;
}

// Pool::apply_async
//     pub fn apply_async(&self, arg: A) -> Result<AsyncResult<R>, PoolError>
fn has_pool_apply_async<
    A: serde::Serialize + serde::de::DeserializeOwned + Send + 'static,
    R: serde::Serialize + serde::de::DeserializeOwned + Send + 'static,
>() {
    let _: fn(&Pool<A, R>, A) -> Result<AsyncResult<R>, PoolError> = <Pool<A, R>>::apply_async;
}

// Pool::map
//     pub fn map(&self, args: Vec<A>, chunk: usize) -> Result<Vec<R>, TaskError>
fn has_pool_map<
    A: serde::Serialize + serde::de::DeserializeOwned + Send + 'static,
    R: serde::Serialize + serde::de::DeserializeOwned + Send + 'static,
>() {
    let _: fn(&Pool<A, R>, Vec<A>, usize) -> Result<Vec<R>, TaskError> = <Pool<A, R>>::map;
}

// Pool::worker_ids
//     pub fn worker_ids(&self) -> Vec<u64>
fn has_pool_worker_ids<
    A: serde::Serialize + serde::de::DeserializeOwned + Send + 'static,
    R: serde::Serialize + serde::de::DeserializeOwned + Send + 'static,
>() {
    let _: fn(&Pool<A, R>) -> Vec<u64> = <Pool<A, R>>::worker_ids;
}

// Pool::close
//     pub fn close(&self)
fn has_pool_close<
    A: serde::Serialize + serde::de::DeserializeOwned + Send + 'static,
    R: serde::Serialize + serde::de::DeserializeOwned + Send + 'static,
>() {
    let _: fn(&Pool<A, R>) = <Pool<A, R>>::close;
}

// Pool::terminate
//     pub fn terminate(&self)
fn has_pool_terminate<
    A: serde::Serialize + serde::de::DeserializeOwned + Send + 'static,
    R: serde::Serialize + serde::de::DeserializeOwned + Send + 'static,
>() {
    let _: fn(&Pool<A, R>) = <Pool<A, R>>::terminate;
}

// Pool::join
//     pub fn join(self) -> Result<(), PoolError>
fn has_pool_join<
    A: serde::Serialize + serde::de::DeserializeOwned + Send + 'static,
    R: serde::Serialize + serde::de::DeserializeOwned + Send + 'static,
>() {
    let _: fn(Pool<A, R>) -> Result<(), PoolError> = <Pool<A, R>>::join;
}

// AsyncResult
//     pub struct AsyncResult<R>
use super::answer::AsyncResult;
fn has_async_result<R: Send + 'static>(_: AsyncResult<R>) {}

// AsyncResult::ready
//     pub fn ready(&self) -> bool
fn has_async_result_ready<R: Send + 'static>() {
    let _: fn(&AsyncResult<R>) -> bool = <AsyncResult<R>>::ready;
}

// AsyncResult::wait
//     pub fn wait(&self, timeout: Duration) -> bool
fn has_async_result_wait<R: Send + 'static>() {
    let _: fn(&AsyncResult<R>, std::time::Duration) -> bool = <AsyncResult<R>>::wait;
}

// AsyncResult::get
//     pub fn get(self, timeout: Option<Duration>) -> Result<R, TaskError>
fn has_async_result_get<R: Send + 'static>() {
    let _: fn(AsyncResult<R>, Option<std::time::Duration>) -> Result<R, TaskError> =
        <AsyncResult<R>>::get;
}
