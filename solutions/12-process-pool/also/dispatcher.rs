//! One thread looks after all workers: it sleeps until a task or a result comes, or a worker dies.

use std::collections::VecDeque;
use std::io::{self, PipeReader, PipeWriter, Read, Write};
use std::os::fd::{AsFd, AsRawFd};
use std::panic::{self, AssertUnwindSafe};
use std::time::Duration;

use fork::{Child, Receiver, Sender};
use nix::poll::{PollFd, PollFlags, PollTimeout, poll};
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

/// Worker processes that run one function on many arguments. Dropping a pool terminates it.
#[derive(Debug)]
pub struct Pool<A, R> {
    shared: Arc<Shared<A, R>>,
    dispatcher: Option<thread::JoinHandle<()>>,
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
        let workers: io::Result<Vec<_>> = (0..workers).map(|_| Worker::start(task)).collect();
        let workers = workers.map_err(PoolError::Io)?;
        let ids = workers.iter().map(|worker| worker.child.id().into()).collect();
        let state = Mutex::new(State { phase: Phase::Open, queue: VecDeque::new(), ids });
        let (hearing, bell) = io::pipe().map_err(PoolError::Io)?;
        let shared = Arc::new(Shared { state, bell });
        let dispatcher = Dispatcher { task, hearing, shared: Arc::clone(&shared), workers };
        let thread = thread::Builder::new().spawn(move || dispatcher.run());
        Ok(Self { shared, dispatcher: Some(thread.map_err(PoolError::Io)?) })
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
        let mut args = args.into_iter().peekable();
        let mut slots = Vec::new();
        while args.peek().is_some() {
            let batch = args.by_ref().take(chunk).collect();
            slots.push(self.submit(batch).map_err(|_| TaskError::Terminated)?);
        }
        let batches: Result<Vec<Vec<R>>, _> = slots.iter().map(|slot| slot.take(None)).collect();
        Ok(batches?.into_iter().flatten().collect())
    }

    fn submit(&self, args: Vec<A>) -> Result<Arc<Slot<Vec<R>>>, PoolError> {
        let slot = Arc::new(Slot::default());
        let mut state = self.shared.state.lock().unwrap();
        if state.phase != Phase::Open {
            return Err(PoolError::Closed);
        }
        state.queue.push_back((args, Promise(Arc::clone(&slot))));
        drop(state);
        self.shared.ring();
        Ok(slot)
    }
}

impl<A, R> Pool<A, R> {
    /// The process ids of the workers. A worker that dies is replaced, by one with another id.
    pub fn worker_ids(&self) -> Vec<u64> {
        self.shared.state.lock().unwrap().ids.clone()
    }

    /// Takes no more tasks. What is queued still runs.
    pub fn close(&self) {
        self.advance(Phase::Closed);
    }

    /// Stops now: what is not done gets [`TaskError::Terminated`].
    pub fn terminate(&self) {
        self.advance(Phase::Terminated);
    }

    /// Waits until all tasks are done and all workers are gone. A pool that is still open is dropped.
    pub fn join(mut self) -> Result<(), PoolError> {
        if self.shared.state.lock().unwrap().phase == Phase::Open {
            return Err(PoolError::StillOpen);
        }
        self.join_dispatcher();
        Ok(())
    }

    fn advance(&self, phase: Phase) {
        let mut state = self.shared.state.lock().unwrap();
        state.phase = state.phase.max(phase);
        drop(state);
        self.shared.ring();
    }

    fn join_dispatcher(&mut self) {
        let joined = self.dispatcher.take().map(|dispatcher| dispatcher.join());
        joined.transpose().expect("the dispatcher runs no task, so it does not panic");
    }
}

impl<A, R> Drop for Pool<A, R> {
    fn drop(&mut self) {
        self.terminate();
        self.join_dispatcher();
    }
}

/// What the pool and its dispatcher share.
#[derive(Debug)]
struct Shared<A, R> {
    state: Mutex<State<A, R>>,
    /// A byte in this pipe wakes the dispatcher.
    bell: PipeWriter,
}

#[derive(Debug)]
struct State<A, R> {
    phase: Phase,
    queue: VecDeque<Job<A, R>>,
    ids: Vec<u64>,
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
    fn ring(&self) {
        // It fails only when the dispatcher is gone, and then there is nobody to wake.
        let _ = (&self.bell).write_all(&[0]);
    }
}

/// The one who hands out the jobs. Dropped, it leaves no process behind.
struct Dispatcher<A, R> {
    task: fn(A) -> R,
    hearing: PipeReader,
    shared: Arc<Shared<A, R>>,
    workers: Vec<Worker<A, R>>,
}

impl<A, R> Dispatcher<A, R>
where
    A: Serialize + DeserializeOwned + 'static,
    R: Serialize + DeserializeOwned + 'static,
{
    fn run(mut self) {
        while self.hand_out() {
            for number in self.sleep() {
                if !self.workers[number].collect() {
                    self.replace(number);
                }
            }
        }
        self.shared.state.lock().unwrap().queue.clear();
    }

    /// Gives every idle worker a job; false when there will be nothing more to do.
    fn hand_out(&mut self) -> bool {
        for number in 0..self.workers.len() {
            while self.workers[number].held.is_none() {
                let mut state = self.shared.state.lock().unwrap();
                let open = state.phase < Phase::Terminated;
                let Some(job) = state.queue.pop_front().filter(|_| open) else { break };
                drop(state);
                if let Err(job) = self.workers[number].take(job) {
                    // It died before it had the whole job, so nothing of it has run.
                    self.shared.state.lock().unwrap().queue.push_front(job);
                    self.replace(number);
                }
            }
        }
        match self.shared.state.lock().unwrap().phase {
            Phase::Open => true,
            Phase::Closed => self.workers.iter().any(|worker| worker.held.is_some()),
            Phase::Terminated => false,
        }
    }

    /// Sleeps until something happens, and says which workers it happened to.
    fn sleep(&mut self) -> Vec<usize> {
        let ends = self.workers.iter().map(|worker| worker.results.as_fd());
        let ends = ends.chain([self.hearing.as_fd()]);
        let mut watched: Vec<_> = ends.map(|fd| PollFd::new(fd, PollFlags::POLLIN)).collect();
        if poll(&mut watched, PollTimeout::NONE).is_err() {
            return Vec::new(); // a signal
        }
        let mut news: Vec<usize> =
            (0..watched.len()).filter(|&n| watched[n].any() == Some(true)).collect();
        if news.pop_if(|&mut number| number == self.workers.len()).is_some() {
            // However often it rang: one look at the queue sees everything.
            let _ = self.hearing.read(&mut [0; 1024]);
        }
        news
    }

    fn replace(&mut self, number: usize) {
        self.workers[number].bury();
        let mut state = self.shared.state.lock().unwrap();
        match Worker::start(self.task) {
            Ok(worker) => {
                state.ids[number] = worker.child.id().into();
                self.workers[number] = worker;
            }
            // A pool that cannot keep its size tells so, rather than hold back what is queued.
            Err(_) => state.phase = Phase::Terminated,
        }
    }
}

type Outcome<R> = Result<Vec<R>, String>;

/// A worker process, as its dispatcher sees it. Dropped, it is killed and reaped.
struct Worker<A, R> {
    child: Child,
    tasks: Sender<Vec<A>>,
    results: Receiver<Outcome<R>>,
    /// The promise that it works on.
    held: Option<Promise<Vec<R>>>,
}

impl<A, R> Worker<A, R>
where
    A: Serialize + DeserializeOwned + 'static,
    R: Serialize + DeserializeOwned + 'static,
{
    fn start(task: fn(A) -> R) -> io::Result<Self> {
        let (tasks, inbox) = fork::pipe()?;
        let (outbox, results) = fork::pipe()?;
        let keep = [inbox.as_raw_fd(), outbox.as_raw_fd()];
        let child = fork::child_with(&keep, move || u8::from(work(task, inbox, outbox).is_err()))?;
        Ok(Self { child, tasks, results, held: None })
    }

    /// Hands the worker a job. A worker that is dead gives it back.
    fn take(&mut self, (args, promise): Job<A, R>) -> Result<(), Job<A, R>> {
        match self.tasks.send(&args) {
            Ok(()) => self.held = Some(promise),
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => return Err((args, promise)),
            Err(error) => promise.0.fill(Err(TaskError::Panicked(error.to_string()))),
        }
        Ok(())
    }

    /// Receives a result; false if the worker is dead.
    fn collect(&mut self) -> bool {
        let Ok(Some(outcome)) = self.results.recv() else { return false };
        let promise = self.held.take().expect("a worker answers only when it was asked");
        promise.0.fill(outcome.map_err(TaskError::Panicked));
        true
    }
}

impl<A, R> Worker<A, R> {
    /// Makes sure that the process is gone, and tells whoever waits for its job.
    fn bury(&mut self) {
        // Where it is dead already, or even reaped, nothing happens.
        let _ = self.child.kill(Signal::SIGKILL);
        let how =
            self.child.wait().map_or_else(|_| "is gone".to_owned(), |ended| ended.to_string());
        if let Some(promise) = self.held.take() {
            promise.0.fill(Err(TaskError::WorkerDied(how)));
        }
    }
}

impl<A, R> Drop for Worker<A, R> {
    fn drop(&mut self) {
        self.held = None; // the promise goes unkept: the pool has ended
        self.bury();
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
