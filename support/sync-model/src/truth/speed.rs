//! How many executions the checker needs for a program, how many it makes a second, and what the trace
//! costs. Not timed tests:
//!
//! `cargo test --release --package sync-model --lib -- truth::speed --ignored --nocapture`
//!
//! `bench/loom` puts the same programs to other checkers, too.

use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;

use crate::atomic::{AtomicUsize, Ordering};
use crate::engine::{self, Path, Session, Settings};
use crate::model::Model;
use crate::search;
use crate::trace::Trace;
use crate::watchdog::worked;
use crate::{Condvar, Mutex, thread};

mod programs;

/// What the programs are made of.
mod sync {
    pub(super) use crate::{Condvar, Mutex, RwLock, atomic, thread};
}

/// How often each measurement is repeated: the best one counts, because only noise makes it worse.
const ROUNDS: u32 = 5;

/// When a search of every schedule is given up.
const BUDGET: Duration = Duration::from_secs(10);

/// Executions of one measurement.
const EXECUTIONS: u32 = 4_000;

type Scenario = Rc<dyn Fn()>;

#[test]
#[ignore = "a measurement, not a test"]
fn executions_per_second() {
    println!("{:<34} {:>10} {:>10} {:>9}", "scenario", "traced/s", "bare/s", "overhead");
    let scenarios: [(&str, Scenario); 3] = [
        ("2 threads × 4 atomic updates", Rc::new(|| threads(2, 4, update))),
        ("3 threads × 3 sections", Rc::new(|| threads(3, 3, section))),
        ("2 threads × 3 waits in turn", Rc::new(|| threads(2, 3, turn))),
    ];
    for (name, scenario) in scenarios {
        let (mut traced, mut bare) = (Duration::MAX, Duration::MAX);
        // Taken in turn, so that a slow moment of the machine strikes both.
        for _ in 0..ROUNDS {
            traced = traced.min(measure(&scenario, false));
            bare = bare.min(measure(&scenario, true));
        }
        let rate = |time: Duration| f64::from(EXECUTIONS) / time.as_secs_f64();
        let overhead = 100.0 * (traced.as_secs_f64() / bare.as_secs_f64() - 1.0);
        println!("{name:<34} {:>10.0} {:>10.0} {overhead:>7.1} %", rate(traced), rate(bare));
    }
}

/// At the settings of a check that asks for nothing special, then for every schedule.
#[test]
#[ignore = "a measurement, not a test"]
fn programs() {
    println!("{:<38} {:>30} {:>30}", "", "by default", "every schedule");
    let head = format!("{:>9} {:>11} {:>8}", "searched", "executions", "ms");
    println!("{:<38} {head} {head}", "program");
    for program in programs::ALL {
        let every = Model::new().unbounded().budget(BUDGET);
        println!(
            "{:<38} {} {}",
            program.name,
            searched(&program, Model::new()),
            searched(&program, every)
        );
    }
}

/// How far the search of a program got, after how many executions and milliseconds of a processor.
fn searched(program: &programs::Program, model: Model) -> String {
    // It keeps the panics of the model to itself.
    crate::panics::watch();
    let (plan, settings) = model.plan();
    let (session, start) = (Session::begin(), worked());
    let found = search::search(&session, Rc::new(program.run), plan, settings);
    let millis = (worked() - start).as_millis();
    let reached = match found.reached {
        _ if found.stopped.is_some() => "mistake".to_owned(),
        Some(None) => "all".to_owned(),
        Some(Some(preemptions)) => format!("up to {preemptions}"),
        None => "-".to_owned(),
    };
    assert_eq!(found.stopped.is_some(), program.is_wrong, "{}: {:?}", program.name, found.stopped);
    format!("{reached:>9} {:>11} {millis:>8}", found.executions)
}

fn measure(scenario: &Scenario, untraced: bool) -> Duration {
    let settings = Settings { untraced, ..Settings::default() };
    let (mut path, mut trace) = (Path::new(None), Trace::default());
    let start = worked();
    let session = engine::Session::begin();
    for _ in 0..EXECUTIONS {
        let ending = engine::run(&session, Rc::clone(scenario), &mut path, &mut trace, settings);
        assert_eq!(ending.stop, None);
        if !path.advance() {
            path = Path::new(None);
        }
    }
    worked() - start
}

struct Shared {
    number: AtomicUsize,
    lock: Mutex<usize>,
    changed: Condvar,
}

/// `count` threads, the main one among them, each do this so often.
fn threads(count: usize, times: usize, act: fn(&Shared, usize)) {
    let shared = Arc::new(Shared {
        number: AtomicUsize::new(0),
        lock: Mutex::new(0),
        changed: Condvar::new(),
    });
    let spawned: Vec<_> = (1..count)
        .map(|id| {
            let shared = Arc::clone(&shared);
            thread::spawn(move || (0..times).for_each(|_| act(&shared, id)))
        })
        .collect();
    (0..times).for_each(|_| act(&shared, 0));
    spawned.into_iter().for_each(|thread| thread.join().unwrap());
}

fn update(shared: &Shared, _id: usize) {
    shared.number.fetch_add(1, Ordering::SeqCst);
}

fn section(shared: &Shared, _id: usize) {
    *shared.lock.lock().unwrap() += 1;
}

/// Waits until the number is odd or even, as the thread is, then makes it the other.
fn turn(shared: &Shared, id: usize) {
    let number = shared.lock.lock().unwrap();
    let mut number = shared.changed.wait_while(number, |number| *number % 2 != id).unwrap();
    *number += 1;
    shared.changed.notify_one();
}
