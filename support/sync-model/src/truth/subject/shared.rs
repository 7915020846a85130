//! What the threads of a program share, and how they start each other.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::sync::Arc;

use super::super::program::{LOCKS, Outcome, Program, VARIABLES};
use super::sent::{self, ChannelEnd};
use super::thread::Runner;
use crate::atomic::{AtomicU8, Ordering};
use crate::confined::Confined;
use crate::{Barrier, Condvar, Mutex, Once, OnceLock, RwLock, thread};

pub(super) struct Shared {
    pub program: Arc<Program>,
    pub variables: [AtomicU8; VARIABLES],
    pub mutexes: [Mutex<()>; LOCKS],
    pub rwlocks: [RwLock<()>; LOCKS],
    pub onces: [Once; LOCKS],
    pub cells: [OnceLock<u8>; LOCKS],
    pub condvar: Condvar,
    pub barrier: Barrier,
    /// Each thread's end of the channel, until the thread takes it.
    ends: Confined<RefCell<Vec<Option<ChannelEnd>>>>,
    /// The number of the next twin that runs.
    next_twin: Confined<Cell<usize>>,
    pub handles: Confined<RefCell<Vec<Option<thread::Thread>>>>,
    /// Kept up to date, because an execution that is stuck never gets to its end.
    outcome: Confined<Rc<RefCell<Outcome>>>,
}

/// A thread, for who started it.
pub(super) enum Child<'scope> {
    Free(thread::JoinHandle<()>),
    Scoped(thread::ScopedJoinHandle<'scope, ()>),
}

impl Child<'_> {
    pub(super) fn join(self) {
        let result = match self {
            Child::Free(child) => child.join(),
            Child::Scoped(child) => child.join(),
        };
        result.expect("no step panics");
    }

    pub(super) fn is_finished(&self) -> bool {
        match self {
            Child::Free(child) => child.is_finished(),
            Child::Scoped(child) => child.is_finished(),
        }
    }
}

/// Runs the program once.
pub(super) fn run(program: &Arc<Program>, outcome: &Rc<RefCell<Outcome>>) {
    let count = program.threads.len();
    *outcome.borrow_mut() = Outcome { registers: vec![Vec::new(); count], ..Outcome::default() };
    let shared = Arc::new(Shared {
        program: Arc::clone(program),
        variables: std::array::from_fn(|_| AtomicU8::new(0)),
        mutexes: std::array::from_fn(|_| Mutex::new(())),
        rwlocks: std::array::from_fn(|_| RwLock::new(())),
        onces: std::array::from_fn(|_| Once::new()),
        cells: std::array::from_fn(|_| OnceLock::new()),
        condvar: Condvar::new(),
        barrier: Barrier::new(program.parties),
        ends: Confined::new(RefCell::new(sent::ends(program))),
        next_twin: Confined::new(Cell::new(1)),
        handles: Confined::new(RefCell::new(vec![None; count])),
        outcome: Confined::new(Rc::clone(outcome)),
    });
    if program.twins {
        return run_twins(&shared);
    }
    shared.handles.borrow_mut()[0] = Some(thread::current());
    let early = (1..count).filter(|&thread| !program.starts_late(thread));
    if program.scoped {
        thread::scope(|scope| {
            let start = |thread| {
                let theirs = &shared;
                let child = scope.spawn(move || Runner::new(theirs, thread).run(Vec::new()));
                shared.handles.borrow_mut()[thread] = Some(child.thread().clone());
                (thread, Child::Scoped(child))
            };
            let children = early.map(start).collect();
            Runner::new(&shared, 0).run(children);
        });
    } else {
        let children = early.map(|thread| (thread, shared.start(thread))).collect();
        Runner::new(&shared, 0).run(children);
    }
}

/// Runs a program whose threads, but for the first one, are the same: nothing tells which is which.
fn run_twins(shared: &Arc<Shared>) {
    let all = 1..shared.program.threads.len();
    if shared.program.scoped {
        thread::scope(|scope| {
            let start = |thread| {
                (
                    thread,
                    Child::Scoped(
                        scope.spawn(|| Runner::new(shared, shared.twin()).run(Vec::new())),
                    ),
                )
            };
            let children = all.map(start).collect();
            Runner::new(shared, 0).run(children);
        });
    } else {
        let start = |thread| {
            let theirs = Arc::clone(shared);
            let run = move || Runner::new(&theirs, theirs.twin()).run(Vec::new());
            (thread, Child::Free(thread::spawn(run)))
        };
        let children = all.map(start).collect();
        Runner::new(shared, 0).run(children);
    }
}

impl Shared {
    fn twin(&self) -> usize {
        self.next_twin.replace(self.next_twin.get() + 1)
    }

    /// Starts a thread.
    pub(super) fn start<'scope>(self: &Arc<Self>, thread: usize) -> Child<'scope> {
        let theirs = Arc::clone(self);
        let child = thread::spawn(move || Runner::new(&theirs, thread).run(Vec::new()));
        self.handles.borrow_mut()[thread] = Some(child.thread().clone());
        Child::Free(child)
    }

    pub(super) fn take_end(&self, thread: usize) -> Option<ChannelEnd> {
        self.ends.borrow_mut()[thread].take()
    }

    /// Adds one to a variable; its value before.
    pub(super) fn add(&self, x: usize) -> u8 {
        let old = self.variables[x].fetch_add(1, Ordering::SeqCst);
        self.wrote(x, old.wrapping_add(1));
        old
    }

    /// The variable has this value since the step before.
    pub(super) fn wrote(&self, x: usize, value: u8) {
        self.outcome.borrow_mut().variables[x] = value;
    }

    /// The next register of the thread has this value since the step before.
    pub(super) fn note(&self, thread: usize, value: u8) {
        self.outcome.borrow_mut().registers[thread].push(value);
    }
}
