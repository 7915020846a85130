//! Threads that wait by looking at an `Arc`.

use std::collections::BTreeSet;

use sync_model::atomic::{AtomicBool, Ordering::SeqCst};
use sync_model::model::{self, Model};
use sync_model::{Arc, hint, thread};

use super::{outcomes, report};

#[test]
fn who_waits_for_a_count_goes_on() {
    type Wait = fn(&mut Arc<u32>);
    let counts: Wait = |mine| {
        while Arc::strong_count(mine) > 1 {
            hint::spin_loop();
        }
    };
    let looks: Wait = |mine| while Arc::strong_count(mine) > 1 {};
    let borrows: Wait = |mine| {
        while Arc::get_mut(mine).is_none() {
            thread::yield_now();
        }
    };
    for wait in [counts, looks, borrows] {
        let seen = outcomes(move || {
            let mut mine = Arc::new(0);
            let theirs = Arc::clone(&mine);
            let other = thread::spawn(move || {
                let more = Arc::clone(&theirs);
                drop(theirs);
                drop(more);
            });
            wait(&mut mine);
            let count = Arc::strong_count(&mine);
            other.join().unwrap();
            count
        });
        assert_eq!(seen, BTreeSet::from([1]));
    }
}

#[test]
fn who_waits_for_the_end_of_a_value_goes_on() {
    model::check(|| {
        let mine = Arc::new(vec![0]);
        let weak = Arc::downgrade(&mine);
        let other = thread::spawn(move || drop(mine));
        while weak.upgrade().is_some() {
            thread::yield_now();
        }
        other.join().unwrap();
    });
}

#[test]
fn who_waits_for_an_owner_that_stays_is_stuck() {
    let report = report(|| {
        let mine = Arc::new(AtomicBool::new(false));
        let theirs = Arc::clone(&mine);
        let other = thread::spawn(move || while Arc::strong_count(&theirs) > 1 {});
        mine.store(true, SeqCst);
        other.join().unwrap();
    });
    assert!(report.starts_with("livelock"), "{report}");
}

#[test]
fn a_place_that_often_gets_what_it_asks_for_does_not_poll() {
    Model::new().at_least(1).check(|| {
        let mut mine = Arc::new(0);
        for _ in 0..500 {
            *Arc::get_mut(&mut mine).unwrap() += 1;
        }
        assert_eq!(*mine, 500);
    });
}
