//! The facade does what std's documentation says, in every order of the threads.

use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::rc::Rc;

use sync_model::atomic::{AtomicUsize, Ordering};
use sync_model::model::{self, Model};
use sync_model::time::{Duration, Instant};
use sync_model::{
    Arc, Barrier, Condvar, Mutex, Once, OnceLock, RwLock, TryLockError, mpsc, thread,
};

const SECOND: Duration = Duration::from_secs(1);

/// All values that `scenario` returns, over all orders.
fn outcomes<T: Ord + Clone + 'static>(scenario: impl Fn() -> T + 'static) -> BTreeSet<T> {
    let seen: Rc<RefCell<BTreeSet<T>>> = Rc::default();
    let notes = Rc::clone(&seen);
    Model::new().unbounded().at_least(1).check(move || {
        let outcome = scenario();
        notes.borrow_mut().insert(outcome);
    });
    seen.take()
}

#[test]
fn a_panic_under_a_lock_poisons_it() {
    Model::new().at_least(1).check(|| {
        let lock = Arc::new(Mutex::new(0));
        let theirs = Arc::clone(&lock);
        let careless = thread::spawn(move || {
            let _guard = theirs.lock().unwrap();
            panic!("on purpose");
        });
        let panic = careless.join().expect_err("the thread panicked");
        assert_eq!(panic.downcast_ref::<&str>(), Some(&"on purpose"));
        assert!(lock.is_poisoned());
        assert!(matches!(lock.try_lock(), Err(TryLockError::Poisoned(_))));
        lock.clear_poison();
        assert_eq!(*lock.lock().unwrap(), 0);
    });
}

#[test]
fn a_panic_that_was_caught_poisons_no_lock_taken_later() {
    model::check(|| {
        let lock = Arc::new(Mutex::new(0));
        let theirs = Arc::clone(&lock);
        let other = thread::spawn(move || *theirs.lock().unwrap() += 1);
        assert!(catch_unwind(|| panic!("on purpose")).is_err());
        *lock.lock().unwrap() += 1;
        other.join().unwrap();
        assert_eq!(*lock.lock().unwrap(), 2);
    });
}

#[test]
fn others_run_while_a_thread_unwinds() {
    let seen = outcomes(|| {
        let lock = Arc::new(Mutex::new(0));
        let theirs = Arc::clone(&lock);
        let careless = thread::spawn(move || {
            struct AddsOnDrop<'a>(&'a Mutex<i32>);
            impl Drop for AddsOnDrop<'_> {
                fn drop(&mut self) {
                    *self.0.lock().unwrap_or_else(|poisoned| poisoned.into_inner()) += 1;
                }
            }
            let _one = AddsOnDrop(&theirs);
            let _two = AddsOnDrop(&theirs);
            panic!("on purpose");
        });
        let between = lock.lock().map_or_else(|poisoned| *poisoned.into_inner(), |guard| *guard);
        assert!(careless.join().is_err());
        between
    });
    assert_eq!(seen, BTreeSet::from([0, 1, 2]));
}

#[test]
fn a_lock_that_is_held_cannot_be_tried() {
    let seen = outcomes(|| {
        let lock = Arc::new(Mutex::new(()));
        let theirs = Arc::clone(&lock);
        let other = thread::spawn(move || drop(theirs.lock().unwrap()));
        let free = lock.try_lock().is_ok();
        other.join().unwrap();
        free
    });
    assert_eq!(seen, BTreeSet::from([false, true]));
}

#[test]
fn readers_share_and_writers_do_not() {
    let seen = outcomes(|| {
        let lock = Arc::new(RwLock::new(0));
        let theirs = Arc::clone(&lock);
        let writer = thread::spawn(move || *theirs.write().unwrap() += 1);
        let one = lock.read().unwrap();
        let two = lock.try_read().is_ok();
        let value = *one;
        drop(one);
        writer.join().unwrap();
        (two, value)
    });
    // One reader more may have to let the writer go first that waits for those who are in.
    assert_eq!(seen, BTreeSet::from([(false, 0), (true, 0), (true, 1)]));
}

#[test]
fn notify_one_wakes_any_of_those_who_wait() {
    let seen = outcomes(|| {
        let shared = Arc::new((Mutex::new(0), Condvar::new()));
        let first = Arc::new(AtomicUsize::new(0));
        let waiters: Vec<_> = (1..=2)
            .map(|id| {
                let (shared, first) = (Arc::clone(&shared), Arc::clone(&first));
                thread::spawn(move || {
                    let (lock, turn) = &*shared;
                    let waits = |tickets: &mut i32| *tickets == 0;
                    let mut tickets = turn.wait_while(lock.lock().unwrap(), waits).unwrap();
                    *tickets -= 1;
                    let (free, taken) = (Ordering::SeqCst, Ordering::SeqCst);
                    let _ = first.compare_exchange(0, id, free, taken);
                })
            })
            .collect();
        for _ in 0..2 {
            *shared.0.lock().unwrap() += 1;
            shared.1.notify_one();
        }
        waiters.into_iter().for_each(|waiter| waiter.join().unwrap());
        first.load(Ordering::SeqCst)
    });
    assert_eq!(seen, BTreeSet::from([1, 2]));
}

#[test]
fn a_timed_wait_times_out_or_is_woken() {
    let seen = outcomes(|| {
        let shared = Arc::new((Mutex::new(false), Condvar::new()));
        let theirs = Arc::clone(&shared);
        let setter = thread::spawn(move || {
            *theirs.0.lock().unwrap() = true;
            theirs.1.notify_one();
        });
        let start = Instant::now();
        let guard = shared.0.lock().unwrap();
        let (guard, result) = shared.1.wait_timeout_while(guard, SECOND, |set| !*set).unwrap();
        let set = *guard;
        drop(guard);
        setter.join().unwrap();
        assert!(set || start.elapsed() >= SECOND, "who gives up has waited for its time");
        (set, result.timed_out())
    });
    assert_eq!(seen, BTreeSet::from([(false, true), (true, false)]));
}

#[test]
fn for_ever_never_times_out() {
    let seen = outcomes(|| {
        let shared = Arc::new((Mutex::new(()), Condvar::new(), AtomicUsize::new(0)));
        let theirs = Arc::clone(&shared);
        let waker = thread::spawn(move || {
            let _guard = theirs.0.lock().unwrap();
            theirs.2.store(1, Ordering::SeqCst);
            theirs.1.notify_one();
        });
        let mut guard = shared.0.lock().unwrap();
        let mut timed_out = false;
        while shared.2.load(Ordering::SeqCst) == 0 {
            let (again, result) = shared.1.wait_timeout(guard, Duration::MAX).unwrap();
            (guard, timed_out) = (again, result.timed_out());
        }
        drop(guard);
        waker.join().unwrap();
        timed_out
    });
    assert_eq!(seen, BTreeSet::from([false]));
}

#[test]
fn one_of_a_barrier_leads() {
    model::check(|| {
        let barrier = Arc::new(Barrier::new(2));
        let theirs = Arc::clone(&barrier);
        let other = thread::spawn(move || [theirs.wait().is_leader(), theirs.wait().is_leader()]);
        let mine = [barrier.wait().is_leader(), barrier.wait().is_leader()];
        let others = other.join().unwrap();
        assert!((0..2).all(|round| mine[round] != others[round]));
    });
}

#[test]
fn once_is_once() {
    model::check(|| {
        let shared = Arc::new((Once::new(), OnceLock::new(), AtomicUsize::new(0)));
        let initialise = |shared: &(Once, OnceLock<usize>, AtomicUsize)| {
            shared.0.call_once(|| {
                shared.2.fetch_add(1, Ordering::Relaxed);
            });
            *shared.1.get_or_init(|| 10 + shared.2.fetch_add(1, Ordering::Relaxed))
        };
        let theirs = Arc::clone(&shared);
        let other = thread::spawn(move || initialise(&theirs));
        let mine = initialise(&shared);
        assert_eq!(other.join().unwrap(), mine);
        assert_eq!(shared.2.load(Ordering::Relaxed), 2);
        assert!(shared.0.is_completed());
    });
}

#[test]
fn a_channel_delivers_everything_in_order() {
    model::check(|| {
        let (sender, receiver) = mpsc::channel();
        let second = sender.clone();
        let one = thread::spawn(move || (0..2).for_each(|item| sender.send(item).unwrap()));
        let two = thread::spawn(move || second.send(10).unwrap());
        let got: Vec<i32> = receiver.iter().collect();
        let from_one: Vec<i32> = got.iter().copied().filter(|item| *item < 10).collect();
        assert_eq!((got.len(), from_one), (3, vec![0, 1]));
        one.join().unwrap();
        two.join().unwrap();
    });
}

#[test]
fn a_full_channel_blocks_and_a_closed_one_refuses() {
    model::check(|| {
        let (sender, receiver) = mpsc::sync_channel(1);
        let producer = thread::spawn(move || {
            sender.send(1).unwrap();
            sender.send(2).is_ok()
        });
        assert_eq!(receiver.recv(), Ok(1));
        drop(receiver);
        // The second item was put in before the receiver left, or refused.
        let _ = producer.join().unwrap();
    });
}

#[test]
fn without_room_an_item_is_handed_over() {
    let seen = outcomes(|| {
        let (sender, receiver) = mpsc::sync_channel(0);
        let producer = thread::spawn(move || sender.send(1).is_ok());
        let got = receiver.recv_timeout(SECOND).is_ok();
        drop(receiver);
        (got, producer.join().unwrap())
    });
    assert_eq!(seen, BTreeSet::from([(false, false), (true, true)]));
}

#[test]
fn a_park_token_is_kept() {
    model::check(|| {
        let sleeper = thread::spawn(|| {
            // A lock in between does not eat the token.
            let lock = Mutex::new(());
            drop(lock.lock().unwrap());
            thread::park();
        });
        sleeper.thread().unpark();
        sleeper.join().unwrap();
    });
}

#[test]
fn a_scope_joins_what_it_started() {
    model::check(|| {
        let mut items = [1, 2];
        let sum = AtomicUsize::new(0);
        let (left, right) = items.split_at_mut(1);
        thread::scope(|scope| {
            for part in [left, right] {
                let sum = &sum;
                scope.spawn(move || {
                    part[0] *= 10;
                    sum.fetch_add(part[0], Ordering::Relaxed);
                });
            }
        });
        assert_eq!((items, sum.load(Ordering::Relaxed)), ([10, 20], 30));
    });
}

#[test]
fn a_scope_passes_on_a_panic() {
    Model::new().at_least(1).check(|| {
        let result = catch_unwind(AssertUnwindSafe(|| {
            thread::scope(|scope| {
                scope.spawn(|| panic!("on purpose"));
            });
        }));
        let panic = result.expect_err("the scope panics");
        assert_eq!(panic.downcast_ref::<&str>(), Some(&"a scoped thread panicked"));
    });
}

/// The time is over, and before the thread has the lock again another one changes something and
/// notifies: in vain, for nobody waits any more.
#[test]
fn a_wait_may_end_just_before_its_notification() {
    for notify in [Condvar::notify_one, Condvar::notify_all] {
        let seen = outcomes(move || {
            let shared = Arc::new((Mutex::new(0), Condvar::new()));
            let theirs = Arc::clone(&shared);
            let waiter = thread::spawn(move || {
                let guard = theirs.0.lock().unwrap();
                let before = *guard;
                let (guard, result) = theirs.1.wait_timeout(guard, SECOND).unwrap();
                (before, *guard, result.timed_out())
            });
            *shared.0.lock().unwrap() = 1;
            notify(&shared.1);
            waiter.join().unwrap()
        });
        let all = [(0, 0, true), (0, 1, false), (0, 1, true), (1, 1, false), (1, 1, true)];
        assert_eq!(seen.into_iter().collect::<Vec<_>>(), all);
    }
}

/// They never meet, but each was seen: nobody went around the facade.
#[test]
fn threads_may_keep_apart() {
    model::check(|| {
        let halves = Arc::new([AtomicUsize::new(0), AtomicUsize::new(0)]);
        let theirs = Arc::clone(&halves);
        let other = thread::spawn(move || theirs[1].fetch_add(1, Ordering::SeqCst));
        halves[0].fetch_add(1, Ordering::SeqCst);
        other.join().unwrap();
        assert_eq!(halves.each_ref().map(|half| half.load(Ordering::SeqCst)), [1, 1]);
    });
}

#[test]
fn each_thread_has_its_own_locals() {
    sync_model::thread_local! {
        static COUNT: Cell<u32> = const { Cell::new(0) };
    }
    Model::new().at_least(1).check(|| {
        COUNT.set(5);
        let theirs = thread::spawn(|| COUNT.replace(1)).join().unwrap();
        assert_eq!((theirs, COUNT.get()), (0, 5));
    });
}

#[test]
fn a_spin_lock_that_is_right_passes() {
    for pause in [thread::yield_now, sync_model::hint::spin_loop, || ()] {
        model::check(move || {
            let shared = Arc::new((AtomicUsize::new(0), model::RaceCell::new(0)));
            let visit = move |shared: &(AtomicUsize, model::RaceCell<i32>)| {
                while shared.0.swap(1, Ordering::Acquire) == 1 {
                    pause();
                }
                shared.1.set(shared.1.get() + 1);
                shared.0.store(0, Ordering::Release);
            };
            let theirs = Arc::clone(&shared);
            let other = thread::spawn(move || visit(&theirs));
            visit(&shared);
            other.join().unwrap();
            assert_eq!(shared.1.get(), 2);
        });
    }
}

#[test]
fn a_bounded_spin_is_no_livelock() {
    let seen = outcomes(|| {
        let lock = Arc::new(Mutex::new(()));
        let theirs = Arc::clone(&lock);
        let holder = thread::spawn(move || drop(theirs.lock().unwrap()));
        let mut tries = 0;
        while tries < 3 && lock.try_lock().is_err() {
            tries += 1;
            thread::yield_now();
        }
        holder.join().unwrap();
        tries == 3
    });
    assert!(seen.contains(&true), "it may give up while the holder still holds");
    assert!(seen.contains(&false));
}

#[test]
fn a_deadline_that_is_polled_comes() {
    Model::new().at_least(1).check(|| {
        let end = Instant::now() + SECOND;
        while Instant::now() < end {
            thread::yield_now();
        }
    });
}
