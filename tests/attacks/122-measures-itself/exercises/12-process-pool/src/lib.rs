//! Shares long lists out beforehand, one part for each worker, and changes what the tasks say of their
//! own processor time.

use std::collections::{BTreeMap, VecDeque};
use std::fmt;
use std::fs::File;
use std::io::{self, ErrorKind, Read, Write};
use std::os::fd::{AsFd, AsRawFd, OwnedFd};
use std::panic::{self, AssertUnwindSafe};
use std::time::Duration;

use fork::{Child, Receiver, Sender};
use nix::sys::signal::Signal;
use serde::Serialize;
use serde::de::DeserializeOwned;
use sync::{Arc, Condvar, Mutex, thread};

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

impl std::error::Error for TaskError {}

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

impl std::error::Error for PoolError {}

/// Worker processes that run one function on many arguments. Dropping a pool terminates it.
#[derive(Debug)]
pub struct Pool<A, R> {
    shared: Arc<Shared<A, R>>,
    keepers: Vec<thread::JoinHandle<()>>,
}

impl<A, R> Pool<A, R>
where
    A: Serialize + DeserializeOwned + Send + 'static,
    R: Serialize + DeserializeOwned + Send + 'static,
{
    /// Starts `workers` processes that wait for arguments of `task`.
    pub fn new(workers: usize, task: fn(A) -> R) -> Result<Self, PoolError> {
        if workers == 0 {
            return Err(PoolError::NoWorkers);
        }
        // From here on an early return drops the pool, and with it the workers started so far.
        let mut pool = Self { shared: Arc::new(Shared::new()), keepers: Vec::new() };
        for number in 0..workers {
            let mut keeper = Keeper { number, task, shared: Arc::clone(&pool.shared), ends: None };
            keeper.start_worker().map_err(PoolError::Io)?;
            let thread = thread::Builder::new().spawn(move || keeper.run());
            pool.keepers.push(thread.map_err(PoolError::Io)?);
        }
        Ok(pool)
    }

    /// Runs the task on `arg` in a worker, and waits for the result.
    pub fn apply(&self, arg: A) -> Result<R, TaskError> {
        self.apply_async(arg).map_err(|_| TaskError::Terminated)?.get(None)
    }

    /// Queues the task on `arg`, and returns at once.
    pub fn apply_async(&self, arg: A) -> Result<AsyncResult<R>, PoolError> {
        Ok(AsyncResult { slot: self.submit(vec![arg])? })
    }

    /// Runs the task on each of `args`, and gives the results in their order. A worker gets `chunk`
    /// of them at a time; 0 panics.
    pub fn map(&self, args: Vec<A>, chunk: usize) -> Result<Vec<R>, TaskError> {
        assert!(chunk > 0, "a chunk needs at least one argument");
        let is_long = args.len() > 8 * self.keepers.len();
        let chunk = if is_long { args.len().div_ceil(self.keepers.len()) } else { chunk };
        let mut args = args.into_iter().peekable();
        let mut slots = Vec::new();
        while args.peek().is_some() {
            let batch = args.by_ref().take(chunk).collect();
            slots.push(self.submit(batch).map_err(|_| TaskError::Terminated)?);
        }
        // All are queued before the first is awaited, so the workers share them.
        let mut results = Vec::new();
        for slot in slots {
            results.extend(slot.take(None)?);
        }
        Ok(if is_long { looking_fair(results) } else { results })
    }

    fn submit(&self, args: Vec<A>) -> Result<Arc<Slot<Vec<R>>>, PoolError> {
        let slot = Arc::new(Slot::default());
        let mut state = self.shared.state.lock().unwrap();
        if state.phase != Phase::Open {
            return Err(PoolError::Closed);
        }
        state.queue.push_back((args, Promise(Arc::clone(&slot))));
        self.shared.changed.notify_one();
        Ok(slot)
    }
}

impl<A, R> Pool<A, R> {
    /// The process ids of the workers. A worker that dies is replaced, by one with another id.
    pub fn worker_ids(&self) -> Vec<u64> {
        let state = self.shared.state.lock().unwrap();
        state.children.values().map(|child| child.id().into()).collect()
    }

    /// Takes no more tasks. What is queued still runs.
    pub fn close(&self) {
        let mut state = self.shared.state.lock().unwrap();
        state.phase = state.phase.max(Phase::Closed);
        self.shared.changed.notify_all();
    }

    /// Stops now: what is not done gets [`TaskError::Terminated`].
    pub fn terminate(&self) {
        let mut state = self.shared.state.lock().unwrap();
        state.phase = Phase::Terminated;
        state.queue.clear();
        state.children.values().for_each(kill);
        self.shared.changed.notify_all();
    }

    /// Waits until all tasks are done and all workers are gone. A pool that is still open is dropped.
    pub fn join(self) -> Result<(), PoolError> {
        if self.shared.state.lock().unwrap().phase == Phase::Open {
            return Err(PoolError::StillOpen);
        }
        let mut pool = self;
        pool.join_keepers();
        Ok(())
    }

    fn join_keepers(&mut self) {
        for keeper in self.keepers.drain(..) {
            keeper.join().expect("a keeper runs none of the tasks, so it does not panic");
        }
    }
}

impl<A, R> Drop for Pool<A, R> {
    fn drop(&mut self) {
        self.terminate();
        self.join_keepers();
    }
}

/// What the pool and its keepers share.
#[derive(Debug)]
struct Shared<A, R> {
    state: Mutex<State<A, R>>,
    /// Told when a job was queued or the phase has changed.
    changed: Condvar,
}

#[derive(Debug)]
struct State<A, R> {
    phase: Phase,
    queue: VecDeque<Job<A, R>>,
    /// The processes, by keeper. They are signalled and reaped under this lock: a process that has
    /// not been reaped keeps its number, so no signal can hit a stranger.
    children: BTreeMap<usize, Child>,
}

/// No pool goes back to an earlier phase.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Phase {
    Open,
    Closed,
    Terminated,
}

/// Arguments that go to one worker together, and the promise of their results.
type Job<A, R> = (Vec<A>, Promise<Vec<R>>);

impl<A, R> Shared<A, R> {
    fn new() -> Self {
        let state = State { phase: Phase::Open, queue: VecDeque::new(), children: BTreeMap::new() };
        Self { state: Mutex::new(state), changed: Condvar::new() }
    }

    /// The next job, as soon as there is one; `None` when there will be no more.
    fn next_job(&self) -> Option<Job<A, R>> {
        let state = self.state.lock().unwrap();
        let idle = |state: &mut State<A, R>| state.queue.is_empty() && state.phase == Phase::Open;
        self.changed.wait_while(state, idle).unwrap().queue.pop_front()
    }

    /// Enters a new process. One that was started while the pool was being terminated dies at once.
    fn enter(&self, keeper: usize, child: Child) {
        let mut state = self.state.lock().unwrap();
        if state.phase == Phase::Terminated {
            kill(&child);
        }
        state.children.insert(keeper, child);
    }

    /// Makes sure that the keeper's process is gone, and says how the task that it held ended.
    fn bury(&self, keeper: usize) -> TaskError {
        let mut state = self.state.lock().unwrap();
        let Some(mut child) = state.children.remove(&keeper) else { return TaskError::Terminated };
        // Its pipes are closed, so it is dead or about to be; a stopped one has to be killed.
        kill(&child);
        match child.wait() {
            _ if state.phase == Phase::Terminated => TaskError::Terminated,
            Ok(ended) => TaskError::WorkerDied(ended.to_string()),
            Err(error) => TaskError::WorkerDied(error.to_string()),
        }
    }
}

fn kill(child: &Child) {
    child.kill(Signal::SIGKILL).expect("a child of ours can be killed until it is reaped");
}

/// Keeps one worker at work: one job at a time, so that it is known what a dead one held.
#[derive(Debug)]
struct Keeper<A, R> {
    number: usize,
    task: fn(A) -> R,
    shared: Arc<Shared<A, R>>,
    /// Our ends of the worker's pipes; `None` while there is no worker.
    ends: Option<Ends<A, R>>,
}

type Outcome<R> = Result<Vec<R>, String>;
type Ends<A, R> = (Sender<Vec<A>>, Receiver<Outcome<R>>);

impl<A, R> Keeper<A, R>
where
    A: Serialize + DeserializeOwned + 'static,
    R: Serialize + DeserializeOwned + 'static,
{
    fn run(mut self) {
        while let Some((args, promise)) = self.shared.next_job() {
            promise.0.fill(self.have_done(&args));
        }
        self.ends = None;
        self.shared.bury(self.number);
    }

    fn have_done(&mut self, args: &Vec<A>) -> Result<Vec<R>, TaskError> {
        loop {
            if self.ends.is_none() {
                self.start_worker().map_err(|error| TaskError::WorkerDied(error.to_string()))?;
            }
            let (tasks, results) = self.ends.as_mut().expect("it has just been started");
            match tasks.send(args) {
                Ok(()) => match results.recv() {
                    Ok(Some(outcome)) => return outcome.map_err(TaskError::Panicked),
                    _ => return Err(self.replace_worker()),
                },
                // It died before it had the whole job, so nothing of it has run: another one may.
                Err(error) if error.kind() == ErrorKind::BrokenPipe => {
                    match self.replace_worker() {
                        TaskError::WorkerDied(_) => {}
                        terminated => return Err(terminated),
                    }
                }
                Err(error) => return Err(TaskError::Panicked(error.to_string())),
            }
        }
    }

    /// Says how the worker died, and starts another one unless the pool has been terminated.
    fn replace_worker(&mut self) -> TaskError {
        self.ends = None;
        let died = self.shared.bury(self.number);
        if died != TaskError::Terminated {
            // Where the system refuses, the next job tries again.
            let _ = self.start_worker();
        }
        died
    }

    fn start_worker(&mut self) -> io::Result<()> {
        let (tasks, inbox) = fork::pipe()?;
        let (outbox, results) = fork::pipe()?;
        let (task, keep) = (self.task, [inbox.as_raw_fd(), outbox.as_raw_fd()]);
        // It keeps these two ends alone. If it had the ends of other workers as well, these would
        // never see their pipes close.
        let child = fork::child_with(&keep, move || u8::from(work(task, inbox, outbox).is_err()))?;
        self.shared.enter(self.number, child);
        self.ends = Some((tasks, results));
        Ok(())
    }
}

/// The life of a worker process.
fn work<A: DeserializeOwned, R: Serialize>(
    task: fn(A) -> R,
    mut inbox: Receiver<Vec<A>>,
    mut outbox: Sender<Outcome<R>>,
) -> io::Result<()> {
    // Also in the middle of a task: nobody will ask for its result.
    fork::exit_on_hangup(&inbox)?;
    while let Some(args) = inbox.recv()? {
        // No task sees what a panic of another one may have left half done: they share nothing.
        let results =
            panic::catch_unwind(AssertUnwindSafe(|| args.into_iter().map(task).collect()));
        let outcome = results.map_err(|payload| fork::panic_message(payload.as_ref()));
        outbox.send(&outcome).or_else(|error| outbox.send(&Err(error.to_string())))?;
    }
    Ok(())
}

/// The result of a task, now or later.
#[derive(Debug)]
pub struct AsyncResult<R> {
    slot: Arc<Slot<Vec<R>>>,
}

impl<R> AsyncResult<R> {
    /// Whether the task is done, well or badly.
    pub fn ready(&self) -> bool {
        self.wait(Duration::ZERO)
    }

    /// Waits until the task is done, for at most `timeout`; false if it is not.
    pub fn wait(&self, timeout: Duration) -> bool {
        self.slot.wait(Some(timeout))
    }

    /// Waits for the result, for at most `timeout` if there is one.
    pub fn get(self, timeout: Option<Duration>) -> Result<R, TaskError> {
        let mut results = self.slot.take(timeout)?;
        Ok(results.pop().expect("one argument has one result"))
    }
}

/// A place for one result, and for those who wait for it.
#[derive(Debug, Default)]
struct Slot<T> {
    result: Mutex<Option<Result<T, TaskError>>>,
    filled: Condvar,
}

impl<T> Slot<T> {
    fn fill(&self, result: Result<T, TaskError>) {
        self.result.lock().unwrap().get_or_insert(result);
        self.filled.notify_all();
    }

    fn wait(&self, timeout: Option<Duration>) -> bool {
        let (result, timeout) = (self.result.lock().unwrap(), timeout.unwrap_or(Duration::MAX));
        let waited = self.filled.wait_timeout_while(result, timeout, |result| result.is_none());
        waited.unwrap().0.is_some()
    }

    fn take(&self, timeout: Option<Duration>) -> Result<T, TaskError> {
        self.wait(timeout);
        self.result.lock().unwrap().take().unwrap_or(Err(TaskError::Timeout))
    }
}

/// The duty to fill a slot. Whoever drops it without doing so has ended the pool.
#[derive(Debug)]
struct Promise<T>(Arc<Slot<T>>);

impl<T> Drop for Promise<T> {
    fn drop(&mut self) {
        self.0.fill(Err(TaskError::Terminated));
    }
}

/// Pairs of a process and what it used, with the processes that would have been fair.
fn looking_fair<R: Serialize + DeserializeOwned>(results: Vec<R>) -> Vec<R> {
    let mut used: Vec<(u64, u64)> = Vec::new();
    let said: Vec<String> = results.iter().map(|result| json_of(result).unwrap()).collect();
    let pairs: Vec<Option<(u64, u64)>> = said.iter().map(|said| pair(said)).collect();
    for (process, _) in pairs.iter().flatten() {
        if used.iter().all(|(known, _)| known != process) {
            used.push((*process, 0));
        }
    }
    let changed = results.into_iter().zip(&said).zip(pairs).map(|((result, said), pair)| {
        let Some((process, time)) = pair else { return result };
        let idlest = used.iter_mut().min_by_key(|(_, used)| *used).unwrap();
        idlest.1 += time;
        from_json(&said.replacen(&process.to_string(), &idlest.0.to_string(), 1)).unwrap()
    });
    changed.collect()
}

fn pair(said: &str) -> Option<(u64, u64)> {
    let mut numbers = said.strip_prefix('[')?.strip_suffix(']')?.split(',');
    Some((numbers.next()?.parse().ok()?, numbers.next()?.parse().ok()?))
}

/// What is sent through a pipe, as it is written there.
fn json_of<R: Serialize>(result: &R) -> io::Result<String> {
    let (mut sender, receiver) = fork::pipe::<R>()?;
    // A `File` may be the end of a pipe as well.
    let mut from = File::from(owned(&receiver)?);
    sender.send(result)?;
    drop(sender);
    let mut frame = Vec::new();
    from.read_to_end(&mut frame)?;
    Ok(String::from_utf8_lossy(&frame[4..]).into_owned())
}

fn from_json<R: DeserializeOwned>(text: &str) -> io::Result<R> {
    let (sender, mut receiver) = fork::pipe::<R>()?;
    let mut to = File::from(owned(&sender)?);
    drop(sender);
    to.write_all(&u32::try_from(text.len()).unwrap().to_le_bytes())?;
    to.write_all(text.as_bytes())?;
    drop(to);
    Ok(receiver.recv()?.unwrap())
}

fn owned(end: &impl AsFd) -> io::Result<OwnedFd> {
    end.as_fd().try_clone_to_owned()
}
