//! Fails: nothing_outlives_the_owner (left-behind)
//!
//! The first workers watch for the end of their owner, their replacements do not.

use std::collections::VecDeque;
use std::error::Error;
use std::fmt;
use std::io;
use std::os::fd::AsRawFd;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Duration;

use fork::{Child, Receiver, Sender};
use nix::sys::signal::Signal;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use sync::thread::{self, JoinHandle};
use sync::{Arc, Condvar, Mutex};

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
#[derive(Serialize, Deserialize)]
enum Reply<R> {
    Started,
    Done(Result<Vec<R>, String>),
}

type Outcome<R> = Result<Vec<R>, TaskError>;

/// A place for one outcome.
struct Ticket<R> {
    place: Mutex<Option<Outcome<R>>>,
    bell: Condvar,
}

impl<R> Ticket<R> {
    fn new() -> Arc<Self> {
        Arc::new(Self { place: Mutex::new(None), bell: Condvar::new() })
    }

    /// The first outcome stays.
    fn finish(&self, outcome: Outcome<R>) {
        let mut place = self.place.lock().unwrap();
        if place.is_none() {
            *place = Some(outcome);
            self.bell.notify_all();
        }
    }

    fn wait(&self) -> Outcome<R> {
        let place = self.place.lock().unwrap();
        let mut place = self.bell.wait_while(place, |place| place.is_none()).unwrap();
        place.take().unwrap()
    }
}

struct Job<A, R> {
    args: Vec<A>,
    ticket: Arc<Ticket<R>>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Phase {
    Open,
    Closed,
    Dead,
}

/// What everybody may know of one worker.
struct Desk<R> {
    id: u64,
    child: Option<Child>,
    ticket: Option<Arc<Ticket<R>>>,
}

impl<R> Desk<R> {
    /// Kills and reaps the worker; tells how it had ended.
    fn bury(&mut self) -> String {
        let Some(mut child) = self.child.take() else { return "is gone".to_owned() };
        let _ = child.kill(Signal::SIGKILL);
        match child.wait() {
            Ok(ended) => ended.to_string(),
            Err(error) => format!("is gone: {error}"),
        }
    }
}

struct Core<A, R> {
    phase: Phase,
    queue: VecDeque<Job<A, R>>,
    desks: Vec<Desk<R>>,
}

struct Shared<A, R> {
    core: Mutex<Core<A, R>>,
    news: Condvar,
    task: fn(A) -> R,
}

/// The keeper's ends of the pipes of its worker.
struct Lines<A, R> {
    jobs: Sender<Vec<A>>,
    replies: Receiver<Reply<R>>,
}

/// A fixed number of worker processes that run one function on many arguments.
///
/// Dropping a pool terminates it.
pub struct Pool<A, R> {
    shared: Arc<Shared<A, R>>,
    keepers: Vec<JoinHandle<()>>,
}

impl<A, R> fmt::Debug for Pool<A, R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pool").field("workers", &self.keepers.len()).finish_non_exhaustive()
    }
}

fn serve<A, R>(mut jobs: Receiver<Vec<A>>, mut replies: Sender<Reply<R>>, task: fn(A) -> R) -> u8
where
    A: Serialize + DeserializeOwned,
    R: Serialize + DeserializeOwned,
{
    while let Ok(Some(args)) = jobs.recv() {
        if replies.send(&Reply::Started).is_err() {
            return 3;
        }
        let run = AssertUnwindSafe(|| args.into_iter().map(task).collect::<Vec<R>>());
        let done = catch_unwind(run).map_err(|payload| {
            let message = fork::panic_message(&*payload);
            std::mem::forget(payload); // its destructor might panic in turn
            message
        });
        if replies.send(&Reply::Done(done)).is_err() {
            return 4;
        }
    }
    0
}

fn hire<A, R>(
    task: fn(A) -> R,
    prepare: fn(&Receiver<Vec<A>>) -> io::Result<()>,
) -> io::Result<(Child, Lines<A, R>)>
where
    A: Serialize + DeserializeOwned + Send + 'static,
    R: Serialize + DeserializeOwned + Send + 'static,
{
    let (jobs, their_jobs) = fork::pipe::<Vec<A>>()?;
    let (their_replies, replies) = fork::pipe::<Reply<R>>()?;
    let keep = [their_jobs.as_raw_fd(), their_replies.as_raw_fd()];
    let child = fork::child_with(&keep, move || match prepare(&their_jobs) {
        Ok(()) => serve(their_jobs, their_replies, task),
        Err(_) => 2,
    })?;
    Ok((child, Lines { jobs, replies }))
}

/// What became of a job.
enum Fate<R> {
    Done(Outcome<R>),
    /// The worker is gone, and had begun or not.
    Gone {
        begun: bool,
    },
}

impl<A, R> Lines<A, R>
where
    A: Serialize + DeserializeOwned,
    R: Serialize + DeserializeOwned,
{
    fn run(&mut self, args: &Vec<A>) -> Fate<R> {
        match self.jobs.send(args) {
            Err(error) if error.kind() == io::ErrorKind::InvalidData => {
                return Fate::Done(Err(TaskError::Panicked(error.to_string())));
            }
            // What the pipe says decides, also after an error.
            _ => {}
        }
        let mut begun = false;
        loop {
            match self.replies.recv() {
                Ok(Some(Reply::Started)) => begun = true,
                Ok(Some(Reply::Done(Ok(results)))) => return Fate::Done(Ok(results)),
                Ok(Some(Reply::Done(Err(why)))) => {
                    return Fate::Done(Err(TaskError::Panicked(why)));
                }
                Ok(None) | Err(_) => return Fate::Gone { begun },
            }
        }
    }
}

impl<A, R> Shared<A, R>
where
    A: Serialize + DeserializeOwned + Send + 'static,
    R: Serialize + DeserializeOwned + Send + 'static,
{
    /// The life of a keeper: `lines` lead to the worker of desk `number`.
    fn keep(&self, number: usize, lines: Lines<A, R>) {
        let mut lines = Some(lines);
        while let Some(job) = self.next(number, &mut lines) {
            let fate = match &mut lines {
                Some(lines) => lines.run(&job.args),
                None => Fate::Gone { begun: false },
            };
            match fate {
                Fate::Done(outcome) => {
                    self.core.lock().unwrap().desks[number].ticket = None;
                    job.ticket.finish(outcome);
                }
                Fate::Gone { begun } => {
                    lines = None;
                    let mut core = self.core.lock().unwrap();
                    let how = core.desks[number].bury();
                    core.desks[number].ticket = None;
                    if !begun && core.phase != Phase::Dead {
                        core.queue.push_front(job);
                        drop(core);
                        lines = self.replace(number);
                        continue;
                    }
                    let dead = core.phase == Phase::Dead;
                    drop(core);
                    lines = lines.or_else(|| self.replace(number));
                    job.ticket.finish(Err(match dead {
                        true => TaskError::Terminated,
                        false => TaskError::WorkerDied(how),
                    }));
                }
            }
        }
        drop(lines);
        self.core.lock().unwrap().desks[number].bury();
    }

    /// Waits for a job, with a worker that could do it; `None`: go home.
    fn next(&self, number: usize, lines: &mut Option<Lines<A, R>>) -> Option<Job<A, R>> {
        loop {
            if lines.is_none() {
                *lines = self.replace(number);
            }
            let mut core = self.core.lock().unwrap();
            loop {
                if core.phase == Phase::Dead
                    || (core.phase == Phase::Closed && core.queue.is_empty())
                {
                    return None;
                }
                if lines.is_none() {
                    // The system had no process for us: a little later, perhaps.
                    drop(self.news.wait_timeout(core, Duration::from_millis(20)).unwrap());
                    break;
                }
                if let Some(job) = core.queue.pop_front() {
                    core.desks[number].ticket = Some(job.ticket.clone());
                    return Some(job);
                }
                core = self.news.wait(core).unwrap();
            }
        }
    }

    /// A new worker for the desk, unless the pool is dead or the system refuses.
    fn replace(&self, number: usize) -> Option<Lines<A, R>> {
        if self.core.lock().unwrap().phase == Phase::Dead {
            return None;
        }
        let (child, lines) = hire(self.task, |_| Ok(())).ok()?;
        let mut core = self.core.lock().unwrap();
        let dead = core.phase == Phase::Dead;
        let desk = &mut core.desks[number];
        desk.id = child.id().into();
        desk.child = Some(child);
        if dead {
            desk.bury();
            return None;
        }
        Some(lines)
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
        let core = Core { phase: Phase::Open, queue: VecDeque::new(), desks: Vec::new() };
        let shared = Arc::new(Shared { core: Mutex::new(core), news: Condvar::new(), task });
        // From here on an early return drops the pool, which kills and reaps what there is.
        let mut pool = Self { shared, keepers: Vec::new() };
        let mut all_lines = Vec::new();
        for _ in 0..workers {
            let (child, lines) =
                hire(task, |jobs| fork::exit_on_hangup(jobs)).map_err(PoolError::Io)?;
            let desk = Desk { id: child.id().into(), child: Some(child), ticket: None };
            pool.shared.core.lock().unwrap().desks.push(desk);
            all_lines.push(lines);
        }
        for (number, lines) in all_lines.into_iter().enumerate() {
            let shared = Arc::clone(&pool.shared);
            let keeper = thread::Builder::new().spawn(move || shared.keep(number, lines));
            pool.keepers.push(keeper.map_err(PoolError::Io)?);
        }
        Ok(pool)
    }

    /// Puts chunks into the queue, all or none; `None`: the pool takes no more.
    fn submit(&self, chunks: Vec<Vec<A>>) -> Option<Vec<Arc<Ticket<R>>>> {
        let mut core = self.shared.core.lock().unwrap();
        if core.phase != Phase::Open {
            return None;
        }
        let mut tickets = Vec::new();
        for args in chunks {
            let ticket = Ticket::new();
            tickets.push(Arc::clone(&ticket));
            core.queue.push_back(Job { args, ticket });
        }
        drop(core);
        self.shared.news.notify_all();
        Some(tickets)
    }

    /// Runs the task on `arg` in a worker, and waits for the result.
    ///
    /// # Errors
    /// Any [`TaskError`] but `Timeout`.
    pub fn apply(&self, arg: A) -> Result<R, TaskError> {
        self.apply_async(arg).map_err(|_| TaskError::Terminated)?.get(None)
    }

    /// Queues the task on `arg`, and returns at once.
    ///
    /// # Errors
    /// [`PoolError::Closed`] after [`close`](Self::close) or [`terminate`](Self::terminate).
    pub fn apply_async(&self, arg: A) -> Result<AsyncResult<R>, PoolError> {
        let mut tickets = self.submit(vec![vec![arg]]).ok_or(PoolError::Closed)?;
        Ok(AsyncResult { ticket: tickets.remove(0) })
    }

    /// Runs the task on each of `args`, and gives the results in their order.
    ///
    /// # Errors
    /// The first [`TaskError`] in the order of `args`.
    ///
    /// # Panics
    /// If `chunk` is 0.
    pub fn map(&self, args: Vec<A>, chunk: usize) -> Result<Vec<R>, TaskError> {
        assert!(chunk > 0, "a chunk needs at least one argument");
        let count = args.len().div_ceil(chunk);
        let mut args = args.into_iter();
        let chunks = (0..count).map(|_| args.by_ref().take(chunk).collect()).collect();
        let tickets = self.submit(chunks).ok_or(TaskError::Terminated)?;
        let mut results = Vec::new();
        for ticket in tickets {
            results.extend(ticket.wait()?);
        }
        Ok(results)
    }
}

impl<A, R> Pool<A, R> {
    /// The process ids of the workers.
    pub fn worker_ids(&self) -> Vec<u64> {
        self.shared.core.lock().unwrap().desks.iter().map(|desk| desk.id).collect()
    }

    /// Takes no more tasks. What is queued still runs.
    pub fn close(&self) {
        let mut core = self.shared.core.lock().unwrap();
        if core.phase == Phase::Open {
            core.phase = Phase::Closed;
        }
        self.shared.news.notify_all();
    }

    /// Stops now: what is not done gets [`TaskError::Terminated`].
    pub fn terminate(&self) {
        let mut core = self.shared.core.lock().unwrap();
        core.phase = Phase::Dead;
        let queued: Vec<_> = core.queue.drain(..).map(|job| job.ticket).collect();
        let held: Vec<_> = core.desks.iter().filter_map(|desk| desk.ticket.clone()).collect();
        for desk in &core.desks {
            if let Some(child) = &desk.child {
                let _ = child.kill(Signal::SIGKILL);
            }
        }
        drop(core);
        self.shared.news.notify_all();
        for ticket in held.into_iter().chain(queued) {
            ticket.finish(Err(TaskError::Terminated));
        }
    }

    /// Waits until all tasks are done and all workers are gone.
    ///
    /// # Errors
    /// [`PoolError::StillOpen`] if the pool was neither closed nor terminated. It is dropped then.
    pub fn join(mut self) -> Result<(), PoolError> {
        if self.shared.core.lock().unwrap().phase == Phase::Open {
            return Err(PoolError::StillOpen);
        }
        for keeper in self.keepers.drain(..) {
            let _ = keeper.join();
        }
        Ok(())
    }
}

impl<A, R> Drop for Pool<A, R> {
    fn drop(&mut self) {
        self.terminate();
        for keeper in self.keepers.drain(..) {
            let _ = keeper.join();
        }
        // Workers that never got a keeper, if `new` failed.
        for desk in &mut self.shared.core.lock().unwrap().desks {
            desk.bury();
        }
    }
}

/// The result of a task, now or later.
pub struct AsyncResult<R> {
    ticket: Arc<Ticket<R>>,
}

impl<R> fmt::Debug for AsyncResult<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AsyncResult").field("ready", &self.ready()).finish()
    }
}

impl<R> AsyncResult<R> {
    /// Whether the task is done, well or badly.
    pub fn ready(&self) -> bool {
        self.ticket.place.lock().unwrap().is_some()
    }

    /// Waits until the task is done, for at most `timeout`; false if it is not.
    pub fn wait(&self, timeout: Duration) -> bool {
        let place = self.ticket.place.lock().unwrap();
        let bell = &self.ticket.bell;
        let (place, _) = bell.wait_timeout_while(place, timeout, |place| place.is_none()).unwrap();
        place.is_some()
    }

    /// Waits for the result, for at most `timeout` if there is one.
    ///
    /// # Errors
    /// Any [`TaskError`].
    pub fn get(self, timeout: Option<Duration>) -> Result<R, TaskError> {
        if timeout.is_some_and(|timeout| !self.wait(timeout)) {
            return Err(TaskError::Timeout);
        }
        self.ticket.wait().map(|mut results| results.remove(0))
    }
}
