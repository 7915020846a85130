//! What an RLock promises where nobody has to wait, and what real threads can expect of it.

mod contract;
mod visits;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::thread;

use checks::{crowd, example, implements, interrupted, step, waits_asleep};
use rlock as answer;
use rlock::{NotOwner, RLock, RLockGuard};
use visits::{THREADS, Visits};

#[test]
fn takes_and_gives_back() {
    example(|| {
        let lock = RLock::new();
        lock.acquire();
        assert_eq!(lock.release(), Ok(()), "the owner gives its only level back");
        lock.acquire();
        assert_eq!(lock.release(), Ok(()), "a lock that was given back can be taken again");
    });
}

#[test]
fn release_needs_the_owner() {
    example(|| {
        let lock = RLock::new();
        assert_eq!(lock.release(), Err(NotOwner), "nobody owns the lock yet");
        lock.acquire();
        let foreign = elsewhere(|| lock.release());
        assert_eq!(foreign, Err(NotOwner), "another thread owns the lock");
        assert_eq!(lock.release(), Ok(()), "the owner lost nothing by the other's attempt");
        assert_eq!(lock.release(), Err(NotOwner), "it was released as often as it was acquired");
        // A method of its own called `to_string` would go before the trait's.
        let says = format!("{NotOwner}");
        assert_ne!(says, "", "what `NotOwner` says of itself");
    });
}

#[test]
fn try_acquire_knows_the_owner() {
    example(|| {
        let lock = RLock::new();
        assert!(lock.try_acquire(), "nobody owns the lock");
        assert!(lock.try_acquire(), "the caller owns the lock");
        assert!(!elsewhere(|| lock.try_acquire()), "another thread owns the lock");
        let lock = Arc::new(RLock::new());
        let taken = as_twin(&lock, |lock| (lock.try_acquire(), as_twin(lock, |l| l.try_acquire())));
        assert_eq!(taken, (true, false), "two threads of the same name are two threads");
    });
}

#[test]
fn levels_count() {
    example(|| {
        let lock: RLock = Default::default();
        for level in 1..=5 {
            lock.acquire();
            assert!(!elsewhere(|| lock.try_acquire()), "the lock is owned, {level} deep");
        }
        for left in (0..5).rev() {
            assert_eq!(lock.release(), Ok(()), "{left} levels are left after this one");
            assert_eq!(is_free(&lock), left == 0, "free for others with {left} levels left");
        }
    });
}

#[test]
fn guards_give_back() {
    example(|| {
        let lock = RLock::new();
        let outer = lock.lock();
        let inner = lock.lock();
        drop(outer);
        assert!(!elsewhere(|| lock.try_acquire()), "one guard of two is left");
        drop(inner);
        assert!(is_free(&lock), "both guards are dropped");
    });
}

#[test]
fn a_panic_gives_back() {
    example(|| {
        let lock = RLock::new();
        let panicked = catch_unwind(AssertUnwindSafe(|| {
            let _outer = lock.lock();
            let _inner = lock.lock();
            panic!("a panic under two guards, raised by the check");
        }));
        assert!(panicked.is_err());
        assert!(is_free(&lock), "the panic dropped both guards");
        let outer = lock.lock();
        let panicked = catch_unwind(AssertUnwindSafe(|| {
            let _inner = lock.lock();
            panic!("a panic under the inner guard alone, raised by the check");
        }));
        assert!(panicked.is_err());
        assert!(!elsewhere(|| lock.try_acquire()), "the panic left the outer guard alone");
        drop(outer);
        assert!(is_free(&lock), "and the lock still works");
    });
}

#[test]
fn guards_stay_in_their_thread() {
    example(|| {
        assert!(
            !implements!(RLockGuard<'static>: Send),
            "a guard is `Send`: it could be dropped by a thread that does not own the lock"
        );
    });
}

#[test]
fn waiting_sleeps() {
    example(|| {
        let lock = Arc::new(RLock::new());
        lock.acquire();
        let waits = {
            let lock = Arc::clone(&lock);
            move || {
                lock.acquire();
                lock.release()
            }
        };
        let released = waits_asleep(waits, || assert_eq!(lock.release(), Ok(())));
        assert_eq!(released, Ok(()), "the thread that was woken owns the lock");
    });
}

/// The same promises with real threads, which are stopped at random moments. The model checks are the
/// ones that never miss; this one shows that the lock works outside of the model, too.
#[test]
fn real_threads_keep_the_promises() {
    example(|| {
        step("real threads acquire the lock and release it, and are stopped at random moments");
        interrupted(|round| {
            let visits = Visits::new(round);
            crowd(THREADS, move |thread| visits.of_thread(thread));
        });
    });
}

/// Runs `work` in another thread.
fn elsewhere<T: Send>(work: impl FnOnce() -> T + Send) -> T {
    thread::scope(|scope| scope.spawn(work).join().unwrap())
}

/// Runs `work` in another thread, which has the name of all the others.
fn as_twin<T: Send + 'static>(
    lock: &Arc<RLock>,
    work: impl FnOnce(&Arc<RLock>) -> T + Send + 'static,
) -> T {
    let lock = Arc::clone(lock);
    let twin = thread::Builder::new().name("twin".to_owned()).spawn(move || work(&lock));
    twin.unwrap().join().unwrap()
}

/// Whether another thread can take the lock.
fn is_free(lock: &RLock) -> bool {
    elsewhere(|| lock.try_acquire() && lock.release().is_ok())
}
