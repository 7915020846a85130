//! How many executions a second the checker makes, with and without the trace. Not a timed test:
//!
//! `cargo test --package sync-model --lib -- truth::speed --ignored --nocapture`

use std::rc::Rc;
use std::sync::Arc;
use std::time::{Duration, Instant};

use crate::atomic::{AtomicUsize, Ordering};
use crate::engine::{self, Path, Settings};
use crate::trace::Trace;
use crate::{Condvar, Mutex, thread};

/// How often each measurement is repeated: the best one counts, because only noise makes it worse.
const ROUNDS: u32 = 5;

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

fn measure(scenario: &Scenario, untraced: bool) -> Duration {
    let settings = Settings { untraced, ..Settings::default() };
    let (mut path, mut trace) = (Path::new(None), Trace::default());
    let start = Instant::now();
    let session = engine::Session::begin();
    for _ in 0..EXECUTIONS {
        let ending = engine::run(&session, Rc::clone(scenario), &mut path, &mut trace, settings);
        assert_eq!(ending.stop, None);
        if !path.advance() {
            path = Path::new(None);
        }
    }
    start.elapsed()
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
