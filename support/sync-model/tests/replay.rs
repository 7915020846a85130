//! A failure's schedule, replayed: the same failure comes of it, with what the code prints at each step.
//! What was changed or mistyped meanwhile is told.

use std::time::Duration;

use evidence::interleaving::render::{self, Style};
use evidence::interleaving::{Interleaving, Row, Step};
use evidence::{Evidence, Failure, Outcome};
use sync_model::atomic::{AtomicBool, AtomicUsize, Ordering};
use sync_model::model::{self, Fault, Model, require};
use sync_model::{Arc, Condvar, Mutex, hint, thread};

mod listener;

/// Whether the code of the samples is as it was changed later.
fn is(change: &str) -> bool {
    std::env::var("CHANGE").is_ok_and(|it| it == change)
}

fn of_failure(outcome: Outcome) -> Failure {
    match outcome {
        Outcome::Failed(failure) => failure,
        other => panic!("it does not fail: {other:?}"),
    }
}

fn table(evidence: &[Evidence]) -> &Interleaving {
    let table = evidence.iter().find_map(|seen| match seen {
        Evidence::Interleaving(table) => Some(table),
        _ => None,
    });
    table.expect("there is a table")
}

fn steps(table: &Interleaving) -> Vec<&Row> {
    table.rows.iter().filter(|row| row.step.is_one()).collect()
}

/// The first failure of this sample, and what a replay of it says.
fn failure_and_replay(check: &str, variables: &[(&str, &str)]) -> (Failure, Outcome) {
    let failure = of_failure(listener::ends(check, None, &[]).0);
    let schedule = &table(&failure.evidence).schedule;
    assert!(schedule.starts_with(&format!("{check}:1.t")), "{schedule}");
    let (replayed, _) = listener::ends(check, Some(schedule), variables);
    (failure, replayed)
}

/// The replay fails like the check did, step by step.
fn fails_again(check: &str) -> String {
    let (before, replayed) = failure_and_replay(check, &[]);
    let after = of_failure(replayed);
    assert_eq!((after.fault, &after.message), (before.fault, &before.message), "{check}");
    let (before, after) = (table(&before.evidence), table(&after.evidence));
    assert_eq!(steps(after), steps(before), "{check}");
    assert_eq!(after.schedule, before.schedule, "{check}");
    after.schedule.clone()
}

/// A table, or the outcome's words and its table, as people read them.
fn drawn(said: &str, evidence: &[Evidence]) -> String {
    let style = Style { width: 100, colour: false, unicode: true };
    let mut out = format!("{said}\n");
    for seen in evidence {
        match seen {
            Evidence::Interleaving(table) => out += &format!("\n{}", render::text(table, style)),
            Evidence::Note { text } => out += &format!("\n{text}\n"),
            other => panic!("{other:?}"),
        }
    }
    out
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
#[ignore = "run by the tests below"]
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
fn what_is_printed_stands_at_its_step() {
    fails_again("lost_update");
    let (_, replayed) = failure_and_replay("lost_update", &[]);
    let failure = of_failure(replayed);
    insta::assert_snapshot!(drawn(&failure.message, &failure.evidence));
}

#[test]
fn what_is_printed_also_comes_out() {
    let failure = of_failure(listener::ends("lost_update", None, &[]).0);
    let schedule = &table(&failure.evidence).schedule;
    let (_, printed) = listener::ends("lost_update", Some(schedule), &[]);
    assert!(printed.contains("adds\nold = 0\nno line"), "{printed}");
}

#[test]
fn a_mended_check_passes_now() {
    let (_, replayed) = failure_and_replay("lost_update", &[("CHANGE", "mended")]);
    let Outcome::Inconclusive { because, evidence } = replayed else { panic!("{replayed:?}") };
    insta::assert_snapshot!(drawn(&because, &evidence));
}

#[test]
fn where_other_steps_are_taken_is_told() {
    let (_, replayed) = failure_and_replay("lost_update", &[("CHANGE", "one more step")]);
    let said = match &replayed {
        Outcome::Failed(failure) => drawn(&failure.message, &failure.evidence),
        Outcome::Inconclusive { because, evidence } => drawn(because, evidence),
        Outcome::Passed { .. } => panic!("{replayed:?}"),
    };
    insta::assert_snapshot!(said);
}

#[test]
#[ignore = "run by the test below"]
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
fn the_same_steps_without_a_failure_pass() {
    let (_, replayed) = failure_and_replay("wrong_number", &[("CHANGE", "more patient")]);
    let Outcome::Passed { evidence } = replayed else { panic!("{replayed:?}") };
    let [Evidence::Interleaving(table)] = &evidence[..] else { panic!("{evidence:?}") };
    assert!(table.rows.iter().all(|row| row.step == Step::Done) && table.schedule.is_empty());
}

#[test]
fn what_is_no_schedule_is_told() {
    let (outcome, _) = listener::ends("lost_update", Some("lost_update:1.tz3A.000000"), &[]);
    let Outcome::Inconclusive { because, .. } = outcome else { panic!("{outcome:?}") };
    assert!(because.starts_with("This schedule cannot be read"), "{because}");
}

#[test]
#[ignore = "run by the test below"]
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

/// Found only if all threads keep in step.
#[test]
#[ignore = "run by the test below"]
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
#[ignore = "run by the test below"]
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

/// The place where a thread polls is known from executions before, all of those with one interruption.
#[test]
#[ignore = "run by the test below"]
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
#[ignore = "run by the test below"]
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
#[ignore = "run by the test below"]
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
#[ignore = "run by the test below"]
fn at_random() {
    Model::new().random(10_000).check(many_count);
}

#[test]
#[ignore = "run by the test below"]
fn when_time_is_over() {
    Model::new().budget(Duration::ZERO).fallback(Duration::from_secs(60)).check(|| {
        for _ in 0..3 {
            many_count();
        }
    });
}

#[test]
fn every_kind_of_failure_is_replayed() {
    // And what of the schedule each is about.
    let samples = [
        ("stuck", ".t"),
        ("too_polite", ".m"),
        ("looks_for_ever", ".t"),
        ("looks_and_writes", ".p"),
        ("old_value", ".o"),
        ("woken_for_nothing", ".t"),
        ("at_random", ".t"),
        ("when_time_is_over", ".t"),
    ];
    for (sample, part) in samples {
        let schedule = fails_again(sample);
        assert!(schedule.contains(part), "{sample}: {schedule}");
    }
}

/// A random schedule is shown with few interruptions. At first they are more than ten.
#[test]
fn a_random_failure_is_made_short() {
    for sample in ["at_random", "when_time_is_over"] {
        let failure = of_failure(listener::ends(sample, None, &[]).0);
        let schedule = evidence::Schedule::parse(&table(&failure.evidence).schedule).unwrap();
        let turns = schedule.turns.iter().filter(|turns| turns.thread.is_some()).count();
        assert!(turns <= 5, "{schedule}");
    }
}

#[test]
#[ignore = "run by the test below"]
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

/// Nobody reads beside the steps: the pipe must not fill up.
#[test]
fn a_flood_comes_out_and_is_stopped_like_any_other() {
    let (_, replayed) = failure_and_replay("goes_on_printing", &[("CHANGE", "endless")]);
    let Outcome::Inconclusive { because, evidence } = replayed else { panic!("{replayed:?}") };
    assert!(because.contains("has computed for"), "{because}");
    let [Evidence::Output { text }] = &evidence[..] else { panic!("{evidence:?}") };
    assert!(text.starts_with("on and on\non and on\n") && text.len() <= 16 * 1024);
}
