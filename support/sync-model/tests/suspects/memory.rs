//! Atomics, and memory that is weak.

use sync_model::atomic::AtomicU32;
use sync_model::atomic::Ordering::{Relaxed, SeqCst};
use sync_model::thread;

use super::{bounded, fails, shared, unbounded};

#[test]
fn a_weak_exchange_may_fail_without_reason() {
    fails(bounded(), || {
        let (ours, theirs) = shared(AtomicU32::new(0));
        let other = thread::spawn(move || theirs.store(1, SeqCst));
        let alone = AtomicU32::new(0);
        assert!(alone.compare_exchange_weak(0, 1, SeqCst, SeqCst).is_ok());
        ours.store(2, SeqCst);
        other.join().unwrap();
    });
}

/// Another thread stores 1 in both variables, in order, but relaxed. Whoever has seen the second one
/// may still find the first one as it was, by this kind of `look`.
fn may_see_the_old_value(look: fn(&AtomicU32) -> bool) {
    fails(unbounded().weak(), move || {
        let (ours, theirs) = shared((AtomicU32::new(0), AtomicU32::new(0)));
        let other = thread::spawn(move || {
            theirs.0.store(1, Relaxed);
            theirs.1.store(1, Relaxed);
        });
        let seen = ours.1.load(Relaxed) == 1;
        let is_old = look(&ours.0);
        other.join().unwrap();
        assert!(!(seen && is_old));
    });
}

#[test]
fn an_exchange_that_fails_may_see_an_old_value() {
    may_see_the_old_value(|x| x.compare_exchange(7, 8, Relaxed, Relaxed) == Err(0));
}

#[test]
fn four_loads_in_a_row_may_see_the_same_old_value() {
    may_see_the_old_value(|x| (0..4).map(|_| x.load(Relaxed)).sum::<u32>() == 0);
}
