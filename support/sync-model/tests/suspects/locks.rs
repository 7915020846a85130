//! Locks.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Duration;

use sync_model::atomic::Ordering::SeqCst;
use sync_model::atomic::{AtomicBool, AtomicUsize};
use sync_model::model::Model;
use sync_model::{Arc, Condvar, Mutex, Once, RwLock, thread};

use super::{bounded, fails, passes, shared, unbounded};

/// The other thread writes after it has read-locked, this one looks before it does.
fn look_then_read_lock(model: Model) {
    fails(model, || {
        let (ours, theirs) = shared((AtomicBool::new(false), RwLock::new(())));
        let other = thread::spawn(move || {
            drop(theirs.1.read().unwrap());
            theirs.0.store(true, SeqCst);
        });
        let seen = ours.0.load(SeqCst);
        drop(ours.1.read().unwrap());
        other.join().unwrap();
        assert!(!seen);
    });
}

#[test]
fn a_read_unlock_puts_no_reader_before_another() {
    look_then_read_lock(bounded());
}

#[test]
fn a_read_unlock_puts_no_reader_before_another_without_a_bound() {
    look_then_read_lock(unbounded());
}

#[test]
fn a_write_after_a_read_unlock_may_be_late() {
    fails(bounded(), || {
        let (ours, theirs) = shared((AtomicBool::new(false), RwLock::new(())));
        let other = thread::spawn(move || {
            let seen = theirs.0.load(SeqCst);
            drop(theirs.1.read().unwrap());
            seen
        });
        drop(ours.1.read().unwrap());
        ours.0.store(true, SeqCst);
        assert!(other.join().unwrap());
    });
}

#[test]
fn a_read_unlock_does_not_follow_the_read_locks_before_it() {
    fails(unbounded(), || {
        let (ours, theirs) = shared((AtomicUsize::new(0), RwLock::new(())));
        let other = thread::spawn(move || {
            let guard = theirs.1.read().unwrap();
            theirs.0.store(1, SeqCst);
            drop(guard);
            let first = theirs.0.load(SeqCst);
            let _guard = theirs.1.read().unwrap();
            (first, theirs.0.load(SeqCst))
        });
        let before = ours.0.fetch_add(1, SeqCst);
        drop(ours.1.read().unwrap());
        let guard = ours.1.read().unwrap();
        ours.0.store(4, SeqCst);
        drop(guard);
        let seen = other.join().unwrap();
        assert_ne!((before, seen), (1, (2, 4)));
    });
}

/// The standard library warns of it: a reader may have to queue behind a writer that waits.
#[test]
fn reading_twice_deadlocks_with_a_writer_in_between() {
    fails(bounded(), || {
        let (ours, theirs) = shared(RwLock::new(0));
        let writer = thread::spawn(move || *theirs.write().unwrap() += 1);
        let first = ours.read().unwrap();
        let second = ours.read().unwrap();
        drop((first, second));
        writer.join().unwrap();
    });
}

#[test]
fn a_look_at_poison_competes_with_the_panic() {
    fails(bounded(), || {
        let (ours, theirs) = shared(Mutex::new(0));
        let other = thread::spawn(move || {
            let _guard = theirs.lock().unwrap();
            panic!("as it should");
        });
        let poisoned = ours.is_poisoned();
        let _ = other.join();
        assert!(!poisoned);
    });
}

#[test]
fn a_look_at_poison_may_come_after_the_panic() {
    fails(bounded(), || {
        let (ours, theirs) = shared(Mutex::new(0));
        let looks = thread::spawn(move || theirs.is_poisoned());
        let theirs = Arc::clone(&ours);
        let panics = thread::spawn(move || {
            let _guard = theirs.lock().unwrap();
            panic!("as it should");
        });
        let poisoned = looks.join().unwrap();
        let _ = panics.join();
        assert!(!poisoned);
    });
}

#[test]
fn two_waits_on_one_condition_variable_are_not_ordered() {
    fails(bounded(), || {
        let locks = (Mutex::new(()), Mutex::new(()));
        let (ours, theirs) = shared((AtomicBool::new(false), locks, Condvar::new()));
        let other = thread::spawn(move || {
            let guard = theirs.1.0.lock().unwrap();
            let _ = theirs.2.wait_timeout(guard, Duration::from_millis(1)).unwrap();
            theirs.0.store(true, SeqCst);
        });
        let seen = ours.0.load(SeqCst);
        let guard = ours.1.1.lock().unwrap();
        let _ = ours.2.wait_timeout(guard, Duration::from_millis(1)).unwrap();
        other.join().unwrap();
        assert!(!seen);
    });
}

/// Makes steps while its thread panics.
struct StepsWhenDropped(Arc<AtomicUsize>);

impl Drop for StepsWhenDropped {
    fn drop(&mut self) {
        self.0.fetch_add(1, SeqCst);
        self.0.fetch_add(1, SeqCst);
    }
}

#[test]
fn a_panic_that_was_caught_poisons_no_later_lock_even_while_another_thread_panics() {
    passes(bounded(), || {
        let (number, lock) = (Arc::new(AtomicUsize::new(0)), Arc::new(Mutex::new(0)));
        let steps = StepsWhenDropped(Arc::clone(&number));
        let panics = thread::spawn(move || {
            let _steps = steps;
            panic!("as it should");
        });
        let (number, theirs) = (Arc::clone(&number), Arc::clone(&lock));
        let catches = thread::spawn(move || {
            let _ = catch_unwind(|| panic!("it is caught"));
            number.fetch_add(1, SeqCst);
            let _guard = theirs.lock();
            number.fetch_add(1, SeqCst);
        });
        let _ = panics.join();
        catches.join().unwrap();
        assert!(!lock.is_poisoned());
    });
}

#[test]
fn once_passes_poison_on_only_if_it_panicked() {
    passes(bounded(), || {
        let (ours, theirs) = shared(Once::new());
        let other = thread::spawn(move || theirs.call_once(|| panic!("as it should")));
        let mine = catch_unwind(AssertUnwindSafe(|| ours.call_once(|| ())));
        assert!(other.join().is_err() || mine.is_ok());
    });
}
