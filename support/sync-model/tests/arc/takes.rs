//! Who gets the value itself, or a clone of it.

use std::collections::BTreeSet;

use sync_model::atomic::Ordering::SeqCst;
use sync_model::model::RaceCell;
use sync_model::{Arc, thread};

use super::outcomes;

#[test]
fn try_unwrap_succeeds_or_not() {
    let seen = outcomes(|| {
        let mine = Arc::new(RaceCell::new(0));
        let theirs = Arc::clone(&mine);
        let other = thread::spawn(move || theirs.set(1));
        Arc::try_unwrap(mine).map(RaceCell::into_inner).map_err(|back| {
            other.join().unwrap();
            back.get()
        })
    });
    assert_eq!(seen, BTreeSet::from([Ok(1), Err(1)]));
}

#[test]
fn exactly_one_gets_the_value_by_into_inner() {
    let seen = outcomes(|| {
        let mine = Arc::new(RaceCell::new(vec![1]));
        let others = [(); 2].map(|()| {
            let theirs = Arc::clone(&mine);
            thread::spawn(move || Arc::into_inner(theirs).map(RaceCell::into_inner).is_some())
        });
        let got = Arc::into_inner(mine).is_some();
        let [a, b] = others.map(|other| other.join().unwrap());
        (got, a, b)
    });
    let one = BTreeSet::from([(true, false, false), (false, true, false), (false, false, true)]);
    assert_eq!(seen, one);
}

#[test]
fn two_that_try_to_unwrap_may_both_fail() {
    let seen = outcomes(|| {
        let mine = Arc::new(vec![1]);
        let theirs = Arc::clone(&mine);
        let other = thread::spawn(move || Arc::try_unwrap(theirs).is_ok());
        let got = Arc::try_unwrap(mine).is_ok();
        (got, other.join().unwrap())
    });
    assert_eq!(seen, BTreeSet::from([(false, false), (false, true), (true, false)]));
}

/// Tells how often it was cloned.
struct Cloned(std::sync::Arc<std::sync::atomic::AtomicU32>, RaceCell<u32>);

impl Clone for Cloned {
    fn clone(&self) -> Self {
        self.0.fetch_add(1, SeqCst);
        Self(std::sync::Arc::clone(&self.0), RaceCell::new(self.1.get()))
    }
}

#[test]
fn unwrap_or_clone_and_make_mut_clone_only_what_is_shared() {
    type Act = fn(Arc<Cloned>);
    let unwrap: Act = |mine| drop(Arc::unwrap_or_clone(mine));
    let change: Act = |mut mine| Arc::make_mut(&mut mine).1.set(2);
    for act in [unwrap, change] {
        let seen = outcomes(move || {
            let clones = std::sync::Arc::default();
            let mine = Arc::new(Cloned(clones, RaceCell::new(0)));
            let clones = std::sync::Arc::clone(&mine.0);
            let theirs = Arc::clone(&mine);
            let other = thread::spawn(move || theirs.1.get());
            act(mine);
            other.join().unwrap();
            clones.load(SeqCst)
        });
        assert_eq!(seen, BTreeSet::from([0, 1]));
    }
}

#[test]
fn make_mut_takes_the_value_from_its_weaks() {
    let seen = outcomes(|| {
        let mut mine = Arc::new(5);
        let weak = Arc::downgrade(&mine);
        let other = thread::spawn(move || weak.upgrade().map(|arc| *arc));
        *Arc::make_mut(&mut mine) += 1;
        assert_eq!((*mine, Arc::weak_count(&mine)), (6, 0));
        let seen = other.join().unwrap();
        assert_eq!(Arc::strong_count(&mine), 1);
        seen
    });
    assert_eq!(seen, BTreeSet::from([None, Some(5)]));
}
