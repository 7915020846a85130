//! What the model does not control is noticed: a lock of the standard library, which blocks it as a
//! whole, and a thread of the standard library. That is noticed by the process, not by the one
//! check: hence a test binary without others.

use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use sync_model::atomic::{AtomicUsize, Ordering};
use sync_model::model;
use sync_model::{Arc, thread};

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

#[test]
fn a_real_lock_is_noticed() {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--ignored", "--exact", "a_real_lock_held_across_a_step", "--nocapture"])
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let deadline = Instant::now() + Duration::from_secs(60);
    let status = loop {
        match child.try_wait().unwrap() {
            Some(status) => break status,
            None if Instant::now() > deadline => {
                child.kill().unwrap();
                panic!("the watchdog did not end the process");
            }
            None => std::thread::sleep(Duration::from_millis(50)),
        }
    };
    let mut said = String::new();
    std::io::Read::read_to_string(&mut child.stderr.take().unwrap(), &mut said).unwrap();
    assert_eq!(status.code(), Some(101), "{said}");
    assert!(said.contains("real-primitive: Nothing moved for some seconds"), "{said}");
    assert!(said.contains("tests/blocked.rs"), "it says where: {said}");
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
