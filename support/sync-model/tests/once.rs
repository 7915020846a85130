//! What is done once, and who waits for it, in every order of the threads.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::rc::Rc;

use sync_model::atomic::{AtomicUsize, Ordering};
use sync_model::model::{self, Model, RaceCell};
use sync_model::{Arc, LazyLock, Once, OnceLock, thread};

/// All values that `scenario` returns, over all orders.
fn outcomes<T: Ord + 'static>(scenario: impl Fn() -> T + 'static) -> BTreeSet<T> {
    let seen: Rc<RefCell<BTreeSet<T>>> = Rc::default();
    let notes = Rc::clone(&seen);
    Model::new().unbounded().at_least(1).check(move || {
        let outcome = scenario();
        notes.borrow_mut().insert(outcome);
    });
    seen.take()
}

/// What a call that may panic says when it does.
fn words(call: impl FnOnce()) -> Option<String> {
    let panic = catch_unwind(AssertUnwindSafe(call)).err()?;
    panic.downcast_ref::<&str>().map(|words| (*words).to_owned())
}

#[test]
fn who_waits_for_a_once_sees_what_it_did() {
    Model::new().unbounded().check(|| {
        let shared = Arc::new((Once::new(), RaceCell::new(0)));
        let theirs = Arc::clone(&shared);
        let worker = thread::spawn(move || theirs.0.call_once(|| theirs.1.set(5)));
        shared.0.wait();
        assert_eq!(shared.1.get(), 5);
        assert!(shared.0.is_completed());
        worker.join().unwrap();
    });
}

#[test]
fn nobody_does_it_while_one_waits() {
    let stuck = catch_unwind(|| model::check(|| Once::new().wait_force()));
    let report = stuck.expect_err("it waits for ever");
    let report = report.downcast_ref::<String>().expect("the report");
    assert!(report.contains("wait_force"), "{report}");
}

#[test]
fn a_panic_ends_a_wait_unless_it_is_forced() {
    let seen = outcomes(|| {
        let once = Arc::new(Once::new());
        let (first, second) = (Arc::clone(&once), Arc::clone(&once));
        let careless = thread::spawn(move || first.call_once(|| panic!("on purpose")));
        let careful = thread::spawn(move || {
            careless.join().unwrap_err();
            second.call_once_force(|state| assert!(state.is_poisoned()));
        });
        let words = words(|| once.wait());
        once.wait_force();
        assert!(once.is_completed());
        careful.join().unwrap();
        words
    });
    // The second call may come before the wait sees that the first has panicked.
    let poisoned = Some("Once instance has previously been poisoned".to_owned());
    assert_eq!(seen, BTreeSet::from([None, poisoned]));
}

#[test]
fn a_cell_is_waited_for_until_it_is_full() {
    Model::new().unbounded().check(|| {
        let cell = Arc::new(OnceLock::new());
        let theirs = Arc::clone(&cell);
        let worker = thread::spawn(move || {
            // A panic leaves the cell empty: who waits goes on waiting.
            assert!(words(|| _ = theirs.get_or_init(|| panic!("on purpose"))).is_some());
            theirs.set(String::from("full")).unwrap();
        });
        assert_eq!(cell.wait(), "full");
        worker.join().unwrap();
    });
}

#[test]
fn cells_are_compared_and_copied_with_what_they_hold() {
    Model::new().at_least(1).check(|| {
        let (empty, full) = (OnceLock::new(), OnceLock::from(3));
        assert_eq!(empty, empty.clone());
        assert_eq!(full, full.clone());
        assert_ne!(empty, full);
        assert_eq!((empty.get(), full.get()), (None, Some(&3)));
        assert_eq!(full.set(4), Err(4));
    });
}

#[test]
fn a_lazy_value_is_made_once_by_who_comes_first() {
    let makers = outcomes(|| {
        let makes = Arc::new(AtomicUsize::new(0));
        let counts = Arc::clone(&makes);
        let lazy = Arc::new(LazyLock::new(move || {
            counts.fetch_add(1, Ordering::Relaxed);
            thread::current().name() == Some("main")
        }));
        let theirs = Arc::clone(&lazy);
        let other = thread::spawn(move || **theirs);
        let mine = **lazy;
        assert_eq!(other.join().unwrap(), mine);
        assert_eq!(makes.load(Ordering::Relaxed), 1);
        mine
    });
    assert_eq!(makers, BTreeSet::from([false, true]));
}

#[test]
fn a_lazy_value_in_a_static_is_made_in_each_execution() {
    static NAMES: LazyLock<Vec<String>> = LazyLock::new(|| vec![String::from("long enough")]);
    model::check(|| {
        assert_eq!(format!("{NAMES:?}"), "LazyLock(<uninit>)");
        let other = thread::spawn(|| NAMES.len());
        assert_eq!((NAMES.len(), other.join().unwrap()), (1, 1));
        assert_eq!(LazyLock::get(&NAMES).map(Vec::len), Some(1));
    });
}

#[test]
fn a_lazy_value_whose_making_panicked_is_poisoned() {
    Model::new().at_least(1).check(|| {
        let mut lazy: LazyLock<u8> = LazyLock::new(|| panic!("on purpose"));
        assert_eq!(words(|| _ = LazyLock::force(&lazy)).as_deref(), Some("on purpose"));
        let poisoned = Some("LazyLock instance has previously been poisoned");
        assert_eq!(words(|| _ = LazyLock::force(&lazy)).as_deref(), poisoned);
        assert_eq!(words(|| *lazy = 1).as_deref(), poisoned);
        assert_eq!(
            (LazyLock::get(&lazy), format!("{lazy:?}").as_str()),
            (None, "LazyLock(<uninit>)")
        );
        assert_eq!(LazyLock::get_mut(&mut lazy), None);
    });
}

#[test]
fn a_lazy_value_can_be_changed_by_its_owner() {
    Model::new().at_least(1).check(|| {
        let mut lazy = LazyLock::new(|| vec![1]);
        assert_eq!(LazyLock::get(&lazy), None);
        assert_eq!(LazyLock::get_mut(&mut lazy), None);
        lazy.push(2);
        LazyLock::force_mut(&mut lazy).push(3);
        assert_eq!(LazyLock::get(&lazy), Some(&vec![1, 2, 3]));
        assert_eq!(*LazyLock::<u8>::default(), 0);
    });
}

#[test]
fn a_lazy_value_that_needs_itself_waits_for_ever() {
    static SELF: LazyLock<u8> = LazyLock::new(|| *SELF + 1);
    let stuck = catch_unwind(|| Model::new().at_least(1).check(|| assert_eq!(*SELF, 1)));
    let report = stuck.expect_err("it waits for ever");
    let report = report.downcast_ref::<String>().expect("the report");
    assert!(report.contains("deadlock"), "{report}");
}
