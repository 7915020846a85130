//! `Arc` and `Weak`: what they do, and which races they show.

use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::rc::Rc;

use sync_model::model::{self, Model, RaceCell};
use sync_model::{Arc, Weak, thread};

#[path = "arc/costs.rs"]
mod costs;
#[path = "arc/differential.rs"]
mod differential;
#[path = "arc/surface.rs"]
mod surface;
#[path = "arc/takes.rs"]
mod takes;
#[path = "arc/told.rs"]
mod told;
#[path = "arc/waits.rs"]
mod waits;
#[path = "arc/weak_memory.rs"]
mod weak_memory;

/// All values that `scenario` returns, over all orders, and the number of executions.
fn explore<T: Ord + 'static>(scenario: impl Fn() -> T + 'static) -> (BTreeSet<T>, u32) {
    let seen: Rc<(RefCell<BTreeSet<T>>, Cell<u32>)> = Rc::default();
    let notes = Rc::clone(&seen);
    Model::new().unbounded().at_least(1).check(move || {
        notes.1.set(notes.1.get() + 1);
        let outcome = scenario();
        notes.0.borrow_mut().insert(outcome);
    });
    (seen.0.take(), seen.1.get())
}

fn outcomes<T: Ord + 'static>(scenario: impl Fn() -> T + 'static) -> BTreeSet<T> {
    explore(scenario).0
}

/// What the check says of a scenario that fails.
fn report(scenario: impl Fn() + 'static) -> String {
    let check = || Model::new().check(scenario);
    let panic = catch_unwind(AssertUnwindSafe(check)).expect_err("the check fails");
    *panic.downcast::<String>().expect("a report is text")
}

/// A value whose destructor reads what its owners wrote, and tells on which thread.
struct Told {
    cell: RaceCell<u32>,
    last: std::sync::Arc<std::sync::Mutex<Option<String>>>,
}

impl Told {
    fn new() -> Self {
        Self { cell: RaceCell::new(0), last: std::sync::Arc::default() }
    }
}

impl Drop for Told {
    fn drop(&mut self) {
        let _ = self.cell.get();
        let name = thread::current().name().unwrap_or("main").to_owned();
        assert_eq!(self.last.lock().unwrap().replace(name), None, "it is dropped once");
    }
}

#[test]
fn get_mut_comes_after_owners_that_are_gone() {
    let seen = outcomes(|| {
        let mut mine = Arc::new(RaceCell::new(0));
        let theirs = Arc::clone(&mine);
        let other = thread::spawn(move || theirs.set(1));
        let value = Arc::get_mut(&mut mine).map(|cell| cell.get());
        other.join().unwrap();
        value
    });
    assert_eq!(seen, BTreeSet::from([None, Some(1)]));
}

#[test]
fn get_mut_comes_after_weaks_that_are_gone() {
    let seen = outcomes(|| {
        let mut mine = Arc::new(());
        let cell = std::sync::Arc::new(RaceCell::new(0));
        let (weak, theirs) = (Arc::downgrade(&mine), std::sync::Arc::clone(&cell));
        let other = thread::spawn(move || {
            theirs.set(1);
            drop(weak);
        });
        let value = Arc::get_mut(&mut mine).map(|()| cell.get());
        other.join().unwrap();
        value
    });
    assert_eq!(seen, BTreeSet::from([None, Some(1)]));
}

#[test]
fn upgrade_comes_after_owners_that_are_gone() {
    let seen = outcomes(|| {
        let mine = Arc::new(RaceCell::new(0));
        let (theirs, weak) = (Arc::clone(&mine), Arc::downgrade(&mine));
        let other = thread::spawn(move || theirs.set(1));
        let alone = Arc::strong_count(&mine) == 1;
        let value = weak.upgrade().filter(|_| alone).map(|cell| cell.get());
        other.join().unwrap();
        value
    });
    assert_eq!(seen, BTreeSet::from([None, Some(1)]));
}

#[test]
fn the_last_drop_comes_after_all_others_on_whichever_thread() {
    let seen = outcomes(|| {
        let mine = Arc::new(Told::new());
        let (theirs, last) = (Arc::clone(&mine), std::sync::Arc::clone(&mine.last));
        let other = model::spawn("other", move || theirs.cell.set(1));
        drop(mine);
        other.join().unwrap();
        last.lock().unwrap().clone()
    });
    assert_eq!(seen, ["main", "other"].map(|name| Some(name.to_owned())).into());
}

#[test]
fn each_of_three_may_be_the_last() {
    let (seen, executions) = explore(|| {
        let mine = Arc::new(Told::new());
        let last = std::sync::Arc::clone(&mine.last);
        let others = ["a", "b", "c"].map(|role| {
            let theirs = Arc::clone(&mine);
            model::spawn(role, move || drop(theirs))
        });
        drop(mine);
        for other in others {
            other.join().unwrap();
        }
        last.lock().unwrap().clone()
    });
    assert_eq!(seen, ["main", "a", "b", "c"].map(|name| Some(name.to_owned())).into());
    println!("four that drop a value with a destructor: {executions}");
}

#[test]
fn a_value_behind_a_trait_may_have_a_destructor() {
    trait Named: Send + Sync {}
    impl Named for Told {}
    let seen = outcomes(|| {
        let told = Told::new();
        let last = std::sync::Arc::clone(&told.last);
        let mine: Arc<dyn Named> = Arc::from(Box::new(told) as Box<dyn Named>);
        let theirs = Arc::clone(&mine);
        let other = model::spawn("other", move || drop(theirs));
        drop(mine);
        other.join().unwrap();
        last.lock().unwrap().clone()
    });
    assert_eq!(seen.len(), 2);
}

#[test]
fn counts_see_owners_come_and_go() {
    let seen = outcomes(|| {
        let mine = Arc::new(0);
        let theirs = Arc::clone(&mine);
        let other = thread::spawn(move || {
            let more = Arc::clone(&theirs);
            drop((more, theirs));
        });
        let count = Arc::strong_count(&mine);
        other.join().unwrap();
        count
    });
    assert_eq!(seen, BTreeSet::from([1, 2, 3]));
    let seen = outcomes(|| {
        let mine = Arc::new(0);
        let theirs = Arc::clone(&mine);
        let weak = Arc::downgrade(&mine);
        let other = thread::spawn(move || drop(Arc::downgrade(&theirs)));
        let counts = (Arc::weak_count(&mine), weak.strong_count());
        other.join().unwrap();
        assert_eq!(weak.weak_count(), 1);
        counts
    });
    assert_eq!(seen, BTreeSet::from([(1, 1), (1, 2), (2, 1), (2, 2)]));
}

#[test]
fn upgrade_meets_the_last_drop() {
    let seen = outcomes(|| {
        let mine = Arc::new(Told::new());
        let (weak, last) = (Arc::downgrade(&mine), std::sync::Arc::clone(&mine.last));
        let other = model::spawn("other", move || mine.cell.set(1));
        let up = weak.upgrade();
        let alive = up.is_some();
        drop(up);
        other.join().unwrap();
        assert!(weak.upgrade().is_none());
        let last = last.lock().unwrap().clone();
        (alive, last.expect("it is gone"))
    });
    let main = (true, "main".to_owned());
    let other = "other".to_owned();
    assert_eq!(seen, BTreeSet::from([main, (true, other.clone()), (false, other)]));
}

#[test]
fn a_cycle_is_made_of_weaks() {
    struct Node {
        parent: Weak<Node>,
    }
    model::Model::new().at_least(1).check(|| {
        let node = Arc::new_cyclic(|this: &Weak<Node>| {
            assert!(this.upgrade().is_none());
            assert_eq!((this.strong_count(), this.weak_count()), (0, 0));
            Node { parent: this.clone() }
        });
        assert!(Arc::ptr_eq(&node, &node.parent.upgrade().unwrap()));
        assert_eq!((Arc::strong_count(&node), Arc::weak_count(&node)), (1, 1));
        let weak = node.parent.clone();
        drop(node);
        assert!(weak.upgrade().is_none());
    });
}

#[test]
fn a_thread_that_panics_drops_its_arcs_in_steps() {
    let seen = outcomes(|| {
        let mine = Arc::new(0);
        let theirs = Arc::clone(&mine);
        let other = thread::spawn(move || {
            let _theirs = theirs;
            panic!("on purpose");
        });
        let count = Arc::strong_count(&mine);
        assert!(other.join().is_err());
        assert_eq!(Arc::strong_count(&mine), 1);
        count
    });
    assert_eq!(seen, BTreeSet::from([1, 2]));
}

#[test]
fn it_works_outside_of_a_model_and_outlives_it() {
    let outside = Arc::new(vec![1]);
    let weak = Arc::downgrade(&outside);
    let theirs = Arc::clone(&outside);
    std::thread::spawn(move || drop(theirs)).join().unwrap();
    assert_eq!((Arc::strong_count(&outside), Arc::weak_count(&outside)), (1, 1));
    assert_eq!(Arc::try_unwrap(outside), Ok(vec![1]));
    assert!(weak.upgrade().is_none());

    let kept: Rc<RefCell<Vec<Arc<u32>>>> = Rc::default();
    let keep = Rc::clone(&kept);
    Model::new().at_least(1).check(move || {
        let mine = Arc::new(7);
        keep.borrow_mut().push(Arc::clone(&mine));
        assert_eq!(Arc::strong_count(&mine), 2);
    });
    let first = kept.borrow_mut().pop().unwrap();
    assert_eq!((*first, Arc::strong_count(&first)), (7, 1));
    drop((first, kept));
}

#[test]
fn a_thread_too_many_may_own_an_arc() {
    let report = report(|| {
        let mine = Arc::new(vec![0]);
        let others: Vec<_> = (0..20)
            .map(|_| {
                let theirs = Arc::clone(&mine);
                thread::spawn(move || drop(theirs))
            })
            .collect();
        others.into_iter().for_each(|other| other.join().unwrap());
    });
    assert!(report.starts_with("inconclusive") || report.contains("threads"), "{report}");
}
