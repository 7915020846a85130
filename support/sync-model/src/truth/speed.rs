//! How many executions the checker needs for a program, how many it makes a second, and what the trace
//! costs. Not timed tests:
//!
//! `cargo test --release --package sync-model --lib -- truth::speed --ignored --nocapture --test-threads 1`
//!
//! Without `--release` it is what checks are built like. `bench/loom` puts the same programs to other
//! checkers, too.

use std::rc::Rc;
use std::time::Duration;

use self::programs::Program;
use crate::engine::{self, Path, Session, Settings};
use crate::model::Model;
use crate::trace::Trace;
use crate::{panics, search};

pub(super) mod programs;

/// What the programs are made of.
mod sync {
    pub(super) use crate::{Condvar, Mutex, RwLock, atomic, thread};
}

/// How often each measurement is repeated: the best one counts, because only noise makes it worse.
const ROUNDS: u32 = 7;

/// Executions of one measurement.
const EXECUTIONS: u32 = 4_000;

/// When a search of every schedule is given up.
const BUDGET: Duration = Duration::from_secs(10);

/// Of the first executions of each program's search.
#[test]
#[ignore = "a measurement, not a test"]
fn executions_per_second() {
    println!("{:<38} {:>10} {:>10} {:>9}", "program", "traced/s", "bare/s", "overhead");
    for program in programs::ALL.iter().filter(|program| !program.is_wrong) {
        let (mut traced, mut bare) = (Duration::MAX, Duration::MAX);
        // Taken in turn, so that a slow moment of the machine strikes both.
        for _ in 0..ROUNDS {
            traced = traced.min(measure(program, false));
            bare = bare.min(measure(program, true));
        }
        let rate = |time: Duration| f64::from(EXECUTIONS) / time.as_secs_f64();
        let overhead = 100.0 * (traced.as_secs_f64() / bare.as_secs_f64() - 1.0);
        let name = program.name;
        println!("{name:<38} {:>10.0} {:>10.0} {overhead:>7.1} %", rate(traced), rate(bare));
    }
}

fn measure(program: &Program, untraced: bool) -> Duration {
    let scenario: Rc<dyn Fn()> = Rc::new(program.run);
    let settings = Settings { untraced, ..Settings::default() };
    let (mut path, mut trace) = (Path::new(None), Trace::default());
    let session = Session::begin();
    let start = worked();
    for _ in 0..EXECUTIONS {
        let ending = engine::run(&session, Rc::clone(&scenario), &mut path, &mut trace, settings);
        assert_eq!(ending.stop, None);
        if !path.advance() {
            path = Path::new(None);
        }
    }
    worked() - start
}

/// At the settings of a check that asks for nothing special, then for every schedule.
#[test]
#[ignore = "a measurement, not a test"]
fn searches() {
    // Keeps the panics of wrong programs off standard error.
    panics::watch();
    println!("{:<46} {:^31} {:^31}", "", "by default", "every schedule");
    let head = format!("{:>9} {:>11} {:>9}", "searched", "executions", "ms");
    println!("{:<38} {:>7} {head} {head}", "program", "threads");
    for program in programs::ALL {
        let every = Model::new().unbounded().budget(BUDGET);
        let [by_default, every] = [Model::new(), every].map(|model| searched(&program, model));
        println!("{:<38} {:>7} {by_default} {every}", program.name, program.threads);
    }
}

/// How far the search of a program got, after how many executions and milliseconds of a processor.
fn searched(program: &Program, model: Model) -> String {
    let (plan, settings) = model.plan();
    let (session, start) = (Session::begin(), worked());
    let found = search::search(&session, Rc::new(program.run), plan, settings);
    let millis = (worked() - start).as_secs_f64() * 1e3;
    let reached = match found.reached {
        _ if found.stopped.is_some() => "mistake".to_owned(),
        Some(None) => "all".to_owned(),
        Some(Some(preemptions)) => format!("up to {preemptions}"),
        None => "none".to_owned(),
    };
    assert_eq!(found.stopped.is_some(), program.is_wrong, "{}: {:?}", program.name, found.stopped);
    format!("{reached:>9} {:>11} {millis:>9.1}", found.executions)
}

/// For how long a processor has worked for this thread, more exactly than the watchdog needs it.
fn worked() -> Duration {
    let mut time = libc::timespec { tv_sec: 0, tv_nsec: 0 };
    // SAFETY: it writes the time to where it is told.
    let failed = unsafe { libc::clock_gettime(libc::CLOCK_THREAD_CPUTIME_ID, &raw mut time) };
    assert_eq!(failed, 0, "a thread has a clock");
    Duration::new(time.tv_sec as u64, time.tv_nsec as u32)
}
