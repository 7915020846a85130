//! Fails: drop_stops_what_is_running (hang)
//!
//! To `join` an open pool closes it, waits for the whole queue, and only then says `StillOpen`.

use std::collections::VecDeque;
use std::error::Error;
use std::fmt;
use std::io::{self, PipeReader, PipeWriter, Read, Write};
use std::os::fd::{AsFd, AsRawFd};
use std::panic;
use std::time::{Duration, Instant};

use fork::{Child, Receiver, Sender};
use nix::errno::Errno;
use nix::poll::{PollFd, PollFlags, PollTimeout, poll};
use nix::sys::signal::Signal;
use serde::Serialize;
use serde::de::DeserializeOwned;
use sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError, thread};

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

/// `None`: I begin. `Some`: this came of it.
type Word<R> = Option<Result<Vec<R>, String>>;

struct Cell<T> {
    value: Mutex<(bool, Option<T>)>,
    changed: Condvar,
}

impl<T> Cell<T> {
    fn lock(&self) -> MutexGuard<'_, (bool, Option<T>)> {
        self.value.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn is_set(&self) -> bool {
        self.lock().0
    }

    /// Waits until the value is there, or it is `deadline`.
    fn wait_until(&self, deadline: Option<Instant>) -> bool {
        let mut value = self.lock();
        while !value.0 {
            value = match deadline {
                None => self.changed.wait(value).unwrap_or_else(PoisonError::into_inner),
                Some(deadline) => {
                    let left = deadline.saturating_duration_since(Instant::now());
                    if left.is_zero() {
                        return false;
                    }
                    let woken = self.changed.wait_timeout(value, left);
                    woken.unwrap_or_else(PoisonError::into_inner).0
                }
            };
        }
        true
    }

    fn take(&self) -> Option<T> {
        self.lock().1.take()
    }
}

/// The writing end of a [`Cell`]; dropped without a word it says `Terminated`.
struct Answer<R>(Arc<Cell<Result<Vec<R>, TaskError>>>);

impl<R> Answer<R> {
    fn new() -> Self {
        Self(Arc::new(Cell { value: Mutex::new((false, None)), changed: Condvar::new() }))
    }

    fn give(&self, result: Result<Vec<R>, TaskError>) {
        let mut value = self.0.lock();
        if !value.0 {
            *value = (true, Some(result));
            self.0.changed.notify_all();
        }
    }
}

impl<R> Drop for Answer<R> {
    fn drop(&mut self) {
        self.give(Err(TaskError::Terminated));
    }
}

struct Job<A, R> {
    args: Vec<A>,
    answer: Answer<R>,
}

/// What callers want of the manager, and what they may know.
struct Inbox<A, R> {
    fresh: VecDeque<Job<A, R>>,
    closed: bool,
    stop: bool,
    /// A byte is in the wake pipe.
    rung: bool,
    ids: Vec<u64>,
    over: bool,
}

struct Office<A, R> {
    inbox: Mutex<Inbox<A, R>>,
    over: Condvar,
    bell: PipeWriter,
}

impl<A, R> Office<A, R> {
    fn lock(&self) -> MutexGuard<'_, Inbox<A, R>> {
        self.inbox.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Wakes the manager; at most one byte lies in the pipe, so this never blocks.
    fn ring(&self, inbox: &mut Inbox<A, R>) {
        if !inbox.rung && !inbox.over {
            inbox.rung = true;
            let _ = (&self.bell).write_all(b"!");
        }
    }

    fn wait_until_over(&self) {
        let mut inbox = self.lock();
        while !inbox.over {
            inbox = self.over.wait(inbox).unwrap_or_else(PoisonError::into_inner);
        }
    }

    fn stop(&self) {
        let mut inbox = self.lock();
        inbox.closed = true;
        inbox.stop = true;
        self.ring(&mut inbox);
    }
}

struct Worker<A, R> {
    child: Child,
    jobs: Sender<Vec<A>>,
    words: Receiver<Word<R>>,
    held: Option<Job<A, R>>,
    begun: bool,
}

impl<A, R> Worker<A, R> {
    fn bury(&mut self) -> String {
        let _ = self.child.kill(Signal::SIGKILL);
        self.child.wait().map_or_else(|error| error.to_string(), |ended| ended.to_string())
    }
}

impl<A, R> Drop for Worker<A, R> {
    fn drop(&mut self) {
        self.bury();
    }
}

impl<A, R> Worker<A, R>
where
    A: Serialize + DeserializeOwned + 'static,
    R: Serialize + DeserializeOwned + 'static,
{
    fn hire(task: fn(A) -> R) -> io::Result<Self> {
        let (jobs, mut inside) = fork::pipe::<Vec<A>>()?;
        let (mut outside, words) = fork::pipe::<Word<R>>()?;
        let child = fork::child_with(&[inside.as_raw_fd(), outside.as_raw_fd()], move || {
            let mut life = || -> io::Result<()> {
                fork::exit_on_hangup(&inside)?;
                while let Some(args) = inside.recv()? {
                    outside.send(&None)?;
                    let mut results = Vec::with_capacity(args.len());
                    let mut outcome = Ok(());
                    for arg in args {
                        match panic::catch_unwind(panic::AssertUnwindSafe(move || task(arg))) {
                            Ok(result) => results.push(result),
                            Err(payload) => {
                                outcome = Err(fork::panic_message(&*payload));
                                std::mem::forget(payload);
                                break;
                            }
                        }
                    }
                    outside.send(&Some(outcome.map(|()| results)))?;
                }
                Ok(())
            };
            u8::from(life().is_err())
        })?;
        Ok(Self { child, jobs, words, held: None, begun: false })
    }

    /// Reads all that is there to read. False: the worker is gone.
    fn listen(&mut self) -> bool {
        loop {
            match self.words.recv() {
                Ok(Some(None)) => self.begun = true,
                Ok(Some(Some(outcome))) => {
                    self.begun = false;
                    if let Some(job) = self.held.take() {
                        job.answer.give(outcome.map_err(TaskError::Panicked));
                    }
                }
                Ok(None) | Err(_) => return false,
            }
            if !self.words.is_buffered() {
                return true;
            }
        }
    }
}

/// The manager's own things.
struct Manager<A, R> {
    office: Arc<Office<A, R>>,
    wake: PipeReader,
    task: fn(A) -> R,
    size: usize,
    workers: Vec<Worker<A, R>>,
    queue: VecDeque<Job<A, R>>,
}

impl<A, R> Drop for Manager<A, R> {
    fn drop(&mut self) {
        // First all get their signal, then each is waited for.
        for worker in &self.workers {
            let _ = worker.child.kill(Signal::SIGKILL);
        }
        self.workers.clear();
        self.queue.clear();
        let mut inbox = self.office.lock();
        inbox.closed = true;
        let rest = std::mem::take(&mut inbox.fresh);
        drop(inbox);
        drop(rest);
        let mut inbox = self.office.lock();
        inbox.ids.clear();
        inbox.over = true;
        self.office.over.notify_all();
    }
}

impl<A, R> Manager<A, R>
where
    A: Serialize + DeserializeOwned + 'static,
    R: Serialize + DeserializeOwned + 'static,
{
    fn publish(&self) {
        let ids = self.workers.iter().map(|worker| worker.child.id().into()).collect();
        self.office.lock().ids = ids;
    }

    /// Buries the worker of this index, and puts another into its place.
    fn replace(&mut self, index: usize) {
        let mut dead = self.workers.swap_remove(index);
        let how = dead.bury();
        if let Ok(fresh) = Worker::hire(self.task) {
            self.workers.push(fresh);
        }
        self.publish();
        if let Some(job) = dead.held.take() {
            if dead.begun {
                job.answer.give(Err(TaskError::WorkerDied(how)));
            } else {
                self.queue.push_front(job);
            }
        }
    }

    /// Jobs for those who have none.
    fn feed(&mut self) {
        for worker in self.workers.iter_mut().filter(|worker| worker.held.is_none()) {
            let Some(job) = self.queue.pop_front() else { return };
            match worker.jobs.send(&job.args) {
                Err(error) if error.kind() == io::ErrorKind::InvalidData => {
                    job.answer.give(Err(TaskError::Panicked(error.to_string())));
                }
                // A broken pipe: its other pipe is about to end, and `listen` will tell.
                _ => (worker.held, worker.begun) = (Some(job), false),
            }
        }
    }

    fn run(mut self) {
        loop {
            {
                let mut inbox = self.office.lock();
                if inbox.rung {
                    inbox.rung = false;
                    let _ = self.wake.read_exact(&mut [0; 1]);
                }
                if inbox.stop {
                    return;
                }
                self.queue.append(&mut inbox.fresh);
                let busy = self.workers.iter().any(|worker| worker.held.is_some());
                if inbox.closed && self.queue.is_empty() && !busy {
                    return;
                }
            }
            // Places that the system refused to fill earlier.
            while self.workers.len() < self.size {
                match Worker::hire(self.task) {
                    Ok(worker) => self.workers.push(worker),
                    Err(_) => break,
                }
                self.publish();
            }
            self.feed();
            let patience = match self.workers.len() == self.size {
                true => PollTimeout::NONE,
                false => PollTimeout::from(50u8),
            };
            let mut watched = vec![PollFd::new(self.wake.as_fd(), PollFlags::POLLIN)];
            for worker in &self.workers {
                watched.push(PollFd::new(worker.words.as_fd(), PollFlags::POLLIN));
            }
            match poll(&mut watched, patience) {
                Ok(_) => {}
                Err(Errno::EINTR) => continue,
                Err(_) => return,
            }
            let news: Vec<bool> = watched[1..].iter().map(|fd| fd.any() != Some(false)).collect();
            drop(watched);
            // From the back: `swap_remove` and `push` only move workers that were looked at.
            for index in (0..news.len()).rev() {
                if news[index] && !self.workers[index].listen() {
                    self.replace(index);
                }
            }
        }
    }
}

/// A fixed number of worker processes that run one function on many arguments.
///
/// Dropping a pool terminates it.
pub struct Pool<A, R> {
    office: Arc<Office<A, R>>,
    manager: Option<thread::JoinHandle<()>>,
}

impl<A, R> fmt::Debug for Pool<A, R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pool").field("workers", &self.worker_ids()).finish_non_exhaustive()
    }
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
        if workers == 0 {
            return Err(PoolError::NoWorkers);
        }
        let (wake, bell) = io::pipe().map_err(PoolError::Io)?;
        // A `Worker` that is dropped is killed and reaped: an error half way leaves nothing.
        let team = (0..workers).map(|_| Worker::hire(task)).collect::<io::Result<Vec<_>>>();
        let team = team.map_err(PoolError::Io)?;
        let inbox = Inbox {
            fresh: VecDeque::new(),
            closed: false,
            stop: false,
            rung: false,
            ids: team.iter().map(|worker| worker.child.id().into()).collect(),
            over: false,
        };
        let office = Arc::new(Office { inbox: Mutex::new(inbox), over: Condvar::new(), bell });
        let queue = VecDeque::new();
        let manager =
            Manager { office: office.clone(), wake, task, size: workers, workers: team, queue };
        let thread = thread::Builder::new().name("manager".into()).spawn(move || manager.run());
        Ok(Self { office, manager: Some(thread.map_err(PoolError::Io)?) })
    }

    fn order(&self, jobs: impl Iterator<Item = Job<A, R>>) -> bool {
        let mut inbox = self.office.lock();
        if inbox.closed {
            return false;
        }
        inbox.fresh.extend(jobs);
        self.office.ring(&mut inbox);
        true
    }

    /// Runs the task on `arg` in a worker, and waits for the result.
    ///
    /// # Errors
    /// Any [`TaskError`] but `Timeout`.
    pub fn apply(&self, arg: A) -> Result<R, TaskError> {
        match self.apply_async(arg) {
            Ok(result) => result.get(None),
            Err(_) => Err(TaskError::Terminated),
        }
    }

    /// Queues the task on `arg`, and returns at once.
    ///
    /// # Errors
    /// [`PoolError::Closed`] after [`close`](Self::close) or [`terminate`](Self::terminate).
    pub fn apply_async(&self, arg: A) -> Result<AsyncResult<R>, PoolError> {
        let answer = Answer::new();
        let cell = answer.0.clone();
        match self.order(std::iter::once(Job { args: vec![arg], answer })) {
            true => Ok(AsyncResult { cell }),
            false => Err(PoolError::Closed),
        }
    }

    /// Runs the task on each of `args`, and gives the results in their order.
    ///
    /// # Errors
    /// The first [`TaskError`] in the order of `args`.
    ///
    /// # Panics
    /// If `chunk` is 0.
    pub fn map(&self, args: Vec<A>, chunk: usize) -> Result<Vec<R>, TaskError> {
        assert_ne!(chunk, 0, "chunks of nothing");
        let mut jobs = Vec::new();
        let mut cells = Vec::new();
        let mut args = args.into_iter().peekable();
        while args.peek().is_some() {
            let job = Job { args: args.by_ref().take(chunk).collect(), answer: Answer::new() };
            cells.push(job.answer.0.clone());
            jobs.push(job);
        }
        if !self.order(jobs.into_iter()) {
            return Err(TaskError::Terminated);
        }
        let mut results = Vec::new();
        for cell in cells {
            cell.wait_until(None);
            results.append(&mut cell.take().expect("nobody else takes it")?);
        }
        Ok(results)
    }
}

impl<A, R> Pool<A, R> {
    /// The process ids of the workers.
    pub fn worker_ids(&self) -> Vec<u64> {
        self.office.lock().ids.clone()
    }

    /// Takes no more tasks. What is queued still runs.
    pub fn close(&self) {
        let mut inbox = self.office.lock();
        inbox.closed = true;
        self.office.ring(&mut inbox);
    }

    /// Stops now: what is not done gets [`TaskError::Terminated`].
    pub fn terminate(&self) {
        self.office.stop();
        self.office.wait_until_over();
    }

    /// Waits until all tasks are done and all workers are gone.
    ///
    /// # Errors
    /// [`PoolError::StillOpen`] if the pool was neither closed nor terminated. It is dropped then.
    pub fn join(mut self) -> Result<(), PoolError> {
        let open = !self.office.lock().closed;
        self.close();
        if let Some(manager) = self.manager.take() {
            let _ = manager.join();
        }
        if open {
            return Err(PoolError::StillOpen);
        }
        Ok(())
    }
}

impl<A, R> Drop for Pool<A, R> {
    fn drop(&mut self) {
        self.office.stop();
        if let Some(manager) = self.manager.take() {
            let _ = manager.join();
        }
    }
}

/// The result of a task, now or later.
pub struct AsyncResult<R> {
    cell: Arc<Cell<Result<Vec<R>, TaskError>>>,
}

impl<R> fmt::Debug for AsyncResult<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "AsyncResult(ready: {})", self.ready())
    }
}

impl<R> AsyncResult<R> {
    /// Whether the task is done, well or badly.
    pub fn ready(&self) -> bool {
        self.cell.is_set()
    }

    /// Waits until the task is done, for at most `timeout`; false if it is not.
    pub fn wait(&self, timeout: Duration) -> bool {
        self.cell.wait_until(Instant::now().checked_add(timeout))
    }

    /// Waits for the result, for at most `timeout` if there is one.
    ///
    /// # Errors
    /// Any [`TaskError`].
    pub fn get(self, timeout: Option<Duration>) -> Result<R, TaskError> {
        let deadline = timeout.and_then(|timeout| Instant::now().checked_add(timeout));
        if !self.cell.wait_until(deadline) {
            return Err(TaskError::Timeout);
        }
        let mut results = self.cell.take().expect("nobody else takes it")?;
        Ok(results.pop().expect("one argument, one result"))
    }
}
