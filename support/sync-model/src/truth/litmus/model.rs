//! Litmus programs on the model's atomics.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::rc::Rc;
use std::sync::Arc;

use super::notation::{LOCATIONS, Outcome, Program, Step};
use crate::atomic::{AtomicU8, Ordering, fence};
use crate::confined::Confined;
use crate::engine::{self, Path, Settings};
use crate::thread;
use crate::trace::Trace;

struct Shared {
    atomics: [AtomicU8; LOCATIONS],
    /// What each thread has read.
    read: Confined<RefCell<Vec<Vec<u8>>>>,
}

/// What a search has found, and how many executions it took.
pub(super) struct Found {
    pub outcomes: BTreeSet<Outcome>,
    pub executions: u64,
}

/// All outcomes in weak mode, or by interleaving alone. `None`: it takes more than so many executions.
pub(super) fn outcomes(program: &Program, weak: bool, limit: u64) -> Option<Found> {
    let noted: Rc<RefCell<BTreeSet<Outcome>>> = Rc::default();
    let scenario: Rc<dyn Fn()> = {
        let (program, noted) = (Arc::new(program.clone()), Rc::clone(&noted));
        Rc::new(move || {
            noted.borrow_mut().insert(run(&program));
        })
    };
    let settings = Settings { weak, unfair: true, untraced: true, ..Settings::default() };
    let (mut path, mut trace) = (Path::new(None), Trace::default());
    let session = engine::Session::begin();
    for executions in 1..=limit {
        let ending = engine::run(&session, Rc::clone(&scenario), &mut path, &mut trace, settings);
        assert_eq!(ending.stop, None);
        if !path.advance() {
            return Some(Found { outcomes: noted.take(), executions });
        }
    }
    None
}

fn run(program: &Arc<Program>) -> Outcome {
    let shared = Arc::new(Shared {
        atomics: std::array::from_fn(|_| AtomicU8::new(0)),
        read: Confined::new(RefCell::new(vec![Vec::new(); program.len()])),
    });
    let start = |thread: usize| {
        let (program, shared) = (Arc::clone(program), Arc::clone(&shared));
        thread::spawn(move || program[thread].iter().for_each(|&it| step(&shared, thread, it)))
    };
    let started: Vec<_> = (0..program.len()).map(start).collect();
    started.into_iter().for_each(|thread| thread.join().unwrap());
    let mut outcome = shared.read.borrow().concat();
    outcome.extend(shared.atomics.iter().map(|atomic| atomic.load(Ordering::Relaxed)));
    outcome
}

fn step(shared: &Shared, thread: usize, step: Step) {
    let atomics = &shared.atomics;
    let read = match step {
        Step::Load(at, ordering) => atomics[at].load(ordering),
        Step::Store(at, value, ordering) => return atomics[at].store(value, ordering),
        Step::Swap(at, value, ordering) => atomics[at].swap(value, ordering),
        Step::Add(at, value, ordering) => atomics[at].fetch_add(value, ordering),
        Step::CompareExchange(at, old, new, success, failure) => {
            let result = atomics[at].compare_exchange(old, new, success, failure);
            result.unwrap_or_else(|other| other)
        }
        Step::Fence(ordering) => return fence(ordering),
    };
    shared.read.borrow_mut()[thread].push(read);
}
