//! What stands in a `static` is in each execution what it was at first.

use sync_model::atomic::{AtomicPtr, AtomicU8, AtomicUsize, Ordering::SeqCst};
use sync_model::model::{self, Model, RaceCell};
use sync_model::{Barrier, Condvar, Mutex, Once, OnceLock, RwLock, thread};

/// Two threads do this, and it is checked in all orders of their steps.
fn both(act: fn()) {
    model::check(move || {
        let other = thread::spawn(act);
        act();
        other.join().unwrap();
    });
}

#[test]
fn an_atomic() {
    static COUNT: AtomicUsize = AtomicUsize::new(5);
    model::check(|| {
        let other = thread::spawn(|| COUNT.fetch_add(1, SeqCst));
        COUNT.fetch_add(1, SeqCst);
        other.join().unwrap();
        assert_eq!(COUNT.load(SeqCst), 7);
    });
}

#[test]
fn a_pointer() {
    static TARGET: AtomicU8 = AtomicU8::new(3);
    static POINTER: AtomicPtr<AtomicU8> = AtomicPtr::new((&raw const TARGET).cast_mut());
    model::check(|| {
        assert_eq!(POINTER.swap(std::ptr::null_mut(), SeqCst), (&raw const TARGET).cast_mut());
        let other = thread::spawn(|| POINTER.load(SeqCst).is_null());
        assert!(other.join().unwrap());
    });
}

#[test]
fn a_number_behind_a_lock() {
    static COUNT: Mutex<usize> = Mutex::new(7);
    both(|| {
        let mut count = COUNT.lock().unwrap();
        assert!(*count == 7 || *count == 8, "{count}");
        *count += 1;
    });
}

/// The list has memory of its own, which ends with an execution that is over.
#[test]
fn a_list_behind_a_lock() {
    static NAMES: Mutex<Vec<String>> = Mutex::new(Vec::new());
    both(|| {
        let mut names = NAMES.lock().unwrap();
        assert!(names.len() < 2);
        names.push("a name that is long enough for the heap".to_owned());
    });
}

#[test]
fn a_text_that_the_compiler_made() {
    static NAME: RwLock<&str> = RwLock::new("first");
    static NAMES: RwLock<Option<(&str, Vec<u8>)>> = RwLock::new(Some(("one", Vec::new())));
    both(|| {
        assert!(["first", "second"].contains(&*NAME.read().unwrap()));
        *NAME.write().unwrap() = "second";
        let mut names = NAMES.write().unwrap();
        assert!(names.is_none() || names.as_ref().is_some_and(|(name, _)| *name == "one"));
        *names = None;
    });
}

#[test]
fn what_is_done_once() {
    static ONCE: Once = Once::new();
    static NAME: OnceLock<String> = OnceLock::new();
    static CALLS: AtomicUsize = AtomicUsize::new(0);
    model::check(|| {
        let act = || {
            ONCE.call_once(|| {
                CALLS.fetch_add(1, SeqCst);
            });
            NAME.get_or_init(|| format!("call {}", CALLS.fetch_add(1, SeqCst))).clone()
        };
        let other = thread::spawn(act);
        let name = act();
        assert_eq!((other.join().unwrap(), CALLS.load(SeqCst)), (name, 2));
    });
}

#[test]
fn waiting() {
    static TURN: (Mutex<bool>, Condvar) = (Mutex::new(false), Condvar::new());
    static MEETING: Barrier = Barrier::new(2);
    static CELL: RaceCell<u32> = RaceCell::new(1);
    model::check(|| {
        let other = thread::spawn(|| {
            *TURN.0.lock().unwrap() = true;
            TURN.1.notify_one();
            MEETING.wait();
            CELL.set(CELL.get() + 1);
        });
        let set = TURN.1.wait_while(TURN.0.lock().unwrap(), |set| !*set).unwrap();
        drop(set);
        MEETING.wait();
        other.join().unwrap();
        assert_eq!(CELL.get(), 2);
    });
}

#[test]
fn arrays() {
    static SLOTS: [AtomicUsize; 4] = [const { AtomicUsize::new(0) }; 4];
    static LOCKS: [Mutex<Vec<u8>>; 3] = [const { Mutex::new(Vec::new()) }; 3];
    both(|| {
        let slot = SLOTS[0].fetch_add(1, SeqCst);
        assert!(slot < 2);
        LOCKS[slot].lock().unwrap().push(slot as u8);
        assert_eq!(*LOCKS[slot].lock().unwrap(), [slot as u8]);
    });
}

/// What the scenario has captured lives as long as a `static`.
#[test]
fn a_captured_atomic() {
    let count = AtomicUsize::new(0);
    Model::new().at_least(1).check(move || {
        assert_eq!(count.fetch_add(1, SeqCst), 0);
        thread::spawn(|| ()).join().unwrap();
    });
}

#[test]
fn a_poisoned_lock_is_whole_again() {
    static LOCK: Mutex<u8> = Mutex::new(0);
    Model::new().at_least(1).check(|| {
        assert!(!LOCK.is_poisoned());
        let careless = thread::spawn(|| {
            let _guard = LOCK.lock().unwrap();
            panic!("on purpose");
        });
        assert!(careless.join().is_err() && LOCK.is_poisoned());
    });
}
