//! Checks that fail, each in its own way, and pass or take other steps if the environment says so.

use std::time::Duration;

use sync_model::atomic::{AtomicBool, AtomicUsize, Ordering};
use sync_model::model::{self, Fault, Model, require};
use sync_model::{Arc, Condvar, Mutex, hint, thread};

/// Whether the code of the samples is as it was changed later.
fn is(change: &str) -> bool {
    std::env::var("CHANGE").is_ok_and(|it| it == change)
}

struct Counter(AtomicUsize);

impl Counter {
    fn add(&self) {
        println!("adds");
        let old = self.0.load(Ordering::SeqCst);
        print!("old ");
        println!("= {old}");
        eprint!("no line");
        if is("one more step") {
            self.0.load(Ordering::SeqCst);
        }
        if is("mended") {
            self.0.fetch_add(1, Ordering::SeqCst);
        } else {
            self.0.store(old + 1, Ordering::SeqCst);
        }
        println!("done");
    }
}

#[test]
#[ignore = "run by the tests of replays"]
fn lost_update() {
    model::check(|| {
        let counter = Arc::new(Counter(AtomicUsize::new(0)));
        let theirs = Arc::clone(&counter);
        let other = model::spawn("other", move || theirs.add());
        counter.add();
        other.join().unwrap();
        let count = counter.0.load(Ordering::SeqCst);
        require!(Fault::LostUpdate, count == 2, "two threads added 1 each; it is {count}");
    });
}

#[test]
#[ignore = "run by the tests of replays"]
fn wrong_number() {
    model::check(|| {
        let number = Arc::new(AtomicUsize::new(0));
        let theirs = Arc::clone(&number);
        let other = model::spawn("other", move || theirs.store(1, Ordering::SeqCst));
        let seen = number.load(Ordering::SeqCst);
        other.join().unwrap();
        assert!(seen == 0 || is("more patient"), "it is {seen}");
    });
}

#[test]
#[ignore = "run by the tests of replays"]
fn stuck() {
    model::check(|| {
        let locks = Arc::new((Mutex::new(0), Mutex::new(0)));
        let theirs = Arc::clone(&locks);
        let other = thread::spawn(move || {
            let _second = theirs.1.lock().unwrap();
            let _first = theirs.0.lock().unwrap();
        });
        let first = locks.0.lock().unwrap();
        let second = locks.1.lock().unwrap();
        drop((first, second));
        other.join().unwrap();
    });
}

#[test]
#[ignore = "run by the tests of replays"]
fn too_polite() {
    Model::new().bound(0).check(|| {
        let flags = Arc::new([const { AtomicBool::new(false) }; 2]);
        let enter = |flags: &[AtomicBool; 2], me: usize| {
            flags[me].store(true, Ordering::SeqCst);
            while flags[1 - me].load(Ordering::SeqCst) {
                flags[me].store(false, Ordering::SeqCst);
                hint::spin_loop();
                flags[me].store(true, Ordering::SeqCst);
            }
            flags[me].store(false, Ordering::SeqCst);
        };
        let theirs = Arc::clone(&flags);
        let other = thread::spawn(move || enter(&theirs, 1));
        enter(&flags, 0);
        other.join().unwrap();
    });
}

#[test]
#[ignore = "run by the tests of replays"]
fn looks_for_ever() {
    model::check(|| {
        let state = Arc::new((AtomicBool::new(false), AtomicUsize::new(0)));
        let theirs = Arc::clone(&state);
        let other = thread::spawn(move || while !theirs.0.load(Ordering::SeqCst) {});
        let count = state.1.fetch_add(1, Ordering::SeqCst);
        state.0.store(count == 0 && state.1.load(Ordering::SeqCst) == 2, Ordering::SeqCst);
        other.join().unwrap();
    });
}

#[test]
#[ignore = "run by the tests of replays"]
fn looks_and_writes() {
    model::check(|| {
        let state = Arc::new((AtomicBool::new(false), AtomicUsize::new(0)));
        let theirs = Arc::clone(&state);
        let other = thread::spawn(move || {
            while !theirs.0.load(Ordering::SeqCst) {}
            (1..=2).for_each(|value| theirs.1.store(value, Ordering::SeqCst));
        });
        state.0.store(true, Ordering::SeqCst);
        assert_ne!(state.1.load(Ordering::SeqCst), 1);
        other.join().unwrap();
    });
}

#[test]
#[ignore = "run by the tests of replays"]
fn old_value() {
    Model::new().weak().check(|| {
        let state = Arc::new((AtomicUsize::new(0), AtomicBool::new(false)));
        let theirs = Arc::clone(&state);
        let writer = model::spawn("writer", move || {
            theirs.0.store(1, Ordering::Relaxed);
            theirs.1.store(true, Ordering::Relaxed);
        });
        if state.1.load(Ordering::Relaxed) {
            assert_eq!(state.0.load(Ordering::Relaxed), 1, "it was written before");
        }
        writer.join().unwrap();
    });
}

#[test]
#[ignore = "run by the tests of replays"]
fn woken_for_nothing() {
    Model::new().spurious().check(|| {
        let state = Arc::new((Mutex::new(false), Condvar::new()));
        let theirs = Arc::clone(&state);
        let other = thread::spawn(move || {
            *theirs.0.lock().unwrap() = true;
            theirs.1.notify_one();
        });
        let mut is_set = state.0.lock().unwrap();
        if !*is_set {
            is_set = state.1.wait(is_set).unwrap();
        }
        assert!(*is_set, "nobody has set it");
        drop(is_set);
        other.join().unwrap();
    });
}

struct Shown(Mutex<usize>);

impl std::fmt::Display for Shown {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.0.lock().unwrap())
    }
}

/// Threads take turns in the middle of what they print.
#[test]
#[ignore = "run by the tests of replays"]
fn prints_step_by_step() {
    model::check(|| {
        let shown = Arc::new(Shown(Mutex::new(0)));
        let theirs = Arc::clone(&shown);
        let other = thread::spawn(move || {
            println!("theirs: {theirs}");
            *theirs.0.lock().unwrap() += 1;
        });
        println!("ours: {shown}, {shown}");
        assert_eq!(*shown.0.lock().unwrap(), 0);
        other.join().unwrap();
    });
}

/// Five threads count in two steps each.
fn many_count() {
    let count = Arc::new(AtomicUsize::new(0));
    let threads: Vec<_> = (0..5)
        .map(|_| {
            let theirs = Arc::clone(&count);
            thread::spawn(move || {
                let old = theirs.load(Ordering::SeqCst);
                theirs.store(old + 1, Ordering::SeqCst);
            })
        })
        .collect();
    threads.into_iter().for_each(|thread| thread.join().unwrap());
    assert_eq!(count.load(Ordering::SeqCst), 5);
}

#[test]
#[ignore = "run by the tests of replays"]
fn at_random() {
    Model::new().random(10_000).check(many_count);
}

#[test]
#[ignore = "run by the tests of replays"]
fn when_time_is_over() {
    Model::new().budget(Duration::ZERO).fallback(Duration::from_secs(60)).check(|| {
        for _ in 0..3 {
            many_count();
        }
    });
}

#[test]
#[ignore = "run by the tests of replays"]
fn goes_on_printing() {
    Model::new().computing(Duration::from_millis(500)).check(|| {
        let lost = Arc::new(AtomicUsize::new(0));
        let theirs = Arc::clone(&lost);
        let other = thread::spawn(move || theirs.fetch_add(1, Ordering::SeqCst));
        while is("endless") {
            println!("on and on");
        }
        lost.store(0, Ordering::SeqCst);
        other.join().unwrap();
        assert_eq!(lost.load(Ordering::SeqCst), 0);
    });
}
