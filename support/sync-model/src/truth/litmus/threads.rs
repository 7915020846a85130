//! What starts, ends and locks threads orders their accesses too. And what the search costs.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::rc::Rc;
use std::sync::Arc;

use Ordering::{Acquire, Relaxed, Release, SeqCst};

use super::{model, notation};
use crate::atomic::{AtomicU8, Ordering};
use crate::engine::{self, Path, Settings};
use crate::trace::Trace;
use crate::{Mutex, thread};

/// All values that the scenario may end with in weak mode.
fn values(scenario: impl Fn() -> u8 + 'static) -> BTreeSet<u8> {
    let found: Rc<RefCell<BTreeSet<u8>>> = Rc::default();
    let noted = Rc::clone(&found);
    let scenario: Rc<dyn Fn()> = Rc::new(move || {
        noted.borrow_mut().insert(scenario());
    });
    let settings = Settings { weak: true, ..Settings::default() };
    let (mut path, mut trace) = (Path::new(None), Trace::default());
    let session = engine::Session::begin();
    loop {
        let ending = engine::run(&session, Rc::clone(&scenario), &mut path, &mut trace, settings);
        assert_eq!(ending.stop, None);
        if !path.advance() {
            return found.take();
        }
    }
}

#[test]
fn a_new_thread_sees_what_its_parent_did() {
    let seen = values(|| {
        let x = Arc::new(AtomicU8::new(0));
        x.store(1, Relaxed);
        let theirs = Arc::clone(&x);
        thread::spawn(move || theirs.load(Relaxed)).join().unwrap()
    });
    assert_eq!(seen, BTreeSet::from([1]));
}

#[test]
fn who_joins_sees_what_the_thread_did() {
    let seen = values(|| {
        let x = Arc::new(AtomicU8::new(0));
        let theirs = Arc::clone(&x);
        thread::spawn(move || theirs.store(1, Relaxed)).join().unwrap();
        x.load(Relaxed)
    });
    assert_eq!(seen, BTreeSet::from([1]));
}

#[test]
fn a_lock_passes_on_what_was_done_before() {
    let seen = values(|| {
        let shared = Arc::new((AtomicU8::new(0), Mutex::new(false)));
        let theirs = Arc::clone(&shared);
        let other = thread::spawn(move || {
            theirs.0.store(1, Relaxed);
            *theirs.1.lock().unwrap() = true;
        });
        let done = *shared.1.lock().unwrap();
        let read = shared.0.load(Relaxed);
        other.join().unwrap();
        u8::from(done) * 10 + read
    });
    assert_eq!(seen, BTreeSet::from([0, 1, 11]));
}

/// No interleaving reads 0 here, and nothing forbids it: to find a lock taken tells nothing.
#[test]
fn a_lock_that_is_not_taken_passes_nothing_on() {
    let seen = values(|| {
        let shared = Arc::new((AtomicU8::new(0), Mutex::new(())));
        let theirs = Arc::clone(&shared);
        let other = thread::spawn(move || {
            theirs.0.store(1, Relaxed);
            drop(theirs.1.lock().unwrap());
        });
        let failed = shared.1.try_lock().is_err();
        let read = shared.0.load(Relaxed);
        other.join().unwrap();
        u8::from(failed) * 10 + read
    });
    assert_eq!(seen, BTreeSet::from([0, 1, 10, 11]));
}

/// Memory is slow, but not for ever: such loops end, and the search too.
#[test]
fn who_polls_sees_the_newest_at_last() {
    let seen = values(|| {
        let shared = Arc::new((AtomicU8::new(0), AtomicU8::new(0)));
        let theirs = Arc::clone(&shared);
        let other = thread::spawn(move || {
            theirs.0.store(1, Relaxed);
            theirs.1.store(1, Release);
        });
        while shared.1.load(Acquire) == 0 {}
        other.join().unwrap();
        shared.0.load(Relaxed)
    });
    assert_eq!(seen, BTreeSet::from([1]));
}

/// Two who swap could stay behind an unlock for ever, each reading what the other one wrote.
#[test]
fn a_lock_by_swapping_ends() {
    let seen = values(|| {
        let shared = Arc::new((AtomicU8::new(0), AtomicU8::new(0)));
        let section = |shared: &(AtomicU8, AtomicU8)| {
            while shared.0.swap(1, Acquire) == 1 {}
            shared.1.store(shared.1.load(Relaxed) + 1, Relaxed);
            shared.0.store(0, Release);
        };
        let theirs = Arc::clone(&shared);
        let other = thread::spawn(move || section(&theirs));
        section(&shared);
        other.join().unwrap();
        shared.1.load(Relaxed)
    });
    assert_eq!(seen, BTreeSet::from([2]));
}

/// What is `SeqCst` throughout costs nothing more in weak mode.
#[test]
fn sequential_programs_take_no_more_executions() {
    for text in [
        "x.sc = 1; a = y.sc || y.sc = 1; b = x.sc",
        "x.sc = 1 || y.sc = 1 || a = x.sc; b = y.sc || c = y.sc; d = x.sc",
        "x.sc = 1; y.sc = 2 || y.sc = 1; x.sc = 2 || a = x.add(1).sc",
    ] {
        let program = notation::parse(text).program;
        let search = |weak| model::outcomes(&program, weak, 100_000).expect("it is small");
        let (weak, strong) = (search(true), search(false));
        assert_eq!(weak.outcomes, strong.outcomes, "{text}");
        assert_eq!(weak.executions, strong.executions, "{text}");
    }
}

/// The search begins with what beginners expect.
#[test]
fn the_first_execution_is_an_interleaving() {
    let read = Rc::new(RefCell::new(Vec::new()));
    let noted = Rc::clone(&read);
    let scenario: Rc<dyn Fn()> = Rc::new(move || {
        let x = Arc::new(AtomicU8::new(0));
        let theirs = Arc::clone(&x);
        let other = thread::spawn(move || (1..4).for_each(|value| theirs.store(value, SeqCst)));
        noted.borrow_mut().push(x.load(Relaxed));
        other.join().unwrap();
        noted.borrow_mut().push(x.load(Relaxed));
    });
    let settings = Settings { weak: true, ..Settings::default() };
    engine::run(
        &engine::Session::begin(),
        scenario,
        &mut Path::new(None),
        &mut Trace::default(),
        settings,
    );
    let read = read.borrow();
    assert!(read.is_sorted() && read.last() == Some(&3), "{read:?}");
}
