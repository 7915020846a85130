//! What a learner reads of an `Arc`.

use sync_model::model::RaceCell;
use sync_model::{Arc, thread};

use super::report;

#[test]
fn a_count_orders_nothing() {
    let report = report(|| {
        let mine = Arc::new(RaceCell::new(0));
        let theirs = Arc::clone(&mine);
        let other = thread::spawn(move || theirs.set(1));
        if Arc::strong_count(&mine) == 1 {
            mine.set(2);
        }
        other.join().unwrap();
    });
    assert!(report.starts_with("data-race"), "{report}");
    assert!(report.contains("Arc::strong_count(&mine) → 1"), "{report}");
    assert!(report.contains("drop the Arc"), "{report}");
}

#[test]
fn a_count_is_told_with_what_changed_it() {
    let report = report(|| {
        let mine = Arc::new(0);
        let (theirs, weak) = (mine.clone(), Arc::downgrade(&mine));
        let other = thread::spawn(move || {
            let theirs = theirs;
            drop(theirs);
        });
        drop(weak);
        let counts = (Arc::strong_count(&mine), Arc::weak_count(&mine));
        other.join().unwrap();
        assert_eq!(counts, (2, 0));
    });
    assert!(report.contains("mine.clone()"), "{report}");
    assert!(report.contains("drop the Arc"), "{report}");
    assert!(report.contains("drop the Weak"), "{report}");
    assert!(report.contains("Arc::strong_count(&mine) → 1"), "{report}");
    assert!(report.contains("Arc::weak_count(&mine) → 0"), "{report}");
    assert!(!report.contains("made here"), "{report}");
}
