//! Loops: those that do their work in rounds are no polling, those that poll are right.

use sync_model::atomic::Ordering::SeqCst;
use sync_model::atomic::{AtomicBool, AtomicUsize};
use sync_model::model::Model;
use sync_model::time::Instant;
use sync_model::{Arc, Mutex, thread};

use super::{bounded, fails, passes, shared, unbounded};

/// Whoever looks while another thread counts to 30 may see this number.
fn counting_may_be_seen_at(model: Model, number: usize) {
    fails(model, move || {
        let (ours, theirs) = shared(AtomicUsize::new(0));
        let counts = thread::spawn(move || {
            for _ in 0..30 {
                theirs.fetch_add(1, SeqCst);
            }
        });
        assert_ne!(ours.load(SeqCst), number);
        counts.join().unwrap();
    });
}

#[test]
fn round_12_of_30_is_seen() {
    counting_may_be_seen_at(unbounded(), 12);
}

#[test]
fn round_18_of_30_is_seen() {
    counting_may_be_seen_at(unbounded(), 18);
}

#[test]
fn round_25_of_30_is_seen() {
    counting_may_be_seen_at(unbounded(), 25);
}

#[test]
fn round_25_of_30_is_seen_within_a_bound() {
    counting_may_be_seen_at(bounded(), 25);
}

#[test]
fn round_25_of_30_under_a_lock_is_seen() {
    fails(unbounded(), || {
        let (ours, theirs) = shared(Mutex::new(0));
        let counts = thread::spawn(move || {
            for _ in 0..30 {
                *theirs.lock().unwrap() += 1;
            }
        });
        let seen = *ours.lock().unwrap();
        assert_ne!(seen, 25);
        counts.join().unwrap();
    });
}

#[test]
fn a_number_may_change_after_round_20() {
    fails(bounded(), || {
        let (ours, theirs) = shared(AtomicUsize::new(0));
        let stores = thread::spawn(move || (0..25).for_each(|round| theirs.store(round, SeqCst)));
        if ours.load(SeqCst) == 20 {
            assert_eq!(ours.load(SeqCst), 20);
        }
        stores.join().unwrap();
    });
}

#[test]
fn ten_looks_at_the_clock_are_no_polling() {
    fails(unbounded(), || {
        let (ours, theirs) = shared(AtomicUsize::new(0));
        let stores = thread::spawn(move || {
            for _ in 0..10 {
                let _ = Instant::now();
            }
            theirs.store(1, SeqCst);
        });
        assert_eq!(ours.load(SeqCst), 0);
        stores.join().unwrap();
    });
}

/// A thread looks ten times, which nobody answers, then stores; another one may look only after that.
fn store_comes_after_ten_loads(model: Model) {
    fails(model, || {
        let (ours, theirs) = shared((AtomicUsize::new(0), AtomicUsize::new(0)));
        let late = thread::spawn(move || theirs.1.load(SeqCst));
        for _ in 0..10 {
            ours.0.load(SeqCst);
        }
        ours.1.store(1, SeqCst);
        assert_eq!(late.join().unwrap(), 0);
    });
}

#[test]
fn ten_loads_are_no_polling() {
    store_comes_after_ten_loads(unbounded());
}

#[test]
fn ten_loads_are_no_polling_within_a_bound() {
    store_comes_after_ten_loads(bounded());
}

#[test]
fn ten_loads_of_a_new_thread_are_no_polling() {
    fails(unbounded(), || {
        let (ours, theirs) = shared((AtomicUsize::new(0), AtomicUsize::new(0)));
        let stores = thread::spawn(move || {
            for _ in 0..10 {
                theirs.0.load(SeqCst);
            }
            theirs.1.store(1, SeqCst);
        });
        assert_eq!(ours.1.load(SeqCst), 0);
        stores.join().unwrap();
    });
}

#[test]
fn ten_sections_that_only_look_are_no_polling() {
    fails(unbounded(), || {
        let (ours, theirs) = shared((Mutex::new(0), AtomicUsize::new(0)));
        let stores = thread::spawn(move || {
            let sum: usize = (0..10).map(|_| *theirs.0.lock().unwrap()).sum();
            theirs.1.store(1 + sum, SeqCst);
        });
        assert_eq!(ours.1.load(SeqCst), 0);
        stores.join().unwrap();
    });
}

#[test]
fn a_bug_between_two_steps_of_round_15_is_found() {
    fails(bounded(), || {
        let (ours, theirs) = shared((AtomicUsize::new(0), AtomicUsize::new(0)));
        let worker = thread::spawn(move || {
            for round in 1..=16 {
                theirs.0.store(round, SeqCst);
                if round == 15 {
                    theirs.1.store(1, SeqCst);
                    theirs.1.store(0, SeqCst);
                }
            }
        });
        let bad = ours.1.load(SeqCst);
        worker.join().unwrap();
        assert_eq!(bad, 0);
    });
}

/// Both threads add one so often, each time by a load and a store. Returns the sum.
fn add_in_two_steps(rounds: usize) -> usize {
    let (ours, theirs) = shared(AtomicUsize::new(0));
    let count = move |number: &AtomicUsize| {
        for _ in 0..rounds {
            let old = number.load(SeqCst);
            number.store(old + 1, SeqCst);
        }
    };
    let other = thread::spawn(move || count(&theirs));
    count(&ours);
    other.join().unwrap();
    ours.load(SeqCst)
}

#[test]
fn an_update_of_twenty_rounds_is_lost() {
    fails(bounded(), || assert_eq!(add_in_two_steps(20), 40));
}

/// The well-known puzzle: however many rounds there are, the sum may be 2.
#[test]
fn almost_all_updates_are_lost() {
    fails(unbounded(), || assert_ne!(add_in_two_steps(5), 2));
}

#[test]
fn a_deadlock_after_fifteen_sections_is_found() {
    fails(bounded(), || {
        let (ours, theirs) = shared((Mutex::new(0), Mutex::new(0)));
        let other = thread::spawn(move || {
            for _ in 0..15 {
                *theirs.0.lock().unwrap() += 1;
            }
            let _second = theirs.1.lock().unwrap();
            let _first = theirs.0.lock().unwrap();
        });
        let first = ours.0.lock().unwrap();
        let second = ours.1.lock().unwrap();
        drop((first, second));
        other.join().unwrap();
    });
}

#[test]
fn polling_a_flag_without_a_pause_passes() {
    passes(bounded(), || {
        let (ours, theirs) = shared(AtomicBool::new(false));
        let other = thread::spawn(move || theirs.store(true, SeqCst));
        while !ours.load(SeqCst) {}
        other.join().unwrap();
    });
}

#[test]
fn polling_flags_in_turn_without_a_pause_passes() {
    passes(bounded(), || {
        let (ours, theirs) = shared((AtomicBool::new(false), AtomicBool::new(false)));
        let other = thread::spawn(move || {
            theirs.0.store(true, SeqCst);
            while !theirs.1.load(SeqCst) {}
        });
        while !ours.0.load(SeqCst) {}
        ours.1.store(true, SeqCst);
        other.join().unwrap();
    });
}

#[test]
fn three_threads_at_a_spin_lock_pass() {
    passes(bounded(), || {
        let shared = Arc::new((AtomicBool::new(false), AtomicUsize::new(0)));
        let section = |_| {
            let theirs = Arc::clone(&shared);
            thread::spawn(move || {
                while theirs.0.swap(true, SeqCst) {}
                let old = theirs.1.load(SeqCst);
                theirs.1.store(old + 1, SeqCst);
                theirs.0.store(false, SeqCst);
            })
        };
        let threads: Vec<_> = (0..3).map(section).collect();
        threads.into_iter().for_each(|thread| thread.join().unwrap());
        assert_eq!(shared.1.load(SeqCst), 3);
    });
}

/// Adds one as soon as an attempt to lock goes well.
fn add_when_free(lock: &Mutex<usize>) {
    loop {
        if let Ok(mut number) = lock.try_lock() {
            *number += 1;
            return;
        }
    }
}

#[test]
fn trying_to_lock_again_and_again_passes() {
    passes(bounded(), || {
        let (ours, theirs) = shared(Mutex::new(0));
        let other = thread::spawn(move || add_when_free(&theirs));
        add_when_free(&ours);
        other.join().unwrap();
        assert_eq!(*ours.lock().unwrap(), 2);
    });
}

#[test]
fn polling_that_counts_its_rounds_passes() {
    passes(bounded(), || {
        let (ours, theirs) = shared((AtomicBool::new(false), AtomicUsize::new(0)));
        let other = thread::spawn(move || theirs.0.store(true, SeqCst));
        while !ours.0.load(SeqCst) {
            ours.1.fetch_add(1, SeqCst);
        }
        other.join().unwrap();
    });
}
