//! A pool of worker processes.
//!
//! Some processes are started once and wait for work. The parent sends them arguments, and they send
//! back results. `fork` gives you what that takes: a child that runs a function, and typed pipes.

use std::error::Error;
use std::fmt;
use std::io;
use std::marker::PhantomData;
use std::time::Duration;

use fork::Child;
use serde::Serialize;
use serde::de::DeserializeOwned;

/// Why a task has no result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TaskError {
    /// The task panicked, with this message.
    Panicked(String),
    /// The worker died while it held the task; how it died.
    WorkerDied(String),
    /// The pool was closed, terminated or dropped before the task was done.
    Terminated,
    /// The result did not come in time. It may still come: nobody will see it.
    Timeout,
}

impl fmt::Display for TaskError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Panicked(message) => write!(f, "the task panicked: {message}"),
            Self::WorkerDied(how) => write!(f, "the worker {how}"),
            Self::Terminated => f.write_str("the pool ended before the task was done"),
            Self::Timeout => f.write_str("the result did not come in time"),
        }
    }
}

impl Error for TaskError {}

/// What is wrong with a pool.
#[derive(Debug)]
pub enum PoolError {
    /// A pool of no workers was asked for.
    NoWorkers,
    /// The pool takes no more tasks.
    Closed,
    /// The pool was joined while it still took tasks.
    StillOpen,
    /// The system refused a process, a thread or a pipe.
    Io(io::Error),
}

impl fmt::Display for PoolError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoWorkers => f.write_str("a pool needs at least one worker"),
            Self::Closed => f.write_str("the pool takes no more tasks"),
            Self::StillOpen => f.write_str("close or terminate the pool before you join it"),
            Self::Io(error) => write!(f, "the system refused: {error}"),
        }
    }
}

impl Error for PoolError {}

/// A fixed number of worker processes that run one function on many arguments.
///
/// Dropping a pool terminates it.
#[derive(Debug)]
pub struct Pool<A, R> {
    /// Yours to choose.
    _workers: Vec<Child>,
    _task: fn(A) -> R,
}

impl<A, R> Pool<A, R>
where
    A: Serialize + DeserializeOwned + Send + 'static,
    R: Serialize + DeserializeOwned + Send + 'static,
{
    /// Starts `workers` processes that wait for arguments of `task`.
    ///
    /// # Errors
    /// [`PoolError::NoWorkers`] for 0 workers, [`PoolError::Io`] when the system refuses a process.
    pub fn new(workers: usize, task: fn(A) -> R) -> Result<Self, PoolError> {
        let _ = task;
        todo!("start {workers} workers")
    }

    /// Runs the task on `arg` in a worker, and waits for the result.
    ///
    /// # Errors
    /// Any [`TaskError`] but `Timeout`.
    pub fn apply(&self, arg: A) -> Result<R, TaskError> {
        let _ = arg;
        todo!("run the task, and wait for its result")
    }

    /// Queues the task on `arg`, and returns at once.
    ///
    /// # Errors
    /// [`PoolError::Closed`] after [`close`](Self::close) or [`terminate`](Self::terminate).
    pub fn apply_async(&self, arg: A) -> Result<AsyncResult<R>, PoolError> {
        let _ = arg;
        todo!("queue the task")
    }

    /// Runs the task on each of `args`, and gives the results in their order. A worker gets `chunk`
    /// of them at a time.
    ///
    /// # Errors
    /// The first [`TaskError`] in the order of `args`. A chunk is one unit: if one of its tasks
    /// panics or kills its worker, no result of the chunk is left.
    ///
    /// # Panics
    /// If `chunk` is 0.
    pub fn map(&self, args: Vec<A>, chunk: usize) -> Result<Vec<R>, TaskError> {
        todo!("run the task on {} arguments, {chunk} at a time", args.len())
    }
}

impl<A, R> Pool<A, R> {
    /// The process ids of the workers. A worker that dies is replaced, by one with another id.
    pub fn worker_ids(&self) -> Vec<u64> {
        todo!("the ids of the workers")
    }

    /// Takes no more tasks. What is queued still runs.
    pub fn close(&self) {
        todo!("take no more tasks")
    }

    /// Stops now: what is not done gets [`TaskError::Terminated`].
    pub fn terminate(&self) {
        todo!("stop now")
    }

    /// Waits until all tasks are done and all workers are gone.
    ///
    /// # Errors
    /// [`PoolError::StillOpen`] if the pool was neither closed nor terminated. It is dropped then.
    pub fn join(self) -> Result<(), PoolError> {
        todo!("wait for the workers to leave")
    }
}

/// The result of a task, now or later.
#[derive(Debug)]
pub struct AsyncResult<R> {
    /// Yours to choose.
    _result: PhantomData<R>,
}

impl<R> AsyncResult<R> {
    /// Whether the task is done, well or badly.
    pub fn ready(&self) -> bool {
        todo!("whether the result is there")
    }

    /// Waits until the task is done, for at most `timeout`; false if it is not.
    pub fn wait(&self, timeout: Duration) -> bool {
        todo!("wait {timeout:?} for the result")
    }

    /// Waits for the result, for at most `timeout` if there is one.
    ///
    /// # Errors
    /// Any [`TaskError`].
    pub fn get(self, timeout: Option<Duration>) -> Result<R, TaskError> {
        todo!("wait {timeout:?} for the result, and give it")
    }
}
