//! The search: all schedules without a preemption, then with one, with two, ….

use std::rc::Rc;
use std::time::{Duration, Instant};

use crate::engine::{self, Bound, Ending, Path, Settings, Stop};
use crate::trace::Trace;

/// How far to search.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Plan {
    /// The bound that must be reached for a pass.
    pub required: Bound,
    /// Executions after which no further bound is begun, beyond the required one. A number, not a
    /// time, so that every machine searches equally far.
    pub spare: u64,
    /// When to give up.
    pub budget: Duration,
}

/// What the search found.
#[derive(Debug)]
pub(crate) struct Found {
    /// The first execution that failed, and its trace.
    pub failure: Option<(Ending, Trace)>,
    pub executions: u64,
    /// The highest bound that was explored to its end; the outer `None`: not even the first.
    pub reached: Option<Bound>,
    pub elapsed: Duration,
    /// Most threads of an execution.
    pub threads: usize,
}

/// Searches for a schedule in which `scenario` fails.
pub(crate) fn search(scenario: Rc<dyn Fn()>, plan: Plan, settings: Settings) -> Found {
    let start = Instant::now();
    let mut found =
        Found { failure: None, executions: 0, reached: None, elapsed: Duration::ZERO, threads: 0 };
    let mut trace = Trace::default();
    for bound in bounds(plan.required) {
        let mut path = Path::new(bound);
        // Once the required bound is reached, the rest must fit into what is spare.
        let optional = is_reached(plan.required, found.reached);
        loop {
            let over = optional && found.executions >= plan.spare;
            if over || start.elapsed() > plan.budget {
                found.elapsed = start.elapsed();
                return found;
            }
            let ending = engine::run(Rc::clone(&scenario), &mut path, &mut trace, settings);
            found.executions += 1;
            found.threads = found.threads.max(ending.threads);
            if ending.stop.is_some() {
                let ending = locate_drops(&scenario, &mut path, &mut trace, ending, settings);
                found.failure = Some((ending, trace));
                found.elapsed = start.elapsed();
                return found;
            }
            if !path.advance() {
                break;
            }
        }
        found.reached = Some(if path.is_cut() { bound } else { None });
        if found.reached == Some(None) {
            break;
        }
    }
    found.elapsed = start.elapsed();
    found
}

/// Runs the execution once more, to learn where guards were dropped.
fn locate_drops(
    scenario: &Rc<dyn Fn()>,
    path: &mut Path,
    trace: &mut Trace,
    ending: Ending,
    settings: Settings,
) -> Ending {
    // A thread that was cut off while it panicked leaves the real thread panicking.
    if std::thread::panicking() || ending.stop == Some(Stop::Nondeterminism) {
        return ending;
    }
    path.rewind();
    let mut again = Trace::default();
    let settings = Settings { locate_drops: true, ..settings };
    let second = engine::run(Rc::clone(scenario), path, &mut again, settings);
    if second.stop != ending.stop {
        return Ending { stop: Some(Stop::Nondeterminism), ..ending };
    }
    *trace = again;
    second
}

/// Whether a search that got as far as `reached` got as far as `required`.
pub(crate) fn is_reached(required: Bound, reached: Option<Bound>) -> bool {
    match (required, reached) {
        (_, None) => false,
        (_, Some(None)) => true,
        (None, Some(Some(_))) => false,
        (Some(required), Some(Some(reached))) => reached >= required,
    }
}

fn bounds(required: Bound) -> impl Iterator<Item = Bound> {
    (0..=required.unwrap_or(3).max(3)).map(Some).chain([None])
}
