//! What a dropped `Arc` publishes where loads may read old values.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::rc::Rc;

use sync_model::atomic::{AtomicU32, Ordering::Relaxed};
use sync_model::model::Model;
use sync_model::{Arc, thread};

/// What a relaxed load may read once `gone` has said that the other's `Arc` is dropped.
fn read_after(gone: fn(&mut Arc<AtomicU32>) -> bool) -> BTreeSet<u32> {
    let seen: Rc<RefCell<BTreeSet<u32>>> = Rc::default();
    let notes = Rc::clone(&seen);
    Model::new().unbounded().weak().check(move || {
        let mut mine = Arc::new(AtomicU32::new(0));
        let theirs = Arc::clone(&mine);
        let other = thread::spawn(move || theirs.store(1, Relaxed));
        if gone(&mut mine) {
            notes.borrow_mut().insert(mine.load(Relaxed));
        }
        other.join().unwrap();
    });
    seen.take()
}

#[test]
fn who_gets_the_value_reads_what_was_written_before_the_drop() {
    let new = BTreeSet::from([1]);
    assert_eq!(read_after(|mine| Arc::get_mut(mine).is_some()), new);
    assert_eq!(
        read_after(|mine| {
            let alone = Arc::strong_count(mine) == 1;
            let again = Arc::downgrade(mine).upgrade();
            alone && again.is_some()
        }),
        new
    );
}

#[test]
fn who_counts_may_read_the_old_value() {
    assert_eq!(read_after(|mine| Arc::strong_count(mine) == 1), BTreeSet::from([0, 1]));
}
