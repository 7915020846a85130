//! Counted references: who drops one, and who asks how many there are.

use sync_model::Arc;
use sync_model::Mutex;
use sync_model::atomic::Ordering::{Relaxed, SeqCst};
use sync_model::atomic::{AtomicBool, AtomicU32};
use sync_model::model::RaceCell;
use sync_model::thread;

use super::{bounded, fails, passes, shared};

#[test]
fn who_gets_the_value_for_itself_comes_after_those_that_dropped_it() {
    passes(bounded(), || {
        let (mut ours, theirs) = shared(RaceCell::new(0));
        let other = thread::spawn(move || {
            theirs.set(1);
            drop(theirs);
        });
        AtomicBool::new(false).store(true, SeqCst);
        if let Some(cell) = Arc::get_mut(&mut ours) {
            let _ = cell.get();
        }
        other.join().unwrap();
    });
}

/// Reads what it holds when it is dropped.
struct ReadsWhenDropped(RaceCell<u32>);

impl Drop for ReadsWhenDropped {
    fn drop(&mut self) {
        let _ = self.0.get();
    }
}

#[test]
fn the_last_drop_comes_after_all_other_drops() {
    passes(bounded(), || {
        let (ours, theirs) = shared(ReadsWhenDropped(RaceCell::new(0)));
        let (number, their_number) = shared(AtomicU32::new(0));
        let other = thread::spawn(move || {
            their_number.fetch_add(1, Relaxed);
            theirs.0.set(1);
            drop(theirs);
        });
        number.fetch_add(1, Relaxed);
        drop(ours);
        other.join().unwrap();
    });
}

#[test]
fn the_count_may_be_lower_already() {
    fails(bounded(), || {
        let (ours, theirs) = shared(0);
        let other = thread::spawn(move || drop(theirs));
        assert_eq!(Arc::strong_count(&ours), 2);
        other.join().unwrap();
    });
}

#[test]
fn an_attempt_to_unwrap_may_come_after_the_other_drop() {
    fails(bounded(), || {
        let (ours, theirs) = shared(Mutex::new(0));
        let other = thread::spawn(move || *theirs.lock().unwrap() += 1);
        assert!(Arc::try_unwrap(ours).is_err());
        other.join().unwrap();
    });
}

#[test]
fn an_upgrade_may_come_after_the_last_drop() {
    fails(bounded(), || {
        let ours = Arc::new(AtomicU32::new(0));
        let weak = Arc::downgrade(&ours);
        let other = thread::spawn(move || drop(ours));
        assert!(weak.upgrade().is_some());
        other.join().unwrap();
    });
}
