//! The programs on the types of one checker: `super::sync` says which.

use std::sync::Arc;
use std::time::Duration;

use super::sync::atomic::{AtomicU8, Ordering, fence};
use super::sync::{Condvar, Mutex, MutexGuard, thread};
use crate::litmus::{Access, Observed, Test};
use crate::program::{LOCKS, Op, Outcome, Program, VARIABLES};

/// What the threads share.
struct Shared {
    variables: [AtomicU8; VARIABLES],
    locks: [Mutex<()>; LOCKS],
    condvar: Condvar,
    handles: std::sync::Mutex<Vec<thread::Thread>>,
    /// Loads and stores are run as updates, which always meet the newest value.
    as_updates: bool,
}

/// A thread in the middle of its program.
struct Runner<'a> {
    shared: &'a Shared,
    guards: [Option<MutexGuard<'a, ()>>; LOCKS],
    registers: Vec<u8>,
}

/// A random program; each execution returns its outcome.
pub(crate) fn random(program: &Program, as_updates: bool) -> impl Fn() -> Outcome + use<> {
    let program = Arc::new(program.clone());
    move || {
        let run = |shared: &Shared, ops: &Vec<Op>| {
            let mut runner = Runner { shared, guards: [None, None], registers: Vec::new() };
            ops.iter().enumerate().for_each(|(line, &op)| runner.step(line, op));
            runner.registers
        };
        let (registers, variables) = all(&program, as_updates, run);
        Outcome { registers, variables, stuck: false }
    }
}

/// A litmus test; each execution returns what was observed.
pub(crate) fn litmus(test: &Test) -> impl Fn() -> Observed + use<> {
    let threads = Arc::new(test.threads.clone());
    move || {
        let run = |shared: &Shared, accesses: &Vec<Access>| {
            let mut registers = Vec::new();
            for (line, &access) in accesses.iter().enumerate() {
                registers.extend(shared.access_on(line, access));
            }
            registers
        };
        let (registers, variables) = all(&threads, false, run);
        Observed { registers: registers.concat(), variables }
    }
}

/// Runs each thread's part, the first one here; returns the registers, and the variables at the end.
fn all<T: Send + Sync + 'static>(
    parts: &Arc<Vec<T>>,
    as_updates: bool,
    run: impl Fn(&Shared, &T) -> Vec<u8> + Copy + Send + 'static,
) -> (Vec<Vec<u8>>, [u8; VARIABLES]) {
    let shared = Arc::new(Shared {
        variables: std::array::from_fn(|_| AtomicU8::new(0)),
        locks: std::array::from_fn(|_| Mutex::new(())),
        condvar: Condvar::new(),
        handles: std::sync::Mutex::new(vec![thread::current()]),
        as_updates,
    });
    let spawned: Vec<_> = (1..parts.len())
        .map(|id| {
            let (parts, theirs) = (Arc::clone(parts), Arc::clone(&shared));
            let handle = thread::spawn(move || run(&theirs, &parts[id]));
            shared.handles.lock().unwrap().push(handle.thread().clone());
            handle
        })
        .collect();
    let mut registers = vec![run(&shared, &parts[0])];
    registers.extend(spawned.into_iter().map(|thread| thread.join().expect("no step panics")));
    (registers, std::array::from_fn(|x| shared.load(x)))
}

impl Runner<'_> {
    /// Each step of a program stands on its own line, as in source code. A thread that comes back to
    /// a line again and again would be taken for one that polls.
    fn step(&mut self, line: usize, op: Op) {
        match line {
            0 => self.perform(op),
            1 => self.perform(op),
            2 => self.perform(op),
            3 => self.perform(op),
            4 => self.perform(op),
            5 => self.perform(op),
            6 => self.perform(op),
            7 => self.perform(op),
            _ => unreachable!("programs have eight steps at most"),
        }
    }

    #[track_caller]
    fn perform(&mut self, op: Op) {
        let shared = self.shared;
        let seen = match op {
            Op::Load(x) => Some(shared.load(x)),
            Op::Store(x, value) => return shared.store(x, value),
            Op::Add(x) => Some(shared.add(x)),
            Op::CompareExchange(x, old, new) => Some(shared.compare_exchange(x, old, new)),
            Op::TryLockAndAdd(lock, x) => {
                let guard = shared.locks[lock].try_lock();
                if guard.is_ok() {
                    shared.add(x);
                }
                Some(u8::from(guard.is_ok()))
            }
            Op::WaitTimeout => {
                let guard = self.guards[0].take().expect("the program holds lock 0");
                let second = Duration::from_secs(1);
                let (guard, result) = shared.condvar.wait_timeout(guard, second).unwrap();
                self.guards[0] = Some(guard);
                Some(u8::from(result.timed_out()))
            }
            _ => return self.synchronise(op),
        };
        self.registers.extend(seen);
    }

    /// A step that reads nothing.
    #[track_caller]
    fn synchronise(&mut self, op: Op) {
        let shared = self.shared;
        match op {
            Op::Lock(lock) => self.guards[lock] = Some(shared.locks[lock].lock().unwrap()),
            Op::Unlock(lock) => self.guards[lock] = None,
            Op::Wait => {
                let guard = self.guards[0].take().expect("the program holds lock 0");
                self.guards[0] = Some(shared.condvar.wait(guard).unwrap());
            }
            Op::NotifyOne => shared.condvar.notify_one(),
            Op::NotifyAll => shared.condvar.notify_all(),
            Op::Park => thread::park(),
            Op::Unpark(other) => {
                let handle = shared.handles.lock().unwrap()[other].clone();
                handle.unpark();
            }
            _ => unreachable!("{op:?} reads or writes a variable"),
        }
    }
}

impl Shared {
    #[track_caller]
    fn load(&self, x: usize) -> u8 {
        if self.as_updates {
            self.variables[x].fetch_add(0, Ordering::SeqCst)
        } else {
            self.variables[x].load(Ordering::SeqCst)
        }
    }

    #[track_caller]
    fn store(&self, x: usize, value: u8) {
        if self.as_updates {
            self.variables[x].swap(value, Ordering::SeqCst);
        } else {
            self.variables[x].store(value, Ordering::SeqCst);
        }
    }

    #[track_caller]
    fn add(&self, x: usize) -> u8 {
        self.variables[x].fetch_add(1, Ordering::SeqCst)
    }

    #[track_caller]
    fn compare_exchange(&self, x: usize, old: u8, new: u8) -> u8 {
        let (success, failure) = (Ordering::SeqCst, Ordering::SeqCst);
        let result = self.variables[x].compare_exchange(old, new, success, failure);
        result.unwrap_or_else(|other| other)
    }

    /// See [`Runner::step`].
    fn access_on(&self, line: usize, access: Access) -> Option<u8> {
        match line {
            0 => self.access(access),
            1 => self.access(access),
            2 => self.access(access),
            3 => self.access(access),
            _ => unreachable!("the threads of litmus tests have four steps at most"),
        }
    }

    #[track_caller]
    fn access(&self, access: Access) -> Option<u8> {
        match access {
            Access::Read(x, ordering) => Some(self.variables[x].load(ordering)),
            Access::Add(x, ordering) => Some(self.variables[x].fetch_add(1, ordering)),
            Access::Write(x, value, ordering) => {
                self.variables[x].store(value, ordering);
                None
            }
            Access::Fence(ordering) => {
                fence(ordering);
                None
            }
        }
    }
}
