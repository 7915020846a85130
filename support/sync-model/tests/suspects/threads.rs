//! Threads that start, sleep and end.

use std::cell::RefCell;

use sync_model::atomic::Ordering::SeqCst;
use sync_model::atomic::{AtomicBool, AtomicUsize};
use sync_model::{Arc, mpsc, thread, thread_local};

use super::{bounded, fails, passes, shared, unbounded};

#[test]
fn a_thread_may_go_on_without_its_token() {
    fails(bounded().spurious(), || {
        let (ours, theirs) = shared(AtomicBool::new(false));
        let sleeper = thread::current();
        let other = thread::spawn(move || {
            theirs.store(true, SeqCst);
            sleeper.unpark();
        });
        thread::park();
        assert!(ours.load(SeqCst));
        other.join().unwrap();
    });
}

/// Who is woken by one of two threads need not wait for the other.
#[test]
fn either_of_two_unparks_may_be_the_one_that_wakes() {
    fails(unbounded(), || {
        let (ours, theirs) = shared(AtomicUsize::new(0));
        let (sleeper, sleeper_too) = (thread::current(), thread::current());
        let first = thread::spawn(move || {
            let seen = theirs.load(SeqCst);
            sleeper.unpark();
            seen
        });
        let second = thread::spawn(move || sleeper_too.unpark());
        thread::park();
        ours.store(1, SeqCst);
        second.join().unwrap();
        assert_eq!(first.join().unwrap(), 0);
    });
}

/// Adds so much when it is dropped.
struct Adds(Arc<AtomicUsize>, usize);

impl Drop for Adds {
    fn drop(&mut self) {
        self.0.fetch_add(self.1, SeqCst);
    }
}

thread_local! {
    static FIRST: RefCell<Option<Adds>> = RefCell::new(None);
    static SECOND: RefCell<Option<Adds>> = RefCell::new(None);
}

#[test]
fn the_values_of_a_thread_are_dropped_in_the_same_order_each_time() {
    passes(bounded(), || {
        let (ours, theirs) = shared(AtomicUsize::new(0));
        let other = thread::spawn(move || {
            FIRST.with_borrow_mut(|value| *value = Some(Adds(Arc::clone(&theirs), 1)));
            SECOND.with_borrow_mut(|value| *value = Some(Adds(Arc::clone(&theirs), 10)));
        });
        ours.fetch_add(100, SeqCst);
        other.join().unwrap();
        assert_eq!(ours.load(SeqCst), 111);
    });
}

#[test]
fn twenty_threads_one_after_another_are_not_too_many() {
    passes(bounded().at_least(1), || {
        let number = Arc::new(AtomicUsize::new(0));
        for _ in 0..20 {
            let theirs = Arc::clone(&number);
            let other = thread::spawn(move || theirs.fetch_add(1, SeqCst));
            other.join().unwrap();
        }
        assert_eq!(number.load(SeqCst), 20);
    });
}

#[test]
fn a_panic_that_nobody_joins_is_a_failure() {
    fails(bounded(), || {
        let (ours, theirs) = shared(AtomicUsize::new(0));
        thread::spawn(move || assert_eq!(theirs.load(SeqCst), 0));
        ours.store(1, SeqCst);
    });
}

// Threads that still wait when the first one ends: they end with the process.

#[test]
fn a_receiver_that_outlives_the_first_thread_is_no_deadlock() {
    passes(bounded(), || {
        let (send, receive) = mpsc::channel::<u32>();
        let (ours, theirs) = shared(send);
        thread::spawn(move || {
            // Its own sender keeps the channel open for ever.
            let _theirs = theirs;
            while receive.recv().is_ok() {}
        });
        ours.send(1).unwrap();
    });
}

#[test]
fn a_parked_worker_that_outlives_the_first_thread_is_no_deadlock() {
    passes(bounded(), || {
        let (ours, theirs) = shared(AtomicUsize::new(0));
        thread::spawn(move || {
            loop {
                thread::park();
                theirs.fetch_add(1, SeqCst);
            }
        });
        ours.fetch_add(1, SeqCst);
    });
}
