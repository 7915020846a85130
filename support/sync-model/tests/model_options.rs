//! What a check can ask for.

use std::panic::{AssertUnwindSafe, catch_unwind};

use sync_model::atomic::{AtomicUsize, Ordering::SeqCst};
use sync_model::model::Model;
use sync_model::time::Duration;
use sync_model::{Arc, Mutex, Weak, mpsc, thread};

/// What is said of a scenario; `None`: it passes.
fn said(model: Model, scenario: impl Fn() + 'static) -> Option<String> {
    let result = catch_unwind(AssertUnwindSafe(|| model.check(scenario)));
    result.err().map(|panic| *panic.downcast::<String>().expect("it is text"))
}

#[track_caller]
fn begins(said: Option<String>, words: &str) {
    let said = said.expect("it does not pass");
    assert!(said.starts_with(words), "{said}");
}

#[derive(Default)]
struct Node {
    other: Mutex<Option<Arc<Node>>>,
    back: Mutex<Weak<Node>>,
}

fn circle() {
    let (one, other) = (Arc::new(Node::default()), Arc::new(Node::default()));
    *one.other.lock().unwrap() = Some(Arc::clone(&other));
    let theirs = Arc::clone(&one);
    thread::spawn(move || *other.other.lock().unwrap() = Some(theirs)).join().unwrap();
}

fn back_and_forth() {
    let (one, other) = (Arc::new(Node::default()), Arc::new(Node::default()));
    *one.other.lock().unwrap() = Some(Arc::clone(&other));
    let theirs = Arc::downgrade(&one);
    thread::spawn(move || *other.back.lock().unwrap() = theirs).join().unwrap();
}

#[test]
fn leaks_are_told_on_request() {
    assert_eq!(said(Model::new().at_least(1), circle), None);
    begins(
        said(Model::new().leaks(), circle),
        "leak: All threads are done, and the value that line ",
    );
    assert_eq!(said(Model::new().leaks().at_least(1), back_and_forth), None);
    let forgotten = || std::mem::forget(Arc::new(AtomicUsize::new(0)));
    begins(said(Model::new().leaks().at_least(1), forgotten), "leak: ");
}

#[test]
fn threads_that_are_promised_are_counted() {
    let multiplies = || assert_eq!(2 * 3, 6);
    assert_eq!(said(Model::new(), multiplies), None);
    begins(said(Model::new().threads(1), multiplies), "unseen: 1 threads had to be started, and ");
    let counts = || {
        let count = Arc::new(AtomicUsize::new(0));
        let theirs = Arc::clone(&count);
        let adder = thread::spawn(move || theirs.fetch_add(1, SeqCst));
        adder.join().unwrap();
        assert_eq!(count.load(SeqCst), 1);
    };
    assert_eq!(said(Model::new().threads(1), counts), None);
    begins(said(Model::new().threads(2), counts), "unseen: 2 threads had to be started, and ");
    let one_by_one = || (0..3).for_each(|_| thread::spawn(|| ()).join().unwrap());
    assert_eq!(said(Model::new().threads(3).at_least(1), one_by_one), None);
}

fn worker_without_end() {
    let (send, receive) = mpsc::channel::<u32>();
    let send = Arc::new(send);
    let theirs = Arc::clone(&send);
    thread::spawn(move || {
        let _keeps_itself_alive = theirs;
        while receive.recv().is_ok() {}
    });
    send.send(1).unwrap();
}

#[test]
fn threads_that_nobody_joins_end_with_main_unless_asked_for() {
    assert_eq!(said(Model::new(), worker_without_end), None);
    begins(said(Model::new().every_thread_ends(), worker_without_end), "deadlock: ");
}

#[test]
fn a_worker_that_never_rests_ends_with_main() {
    let busy = || {
        let count = Arc::new(AtomicUsize::new(0));
        let theirs = Arc::clone(&count);
        thread::spawn(move || {
            loop {
                theirs.fetch_add(1, SeqCst);
            }
        });
        count.load(SeqCst);
    };
    assert_eq!(said(Model::new(), busy), None);
}

/// A process may live until a thread that nobody joins has done all that it does.
#[test]
fn a_panic_that_nobody_joins_is_reported() {
    for pause in [thread::yield_now as fn(), || thread::sleep(Duration::from_secs(1)), || ()] {
        let careless = move || {
            thread::spawn(move || {
                pause();
                panic!("on purpose");
            });
        };
        begins(said(Model::new().at_least(1), careless), "wrong-answer: on purpose");
    }
}

#[test]
fn steps_beyond_a_limit_are_inconclusive() {
    let long = || {
        let count = AtomicUsize::new(0);
        thread::spawn(|| ()).join().unwrap();
        for _ in 0..2_000 {
            count.fetch_add(1, SeqCst);
        }
    };
    assert_eq!(said(Model::new().at_least(1), long), None);
    let limit = "inconclusive: One run of the scenario took more than 1000 steps";
    begins(said(Model::new().steps(1_000), long), limit);
    assert_eq!(said(Model::new().steps(60_000).at_least(1), long), None);
}

#[test]
fn many_threads_one_after_the_other_are_not_too_many() {
    let relay = || {
        let count = std::sync::Arc::new(AtomicUsize::new(0));
        for _ in 0..50 {
            let theirs = std::sync::Arc::clone(&count);
            thread::spawn(move || theirs.fetch_add(1, SeqCst)).join().unwrap();
        }
        assert_eq!(count.load(SeqCst), 50);
    };
    assert_eq!(said(Model::new().at_least(1), relay), None);
}

/// A worker that does all its work between two steps of the other thread: one interruption, and then none
/// for a hundred steps. A walk interrupts far too often.
fn in_one_moment() {
    let work = std::sync::Arc::new(AtomicUsize::new(0));
    let theirs = std::sync::Arc::clone(&work);
    let worker = thread::spawn(move || {
        for _ in 0..100 {
            theirs.fetch_add(1, SeqCst);
        }
    });
    let mut before = work.load(SeqCst);
    for _ in 0..100 {
        let now = work.load(SeqCst);
        assert!((before, now) != (0, 100), "all in one moment");
        before = now;
    }
    worker.join().unwrap();
}

/// Two threads that interrupt each other at each of ten steps. Priorities change too rarely.
fn always_in_turn() {
    let last = std::sync::Arc::new(AtomicUsize::new(0));
    let start = |me: usize| {
        let last = std::sync::Arc::clone(&last);
        thread::spawn(move || (0..5).all(|_| last.swap(me, SeqCst) != me))
    };
    let threads = [1, 2].map(start);
    let in_turn = threads.map(|thread| thread.join().unwrap());
    assert!(in_turn != [true, true], "always in turn");
}

#[test]
fn random_schedules_are_of_several_kinds() {
    let model = || Model::new().random(20_000);
    begins(said(model(), in_one_moment), "wrong-answer: all in one moment");
    begins(said(model(), always_in_turn), "wrong-answer: always in turn");
}

/// Ten threads that each come to one atomic: more orders than anybody has time for. The first one shows
/// what came of it: `check` gets who came first.
fn race_of_ten(check: fn(usize)) {
    let shared = Arc::new([const { AtomicUsize::new(0) }; 2]);
    let threads: Vec<_> = (1..=10)
        .map(|id| {
            let theirs = Arc::clone(&shared);
            thread::spawn(move || {
                let [last, first] = &*theirs;
                if last.swap(id, SeqCst) == 0 {
                    first.store(id, SeqCst);
                }
            })
        })
        .collect();
    threads.into_iter().for_each(|thread| thread.join().unwrap());
    check(shared[1].load(SeqCst));
}

#[test]
fn a_search_that_is_out_of_time_goes_on_at_random() {
    let model = || Model::new().budget(Duration::from_millis(100));
    let right = || race_of_ten(|first| assert!((1..=10).contains(&first)));
    let told = said(model().fallback(Duration::from_millis(100)), right).unwrap();
    let told = told.split(|char: char| char.is_ascii_digit()).collect::<Vec<_>>().join("");
    let expected = "inconclusive: The model checker did not finish within  s: it tried  schedules, then  \
                    random ones, and none of them failed. ";
    assert!(told.starts_with(expected), "{told}");
    let told = said(model().fallback(Duration::ZERO), right).unwrap();
    assert!(told.starts_with("inconclusive: ") && !told.contains("random"), "{told}");
}

/// The search begins with schedules in which one of the first or of the last threads comes first, and stays
/// with them for long; of ten random schedules one has any other.
#[test]
fn a_random_schedule_finds_what_the_search_has_no_time_for() {
    let wrong = || race_of_ten(|first| assert_ne!(first, 5, "one of the middle came first"));
    let model = || Model::new().budget(Duration::from_millis(100));
    begins(said(model().fallback(Duration::ZERO), wrong), "inconclusive: ");
    begins(said(model().fallback(Duration::from_secs(60)), wrong), "wrong-answer: ");
}

/// A mistake that takes three threads and several interruptions.
fn rare() {
    let shared = std::sync::Arc::new([const { AtomicUsize::new(0) }; 2]);
    let threads: Vec<_> = (0..2)
        .map(|id| {
            let theirs = std::sync::Arc::clone(&shared);
            thread::spawn(move || {
                let before = theirs[id].load(SeqCst);
                theirs[1 - id].store(before + 1, SeqCst);
            })
        })
        .collect();
    threads.into_iter().for_each(|thread| thread.join().unwrap());
    assert_ne!([shared[0].load(SeqCst), shared[1].load(SeqCst)], [1, 1]);
}

#[test]
fn random_schedules_find_mistakes_and_prove_nothing() {
    begins(said(Model::new().random(1_000), rare), "wrong-answer: ");
    let right = || {
        let count = std::sync::Arc::new(AtomicUsize::new(0));
        let theirs = std::sync::Arc::clone(&count);
        let other = thread::spawn(move || theirs.fetch_add(1, SeqCst));
        while count.load(SeqCst) == 0 {}
        other.join().unwrap();
    };
    assert_eq!(said(Model::new().random(200), right), None);
}

#[test]
fn a_scenario_does_not_check_another_one() {
    let nested = || Model::new().check(|| ());
    begins(said(Model::new(), nested), "panic: a scenario cannot check another model");
}

/// What tells one run from another, and is none of the model's, makes the search worthless.
#[test]
fn state_that_is_kept_is_noticed() {
    use std::sync::atomic::{AtomicUsize as Real, Ordering::Relaxed};
    // It says how often the scenario has run; the code changes after so many times.
    for after in [1, 2, 3] {
        let runs = Real::new(0);
        let kept = move || {
            let odd = runs.fetch_add(1, Relaxed) >= after;
            let shared = std::sync::Arc::new(AtomicUsize::new(0));
            let theirs = std::sync::Arc::clone(&shared);
            let other = thread::spawn(move || theirs.store(1 + usize::from(odd), SeqCst));
            shared.load(SeqCst);
            other.join().unwrap();
        };
        begins(said(Model::new(), kept), "nondeterminism: ");
    }
}
