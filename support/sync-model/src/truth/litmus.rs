//! Weak memory: the published litmus tests. Each outcome that C11 allows and forbids is known.
//!
//! Not found, because writes are seen in the order in which they are run and nothing is promised
//! ahead: load buffering, and the outcomes of two threads that write the same variables in opposite
//! orders (2+2W). Everything that the model reports is possible; these two it does not report.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::rc::Rc;
use std::sync::Arc;

use Ordering::{Acquire, Relaxed, Release, SeqCst};

use crate::atomic::{AtomicU8, Ordering, fence};
use crate::confined::Confined;
use crate::engine::{self, Path, Settings};
use crate::thread;
use crate::trace::Trace;

/// The variables, and what the threads have read.
struct Shared {
    x: AtomicU8,
    y: AtomicU8,
    read: Confined<RefCell<Vec<(usize, u8)>>>,
}

impl Shared {
    /// The thread's register `number` holds `value`.
    fn note(&self, number: usize, value: u8) {
        self.read.borrow_mut().push((number, value));
    }
}

type Threads = &'static [fn(&Shared)];

/// All that the registers can hold at the end, in the order of their numbers.
fn outcomes(weak: bool, threads: Threads) -> BTreeSet<Vec<u8>> {
    let found: Rc<RefCell<BTreeSet<Vec<u8>>>> = Rc::default();
    let noted = Rc::clone(&found);
    let scenario: Rc<dyn Fn()> = Rc::new(move || {
        let shared = Arc::new(Shared {
            x: AtomicU8::new(0),
            y: AtomicU8::new(0),
            read: Confined::default(),
        });
        let started: Vec<_> = threads
            .iter()
            .map(|body| {
                let shared = Arc::clone(&shared);
                thread::spawn(move || body(&shared))
            })
            .collect();
        started.into_iter().for_each(|thread| thread.join().unwrap());
        let mut read = shared.read.borrow().clone();
        read.sort_unstable();
        noted.borrow_mut().insert(read.into_iter().map(|(_, value)| value).collect());
    });
    let settings = Settings { weak, ..Settings::default() };
    let (mut path, mut trace) = (Path::new(None), Trace::default());
    loop {
        let ending = engine::run(
            &engine::Session::begin(),
            Rc::clone(&scenario),
            &mut path,
            &mut trace,
            settings,
        );
        assert_eq!(ending.stop, None);
        if !path.advance() {
            return found.take();
        }
    }
}

#[track_caller]
fn allowed(threads: Threads, outcome: &[u8]) {
    assert!(outcomes(true, threads).contains(outcome), "weak memory allows {outcome:?}");
    assert!(!outcomes(false, threads).contains(outcome), "interleaving forbids {outcome:?}");
}

#[track_caller]
fn forbidden(threads: Threads, outcome: &[u8]) {
    assert!(!outcomes(true, threads).contains(outcome), "weak memory forbids {outcome:?}");
}

#[test]
fn message_passing() {
    allowed(
        &[
            |s| {
                s.x.store(1, Relaxed);
                s.y.store(1, Relaxed);
            },
            |s| {
                s.note(0, s.y.load(Relaxed));
                s.note(1, s.x.load(Relaxed));
            },
        ],
        &[1, 0],
    );
    forbidden(
        &[
            |s| {
                s.x.store(1, Relaxed);
                s.y.store(1, Release);
            },
            |s| {
                s.note(0, s.y.load(Acquire));
                s.note(1, s.x.load(Relaxed));
            },
        ],
        &[1, 0],
    );
    forbidden(
        &[
            |s| {
                s.x.store(1, Relaxed);
                fence(Release);
                s.y.store(1, Relaxed);
            },
            |s| {
                s.note(0, s.y.load(Relaxed));
                fence(Acquire);
                s.note(1, s.x.load(Relaxed));
            },
        ],
        &[1, 0],
    );
}

#[test]
fn store_buffering() {
    allowed(
        &[
            |s| {
                s.x.store(1, Release);
                s.note(0, s.y.load(Acquire));
            },
            |s| {
                s.y.store(1, Release);
                s.note(1, s.x.load(Acquire));
            },
        ],
        &[0, 0],
    );
    forbidden(
        &[
            |s| {
                s.x.store(1, SeqCst);
                s.note(0, s.y.load(SeqCst));
            },
            |s| {
                s.y.store(1, SeqCst);
                s.note(1, s.x.load(SeqCst));
            },
        ],
        &[0, 0],
    );
    forbidden(
        &[
            |s| {
                s.x.store(1, Relaxed);
                fence(SeqCst);
                s.note(0, s.y.load(Relaxed));
            },
            |s| {
                s.y.store(1, Relaxed);
                fence(SeqCst);
                s.note(1, s.x.load(Relaxed));
            },
        ],
        &[0, 0],
    );
}

#[test]
fn sequential_accesses_and_fences() {
    // One side by accesses, the other one by a fence.
    forbidden(
        &[
            |s| {
                s.x.store(1, SeqCst);
                s.note(0, s.y.load(SeqCst));
            },
            |s| {
                s.y.store(1, Relaxed);
                fence(SeqCst);
                s.note(1, s.x.load(Relaxed));
            },
        ],
        &[0, 0],
    );
    // A strong load does not make up for a weak store.
    allowed(
        &[
            |s| {
                s.x.store(1, Relaxed);
                s.y.store(1, Relaxed);
            },
            |s| {
                s.note(0, s.y.load(SeqCst));
                s.note(1, s.x.load(SeqCst));
            },
        ],
        &[1, 0],
    );
}

#[test]
fn independent_reads_of_independent_writes() {
    allowed(
        &[
            |s| s.x.store(1, Release),
            |s| s.y.store(1, Release),
            |s| {
                s.note(0, s.x.load(Acquire));
                s.note(1, s.y.load(Acquire));
            },
            |s| {
                s.note(2, s.y.load(Acquire));
                s.note(3, s.x.load(Acquire));
            },
        ],
        &[1, 0, 1, 0],
    );
    forbidden(
        &[
            |s| s.x.store(1, SeqCst),
            |s| s.y.store(1, SeqCst),
            |s| {
                s.note(0, s.x.load(SeqCst));
                s.note(1, s.y.load(SeqCst));
            },
            |s| {
                s.note(2, s.y.load(SeqCst));
                s.note(3, s.x.load(SeqCst));
            },
        ],
        &[1, 0, 1, 0],
    );
}

#[test]
fn coherence() {
    // Two reads of one variable never go back in time.
    forbidden(
        &[
            |s| {
                s.x.store(1, Relaxed);
                s.x.store(2, Relaxed);
            },
            |s| {
                s.note(0, s.x.load(Relaxed));
                s.note(1, s.x.load(Relaxed));
            },
        ],
        &[2, 1],
    );
    // A thread sees its own writes.
    forbidden(
        &[
            |s| {
                s.x.store(1, Relaxed);
                s.note(0, s.x.load(Relaxed));
            },
            |_| (),
        ],
        &[0],
    );
}

#[test]
fn causality() {
    // What is passed on over a third thread arrives.
    forbidden(
        &[
            |s| s.x.store(1, Relaxed),
            |s| {
                s.note(0, s.x.load(Relaxed));
                s.y.store(1, Release);
            },
            |s| {
                s.note(1, s.y.load(Acquire));
                s.note(2, s.x.load(Relaxed));
            },
        ],
        &[1, 1, 0],
    );
}

#[test]
fn release_sequences() {
    // An update in between passes on what the write before it released.
    forbidden(
        &[
            |s| {
                s.x.store(1, Relaxed);
                s.y.store(1, Release);
            },
            |s| {
                s.y.fetch_add(1, Relaxed);
            },
            |s| {
                s.note(0, s.y.load(Acquire));
                s.note(1, s.x.load(Relaxed));
            },
        ],
        &[2, 0],
    );
}

#[test]
fn updates_read_the_newest() {
    forbidden(
        &[|s| s.note(0, s.x.fetch_add(1, Relaxed)), |s| s.note(1, s.x.fetch_add(1, Relaxed))],
        &[0, 0],
    );
}

#[test]
fn load_buffering_is_not_reported() {
    // C11 allows it. See this module's first lines.
    forbidden(
        &[
            |s| {
                s.note(0, s.x.load(Relaxed));
                s.y.store(1, Relaxed);
            },
            |s| {
                s.note(1, s.y.load(Relaxed));
                s.x.store(1, Relaxed);
            },
        ],
        &[1, 1],
    );
}
