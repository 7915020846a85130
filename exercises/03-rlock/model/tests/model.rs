//! Every way in which the threads can take turns.

#[path = "../../tests/contract/mod.rs"]
mod contract;

use rlock_model as answer;
use rlock_model::RLock;
use std::sync::Arc;
use sync::atomic::{AtomicUsize, Ordering};
use sync::model::{self, Fault, Model, RaceCell, require};
use sync::thread;

/// What the lock protects, and a count of who is inside.
struct Room {
    lock: RLock,
    inside: AtomicUsize,
    visits: RaceCell<usize>,
}

impl Room {
    fn new() -> Arc<Self> {
        Arc::new(Self { lock: RLock::new(), inside: AtomicUsize::new(0), visits: RaceCell::new(0) })
    }

    /// Goes in, stays for a moment, comes out.
    fn visit(&self) {
        self.lock.acquire();
        self.stay();
        self.leave();
    }

    fn leave(&self) {
        let left = self.lock.release();
        require!(Fault::NotExclusive, left.is_ok(), "another thread took the lock from its owner");
    }

    /// Stays inside, while others try to come in.
    fn stay(&self) {
        let others = self.inside.fetch_add(1, Ordering::SeqCst);
        require!(Fault::NotExclusive, others == 0, "two threads are inside the lock at once");
        thread::yield_now();
        self.visits.set(self.visits.get() + 1);
        self.inside.fetch_sub(1, Ordering::SeqCst);
    }
}

#[test]
fn the_owner_comes_in_again() {
    model::check(|| {
        let lock = RLock::new();
        lock.acquire();
        lock.acquire();
        assert_eq!(lock.release(), Ok(()), "the owner gives a level back");
    });
}

#[test]
fn one_owner_at_a_time() {
    model::check(|| {
        let room = Room::new();
        let visitor = model::spawn("visitor", {
            let room = Arc::clone(&room);
            move || room.visit()
        });
        room.visit();
        visitor.join().unwrap();
        assert_eq!(room.visits.get(), 2);
    });
}

#[test]
fn the_last_release_frees() {
    model::check(|| {
        let room = Room::new();
        let visitor = model::spawn("visitor", {
            let room = Arc::clone(&room);
            move || room.visit()
        });
        room.lock.acquire();
        room.lock.acquire();
        room.stay();
        room.leave();
        // One level is left: still nobody else.
        room.stay();
        room.leave();
        visitor.join().unwrap();
    });
}

#[test]
fn try_acquire_never_waits() {
    // One thread acts while the other waits for it: there is only one order.
    Model::new().at_least(1).check(|| {
        let lock = Arc::new(RLock::new());
        lock.acquire();
        let other = model::spawn("other", {
            let lock = Arc::clone(&lock);
            move || lock.try_acquire()
        });
        let entered = other.join().unwrap();
        require!(Fault::NotExclusive, !entered, "try_acquire took a lock that another thread owns");
        assert_eq!(lock.release(), Ok(()));
    });
}

#[test]
fn try_acquire_takes_or_leaves() {
    model::check(|| {
        let room = Room::new();
        let visitor = model::spawn("visitor", {
            let room = Arc::clone(&room);
            move || {
                if room.lock.try_acquire() {
                    room.stay();
                    room.leave();
                }
            }
        });
        room.visit();
        visitor.join().unwrap();
    });
}

#[test]
fn the_owner_is_never_refused() {
    model::check(|| {
        let lock = Arc::new(RLock::new());
        lock.acquire();
        let other = model::spawn("other", {
            let lock = Arc::clone(&lock);
            move || lock.try_acquire()
        });
        assert!(lock.try_acquire(), "another thread only asked, and the owner was refused");
        let entered = other.join().unwrap();
        require!(Fault::NotExclusive, !entered, "try_acquire took a lock that another thread owns");
        assert_eq!((lock.release(), lock.release()), (Ok(()), Ok(())));
    });
}

#[test]
fn a_panic_wakes_the_next() {
    model::check(|| {
        let room = Room::new();
        let careless = model::spawn("careless", {
            let room = Arc::clone(&room);
            move || {
                let _guard = room.lock.lock();
                room.stay();
                panic!("a panic under a guard, raised by the check");
            }
        });
        room.visit();
        assert!(careless.join().is_err());
    });
}

#[test]
fn waking_up_is_no_promise() {
    // A condition variable may wake a thread for no reason: the checker tries that, too.
    Model::new().spurious().check(|| {
        let room = Room::new();
        let visitor = model::spawn("visitor", {
            let room = Arc::clone(&room);
            move || room.visit()
        });
        room.visit();
        visitor.join().unwrap();
    });
}

#[test]
fn three_take_turns() {
    model::check(|| {
        let room = Room::new();
        let visitors = ["second", "third"].map(|name| {
            let room = Arc::clone(&room);
            model::spawn(name, move || room.visit())
        });
        room.visit();
        for visitor in visitors {
            visitor.join().unwrap();
        }
        assert_eq!(room.visits.get(), 3);
    });
}
