//! What a bounded semaphore promises without a race, and what real threads can expect of it.

mod visits;

mod contract;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::{Duration, Instant};

use bounded_semaphore as answer;
use bounded_semaphore::{BoundedSemaphore, TooManyReleases};
use checks::{Fault, crowd, example, interrupted, require, step, waits_asleep};
use visits::Visits;

#[test]
fn takes_and_gives_back() {
    example(|| {
        let semaphore = BoundedSemaphore::new(3);
        assert_eq!(semaphore.available(), 3, "all permits are there at first");
        semaphore.acquire();
        semaphore.acquire();
        assert_eq!(semaphore.available(), 1, "two of three are taken");
        assert_eq!(semaphore.release(), Ok(()));
        assert_eq!(semaphore.available(), 2, "one came back");
    });
}

#[test]
fn try_acquire_takes_what_is_there() {
    example(|| {
        let semaphore = BoundedSemaphore::new(2);
        assert!(semaphore.try_acquire(), "the first of two permits");
        assert!(semaphore.try_acquire(), "the second of two permits");
        assert!(!semaphore.try_acquire(), "there is no third");
        assert_eq!(semaphore.release(), Ok(()));
        assert!(semaphore.try_acquire(), "a permit came back");
    });
}

#[test]
fn one_release_too_many() {
    example(|| {
        let semaphore = BoundedSemaphore::new(2);
        assert_eq!(semaphore.release(), Err(TooManyReleases), "nothing was taken");
        require!(
            Fault::LostPermit,
            semaphore.available() == 2,
            "the release that failed must not change the permits: 2 expected, {} found",
            semaphore.available()
        );
        semaphore.acquire();
        assert_eq!(semaphore.release(), Ok(()));
        assert_eq!(semaphore.release(), Err(TooManyReleases), "one was taken, and it came back");
    });
}

#[test]
fn no_permits_at_all() {
    example(|| {
        let semaphore = BoundedSemaphore::new(0);
        assert_eq!(semaphore.available(), 0);
        assert!(!semaphore.try_acquire(), "there is no permit");
        assert!(!semaphore.acquire_timeout(Duration::from_millis(1)), "there is no permit");
        assert_eq!(semaphore.release(), Err(TooManyReleases), "there is none to give back");
    });
}

#[test]
fn a_timeout_takes_what_is_there() {
    example(|| {
        let semaphore = BoundedSemaphore::new(2);
        assert!(semaphore.acquire_timeout(Duration::ZERO), "a permit is there: no time is needed");
        assert!(semaphore.acquire_timeout(Duration::MAX), "a permit is there: no time is needed");
        assert_eq!(semaphore.available(), 0);
    });
}

#[test]
fn a_timeout_waits_its_time() {
    example(|| {
        let semaphore = BoundedSemaphore::new(1);
        semaphore.acquire();
        let timeout = Duration::from_millis(30);
        let start = Instant::now();
        let taken = semaphore.acquire_timeout(timeout);
        let waited = start.elapsed();
        assert!(!taken, "the only permit is taken, and nobody gives it back");
        assert!(waited >= timeout, "it gave up after {waited:?}, {timeout:?} were asked for");
        assert_eq!(semaphore.release(), Ok(()));
        require!(
            Fault::LostPermit,
            semaphore.available() == 1,
            "a call that says `false` takes no permit: 1 expected, {} found",
            semaphore.available()
        );
    });
}

#[test]
fn permits_give_back() {
    example(|| {
        let semaphore = BoundedSemaphore::new(2);
        let first = semaphore.permit();
        let second = semaphore.permit();
        assert_eq!(semaphore.available(), 0, "two permits are held");
        drop(first);
        assert_eq!(semaphore.available(), 1, "one permit was dropped");
        drop(second);
        assert_eq!(semaphore.available(), 2, "both permits were dropped");
    });
}

#[test]
fn a_panic_gives_back() {
    example(|| {
        let semaphore = BoundedSemaphore::new(2);
        let panicked = catch_unwind(AssertUnwindSafe(|| {
            let _permit = semaphore.permit();
            panic!("a panic with a permit in hand, raised by the check");
        }));
        assert!(panicked.is_err());
        let available = semaphore.available();
        require!(
            Fault::LostPermit,
            available == 2,
            "a panic dropped the permit: 2 expected, {available} found"
        );
        drop(semaphore.permit());
        assert_eq!(semaphore.available(), 2, "and the semaphore still works");
    });
}

#[test]
fn waiting_sleeps() {
    example(|| {
        let semaphore = Arc::new(BoundedSemaphore::new(1));
        semaphore.acquire();
        let waits = {
            let semaphore = Arc::clone(&semaphore);
            move || semaphore.acquire()
        };
        waits_asleep(waits, || assert_eq!(semaphore.release(), Ok(())));
        assert_eq!(semaphore.available(), 0, "the thread that was woken has the permit");
    });
}

#[test]
fn waiting_with_a_timeout_sleeps() {
    example(|| {
        for timeout in [Duration::from_secs(3600), Duration::MAX] {
            let semaphore = Arc::new(BoundedSemaphore::new(1));
            semaphore.acquire();
            let waits = {
                let semaphore = Arc::clone(&semaphore);
                move || semaphore.acquire_timeout(timeout)
            };
            let taken = waits_asleep(waits, || assert_eq!(semaphore.release(), Ok(())));
            assert!(taken, "a permit came long before {timeout:?} were over");
            assert_eq!(semaphore.available(), 0, "the thread that was woken has the permit");
        }
    });
}

/// The same promises with real threads, which are stopped at random moments. The model checks are the
/// ones that never miss; this one shows that the semaphore works outside of the model, too.
#[test]
fn real_threads_keep_the_promises() {
    example(|| {
        step("real threads take permits and give them back, and are stopped at random moments");
        interrupted(|round| {
            let visits = Visits::new(round);
            crowd(visits.threads, move |thread| visits.of_thread(thread));
        });
    });
}
