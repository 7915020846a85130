//! Locks that writers downgrade, locks that are shown, and updates of atomics, in every order of the
//! threads.

// Two functions of std's are unsafe to call.
#![allow(unsafe_code)]

use std::cell::Cell;
use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::rc::Rc;

use sync_model::atomic::{AtomicPtr, AtomicU8, AtomicUsize, Ordering, compiler_fence};
use sync_model::model::{self, Model};
use sync_model::thread::Builder;
use sync_model::{Arc, Mutex, RwLock, RwLockWriteGuard, TryLockError, thread};

#[test]
fn no_writer_comes_between_a_write_and_what_is_read_then() {
    Model::new().unbounded().check(|| {
        let lock = Arc::new(RwLock::new(0));
        let theirs = Arc::clone(&lock);
        let other = thread::spawn(move || *theirs.write().unwrap() += 10);
        let mut guard = lock.write().unwrap();
        *guard += 1;
        let seen = *guard;
        let guard = RwLockWriteGuard::downgrade(guard);
        assert_eq!(*guard, seen);
        assert!(matches!(lock.try_write(), Err(TryLockError::WouldBlock)));
        drop(guard);
        other.join().unwrap();
        assert_eq!(*lock.read().unwrap(), 11);
    });
}

#[test]
fn readers_may_come_in_once_a_writer_is_a_reader() {
    // The other thread comes in before the guard is dropped: else neither could go on.
    Model::new().unbounded().check(|| {
        let shared = Arc::new((RwLock::new(0), AtomicUsize::new(0)));
        let theirs = Arc::clone(&shared);
        let mut guard = shared.0.write().unwrap();
        let reader = thread::spawn(move || {
            let seen = *theirs.0.read().unwrap();
            theirs.1.store(seen, Ordering::Relaxed);
        });
        *guard = 7;
        let guard = RwLockWriteGuard::downgrade(guard);
        while shared.1.load(Ordering::Relaxed) != 7 {
            thread::yield_now();
        }
        drop(guard);
        reader.join().unwrap();
    });
}

#[test]
fn a_reader_that_panics_poisons_nothing_though_it_was_a_writer() {
    Model::new().at_least(1).check(|| {
        let lock = RwLock::new(0);
        let panic = catch_unwind(AssertUnwindSafe(|| {
            let _guard = RwLockWriteGuard::downgrade(lock.write().unwrap());
            panic!("on purpose");
        }));
        assert!(panic.is_err() && !lock.is_poisoned());
    });
}

/// Counts the schedules of two threads that each do this once.
fn schedules(act: fn(&Mutex<u8>)) -> usize {
    let count: Rc<Cell<usize>> = Rc::default();
    let counts = Rc::clone(&count);
    Model::new().unbounded().check(move || {
        counts.set(counts.get() + 1);
        let lock = Arc::new(Mutex::new(0));
        let theirs = Arc::clone(&lock);
        let other = thread::spawn(move || act(&theirs));
        act(&lock);
        other.join().unwrap();
    });
    count.get()
}

#[test]
fn to_show_a_lock_costs_no_schedule() {
    let silent = schedules(|lock| *lock.lock().unwrap() += 1);
    let shown = schedules(|lock| {
        assert!(format!("{lock:?}").starts_with("Mutex { data: "));
        *lock.lock().unwrap() += 1;
        assert!(format!("{lock:?}").ends_with(", poisoned: false, .. }"));
    });
    assert_eq!(shown, silent);
}

/// Data that takes its time to be shown.
struct Slow;

impl fmt::Debug for Slow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        thread::yield_now();
        f.write_str("slow")
    }
}

#[test]
fn nobody_changes_a_lock_s_data_while_it_is_shown() {
    model::check(|| {
        let lock = Arc::new(Mutex::new(vec![Slow, Slow]));
        let theirs = Arc::clone(&lock);
        let other = thread::spawn(move || theirs.lock().unwrap().clear());
        let shown = format!("{lock:?}");
        let (full, empty) = ("[slow, slow]", "[]");
        assert!([full, empty, "\"<locked>\""].iter().any(|data| shown.contains(data)), "{shown}");
        other.join().unwrap();
    });
}

#[test]
fn updates_try_again_until_nobody_was_faster() {
    Model::new().unbounded().check(|| {
        let count = Arc::new(AtomicUsize::new(1));
        let theirs = Arc::clone(&count);
        let add = |old| old + 1;
        let other = thread::spawn(move || theirs.update(Ordering::AcqRel, Ordering::Acquire, add));
        let odd = |old: usize| (old % 2 == 1).then_some(old + 2);
        let mine = count.try_update(Ordering::AcqRel, Ordering::Acquire, odd);
        let theirs = other.join().unwrap();
        match mine {
            Ok(1) => assert_eq!((theirs, count.load(Ordering::Relaxed)), (3, 4)),
            Err(2) => assert_eq!((theirs, count.load(Ordering::Relaxed)), (1, 2)),
            other => panic!("{other:?}"),
        }
    });
}

#[test]
fn pointers_move_by_items_and_by_bytes() {
    Model::new().at_least(1).check(|| {
        let mut items = [1_u32, 2, 3];
        let first = items.as_mut_ptr();
        let pointer = AtomicPtr::new(first);
        let order = Ordering::Relaxed;
        assert_eq!(pointer.fetch_ptr_add(2, order), first);
        assert_eq!(pointer.fetch_ptr_sub(1, order), first.wrapping_add(2));
        assert_eq!(pointer.fetch_byte_add(4, order), first.wrapping_add(1));
        assert_eq!(pointer.fetch_byte_sub(8, order), first.wrapping_add(2));
        assert_eq!(pointer.fetch_or(1, order), first);
        assert_eq!(pointer.fetch_and(!1, order).addr(), first.addr() | 1);
        assert_eq!(pointer.fetch_xor(2, order), first);
        assert_eq!(format!("{pointer:p}"), format!("{:p}", first.map_addr(|addr| addr ^ 2)));
    });
}

#[test]
fn what_is_written_through_the_address_of_an_atomic_is_read() {
    Model::new().at_least(1).check(|| {
        let number = AtomicU8::new(1);
        // SAFETY: no other thread knows the atomic.
        unsafe { *number.as_ptr() += 1 };
        assert_eq!((number.fetch_add(1, Ordering::Relaxed), number.into_inner()), (2, 3));
    });
}

#[test]
fn a_fence_of_the_compiler_is_never_relaxed() {
    compiler_fence(Ordering::SeqCst);
    assert!(catch_unwind(|| compiler_fence(Ordering::Relaxed)).is_err());
}

#[test]
fn a_thread_may_borrow_if_it_is_joined() {
    model::check(|| {
        let number = AtomicUsize::new(0);
        // SAFETY: it is joined before the number is dropped.
        let worker =
            unsafe { Builder::new().spawn_unchecked(|| number.fetch_add(1, Ordering::Relaxed)) };
        number.fetch_add(1, Ordering::Relaxed);
        worker.unwrap().join().unwrap();
        assert_eq!(number.into_inner(), 2);
    });
}
