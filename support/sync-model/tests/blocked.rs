//! What the model does not control is noticed: a lock of the standard library or a loop without a step,
//! which blocks it as a whole, and a thread of the standard library. That is noticed by the process,
//! not by the one check: hence a test binary without others.

use std::time::{Duration, Instant};

use sync_model::atomic::{AtomicUsize, Ordering};
use sync_model::model::{self, Model};
use sync_model::{Arc, Mutex, thread};

use alone::said_by;

mod alone;

/// Run in a process of its own, because it never ends by itself.
#[test]
#[ignore = "blocks for ever: it is run by the test below"]
fn a_real_lock_held_across_a_step() {
    model::check(|| {
        let lock = Arc::new(std::sync::Mutex::new(0));
        let theirs = Arc::clone(&lock);
        let other = thread::spawn(move || {
            let mut guard = theirs.lock().unwrap();
            thread::yield_now();
            *guard += 1;
        });
        thread::yield_now();
        *lock.lock().unwrap() += 1;
        other.join().unwrap();
    });
}

/// Run in a process of its own, as above.
#[test]
#[ignore = "never ends: it is run by a test below"]
fn a_loop_without_a_step() {
    Model::new().computing(Duration::from_secs(1)).check(|| {
        let done = Arc::new(Mutex::new(false));
        let theirs = Arc::clone(&done);
        let other = thread::spawn(move || *theirs.lock().unwrap() = true);
        let guard = done.lock().unwrap();
        while !std::hint::black_box(*guard) {}
        other.join().unwrap();
    });
}

#[test]
fn a_real_lock_is_noticed() {
    let said = said_by("a_real_lock_held_across_a_step", 101);
    assert!(said.contains("real-primitive: Nothing moved for some seconds: after line"), "{said}");
    assert!(said.contains("tests/blocked.rs, a thread waits at a lock"), "{said}");
}

/// A thread that only has much to do is not accused.
#[test]
fn a_long_computation_is_right() {
    let once = std::sync::Once::new();
    Model::new().at_least(1).check(move || {
        let other = thread::spawn(|| ());
        let start = Instant::now();
        once.call_once(|| while start.elapsed() < Duration::from_secs(4) {});
        other.join().unwrap();
    });
}

// Elsewhere it is not known whether the thread runs or waits.
#[cfg(target_os = "linux")]
#[test]
fn a_loop_that_never_comes_to_a_step_is_noticed() {
    let said = said_by("a_loop_without_a_step", 101);
    assert!(said.contains("inconclusive: Nothing else could move: after line"), "{said}");
    assert!(said.contains("tests/blocked.rs, a thread has computed for 1 s"), "{said}");
}

#[test]
fn a_real_thread_is_noticed() {
    let panic = std::panic::catch_unwind(|| {
        model::check(|| {
            let counter = Arc::new(AtomicUsize::new(0));
            let theirs = Arc::clone(&counter);
            let _ = std::thread::spawn(move || theirs.fetch_add(1, Ordering::SeqCst)).join();
        });
    });
    let said = *panic.expect_err("the check fails").downcast::<String>().unwrap();
    assert!(said.contains("real-primitive: A lock or an atomic of `sync` was used"), "{said}");
}
