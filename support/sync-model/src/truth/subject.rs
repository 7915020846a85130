//! The programs on the model's own locks and atomics.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;

use super::program::{LOCKS, Op, Outcome, Program, VARIABLES};
use crate::atomic::{AtomicU8, Ordering};
use crate::confined::Confined;
use crate::engine::{self, Bound, Path, Settings, Stop};
use crate::trace::Trace;
use crate::{Condvar, Mutex, MutexGuard, thread};

/// What the search saw.
pub(super) struct Seen {
    pub outcomes: BTreeSet<Outcome>,
    pub executions: u64,
}

/// All outcomes that the search finds. `None`: it takes more than so many executions.
pub(super) fn outcomes(program: &Program, bound: Bound, limit: u64) -> Option<Seen> {
    let outcome = Rc::new(RefCell::new(Outcome::default()));
    let scenario: Rc<dyn Fn()> = {
        let (program, outcome) = (Arc::new(program.clone()), Rc::clone(&outcome));
        Rc::new(move || run(&program, &outcome))
    };
    let mut seen = Seen { outcomes: BTreeSet::new(), executions: 0 };
    let mut path = Path::new(bound);
    let mut trace = Trace::default();
    let settings = Settings { unfair: true, ..Settings::default() };
    loop {
        let ending = engine::run(
            &engine::Session::begin(),
            Rc::clone(&scenario),
            &mut path,
            &mut trace,
            settings,
        );
        let mut outcome = outcome.borrow().clone();
        outcome.stuck = match ending.stop {
            None => false,
            Some(Stop::Deadlock) => true,
            Some(other) => panic!("{other:?} in {program:?}"),
        };
        seen.outcomes.insert(outcome);
        seen.executions += 1;
        if seen.executions > limit {
            return None;
        }
        if !path.advance() {
            return Some(seen);
        }
    }
}

/// What the threads share.
struct Shared {
    variables: [AtomicU8; VARIABLES],
    locks: [Mutex<()>; LOCKS],
    condvar: Condvar,
    handles: Confined<RefCell<Vec<thread::Thread>>>,
    /// Kept up to date, because an execution that is stuck never gets to its end.
    outcome: Confined<Rc<RefCell<Outcome>>>,
}

fn run(program: &Arc<Program>, outcome: &Rc<RefCell<Outcome>>) {
    *outcome.borrow_mut() =
        Outcome { registers: vec![Vec::new(); program.len()], ..Outcome::default() };
    let shared = Arc::new(Shared {
        variables: std::array::from_fn(|_| AtomicU8::new(0)),
        locks: std::array::from_fn(|_| Mutex::new(())),
        condvar: Condvar::new(),
        handles: Confined::default(),
        outcome: Confined::new(Rc::clone(outcome)),
    });
    shared.handles.borrow_mut().push(thread::current());
    let spawned: Vec<_> = (1..program.len())
        .map(|id| {
            let (program, theirs) = (Arc::clone(program), Arc::clone(&shared));
            let handle = thread::spawn(move || theirs.run(&program[id], id));
            shared.handles.borrow_mut().push(handle.thread().clone());
            handle
        })
        .collect();
    shared.run(&program[0], 0);
    for handle in spawned {
        handle.join().expect("no step panics");
    }
}

impl Shared {
    fn run(&self, ops: &[Op], id: usize) {
        let mut guards: [Option<MutexGuard<'_, ()>>; LOCKS] = [None, None];
        for &op in ops {
            match op {
                Op::Load(x) => self.note(id, self.variables[x].load(Ordering::SeqCst)),
                Op::Store(x, value) => {
                    self.variables[x].store(value, Ordering::SeqCst);
                    self.outcome.borrow_mut().variables[x] = value;
                }
                Op::Add(x) => {
                    let old = self.add(x);
                    self.note(id, old);
                }
                Op::CompareExchange(x, old, new) => {
                    let (ok, failed) = (Ordering::SeqCst, Ordering::SeqCst);
                    let result = self.variables[x].compare_exchange(old, new, ok, failed);
                    if result.is_ok() {
                        self.outcome.borrow_mut().variables[x] = new;
                    }
                    self.note(id, result.unwrap_or_else(|other| other));
                }
                Op::Lock(lock) => guards[lock] = Some(self.locks[lock].lock().unwrap()),
                Op::Unlock(lock) => guards[lock] = None,
                Op::TryLockAndAdd(lock, x) => {
                    let guard = self.locks[lock].try_lock();
                    self.note(id, u8::from(guard.is_ok()));
                    if guard.is_ok() {
                        self.add(x);
                    }
                }
                Op::Wait => {
                    let guard = guards[0].take().expect("the program holds lock 0");
                    guards[0] = Some(self.condvar.wait(guard).unwrap());
                }
                Op::WaitTimeout => {
                    let guard = guards[0].take().expect("the program holds lock 0");
                    let second = Duration::from_secs(1);
                    let (guard, result) = self.condvar.wait_timeout(guard, second).unwrap();
                    guards[0] = Some(guard);
                    self.note(id, u8::from(result.timed_out()));
                }
                Op::NotifyOne => self.condvar.notify_one(),
                Op::NotifyAll => self.condvar.notify_all(),
                Op::Park => thread::park(),
                Op::Unpark(other) => {
                    // Its own statement: the borrow must end before the step begins.
                    let handle = self.handles.borrow()[other].clone();
                    handle.unpark();
                }
            }
        }
    }

    fn add(&self, x: usize) -> u8 {
        let old = self.variables[x].fetch_add(1, Ordering::SeqCst);
        self.outcome.borrow_mut().variables[x] = old + 1;
        old
    }

    fn note(&self, id: usize, value: u8) {
        self.outcome.borrow_mut().registers[id].push(value);
    }
}
