//! What needs the inside of the crate, or `unsafe`.

use std::ptr;

use super::{Arc, Weak, begin, leaked};
use crate::model::Model;
use crate::thread;

#[test]
fn values_that_still_have_an_owner_are_told() {
    struct Node {
        next: std::sync::Mutex<Option<Arc<Node>>>,
        _back: std::sync::Mutex<Weak<Node>>,
    }
    let node =
        || Arc::new(Node { next: std::sync::Mutex::default(), _back: std::sync::Mutex::default() });
    begin();
    Model::new().at_least(1).check(move || {
        let (one, two) = (node(), node());
        *one.next.lock().unwrap() = Some(Arc::clone(&two));
        *two._back.lock().unwrap() = Arc::downgrade(&one);
        let other = thread::spawn(move || drop(two));
        drop(one);
        other.join().unwrap();
    });
    assert!(leaked().is_empty());
    let line = line!() + 2;
    Model::new().at_least(1).check(move || {
        let one = Arc::new(Node {
            next: std::sync::Mutex::default(),
            _back: std::sync::Mutex::default(),
        });
        let two = node();
        *two.next.lock().unwrap() = Some(Arc::clone(&one));
        *one.next.lock().unwrap() = Some(two);
        assert_eq!(Arc::try_unwrap(Arc::new(5)), Ok(5));
        assert_eq!(Arc::into_inner(Arc::new(5)), Some(5));
        *Arc::make_mut(&mut Arc::new(5)) += 1;
    });
    let places = leaked();
    assert_eq!(places[0].line(), line);
    // The search ran the only schedule, and then the two in which all keep in step.
    assert!(places.len().is_multiple_of(2));
    begin();
    assert!(leaked().is_empty());
}

#[test]
fn raw_pointers_stay_counted() {
    begin();
    let scenario = || {
        let mine = Arc::new(vec![1]);
        let address = Arc::as_ptr(&mine);
        let raw = Arc::into_raw(Arc::clone(&mine));
        assert!(ptr::eq(raw, address));
        assert_eq!(Arc::strong_count(&mine), 2);
        // SAFETY: `into_raw` returned the pointer, and it is given back once for each owner.
        unsafe {
            Arc::increment_strong_count(raw);
            assert_eq!(Arc::strong_count(&mine), 3);
            Arc::decrement_strong_count(raw);
            assert_eq!(*Arc::from_raw(raw), [1]);
        }
        assert_eq!(Arc::strong_count(&mine), 1);
        let weak = Arc::downgrade(&mine).into_raw();
        assert_eq!(Arc::weak_count(&mine), 1);
        // SAFETY: `into_raw` returned the pointers, and they are given back once.
        let (weak, nowhere) =
            unsafe { (Weak::from_raw(weak), Weak::<u8>::from_raw(Weak::new().into_raw())) };
        assert!(ptr::eq(weak.as_ptr(), address) && nowhere.upgrade().is_none());
        drop(mine);
        assert!(weak.upgrade().is_none());
    };
    scenario();
    Model::new().at_least(1).check(scenario);
    assert!(leaked().is_empty());
}
