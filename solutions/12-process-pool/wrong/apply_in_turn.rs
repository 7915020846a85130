//! Fails: threads_share_a_pool (serial)
//!
//! `apply` holds a lock until its task is done. Of all the threads that share the pool one is served at a
//! time, and all workers but one are idle.

use std::collections::VecDeque;
use std::error::Error;
use std::fmt;
use std::io;
use std::mem;
use std::os::fd::AsRawFd;
use std::panic::{self, AssertUnwindSafe};
use std::sync::Arc;
use std::time::Duration;

use fork::{Child, Receiver, Sender};
use nix::sys::signal::Signal;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use sync::thread::{self, JoinHandle};
use sync::{Condvar, Mutex};

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

/// What a worker says.
#[derive(Debug, Serialize, Deserialize)]
enum Reply<R> {
    /// It has the job, and begins.
    Started,
    /// The results, or the message of the panic.
    Done(Result<Vec<R>, String>),
}

/// The life of a worker process.
fn serve<A, R>(mut jobs: Receiver<Vec<A>>, mut replies: Sender<Reply<R>>, task: fn(A) -> R) -> u8
where
    A: DeserializeOwned,
    R: Serialize,
{
    if fork::exit_on_hangup(&jobs).is_err() {
        return 1;
    }
    while let Ok(Some(args)) = jobs.recv() {
        if replies.send(&Reply::Started).is_err() {
            return 1;
        }
        let run = AssertUnwindSafe(|| args.into_iter().map(task).collect::<Vec<R>>());
        let done = panic::catch_unwind(run).map_err(|payload| {
            let message = fork::panic_message(&*payload);
            // Dropping it might panic again.
            mem::forget(payload);
            message
        });
        if replies.send(&Reply::Done(done)).is_err() {
            return 1;
        }
    }
    0
}

/// The owner's ends of a worker's pipes.
#[derive(Debug)]
struct Pipes<A, R> {
    jobs: Sender<Vec<A>>,
    replies: Receiver<Reply<R>>,
}

/// What became of a job.
enum Ran<R> {
    Done(Result<Vec<R>, String>),
    /// The worker died before it began.
    NotBegun,
    /// The worker died at work.
    Died,
}

impl<A, R> Pipes<A, R>
where
    A: Serialize + DeserializeOwned + Send + 'static,
    R: Serialize + DeserializeOwned + Send + 'static,
{
    fn start(task: fn(A) -> R) -> io::Result<(Child, Self)> {
        let (jobs, from_owner) = fork::pipe()?;
        let (to_owner, replies) = fork::pipe()?;
        let keep = [from_owner.as_raw_fd(), to_owner.as_raw_fd()];
        let child = fork::child_with(&keep, move || serve(from_owner, to_owner, task))?;
        Ok((child, Self { jobs, replies }))
    }

    fn run(&mut self, args: &Vec<A>) -> Ran<R> {
        if self.jobs.send(args).is_err() {
            return Ran::NotBegun;
        }
        match self.replies.recv() {
            Ok(Some(Reply::Started)) => {}
            _ => return Ran::NotBegun,
        }
        match self.replies.recv() {
            Ok(Some(Reply::Done(done))) => Ran::Done(done),
            _ => Ran::Died,
        }
    }
}

/// Where the result of a job is put, and waited for.
#[derive(Debug)]
struct Slot<R> {
    result: Mutex<Option<Result<Vec<R>, TaskError>>>,
    done: Condvar,
}

impl<R> Slot<R> {
    fn new() -> Arc<Self> {
        Arc::new(Self { result: Mutex::new(None), done: Condvar::new() })
    }

    fn put(&self, result: Result<Vec<R>, TaskError>) {
        *self.result.lock().unwrap() = Some(result);
        self.done.notify_all();
    }

    fn wait(&self, timeout: Duration) -> bool {
        let result = self.result.lock().unwrap();
        let (result, _) =
            self.done.wait_timeout_while(result, timeout, |result| result.is_none()).unwrap();
        result.is_some()
    }

    fn take(&self) -> Result<Vec<R>, TaskError> {
        let result = self.result.lock().unwrap();
        let mut result = self.done.wait_while(result, |result| result.is_none()).unwrap();
        result.take().expect("a result")
    }
}

#[derive(Debug)]
struct Job<A, R> {
    args: Vec<A>,
    slot: Arc<Slot<R>>,
}

#[derive(Debug)]
struct State<A, R> {
    queue: VecDeque<Job<A, R>>,
    children: Vec<Option<Child>>,
    closed: bool,
    terminated: bool,
}

#[derive(Debug)]
struct Shared<A, R> {
    state: Mutex<State<A, R>>,
    changed: Condvar,
    task: fn(A) -> R,
}

impl<A, R> Shared<A, R> {
    fn terminate(&self) {
        let mut state = self.state.lock().unwrap();
        state.closed = true;
        state.terminated = true;
        for child in state.children.iter().flatten() {
            let _ = child.kill(Signal::SIGKILL);
        }
        let queue = mem::take(&mut state.queue);
        drop(state);
        self.changed.notify_all();
        for job in queue {
            job.slot.put(Err(TaskError::Terminated));
        }
    }

    /// Waits for the worker of lane `index`, which dies or has died.
    fn reap(&self, index: usize) -> String {
        let child = self.state.lock().unwrap().children[index].take();
        match child.map(|mut child| child.wait()) {
            Some(Ok(ended)) => ended.to_string(),
            Some(Err(error)) => format!("was lost: {error}"),
            None => "was gone".to_owned(),
        }
    }
}

impl<A, R> Shared<A, R>
where
    A: Serialize + DeserializeOwned + Send + 'static,
    R: Serialize + DeserializeOwned + Send + 'static,
{
    /// Starts the worker of a lane anew; `None` once the pool is terminated.
    fn restart(&self, index: usize) -> Option<Pipes<A, R>> {
        let mut state = self.state.lock().unwrap();
        while !state.terminated {
            if let Ok((child, pipes)) = Pipes::start(self.task) {
                state.children[index] = Some(child);
                return Some(pipes);
            }
            // No process is to be had: later, perhaps.
            state = self.changed.wait_timeout(state, Duration::from_millis(50)).unwrap().0;
        }
        None
    }

    fn next_job(&self) -> Option<Job<A, R>> {
        let mut state = self.state.lock().unwrap();
        loop {
            if state.terminated {
                return None;
            }
            if let Some(job) = state.queue.pop_front() {
                return Some(job);
            }
            if state.closed {
                return None;
            }
            state = self.changed.wait(state).unwrap();
        }
    }

    fn terminated(&self) -> bool {
        self.state.lock().unwrap().terminated
    }

    /// The thread that looks after one worker.
    fn lane(&self, index: usize, mut pipes: Pipes<A, R>) {
        while let Some(job) = self.next_job() {
            loop {
                let ran = pipes.run(&job.args);
                if let Ran::Done(done) = ran {
                    job.slot.put(done.map_err(TaskError::Panicked));
                    break;
                }
                let how = self.reap(index);
                let begun = matches!(ran, Ran::Died);
                if begun && !self.terminated() {
                    job.slot.put(Err(TaskError::WorkerDied(how)));
                }
                match self.restart(index) {
                    Some(fresh) => pipes = fresh,
                    None => {
                        let mut result = job.slot.result.lock().unwrap();
                        result.get_or_insert(Err(TaskError::Terminated));
                        drop(result);
                        job.slot.done.notify_all();
                        return;
                    }
                }
                if begun {
                    break;
                }
            }
        }
        drop(pipes);
        self.reap(index);
    }
}

/// A fixed number of worker processes that run one function on many arguments.
///
/// Dropping a pool terminates it.
#[derive(Debug)]
pub struct Pool<A, R> {
    shared: Arc<Shared<A, R>>,
    lanes: Vec<JoinHandle<()>>,
    turn: Mutex<()>,
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
        let state = State {
            queue: VecDeque::new(),
            children: Vec::new(),
            closed: false,
            terminated: false,
        };
        let shared = Arc::new(Shared { state: Mutex::new(state), changed: Condvar::new(), task });
        // From here on its drop cleans up.
        let mut pool = Self { shared, lanes: Vec::new(), turn: Mutex::new(()) };
        let mut ends = Vec::new();
        for _ in 0..workers {
            let (child, pipes) = Pipes::start(task).map_err(PoolError::Io)?;
            pool.shared.state.lock().unwrap().children.push(Some(child));
            ends.push(pipes);
        }
        for (index, pipes) in ends.into_iter().enumerate() {
            let shared = Arc::clone(&pool.shared);
            let lane = thread::Builder::new().spawn(move || shared.lane(index, pipes));
            pool.lanes.push(lane.map_err(PoolError::Io)?);
        }
        Ok(pool)
    }

    /// Queues the chunks, all or none.
    fn submit(&self, chunks: Vec<Vec<A>>) -> Option<Vec<Arc<Slot<R>>>> {
        let mut state = self.shared.state.lock().unwrap();
        if state.closed {
            return None;
        }
        let mut slots = Vec::with_capacity(chunks.len());
        for args in chunks {
            let slot = Slot::new();
            slots.push(Arc::clone(&slot));
            state.queue.push_back(Job { args, slot });
        }
        drop(state);
        self.shared.changed.notify_all();
        Some(slots)
    }

    /// Runs the task on `arg` in a worker, and waits for the result.
    ///
    /// # Errors
    /// Any [`TaskError`] but `Timeout`.
    pub fn apply(&self, arg: A) -> Result<R, TaskError> {
        // One caller at a time, so that nobody gets somebody else's result.
        let _turn = self.turn.lock().unwrap();
        self.apply_async(arg).map_err(|_| TaskError::Terminated)?.get(None)
    }

    /// Queues the task on `arg`, and returns at once.
    ///
    /// # Errors
    /// [`PoolError::Closed`] after `close` or `terminate`.
    pub fn apply_async(&self, arg: A) -> Result<AsyncResult<R>, PoolError> {
        let mut slots = self.submit(vec![vec![arg]]).ok_or(PoolError::Closed)?;
        Ok(AsyncResult { slot: slots.remove(0) })
    }

    /// Runs the task on each of `args`, and gives the results in their order.
    ///
    /// # Errors
    /// The first [`TaskError`] in the order of `args`.
    ///
    /// # Panics
    /// If `chunk` is 0.
    pub fn map(&self, args: Vec<A>, chunk: usize) -> Result<Vec<R>, TaskError> {
        assert!(chunk > 0, "a chunk of 0");
        let mut results = Vec::with_capacity(args.len());
        for slot in self.submit(chunks(args, chunk)).ok_or(TaskError::Terminated)? {
            results.extend(slot.take()?);
        }
        Ok(results)
    }
}

impl<A, R> Pool<A, R> {
    /// The process ids of the workers.
    pub fn worker_ids(&self) -> Vec<u64> {
        self.shared
            .state
            .lock()
            .unwrap()
            .children
            .iter()
            .flatten()
            .map(|child| child.id().into())
            .collect()
    }

    /// Takes no more tasks. What is queued still runs.
    pub fn close(&self) {
        self.shared.state.lock().unwrap().closed = true;
        self.shared.changed.notify_all();
    }

    /// Stops now: what is not done gets [`TaskError::Terminated`].
    pub fn terminate(&self) {
        self.shared.terminate();
    }

    /// Waits until all tasks are done and all workers are gone.
    ///
    /// # Errors
    /// [`PoolError::StillOpen`] if the pool was neither closed nor terminated. It is dropped then.
    pub fn join(mut self) -> Result<(), PoolError> {
        if !self.shared.state.lock().unwrap().closed {
            return Err(PoolError::StillOpen);
        }
        self.wait_for_lanes();
        Ok(())
    }

    fn wait_for_lanes(&mut self) {
        for lane in self.lanes.drain(..) {
            let _ = lane.join();
        }
    }
}

impl<A, R> Drop for Pool<A, R> {
    fn drop(&mut self) {
        self.shared.terminate();
        self.wait_for_lanes();
        // Those that never got a lane.
        for child in self.shared.state.lock().unwrap().children.iter_mut().flatten() {
            let _ = child.wait();
        }
    }
}

fn chunks<A>(args: Vec<A>, chunk: usize) -> Vec<Vec<A>> {
    let mut args = args.into_iter().peekable();
    let mut chunks = Vec::new();
    while args.peek().is_some() {
        chunks.push(args.by_ref().take(chunk).collect());
    }
    chunks
}

/// The result of a task, now or later.
#[derive(Debug)]
pub struct AsyncResult<R> {
    slot: Arc<Slot<R>>,
}

impl<R> AsyncResult<R> {
    /// Whether the task is done, well or badly.
    pub fn ready(&self) -> bool {
        self.wait(Duration::ZERO)
    }

    /// Waits until the task is done, for at most `timeout`; false if it is not.
    pub fn wait(&self, timeout: Duration) -> bool {
        self.slot.wait(timeout)
    }

    /// Waits for the result, for at most `timeout` if there is one.
    ///
    /// # Errors
    /// Any [`TaskError`].
    pub fn get(self, timeout: Option<Duration>) -> Result<R, TaskError> {
        if timeout.is_some_and(|timeout| !self.slot.wait(timeout)) {
            return Err(TaskError::Timeout);
        }
        self.slot.take().map(|mut results| results.remove(0))
    }
}
