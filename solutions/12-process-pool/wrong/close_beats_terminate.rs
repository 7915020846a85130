//! Fails: terminate_stops_now (wrong-answer)
//!
//! A pool that is closed takes `terminate` for a second `close`, and works through its queue.

use std::collections::{HashMap, VecDeque};
use std::error::Error;
use std::fmt;
use std::io;
use std::os::fd::AsRawFd;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::{Duration, Instant};

use fork::{Child, Receiver, Sender};
use nix::sys::signal::Signal;
use serde::Serialize;
use serde::de::DeserializeOwned;
use sync::mpsc::{self, RecvTimeoutError};
use sync::thread::{self, JoinHandle, Thread};
use sync::{Arc, Mutex};

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

enum Kept<T> {
    NotYet(Vec<Thread>),
    Here(T),
    Fetched,
}

struct Promise<T>(Mutex<Kept<T>>);

impl<T> Promise<T> {
    fn new() -> Arc<Self> {
        Arc::new(Self(Mutex::new(Kept::NotYet(Vec::new()))))
    }

    fn keep(&self, value: T) {
        let mut kept = self.0.lock().unwrap();
        if let Kept::NotYet(waiters) = &mut *kept {
            let waiters = std::mem::take(waiters);
            *kept = Kept::Here(value);
            drop(kept);
            waiters.iter().for_each(Thread::unpark);
        }
    }

    fn is_kept(&self) -> bool {
        !matches!(*self.0.lock().unwrap(), Kept::NotYet(_))
    }

    fn wait(&self, timeout: Duration) -> bool {
        let begun = Instant::now();
        loop {
            let left = timeout.saturating_sub(begun.elapsed());
            match &mut *self.0.lock().unwrap() {
                Kept::NotYet(_) if left.is_zero() => return false,
                Kept::NotYet(waiters) => {
                    let me = thread::current();
                    if waiters.iter().all(|waiter| waiter.id() != me.id()) {
                        waiters.push(me);
                    }
                }
                _ => return true,
            }
            // A year at a time, for those who wait for ever.
            thread::park_timeout(left.min(Duration::from_secs(365 * 24 * 60 * 60)));
        }
    }

    fn fetch(&self) -> T {
        while !self.wait(Duration::MAX) {}
        match std::mem::replace(&mut *self.0.lock().unwrap(), Kept::Fetched) {
            Kept::Here(value) => value,
            _ => unreachable!("each promise is fetched once, and after it was kept"),
        }
    }
}

type Outcome<R> = Result<Vec<R>, TaskError>;

struct Job<A, R> {
    args: Vec<A>,
    promise: Arc<Promise<Outcome<R>>>,
}

enum Message<A, R> {
    Work(Vec<Job<A, R>>),
    Free {
        worker: u64,
    },
    Dead {
        worker: u64,
        job: Job<A, R>,
        begun: bool,
        how: String,
    },
    Ids(mpsc::Sender<Vec<u64>>),
    Close,
    /// The sender is dropped when all is over.
    Terminate {
        _over: mpsc::Sender<()>,
    },
}

/// The dispatcher's handle of one worker.
struct Hand<A, R> {
    child: Arc<Mutex<Child>>,
    id: u64,
    jobs: mpsc::Sender<Job<A, R>>,
    runner: JoinHandle<()>,
    promise: Option<Arc<Promise<Outcome<R>>>>,
}

impl<A, R> Hand<A, R> {
    fn kill(&self) {
        let _ = self.child.lock().unwrap().kill(Signal::SIGKILL);
    }
}

fn bury(child: &Mutex<Child>) -> String {
    let mut child = child.lock().unwrap();
    let _ = child.kill(Signal::SIGKILL);
    child.wait().map_or_else(|error| error.to_string(), |ended| ended.to_string())
}

type Said<R> = Result<Vec<R>, String>;

/// The parent's ends of a worker's three pipes.
struct Wires<A, R> {
    jobs: Sender<(u64, Vec<A>)>,
    diary: Receiver<u64>,
    results: Receiver<Said<R>>,
}

fn worker<A, R>(
    mut jobs: Receiver<(u64, Vec<A>)>,
    mut diary: Sender<u64>,
    mut results: Sender<Said<R>>,
    task: fn(A) -> R,
) -> io::Result<()>
where
    A: Serialize + DeserializeOwned,
    R: Serialize + DeserializeOwned,
{
    fork::exit_on_hangup(&jobs)?;
    while let Some((number, args)) = jobs.recv()? {
        diary.send(&number)?;
        let said = catch_unwind(AssertUnwindSafe(move || {
            let mut all = Vec::new();
            for arg in args {
                all.push(task(arg));
            }
            all
        }));
        results.send(&match said {
            Ok(all) => Ok(all),
            Err(payload) => {
                let text = fork::panic_message(payload.as_ref());
                std::mem::forget(payload);
                Err(text)
            }
        })?;
    }
    Ok(())
}

impl<A, R> Hand<A, R>
where
    A: Serialize + DeserializeOwned + Send + 'static,
    R: Serialize + DeserializeOwned + Send + 'static,
{
    fn hire(number: u64, task: fn(A) -> R, boss: mpsc::Sender<Message<A, R>>) -> io::Result<Self> {
        let (jobs, jobs_in) = fork::pipe()?;
        let (diary_out, diary) = fork::pipe()?;
        let (results_out, results) = fork::pipe()?;
        let fds = [jobs_in.as_raw_fd(), diary_out.as_raw_fd(), results_out.as_raw_fd()];
        let child = fork::child_with(&fds, move || {
            u8::from(worker(jobs_in, diary_out, results_out, task).is_err())
        })?;
        let id = child.id().into();
        let child = Arc::new(Mutex::new(child));
        let (tray, from_tray) = mpsc::channel();
        let wires = Wires { jobs, diary, results };
        let mine = Arc::clone(&child);
        let runner = thread::Builder::new().spawn(move || {
            run(number, wires, &mine, &from_tray, &boss);
            bury(&mine);
        });
        match runner {
            Ok(runner) => Ok(Self { child, id, jobs: tray, runner, promise: None }),
            Err(error) => {
                bury(&child);
                Err(error)
            }
        }
    }
}

/// The life of a runner: takes jobs to its worker and results back.
fn run<A: Serialize, R: DeserializeOwned>(
    me: u64,
    mut wires: Wires<A, R>,
    child: &Mutex<Child>,
    tray: &mpsc::Receiver<Job<A, R>>,
    boss: &mpsc::Sender<Message<A, R>>,
) {
    let mut number = 0;
    while let Ok(Job { args, promise }) = tray.recv() {
        number += 1;
        let parcel = (number, args);
        let sent = wires.jobs.send(&parcel);
        let args = parcel.1;
        if let Err(error) = sent
            && error.kind() == io::ErrorKind::InvalidData
        {
            promise.keep(Err(TaskError::Panicked(error.to_string())));
            let _ = boss.send(Message::Free { worker: me });
            continue;
        }
        if let Ok(Some(said)) = wires.results.recv() {
            // What is said was written down before.
            let _ = wires.diary.recv();
            promise.keep(said.map_err(TaskError::Panicked));
            let _ = boss.send(Message::Free { worker: me });
        } else {
            let how = bury(child);
            let mut begun = false;
            while let Ok(Some(line)) = wires.diary.recv() {
                begun |= line == number;
            }
            let job = Job { args, promise };
            let _ = boss.send(Message::Dead { worker: me, job, begun, how });
            return;
        }
    }
}

struct Dispatcher<A, R> {
    task: fn(A) -> R,
    mail: mpsc::Receiver<Message<A, R>>,
    mail_to_me: mpsc::Sender<Message<A, R>>,
    hands: HashMap<u64, Hand<A, R>>,
    idle: VecDeque<u64>,
    queue: VecDeque<Job<A, R>>,
    hired: u64,
}

impl<A, R> Dispatcher<A, R>
where
    A: Serialize + DeserializeOwned + Send + 'static,
    R: Serialize + DeserializeOwned + Send + 'static,
{
    fn hire(&mut self) -> io::Result<()> {
        let hand = Hand::hire(self.hired, self.task, self.mail_to_me.clone())?;
        self.hands.insert(self.hired, hand);
        self.idle.push_back(self.hired);
        self.hired += 1;
        Ok(())
    }

    fn hand_out(&mut self) {
        while !self.queue.is_empty() {
            let Some(number) = self.idle.pop_front() else { return };
            let Some(hand) = self.hands.get_mut(&number) else { continue };
            let Some(job) = self.queue.pop_front() else { return };
            hand.promise = Some(Arc::clone(&job.promise));
            if let Err(mpsc::SendError(job)) = hand.jobs.send(job) {
                self.queue.push_front(job);
            }
        }
    }

    /// Until the pool is over. The messages that end it are kept until everybody has left.
    fn work(mut self, size: usize) {
        let mut closed = false;
        let mut last_words = None;
        while last_words.is_none() {
            self.hand_out();
            if closed && self.queue.is_empty() && self.idle.len() == self.hands.len() {
                break;
            }
            let message = if self.hands.len() < size {
                match self.mail.recv_timeout(Duration::from_millis(30)) {
                    Err(RecvTimeoutError::Timeout) => {
                        let _ = self.hire();
                        continue;
                    }
                    other => other.ok(),
                }
            } else {
                self.mail.recv().ok()
            };
            let Some(message) = message else { break };
            match message {
                Message::Work(jobs) => self.queue.extend(jobs),
                Message::Free { worker } => {
                    if let Some(hand) = self.hands.get_mut(&worker) {
                        hand.promise = None;
                        self.idle.push_back(worker);
                    }
                }
                Message::Dead { worker, job, begun, how } => {
                    if let Some(hand) = self.hands.remove(&worker) {
                        let _ = hand.runner.join();
                    }
                    let _ = self.hire();
                    if begun {
                        job.promise.keep(Err(TaskError::WorkerDied(how)));
                    } else {
                        self.queue.push_front(job);
                    }
                }
                Message::Ids(reply) => {
                    let _ = reply.send(self.hands.values().map(|hand| hand.id).collect());
                }
                Message::Close => closed = true,
                end @ Message::Terminate { .. } => last_words = Some(end),
            }
        }
        self.leave();
    }

    fn leave(&mut self) {
        for hand in self.hands.values() {
            hand.kill();
        }
        let held = self.hands.values_mut().filter_map(|hand| hand.promise.take());
        for promise in held.chain(self.queue.drain(..).map(|job| job.promise)) {
            promise.keep(Err(TaskError::Terminated));
        }
        for (_, hand) in self.hands.drain() {
            drop(hand.jobs);
            let _ = hand.runner.join();
        }
    }
}

/// A fixed number of worker processes that run one function on many arguments.
///
/// Dropping a pool terminates it.
pub struct Pool<A, R> {
    /// The way to the dispatcher, and whether it is open for work.
    gate: Mutex<(bool, mpsc::Sender<Message<A, R>>)>,
    dispatcher: Option<JoinHandle<()>>,
}

impl<A, R> fmt::Debug for Pool<A, R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Pool { .. }")
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
        let (post, mail) = mpsc::channel();
        let mut dispatcher = Dispatcher {
            task,
            mail,
            mail_to_me: post.clone(),
            hands: HashMap::new(),
            idle: VecDeque::new(),
            queue: VecDeque::new(),
            hired: 0,
        };
        for _ in 0..workers {
            if let Err(error) = dispatcher.hire() {
                dispatcher.leave();
                return Err(PoolError::Io(error));
            }
        }
        // The dispatcher is handed over by a channel, so that it is still here if there is no thread.
        let (hand_over, handed_over) = mpsc::sync_channel::<Dispatcher<A, R>>(1);
        let thread = thread::Builder::new().spawn(move || {
            if let Ok(dispatcher) = handed_over.recv() {
                dispatcher.work(workers);
            }
        });
        match thread {
            Ok(thread) => {
                let _ = hand_over.send(dispatcher);
                Ok(Self { gate: Mutex::new((true, post)), dispatcher: Some(thread) })
            }
            Err(error) => {
                dispatcher.leave();
                Err(PoolError::Io(error))
            }
        }
    }

    fn submit(&self, chunks: Vec<Vec<A>>) -> Option<Vec<Arc<Promise<Outcome<R>>>>> {
        let jobs: Vec<Job<A, R>> =
            chunks.into_iter().map(|args| Job { args, promise: Promise::new() }).collect();
        let promises = jobs.iter().map(|job| Arc::clone(&job.promise)).collect();
        let gate = self.gate.lock().unwrap();
        match &*gate {
            (true, post) => post.send(Message::Work(jobs)).ok().map(|()| promises),
            (false, _) => None,
        }
    }

    /// Runs the task on `arg` in a worker, and waits for the result.
    ///
    /// # Errors
    /// Any [`TaskError`] but `Timeout`.
    pub fn apply(&self, arg: A) -> Result<R, TaskError> {
        let Some(promises) = self.submit(vec![vec![arg]]) else {
            return Err(TaskError::Terminated);
        };
        promises[0].fetch().map(|mut one| one.swap_remove(0))
    }

    /// Queues the task on `arg`, and returns at once.
    ///
    /// # Errors
    /// [`PoolError::Closed`] after [`close`](Self::close) or [`terminate`](Self::terminate).
    pub fn apply_async(&self, arg: A) -> Result<AsyncResult<R>, PoolError> {
        let mut promises = self.submit(vec![vec![arg]]).ok_or(PoolError::Closed)?;
        Ok(AsyncResult { promise: promises.swap_remove(0) })
    }

    /// Runs the task on each of `args`, and gives the results in their order.
    ///
    /// # Errors
    /// The first [`TaskError`] in the order of `args`.
    ///
    /// # Panics
    /// If `chunk` is 0.
    pub fn map(&self, args: Vec<A>, chunk: usize) -> Result<Vec<R>, TaskError> {
        if chunk == 0 {
            panic!("map: chunk is 0");
        }
        let mut chunks: Vec<Vec<A>> = Vec::new();
        for arg in args {
            match chunks.last_mut() {
                Some(last) if last.len() < chunk => last.push(arg),
                _ => chunks.push(vec![arg]),
            }
        }
        let promises = self.submit(chunks).ok_or(TaskError::Terminated)?;
        let parts = promises.iter().map(|promise| promise.fetch());
        Ok(parts.collect::<Result<Vec<_>, _>>()?.into_iter().flatten().collect())
    }
}

impl<A, R> Pool<A, R> {
    /// The process ids of the workers; none when the pool is over.
    pub fn worker_ids(&self) -> Vec<u64> {
        let (reply, ids) = mpsc::channel();
        let _ = self.gate.lock().unwrap().1.send(Message::Ids(reply));
        ids.recv().unwrap_or_default()
    }

    /// Takes no more tasks. What is queued still runs.
    pub fn close(&self) {
        let mut gate = self.gate.lock().unwrap();
        gate.0 = false;
        let _ = gate.1.send(Message::Close);
    }

    /// Stops now: what is not done gets [`TaskError::Terminated`].
    pub fn terminate(&self) {
        let (over, wait_for_over) = mpsc::channel();
        {
            let mut gate = self.gate.lock().unwrap();
            if !gate.0 {
                return; // it is ending already
            }
            gate.0 = false;
            let _ = gate.1.send(Message::Terminate { _over: over });
        }
        // Nobody ever sends: this ends when the dispatcher has dropped the message.
        let _ = wait_for_over.recv();
    }

    /// Waits until all tasks are done and all workers are gone.
    ///
    /// # Errors
    /// [`PoolError::StillOpen`] if the pool was neither closed nor terminated. It is dropped then.
    pub fn join(mut self) -> Result<(), PoolError> {
        if self.gate.lock().unwrap().0 {
            return Err(PoolError::StillOpen);
        }
        if let Some(dispatcher) = self.dispatcher.take() {
            let _ = dispatcher.join();
        }
        Ok(())
    }
}

impl<A, R> Drop for Pool<A, R> {
    fn drop(&mut self) {
        self.terminate();
        if let Some(dispatcher) = self.dispatcher.take() {
            let _ = dispatcher.join();
        }
    }
}

/// The result of a task, now or later.
pub struct AsyncResult<R> {
    promise: Arc<Promise<Outcome<R>>>,
}

impl<R> fmt::Debug for AsyncResult<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("AsyncResult { .. }")
    }
}

impl<R> AsyncResult<R> {
    /// Whether the task is done, well or badly.
    pub fn ready(&self) -> bool {
        self.promise.is_kept()
    }

    /// Waits until the task is done, for at most `timeout`; false if it is not.
    pub fn wait(&self, timeout: Duration) -> bool {
        self.promise.wait(timeout)
    }

    /// Waits for the result, for at most `timeout` if there is one.
    ///
    /// # Errors
    /// Any [`TaskError`].
    pub fn get(self, timeout: Option<Duration>) -> Result<R, TaskError> {
        match timeout {
            Some(timeout) if !self.wait(timeout) => Err(TaskError::Timeout),
            _ => self.promise.fetch().map(|mut one| one.swap_remove(0)),
        }
    }
}
