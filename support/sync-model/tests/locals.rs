//! Values that each thread has for itself begin and end as the standard library's do: one scenario
//! runs on its threads and in the model, and must say the same.

use std::cell::{Cell, RefCell};

use sync_model::atomic::{AtomicUsize, Ordering};
use sync_model::{Arc, model, thread};

use alone::said_by;

mod alone;

/// Where the destructors say what they see.
type Log = std::sync::Arc<std::sync::Mutex<Vec<String>>>;

macro_rules! scenario {
    ($flavour:ident, $root:path) => {
        mod $flavour {
            use std::cell::{Cell, RefCell};
            use super::Log;
            use $root as sync;

            struct Says(&'static str, Log, fn() -> String);

            impl Drop for Says {
                fn drop(&mut self) {
                    let line = format!("{}: {}", self.0, (self.2)());
                    self.1.lock().unwrap().push(line);
                }
            }

            type Slot = RefCell<Option<Says>>;

            sync::thread_local! {
                /// With an attribute, and visible.
                pub(super) static FIRST: Slot = const { RefCell::new(None) };
                static SECOND: Slot = RefCell::new(None);
                static THIRD: Slot = const { RefCell::new(None) };
            }
            sync::thread_local!(static LATE: Slot = const { RefCell::new(None) });
            sync::thread_local!(static NUMBER: Cell<u32> = Cell::new(7););
            sync::thread_local! {
                static NEVER: Cell<u32> = panic!("the initialiser runs");
                static NEVER_SLOT: RefCell<u32> = panic!("the initialiser runs")
            }
            sync::thread_local!();

            fn fill(key: &'static sync::thread::LocalKey<Slot>, says: Says) {
                key.set(Some(says));
            }

            /// What destructors see, in the order in which they run.
            pub(super) fn ending(log: &Log) {
                let say = |name, see: fn() -> String| Says(name, log.clone(), see);
                NUMBER.set(8);
                fill(&FIRST, say("first", || {
                    let own = FIRST.try_with(|_| ()).map_err(|error| error.to_string());
                    let second = SECOND.try_with(|_| ()).is_ok();
                    format!("own {own:?}, second {second}, number {}", NUMBER.get())
                }));
                fill(&SECOND, say("second", || {
                    let others = FIRST.with_borrow(Option::is_some);
                    // Begins only now, and ends next.
                    LATE.with_borrow_mut(|late| {
                        let log = FIRST.with_borrow(|first| first.as_ref().unwrap().1.clone());
                        *late = Some(Says("late", log, || "begun by a destructor".to_owned()));
                    });
                    format!("first {others}")
                }));
                fill(&THIRD, say("third", || {
                    let panic = std::panic::catch_unwind(|| THIRD.with(|_| ())).unwrap_err();
                    panic.downcast_ref::<String>().unwrap().clone()
                }));
                FIRST.with_borrow(|first| assert!(first.is_some()));
            }

            /// Functions that set a value do not begin it.
            pub(super) fn setting() {
                NEVER.set(1);
                assert_eq!((NEVER.get(), NEVER.replace(2), NEVER.take(), NEVER.get()), (1, 1, 2, 0));
                NEVER_SLOT.set(1);
                assert_eq!((NEVER_SLOT.replace(2), NEVER_SLOT.take()), (1, 2));
                NUMBER.set(NUMBER.get() + 1);
                assert_eq!(NUMBER.try_with(Cell::get), Ok(8));
            }
        }
    };
}

scenario!(real, sync);
scenario!(modelled, sync_model);

#[test]
fn values_end_as_in_the_standard_library() {
    let real = Log::default();
    let theirs = real.clone();
    std::thread::spawn(move || real::ending(&theirs)).join().unwrap();
    let real = real.lock().unwrap().clone();
    let names: Vec<_> = real.iter().map(|line| line.split_once(':').unwrap().0).collect();
    assert_eq!(names, ["third", "second", "late", "first"]);
    model::Model::new().at_least(1).check(move || {
        let log = Log::default();
        let theirs = log.clone();
        thread::spawn(move || modelled::ending(&theirs)).join().unwrap();
        assert_eq!(*log.lock().unwrap(), real);
    });
}

#[test]
fn setting_a_value_does_not_begin_it() {
    std::thread::spawn(real::setting).join().unwrap();
    model::Model::new().at_least(1).check(|| {
        modelled::setting();
        thread::spawn(modelled::setting).join().unwrap();
    });
}

struct Tick(Arc<AtomicUsize>, usize);

impl Drop for Tick {
    fn drop(&mut self) {
        self.0.fetch_add(self.1, Ordering::SeqCst);
    }
}

sync_model::thread_local! {
    static A: RefCell<Option<Tick>> = RefCell::new(None);
    static B: RefCell<Option<Tick>> = RefCell::new(None);
}

#[test]
fn destructors_with_steps_run_in_one_order() {
    model::check(|| {
        let count = Arc::new(AtomicUsize::new(0));
        let (theirs, seen) = (Arc::clone(&count), Arc::clone(&count));
        let other = thread::spawn(move || {
            A.with_borrow_mut(|a| *a = Some(Tick(Arc::clone(&theirs), 10)));
            B.with_borrow_mut(|b| *b = Some(Tick(theirs, 1)));
        });
        // Of the two, B's comes first: 10 without 1 is never seen.
        let now = seen.load(Ordering::SeqCst);
        assert!([0, 1, 11].contains(&now), "{now}");
        other.join().unwrap();
        assert_eq!(count.load(Ordering::SeqCst), 11);
    });
}

#[test]
fn a_result_that_nobody_joins_may_use_the_values() {
    struct Last(Arc<AtomicUsize>);
    impl Drop for Last {
        fn drop(&mut self) {
            let kept = A.with_borrow(Option::is_some);
            self.0.store(1 + usize::from(kept), Ordering::SeqCst);
        }
    }
    model::Model::new().at_least(1).check(|| {
        let seen = Arc::new(AtomicUsize::new(0));
        let theirs = Arc::clone(&seen);
        drop(thread::spawn(move || {
            A.set(Some(Tick(Arc::default(), 1)));
            Last(theirs)
        }));
        while seen.load(Ordering::SeqCst) == 0 {
            thread::yield_now();
        }
        assert_eq!(seen.load(Ordering::SeqCst), 2);
    });
}

#[test]
#[ignore = "ends its process: it is run by the test below"]
fn fails_with_values() {
    model::check(|| {
        let count = Arc::new(AtomicUsize::new(0));
        let theirs = Arc::clone(&count);
        A.set(Some(Tick(Arc::clone(&count), 1)));
        let other = thread::spawn(move || {
            B.set(Some(Tick(Arc::clone(&theirs), 1)));
            theirs.fetch_add(1, Ordering::SeqCst);
            assert_eq!(theirs.load(Ordering::SeqCst), 3);
        });
        other.join().unwrap();
    });
}

#[test]
#[ignore = "ends its process: it is run by the test below"]
fn fails_in_a_destructor() {
    struct Breaks;
    impl Drop for Breaks {
        fn drop(&mut self) {
            panic!("broken as it ends");
        }
    }
    sync_model::thread_local!(static C: Cell<Option<Breaks>> = const { Cell::new(None) });
    model::Model::new().at_least(1).check(|| {
        thread::spawn(|| C.set(Some(Breaks))).join().unwrap();
    });
}

#[test]
fn a_check_that_fails_leaves_nothing_to_drop() {
    for (test, message) in
        [("fails_with_values", "left: 1"), ("fails_in_a_destructor", "broken as it ends")]
    {
        let said = said_by(test, 101);
        assert!(said.contains(message), "{said}");
        assert!(!said.contains("abort") && !said.contains("fatal"), "{said}");
    }
}
