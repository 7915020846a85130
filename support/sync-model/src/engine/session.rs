//! One thread of the operating system, which runs one execution after the other.

use std::cell::{Cell, RefCell};
use std::mem::ManuallyDrop;
use std::panic::{AssertUnwindSafe, Location};
use std::rc::Rc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::MAX_THREADS;
use super::control::last_panic;
use super::execution::Execution;
use super::outcome::{Ending, Settings, Stop};
use super::path::Path;
use super::stack::Strand;
use crate::trace::Trace;
use crate::{arc, local, watchdog};

std::thread_local! {
    /// Without a destructor, so that it takes no look to see whether it is still there. Nothing is left
    /// in it when the thread ends.
    static EXECUTION: ManuallyDrop<RefCell<Option<Box<Execution>>>> =
        const { ManuallyDrop::new(RefCell::new(None)) };
    /// Whether there is one: can be asked while it is borrowed.
    static RUNNING: Cell<bool> = const { Cell::new(false) };
    /// The number of the one that runs.
    static RUN: Cell<u32> = const { Cell::new(0) };
}

/// How many executions there have been in this process.
static RUNS: AtomicU32 = AtomicU32::new(0);

/// One thread of the operating system runs models at a time: what a `static` holds, or anything else that
/// two scenarios can reach, is then touched by one thread at a time.
static TURN: Mutex<()> = Mutex::new(());

/// The right to run executions.
pub(crate) struct Session(#[allow(dead_code)] MutexGuard<'static, ()>);

impl Session {
    /// Waits until no other thread runs models.
    ///
    /// # Panics
    /// Inside of a scenario: it would wait for itself.
    pub(crate) fn begin() -> Self {
        assert!(!is_running(), "a scenario cannot check another model");
        Self(TURN.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

pub(super) fn with<R>(use_it: impl FnOnce(&mut Execution) -> R) -> R {
    EXECUTION.with(|execution| match &mut *execution.borrow_mut() {
        Some(execution) => use_it(execution),
        None => watchdog::outside_of_a_model(),
    })
}

/// Whether the calling thread is a thread of a model.
pub(crate) fn is_running() -> bool {
    RUNNING.get()
}

/// What an execution runs, and who judges it.
pub(crate) trait Scenario {
    /// The body of the execution's own thread.
    fn run(&self);

    /// What came of an execution, seen from outside: an end that looks bad may be right, and the other way
    /// round. It must say the same of the same course.
    fn judge(&self, ending: Ending, _trace: &mut Trace) -> Ending {
        ending
    }
}

impl<F: Fn() + ?Sized> Scenario for F {
    fn run(&self) {
        self();
    }
}

/// Runs `scenario` once along `path`.
pub(crate) fn run<S: Scenario + ?Sized + 'static>(
    _session: &Session,
    scenario: Rc<S>,
    path: &mut Path,
    trace: &mut Trace,
    settings: Settings,
) -> Ending {
    trace.clear();
    let path_taken = std::mem::replace(path, Path::new(None));
    // Numbers begin with 1.
    RUN.set(RUNS.fetch_add(1, Ordering::Relaxed).wrapping_add(1).max(1));
    let its_own = Rc::clone(&scenario);
    let execution = Execution::new(path_taken, std::mem::take(trace), settings);
    EXECUTION.with(|x| x.replace(Some(Box::new(execution))));
    RUNNING.set(true);
    arc::begin();
    with(|x| {
        x.start_thread(None, Location::caller(), None, Box::new(move || main_thread(&*its_own)))
    });
    take_turns();
    RUNNING.set(false);
    let execution = EXECUTION.with(|x| x.take()).expect("it was put there above");
    local::forget_all();
    let thread = execution.lane(execution.current);
    let Execution { stop, steps, is_cut, path: path_taken, trace: recorded, .. } = *execution;
    (*path, *trace) = (path_taken, recorded);
    scenario.judge(Ending { stop, thread, steps, is_cut }, trace)
}

/// Runs the thread whose turn it is up to its next step, until nobody's turn comes.
fn take_turns() {
    // They stay where they are while they run, and a thread that is started meanwhile comes afterwards.
    let mut strands: [Option<Strand>; MAX_THREADS] = Default::default();
    loop {
        let (next, starts) = with(|x| (x.next(), x.started.is_some()));
        if starts && let Some((thread, strand)) = with(|x| x.started.take()) {
            strands[thread] = Some(strand);
        }
        let Some(thread) = next else { break };
        let strand = strands[thread].as_mut().expect("a thread whose turn it is is not done");
        if !strand.resume() {
            strands[thread].take().into_iter().for_each(Strand::retire);
        }
    }
    strands.into_iter().flatten().for_each(Strand::retire);
}

/// The number of the execution that runs: another one for each in this process.
pub(super) fn this_run() -> u32 {
    RUN.get()
}

fn main_thread<S: Scenario + ?Sized>(scenario: &S) {
    let result = std::panic::catch_unwind(AssertUnwindSafe(|| scenario.run()));
    if result.is_err() {
        let panic = last_panic();
        with(|x| x.stop.get_or_insert(Stop::Panic(panic)).clone());
    } else {
        local::end_thread();
    }
}

/// The name of the thread that runs, unless the engine is at work itself: for a signal handler.
pub(crate) fn running_name() -> Option<String> {
    let name = |x: &RefCell<Option<Box<Execution>>>| {
        x.try_borrow().ok()?.as_ref().map(|x| x.trace.name(x.lane(x.current)))
    };
    EXECUTION.with(|x| name(x))
}
