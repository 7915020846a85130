//! What checks tell the grader. The samples are checks that pass, fail and panic in every way; they
//! are ignored here, and run one by one in processes of their own.
#![allow(unsafe_code)] // One sample forks, as learners' code does.

mod grader;

use std::fs::read_link;
use std::io::Read;
use std::panic;
use std::sync::{Condvar, Mutex};
use std::thread;
use std::time::Duration;

use checks::{Fault, Property, example, process, property, require, seed, step, within};
use evidence::{Evidence, Outcome};
use grader::{request, told_by, told_with};
use nix::sys::prctl::get_dumpable;

/// Declares samples: checks that only [`told_by`] runs.
macro_rules! samples {
    ($($name:ident => $body:expr;)*) => {
        $(#[test] #[ignore = "a sample: run by the tests of this file"] fn $name() { $body })*
    };
}

samples! {
    passes => example(|| step("the only step"));
    fails_an_assertion => example(|| assert_eq!(1 + 1, 3, "arithmetic"));
    names_its_fault => example(|| require!(Fault::LostUpdate, false, "{} is missing", 1));
    is_not_written => example(|| todo!("the rest"));
    panics_elsewhere => example(|| {
        let _ = Property::new().cases(0);
    });
    joins_a_thread_that_broke => example(|| {
        thread::spawn(|| require!(Fault::NotExclusive, false, "two inside")).join().unwrap();
    });
    leaves_a_scope_that_broke => example(|| {
        thread::scope(|scope| {
            scope.spawn(|| require!(Fault::LostItem, false, "one is gone"));
        });
    });
    finds_a_poisoned_lock => example(|| {
        let lock = Mutex::new(());
        thread::scope(|scope| {
            let holder = scope.spawn(|| {
                let _guard = lock.lock();
                require!(Fault::WrongOrder, false, "2 before 1");
            });
            while !holder.is_finished() {
                thread::yield_now();
            }
            drop(lock.lock().unwrap());
        });
    });
    carries_a_panic_on => example(|| {
        let payload = thread::spawn(|| assert_eq!(2, 3)).join().unwrap_err();
        panic::resume_unwind(payload);
    });
    has_its_requirement_caught => example(|| {
        // As an answer may do that is given a function to call.
        drop(panic::catch_unwind(|| require!(Fault::Livelock, false, "asked again and again")));
    });
    raises_what_panics_when_it_is_dropped => example(|| {
        struct Bomb;
        impl Drop for Bomb {
            fn drop(&mut self) {
                panic!("from a payload");
            }
        }
        panic::panic_any(Bomb);
    });
    looks_around => example(|| {
        let mut read = String::new();
        assert_eq!(std::io::stdin().read_to_string(&mut read).unwrap(), 0);
        assert_eq!(read_link("/proc/self/fd/0").unwrap().to_str(), Some("/dev/null"));
        let mut child = fork::child(|| u8::from(get_dumpable().unwrap_or(true))).unwrap();
        assert_eq!(child.wait().unwrap(), fork::Ended::Exited(0), "a child is open to others");
        assert!(!get_dumpable().unwrap());
        for fd in fork::inheritable_descriptors().unwrap() {
            let file = read_link(format!("/proc/self/fd/{fd}")).unwrap();
            assert!(!file.to_string_lossy().starts_with("socket:"), "{fd} is {file:?}");
        }
    });
    fails_after_a_panic_that_was_meant => example(|| {
        drop(panic::catch_unwind(|| panic!("as it should")));
        require!(Fault::LostPermit, false, "one permit is gone");
    });
    breaks_a_law => property(0..100_000_u32, |n| assert!(n < 1_000, "{n} is too big"));
    breaks_a_named_law => property(0..100_000_u32, |n| require!(Fault::WrongOrder, n < 9, "{n}"));
    keeps_a_law => Property::new().cases(50).check(0..10_u32, |n| assert!(n < 10));
    is_slow_with_an_input => Property::new().cases(1).check(41..42_u32, |_| {
        thread::sleep(Duration::from_millis(2_000));
    });
    tells_its_seed => example(|| require!(Fault::WrongAnswer, false, "seed {}", seed()));
    hangs => example(|| {
        step("waiting for nobody");
        within(Duration::from_millis(50), || {
            let nobody = Mutex::new(());
            drop(Condvar::new().wait_while(nobody.lock().unwrap(), |()| true));
        });
    });
    panics_within => example(|| within(Duration::from_secs(60), || assert_eq!(1, 2)));
    a_child_comes_back => process(|| {
        // SAFETY: the child only returns, which is what this sample is about.
        if let nix::unistd::ForkResult::Parent { child } = unsafe { nix::unistd::fork() }.unwrap() {
            nix::sys::wait::waitpid(child, None).unwrap();
        }
    });
}

#[test]
fn a_pass_is_told_with_its_steps() {
    let told = told_by("passes");
    assert!(told.begun);
    assert_eq!(told.steps, ["the only step"]);
    assert!(matches!(told.outcome(), Outcome::Passed { .. }));
}

#[test]
fn a_failed_assertion_is_a_wrong_answer_at_its_place() {
    let failure = told_by("fails_an_assertion").failure();
    assert_eq!(failure.fault, Fault::WrongAnswer);
    assert!(failure.message.contains("arithmetic"));
    let [Evidence::Panic { at: Some(place), .. }] = &failure.evidence[..] else {
        panic!("a panic with its place expected, {:?} found", failure.evidence)
    };
    assert!(place.file.ends_with("tests/outcomes.rs"));
}

#[test]
fn faults_are_found_by_payload_and_place() {
    let faults = ["names_its_fault", "is_not_written", "panics_elsewhere"]
        .map(|sample| told_by(sample).fault());
    assert_eq!(faults, [Fault::LostUpdate, Fault::NotYetWritten, Fault::Panic]);
}

#[test]
fn a_promise_stays_broken_whoever_catches_the_panic() {
    let failure = told_by("has_its_requirement_caught").failure();
    assert_eq!(failure.fault, Fault::Livelock);
    assert_eq!(failure.message, "asked again and again");
    assert!(matches!(&*failure.evidence, [Evidence::Panic { at: Some(_), .. }]), "{failure:?}");
}

#[test]
fn a_payload_has_no_last_word() {
    assert_eq!(told_by("raises_what_panics_when_it_is_dropped").fault(), Fault::WrongAnswer);
}

#[test]
fn nobody_else_can_look_in_or_speak() {
    assert_eq!(told_by("looks_around").outcome(), Outcome::Passed { evidence: vec![] });
}

#[test]
fn the_first_panic_is_the_cause() {
    let samples = [
        ("joins_a_thread_that_broke", Fault::NotExclusive),
        ("leaves_a_scope_that_broke", Fault::LostItem),
        ("finds_a_poisoned_lock", Fault::WrongOrder),
        ("carries_a_panic_on", Fault::WrongAnswer),
        ("fails_after_a_panic_that_was_meant", Fault::LostPermit),
    ];
    for (sample, fault) in samples {
        assert_eq!(told_by(sample).fault(), fault, "{sample}");
    }
}

#[test]
fn a_counterexample_is_shrunk_and_the_same_each_time() {
    let failure = told_by("breaks_a_law").failure();
    assert_eq!(failure.fault, Fault::Counterexample);
    let [Evidence::Counterexample(found)] = &failure.evidence[..] else {
        panic!("a counterexample expected, {:?} found", failure.evidence)
    };
    assert_eq!((&*found.input, &*found.message), ("1000", "1000 is too big"));
    assert!(found.at.is_some());
    assert_eq!(told_by("breaks_a_law").failure(), failure);
    assert_eq!(told_by("breaks_a_named_law").fault(), Fault::WrongOrder);
}

#[test]
fn no_environment_variable_changes_a_property() {
    let variables = [("PROPTEST_CASES", "0"), ("PROPTEST_MAX_SHRINK_ITERS", "0")];
    let kept = told_with("keeps_a_law", &request("keeps_a_law", 7), &variables).outcome();
    let Outcome::Passed { evidence } = kept else { panic!("the law is kept: {kept:?}") };
    assert_eq!(
        evidence,
        [Evidence::Note { text: "50 random inputs keep the law (seed 7).".into() }]
    );
    let broken = told_with("breaks_a_law", &request("breaks_a_law", 7), &variables).failure();
    assert_eq!(broken.message, "1000 is too big");
}

#[test]
fn an_input_that_takes_long_is_told() {
    assert_eq!(told_by("is_slow_with_an_input").steps, ["a random input: 41"]);
    assert_eq!(told_by("keeps_a_law").steps, [""; 0]);
}

#[test]
fn the_seed_comes_from_the_grader() {
    let told = told_with("tells_its_seed", &request("tells_its_seed", 42), &[]);
    assert_eq!(told.failure().message, "seed 42");
}

#[test]
fn a_hang_is_told_with_its_step() {
    let failure = told_by("hangs").failure();
    assert_eq!(failure.fault, Fault::Hang);
    assert!(failure.message.contains("waiting for nobody"), "{}", failure.message);
    assert_eq!(told_by("panics_within").fault(), Fault::WrongAnswer);
}

#[test]
fn a_child_that_comes_back_tells_nothing() {
    assert!(matches!(told_by("a_child_comes_back").outcome(), Outcome::Passed { .. }));
}
