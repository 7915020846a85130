//! Every way in which the threads can take turns.

#[path = "../../tests/contract/mod.rs"]
mod contract;

use std::sync::Arc;
use std::time::Duration;

use bounded_semaphore_model as answer;
use bounded_semaphore_model::{BoundedSemaphore, TooManyReleases};
use sync::atomic::{AtomicUsize, Ordering};
use sync::model::{self, Fault, Model, Operations, RaceCell, require};
use sync::thread;
use sync::time::Instant;

const SECOND: Duration = Duration::from_secs(1);

/// What the semaphore guards, and a count of who is inside.
struct Room {
    semaphore: BoundedSemaphore,
    places: usize,
    inside: AtomicUsize,
}

impl Room {
    fn new(places: usize) -> Arc<Self> {
        let semaphore = BoundedSemaphore::new(places);
        Arc::new(Self { semaphore, places, inside: AtomicUsize::new(0) })
    }

    /// Goes in, stays for a moment, comes out.
    fn visit(&self) {
        self.semaphore.acquire();
        self.stay();
        assert_eq!(self.semaphore.release(), Ok(()), "a permit that was taken comes back");
    }

    /// Stays inside, while others try to come in.
    fn stay(&self) {
        let inside = self.inside.fetch_add(1, Ordering::SeqCst) + 1;
        let places = self.places;
        require!(
            Fault::NotExclusive,
            inside <= places,
            "{inside} threads are inside at once, with {places} permits"
        );
        thread::yield_now();
        self.inside.fetch_sub(1, Ordering::SeqCst);
    }

    /// Starts a thread that visits the room.
    fn visitor(self: &Arc<Self>, name: &str) -> thread::JoinHandle<()> {
        let room = Arc::clone(self);
        model::spawn(name, move || room.visit())
    }

    /// Nobody is inside any more, so every permit must be there.
    fn closes(&self) {
        expect_available(&self.semaphore, self.places);
    }
}

fn expect_available(semaphore: &BoundedSemaphore, expected: usize) {
    let found = semaphore.available();
    require!(
        Fault::LostPermit,
        found == expected,
        "{expected} permits should be available at the end, not {found}"
    );
}

#[test]
fn one_permit_one_inside() {
    model::check(|| {
        let room = Room::new(1);
        let visits = Arc::new(RaceCell::new(0));
        let visitor = {
            let (room, visits) = (Arc::clone(&room), Arc::clone(&visits));
            model::spawn("visitor", move || {
                room.semaphore.acquire();
                room.stay();
                visits.set(visits.get() + 1);
                assert_eq!(room.semaphore.release(), Ok(()));
            })
        };
        room.semaphore.acquire();
        room.stay();
        visits.set(visits.get() + 1);
        assert_eq!(room.semaphore.release(), Ok(()));
        visitor.join().unwrap();
        assert_eq!(visits.get(), 2);
        room.closes();
    });
}

#[test]
fn try_acquire_takes_or_leaves() {
    model::check(|| {
        let room = Room::new(1);
        let visitor = model::spawn("visitor", {
            let room = Arc::clone(&room);
            move || {
                if room.semaphore.try_acquire() {
                    room.stay();
                    assert_eq!(room.semaphore.release(), Ok(()));
                }
            }
        });
        room.visit();
        visitor.join().unwrap();
        room.closes();
    });
}

#[test]
fn one_permit_comes_back_once() {
    model::check(|| {
        let semaphore = Arc::new(BoundedSemaphore::new(1));
        semaphore.acquire();
        let other = model::spawn("other", {
            let semaphore = Arc::clone(&semaphore);
            move || semaphore.release().is_ok()
        });
        let mine = semaphore.release().is_ok();
        let theirs = other.join().unwrap();
        require!(
            Fault::LostPermit,
            mine != theirs,
            "one permit was taken, two threads released at once: one release must fail"
        );
        expect_available(&semaphore, 1);
    });
}

#[test]
fn an_error_makes_no_permit() {
    model::check(|| {
        let semaphore = Arc::new(BoundedSemaphore::new(1));
        let other = model::spawn("other", {
            let semaphore = Arc::clone(&semaphore);
            move || semaphore.release().is_ok()
        });
        let taken = [semaphore.try_acquire(), semaphore.try_acquire()];
        let taken = taken.into_iter().filter(|taken| *taken).count();
        // If the release comes after the first permit was taken, it is right, and makes a second.
        let released = usize::from(other.join().unwrap());
        require!(
            Fault::NotExclusive,
            taken <= 1 + released,
            "{taken} permits were taken, there was one, and {released} came back"
        );
        expect_available(&semaphore, 1 + released - taken);
    });
}

#[test]
fn two_releases_wake_two() {
    model::check(|| {
        let semaphore = Arc::new(BoundedSemaphore::new(2));
        semaphore.acquire();
        semaphore.acquire();
        let waiters = ["first", "second"].map(|name| {
            let semaphore = Arc::clone(&semaphore);
            model::spawn(name, move || semaphore.acquire())
        });
        assert_eq!((semaphore.release(), semaphore.release()), (Ok(()), Ok(())));
        for waiter in waiters {
            waiter.join().unwrap();
        }
        expect_available(&semaphore, 0);
    });
}

#[test]
fn a_panic_wakes_the_next() {
    model::check(|| {
        let room = Room::new(1);
        let careless = model::spawn("careless", {
            let room = Arc::clone(&room);
            move || {
                let _permit = room.semaphore.permit();
                room.stay();
                panic!("a panic with a permit in hand, raised by the check");
            }
        });
        room.visit();
        assert!(careless.join().is_err());
        room.closes();
    });
}

#[test]
fn waking_up_is_no_promise() {
    // A condition variable may wake a thread for no reason: the checker tries that, too.
    Model::new().spurious().check(|| {
        let room = Room::new(1);
        let visitor = room.visitor("visitor");
        room.visit();
        visitor.join().unwrap();
        room.closes();
    });
}

#[test]
fn a_timeout_takes_or_leaves() {
    Model::new().spurious().check(|| {
        let semaphore = Arc::new(BoundedSemaphore::new(1));
        semaphore.acquire();
        let waiter = model::spawn("waiter", {
            let semaphore = Arc::clone(&semaphore);
            move || semaphore.acquire_timeout(SECOND)
        });
        assert_eq!(semaphore.release(), Ok(()));
        // Takes the permit away again, perhaps from a waiter that was woken for it.
        let again = semaphore.try_acquire();
        let taken = waiter.join().unwrap();
        require!(Fault::NotExclusive, !(taken && again), "both threads took the only permit");
        expect_available(&semaphore, 1 - usize::from(taken) - usize::from(again));
    });
}

#[test]
fn the_timeout_is_for_the_whole_wait() {
    // The clock is the checker's own: it moves only while this thread waits. And it may wake the
    // thread for no reason, in the middle of the wait.
    Model::new().spurious().check(|| {
        let semaphore = BoundedSemaphore::new(1);
        semaphore.acquire();
        let start = Instant::now();
        let taken = semaphore.acquire_timeout(SECOND);
        let waited = start.elapsed();
        assert!(!taken, "the only permit is taken, and nobody gives it back");
        let in_time = SECOND <= waited && waited < SECOND * 5 / 4;
        assert!(in_time, "it gave up after {waited:?}; its timeout was {SECOND:?}");
    });
}

#[test]
fn a_timeout_ends_behind_others_too() {
    model::check(|| {
        let semaphore = Arc::new(BoundedSemaphore::new(1));
        semaphore.acquire();
        let patient = model::spawn("patient", {
            let semaphore = Arc::clone(&semaphore);
            move || semaphore.acquire()
        });
        let hasty = model::spawn("hasty", {
            let semaphore = Arc::clone(&semaphore);
            move || (semaphore.try_acquire(), semaphore.acquire_timeout(SECOND))
        });
        // The permit comes back only when the hasty thread has given up.
        let taken = hasty.join().unwrap();
        require!(Fault::NotExclusive, taken == (false, false), "the only permit was taken twice");
        assert_eq!(semaphore.release(), Ok(()));
        patient.join().unwrap();
        expect_available(&semaphore, 0);
    });
}

#[test]
fn who_gives_up_wakes_the_next() {
    // A thread that was woken in time may run only when its time is over: the checker tries that.
    model::check(|| {
        let semaphore = Arc::new(BoundedSemaphore::new(1));
        semaphore.acquire();
        let patient = model::spawn("patient", {
            let semaphore = Arc::clone(&semaphore);
            move || semaphore.acquire()
        });
        let hasty = model::spawn("hasty", {
            let semaphore = Arc::clone(&semaphore);
            move || {
                if semaphore.acquire_timeout(SECOND) {
                    assert_eq!(semaphore.release(), Ok(()));
                }
            }
        });
        assert_eq!(semaphore.release(), Ok(()));
        patient.join().unwrap();
        hasty.join().unwrap();
        expect_available(&semaphore, 0);
    });
}

#[test]
fn for_ever_is_for_ever() {
    Model::new().spurious().check(|| {
        let semaphore = Arc::new(BoundedSemaphore::new(1));
        semaphore.acquire();
        let waiter = model::spawn("waiter", {
            let semaphore = Arc::clone(&semaphore);
            move || semaphore.acquire_timeout(Duration::MAX)
        });
        assert_eq!(semaphore.release(), Ok(()));
        assert!(waiter.join().unwrap(), "Duration::MAX waits for ever: it cannot time out");
        expect_available(&semaphore, 0);
    });
}

#[test]
fn two_permits_two_inside() {
    model::check(|| {
        let room = Room::new(2);
        let visitors = ["second", "third"].map(|name| room.visitor(name));
        room.visit();
        for visitor in visitors {
            visitor.join().unwrap();
        }
        room.closes();
    });
}

/// A semaphore in plain numbers.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Permits {
    all: usize,
    available: usize,
}

impl Permits {
    fn try_take(&mut self) -> bool {
        let some = self.available > 0;
        self.available -= usize::from(some);
        some
    }

    /// `None`: whoever wants one has to wait.
    fn take(&mut self) -> Option<()> {
        self.try_take().then_some(())
    }

    fn give_back(&mut self) -> Result<(), TooManyReleases> {
        if self.available == self.all {
            return Err(TooManyReleases);
        }
        self.available += 1;
        Ok(())
    }
}

#[test]
fn any_two_calls() {
    Operations::new()
        .start(
            "BoundedSemaphore::new(1)",
            || BoundedSemaphore::new(1),
            || Permits { all: 1, available: 1 },
        )
        .call("acquire()", BoundedSemaphore::acquire, Permits::take)
        .call("try_acquire()", BoundedSemaphore::try_acquire, |permits| Some(permits.try_take()))
        .call(
            "acquire_timeout(ZERO)",
            |semaphore| semaphore.acquire_timeout(Duration::ZERO),
            |permits| Some(permits.try_take()),
        )
        .call(
            "acquire_timeout(SECOND)",
            |semaphore| semaphore.acquire_timeout(SECOND),
            |permits| Some(permits.try_take()),
        )
        .call(
            "acquire_timeout(MAX)",
            |semaphore| semaphore.acquire_timeout(Duration::MAX),
            |permits| permits.take().map(|()| true),
        )
        .call("release()", BoundedSemaphore::release, |permits| Some(permits.give_back()))
        .call("available()", BoundedSemaphore::available, |permits| Some(permits.available))
        .call_in_two(
            "drop(permit())",
            |semaphore| drop(semaphore.permit()),
            |permits| permits.take().map(|()| 0),
            |permits, _| {
                let _ = permits.give_back();
                Some(())
            },
        )
        .at_the_end("available()", BoundedSemaphore::available, |permits| permits.available)
        .check();
}
