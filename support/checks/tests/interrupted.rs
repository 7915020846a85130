//! What a crowd of real threads finds, and what it does not take for a fault.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicU64, Ordering::SeqCst};
use std::sync::{Arc, Condvar, Mutex};

use checks::{Dice, crowd, interrupted, require};
use evidence::{Broken, Fault};

/// What goes wrong in so many rounds of `work`, whose threads share a number.
fn fault_of(work: fn(&AtomicU64)) -> Option<Fault> {
    let rounds = || {
        interrupted(|_| {
            let shared = Arc::new(AtomicU64::new(0));
            let number = Arc::clone(&shared);
            crowd(3, move |_| (0..2_000).for_each(|_| work(&number)));
            require!(Fault::LostUpdate, shared.load(SeqCst) == 6_000, "an update was lost");
        });
    };
    let payload = catch_unwind(AssertUnwindSafe(rounds)).err()?;
    Some(payload.downcast::<Broken>().expect("a named fault").fault)
}

#[test]
fn two_steps_are_found_and_one_is_not() {
    let two_steps = |number: &AtomicU64| number.store(number.load(SeqCst) + 1, SeqCst);
    assert_eq!(fault_of(two_steps), Some(Fault::LostUpdate));
    let one_step = |number: &AtomicU64| _ = number.fetch_add(1, SeqCst);
    assert_eq!(fault_of(one_step), None);
}

/// Nobody ever notifies: each thread tells the others to wait.
#[test]
#[cfg(target_os = "linux")]
fn threads_that_sleep_for_ever_are_found_without_a_deadline() {
    let shared = Arc::new((Mutex::new(()), Condvar::new()));
    let sleeps = move |_| {
        let guard = shared.0.lock().unwrap();
        drop(shared.1.wait_while(guard, |()| true).unwrap());
    };
    let payload = catch_unwind(AssertUnwindSafe(|| crowd(3, sleeps))).unwrap_err();
    let broken = payload.downcast::<Broken>().unwrap();
    assert_eq!(broken.fault, Fault::Hang);
    assert!(broken.message.starts_with("3 of 3 real threads sleep"), "{}", broken.message);
}

#[test]
fn the_first_panic_is_told_although_others_wait() {
    let shared = Arc::new((Mutex::new(()), Condvar::new()));
    let work = move |thread| {
        assert!(thread != 1, "the second thread");
        let guard = shared.0.lock().unwrap();
        drop(shared.1.wait_while(guard, |()| true).unwrap());
    };
    let payload = catch_unwind(AssertUnwindSafe(|| crowd(2, work))).unwrap_err();
    assert_eq!(payload.downcast_ref(), Some(&"the second thread"));
}

#[test]
fn dice_depend_on_round_and_thread() {
    let rolls = |round, thread| {
        let mut dice = Dice::new(round, thread);
        [(); 20].map(|()| dice.roll(1_000))
    };
    assert_eq!(rolls(1, 2), rolls(1, 2));
    assert_ne!(rolls(1, 2), rolls(2, 1));
    assert!(rolls(3, 3).iter().all(|roll| *roll < 1_000));
}
