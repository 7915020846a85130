//! Speed-up checks of answers that are right and wrong in the ways that matter. Each sample is a
//! check of its own process, so that nothing else uses the CPU clocks.

mod grader;

use std::ops::Range;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread;

use checks::{Fault, Speedup};
use evidence::Outcome;
use grader::{request, told_by, told_with};

/// Something to do, more of it the bigger `n` is.
fn cost(n: usize) -> usize {
    (0..n / 64).fold(n, |x, step| x.rotate_left(5) ^ step)
}

fn plain(size: usize) -> usize {
    (0..size).map(cost).fold(0, usize::wrapping_add)
}

/// Splits the numbers below `size` into `parts` ranges, which threads fetch one by one.
fn in_parts(size: usize, threads: usize, parts: usize) -> usize {
    let next = AtomicUsize::new(0);
    let sum = AtomicUsize::new(0);
    let part = |index: usize| -> Range<usize> { size * index / parts..size * (index + 1) / parts };
    thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                loop {
                    let index = next.fetch_add(1, Ordering::Relaxed);
                    if index >= parts {
                        return;
                    }
                    let found = part(index).map(cost).fold(0, usize::wrapping_add);
                    sum.fetch_add(found, Ordering::Relaxed);
                }
            });
        }
    });
    sum.into_inner()
}

/// Each number is worked on under the lock of the sum.
fn under_a_lock(size: usize, threads: usize) -> usize {
    let next = AtomicUsize::new(0);
    let sum = Mutex::new(0_usize);
    thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                loop {
                    let n = next.fetch_add(1, Ordering::Relaxed);
                    if n >= size {
                        return;
                    }
                    let mut sum = sum.lock().unwrap();
                    *sum = sum.wrapping_add(cost(n));
                }
            });
        }
    });
    sum.into_inner().unwrap()
}

fn call(answer: impl Fn(usize, usize) -> usize) {
    Speedup::new().of_call(1_024, plain, answer);
}

/// Hands the items out to `threads` threads, with `before` called under a lock if there is one.
fn items(lock: Option<Mutex<()>>, wanted: usize) {
    Speedup::new().of_items(64, |threads, work| {
        let next = AtomicUsize::new(0);
        thread::scope(|scope| {
            for _ in 0..threads.min(wanted) {
                scope.spawn(|| {
                    loop {
                        let item = next.fetch_add(1, Ordering::Relaxed);
                        if item >= 64 {
                            return;
                        }
                        let _guard = lock.as_ref().map(|lock| lock.lock());
                        work(item);
                    }
                });
            }
        });
    });
}

/// Declares samples: checks that only the tests of this file run.
macro_rules! samples {
    ($($name:ident => $body:expr;)*) => {
        $(#[test] #[ignore = "a sample: run by the tests of this file"] fn $name() { $body })*
    };
}

samples! {
    shares_calls => call(|size, threads| in_parts(size, threads, 64));
    splits_calls_in_two => call(|size, threads| in_parts(size, threads, threads));
    serial_calls => call(|size, _| plain(size));
    locks_calls => call(under_a_lock);
    repeats_calls => call(|size, threads| (0..threads).map(|_| in_parts(size, 2, 64)).max().unwrap());
    errs => call(|size, _| size);
    shares_items => items(None, 2);
    serial_items => items(None, 1);
    locks_items => items(Some(Mutex::new(())), 2);
    forgets_items => Speedup::new().of_items(64, |_, work| (0..63).for_each(work));
}

/// One sample at a time, as the grader runs speed-up checks: two at once are each other's noise.
static ALONE: Mutex<()> = Mutex::new(());

/// A machine with a single CPU cannot tell: then only a false verdict is wrong.
fn expect(sample: &str, fault: Option<Fault>) {
    let _alone = ALONE.lock().unwrap_or_else(PoisonError::into_inner);
    let mut request = request(sample, 7);
    // Equal ranges of this work reach 1.5, a fair split nearly 2.
    request.threshold = Some(1.75);
    match told_with(sample, &request, &[]).outcome() {
        Outcome::Inconclusive { .. } => {}
        Outcome::Passed { .. } => assert_eq!(None, fault, "{sample}"),
        Outcome::Failed(failure) => assert_eq!(Some(failure.fault), fault, "{failure:?}"),
    }
}

#[test]
fn honest_answers_pass() {
    expect("shares_calls", None);
    expect("shares_items", None);
}

#[test]
fn serial_answers_fail() {
    for sample in ["serial_calls", "serial_items", "locks_calls", "locks_items"] {
        expect(sample, Some(Fault::Serial));
    }
}

#[test]
fn uneven_and_wasteful_answers_fail() {
    expect("splits_calls_in_two", Some(Fault::Unbalanced));
    expect("repeats_calls", Some(Fault::Wasteful));
}

#[test]
fn wrong_results_fail() {
    expect("errs", Some(Fault::WrongAnswer));
    expect("forgets_items", Some(Fault::WrongAnswer));
}

#[cfg(target_os = "linux")]
#[test]
fn a_check_that_may_use_one_cpu_cannot_tell() {
    use nix::sched::{CpuSet, sched_setaffinity};
    use nix::unistd::Pid;

    let told = thread::spawn(|| {
        // The sample inherits what this thread may use.
        let mut one = CpuSet::new();
        one.set(nix::sched::sched_getcpu().unwrap()).unwrap();
        sched_setaffinity(Pid::from_raw(0), &one).unwrap();
        told_by("serial_items")
    });
    assert!(matches!(told.join().unwrap().outcome(), Outcome::Inconclusive { .. }));
}
