//! Storage that each thread has for itself does what std's documentation says.

use std::cell::{Cell, RefCell};

use sync_model::model::Model;
use sync_model::{mpsc, thread, thread_local};

thread_local! {
    static UNSET: Cell<u8> = panic!("nobody asks for the first value");
    static UNSET_NAMES: RefCell<Vec<u8>> = panic!("nobody asks for the first value");
    static GUARD: RefCell<Option<Guard>> = const { RefCell::new(None) };
    static FIRST: RefCell<Option<Last>> = const { RefCell::new(None) };
    static SECOND: RefCell<Option<Last>> = const { RefCell::new(None) };
    static SEEN: Cell<u8> = const { Cell::new(0) };
}

/// Uses the storage while its thread ends.
struct Guard(mpsc::Sender<(bool, Option<u8>)>);

impl Drop for Guard {
    fn drop(&mut self) {
        let own = GUARD.try_with(|_| ()).is_ok();
        let other = SEEN.try_with(Cell::get).ok();
        self.0.send((own, other)).unwrap();
    }
}

/// Says that it is dropped.
struct Last(mpsc::Sender<u8>, u8);

impl Drop for Last {
    fn drop(&mut self) {
        self.0.send(self.1).unwrap();
    }
}

#[test]
fn to_set_a_value_does_not_make_the_first_one() {
    Model::new().at_least(1).check(|| {
        UNSET.set(1);
        UNSET_NAMES.set(vec![2]);
        assert_eq!((UNSET.get(), UNSET_NAMES.take()), (1, vec![2]));
        UNSET.set(3);
        UNSET_NAMES.set(vec![4]);
        assert_eq!((UNSET.replace(5), UNSET_NAMES.replace(Vec::new())), (3, vec![4]));
    });
}

#[test]
fn a_value_is_gone_while_its_destructor_runs() {
    Model::new().at_least(1).check(|| {
        let (send, receive) = mpsc::channel();
        let worker = thread::spawn(move || {
            SEEN.set(7);
            GUARD.set(Some(Guard(send)));
        });
        worker.join().unwrap();
        // A value without a destructor is there to the end.
        assert_eq!(receive.recv(), Ok((false, Some(7))));
        // A thread that comes later, maybe with the same number, begins afresh.
        assert_eq!(thread::spawn(|| SEEN.get()).join().unwrap(), 0);
        assert!(thread::spawn(|| GUARD.with_borrow(Option::is_none)).join().unwrap());
    });
}

#[test]
fn the_last_value_that_was_made_is_dropped_first() {
    Model::new().at_least(1).check(|| {
        let (send, receive) = mpsc::channel();
        let worker = thread::spawn(move || {
            FIRST.set(Some(Last(send.clone(), 1)));
            SECOND.set(Some(Last(send, 2)));
        });
        worker.join().unwrap();
        assert_eq!(receive.iter().collect::<Vec<_>>(), [2, 1]);
    });
}
