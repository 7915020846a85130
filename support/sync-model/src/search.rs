//! The search: all schedules without a preemption, then with one, with two, …. In between, those in
//! which all threads keep in step.

use std::rc::Rc;
use std::time::{Duration, Instant};

use crate::engine::{self, Bound, Ending, LAGS, Path, Settings, Stop};
use crate::trace::Trace;

/// Steps of an execution that is neither short nor long.
const SPARE_STEPS: u64 = 100;

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
    /// Each thread of the last execution that went well came to a lock, an atomic or the like.
    pub saw_all: bool,
}

/// Searches for a schedule in which `scenario` fails.
pub(crate) fn search(scenario: Rc<dyn Fn()>, plan: Plan, settings: Settings) -> Found {
    let found = Found {
        failure: None,
        executions: 0,
        reached: None,
        elapsed: Duration::ZERO,
        saw_all: false,
    };
    let mut search = Search {
        scenario,
        plan,
        settings,
        start: Instant::now(),
        steps: 0,
        marched: false,
        trace: Trace::default(),
        found,
    };
    for bound in bounds(plan.required) {
        if !search.explore(bound) || search.found.reached == Some(None) {
            break;
        }
    }
    search.found.elapsed = search.start.elapsed();
    search.found.saw_all = search.trace.has_seen_all();
    search.found
}

struct Search {
    scenario: Rc<dyn Fn()>,
    plan: Plan,
    settings: Settings,
    start: Instant,
    /// Of all executions.
    steps: u64,
    marched: bool,
    /// Of the last execution that went well: its memory is used again.
    trace: Trace,
    found: Found,
}

impl Search {
    /// Tries all schedules within this bound; false: the search is over.
    fn explore(&mut self, bound: Bound) -> bool {
        let mut path = Path::new(bound);
        // Once the required bound is reached, the rest must fit into what is spare.
        let optional = is_reached(self.plan.required, self.found.reached);
        loop {
            if (optional && self.is_spent()) || self.start.elapsed() > self.plan.budget {
                return false;
            }
            let ending = self.run(&mut path, self.settings);
            self.found.executions += 1;
            self.steps += ending.steps as u64;
            if ending.stop.is_some() {
                return false;
            }
            if !path.advance() {
                break;
            }
        }
        self.found.reached = Some(if path.is_cut() { bound } else { None });
        !is_reached(self.plan.required, self.found.reached) || self.march()
    }

    /// Lets all threads keep in step, once; false: that fails.
    ///
    /// These executions are not counted: the search tries most of their schedules, too.
    fn march(&mut self) -> bool {
        std::mem::replace(&mut self.marched, true)
            || LAGS.iter().all(|&lag| {
                let settings = Settings { march: Some(lag), ..self.settings };
                self.run(&mut Path::new(None), settings).stop.is_none()
            })
    }

    /// Runs one execution, and takes note if it fails.
    fn run(&mut self, path: &mut Path, settings: Settings) -> Ending {
        let mut trace = std::mem::take(&mut self.trace);
        let ending = engine::run(Rc::clone(&self.scenario), path, &mut trace, settings);
        if ending.stop.is_some() {
            let shown = locate_drops(&self.scenario, path, &mut trace, ending.clone(), settings);
            self.found.failure = Some((shown, trace));
        } else {
            self.trace = trace;
        }
        ending
    }

    /// Whether nothing is left to spare. Executions of a thousand steps take their time.
    fn is_spent(&self) -> bool {
        self.found.executions >= self.plan.spare || self.steps >= self.plan.spare * SPARE_STEPS
    }
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
