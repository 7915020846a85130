//! The search: all schedules without a preemption, then with one, with two, …. In between, those in
//! which all threads keep in step.

use std::rc::Rc;
use std::time::{Duration, Instant};

use crate::engine::{self, Bound, Ending, LAGS, Path, Session, Settings, Stop};
use crate::trace::Trace;
use crate::{explain, watchdog};

/// Steps of an execution that is neither short nor long.
const SPARE_STEPS: u64 = 100;

/// How far to search.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Plan {
    /// The bound that must be reached for a pass.
    pub required: Bound,
    /// Instead of a search: so many random schedules.
    pub random: Option<u64>,
    /// Of the random schedules.
    pub seed: u64,
    /// Executions after which no further bound is begun, beyond the required one. A number, not a
    /// time, so that every machine searches equally far.
    pub spare: u64,
    /// When to give up: time of a processor.
    pub budget: Duration,
}

/// What the search found.
#[derive(Debug, Default)]
pub(crate) struct Found {
    /// The first execution that failed, or that came to a limit of the checker, and its trace.
    pub stopped: Option<(Ending, Trace)>,
    pub executions: u64,
    /// The highest bound that was explored to its end; the outer `None`: not even the first.
    pub reached: Option<Bound>,
    /// How often a thread that polls was not let go round once more.
    pub cut_rounds: u64,
    /// How often an execution was given up after so many steps.
    pub cut_steps: u64,
    pub elapsed: Duration,
    /// Each thread of the last execution that went well came to a lock, an atomic or the like.
    pub saw_all: bool,
}

/// Searches for a schedule in which `scenario` fails.
pub(crate) fn search(
    session: &Session,
    scenario: Rc<dyn Fn()>,
    plan: Plan,
    settings: Settings,
) -> Found {
    let mut search = Search {
        session,
        scenario,
        plan,
        settings,
        start: Instant::now(),
        worked: watchdog::worked(),
        steps: 0,
        marched: false,
        trace: Trace::default(),
        first: None,
        found: Found::default(),
    };
    match plan.random {
        Some(count) => search.sample(count),
        None => search.explore_all(),
    }
    search.found.elapsed = search.start.elapsed();
    search.found.saw_all = search.trace.has_seen_all();
    search.found
}

struct Search<'a> {
    session: &'a Session,
    scenario: Rc<dyn Fn()>,
    plan: Plan,
    settings: Settings,
    start: Instant,
    /// For how long a processor had worked for this thread when the search began.
    worked: Duration,
    /// Of all executions.
    steps: u64,
    marched: bool,
    /// Of the last execution that went well: its memory is used again.
    trace: Trace,
    /// The first schedule, and what came of it.
    first: Option<(Path, Trace)>,
    found: Found,
}

impl Search<'_> {
    fn explore_all(&mut self) {
        let mut path = Path::new(None);
        for bound in bounds(self.plan.required) {
            path = path.within(bound);
            if !self.explore(&mut path) || self.found.reached == Some(None) {
                break;
            }
        }
        if self.found.stopped.is_none() && !self.is_late() {
            self.repeat_first();
        }
    }

    /// Tries all schedules within the bound of this path; false: the search is over.
    fn explore(&mut self, path: &mut Path) -> bool {
        // Once the required bound is reached, the rest must fit into what is spare.
        let optional = is_reached(self.plan.required, self.found.reached);
        loop {
            if (optional && self.is_spent()) || self.is_late() {
                return false;
            }
            if self.try_one(path).is_some() {
                return false;
            }
            if !path.advance() {
                break;
            }
        }
        self.found.reached = Some(if path.is_cut() { path.bound() } else { None });
        let cut = self.found.cut_rounds + self.found.cut_steps;
        let is_complete = self.found.reached == Some(None) && cut == 0;
        is_complete || !is_reached(self.plan.required, self.found.reached) || self.march(path)
    }

    /// Runs so many random schedules, or as many as there is time for.
    fn sample(&mut self, count: u64) {
        let mut path = Path::random(self.plan.seed);
        while self.found.executions < count && !self.is_late() {
            if self.try_one(&mut path).is_some() {
                return;
            }
            path.advance();
        }
        self.repeat_first();
    }

    /// Runs the execution of this path, the very first one twice.
    fn try_one(&mut self, path: &mut Path) -> Option<Stop> {
        let ending = self.run(path, self.settings);
        self.found.executions += 1;
        self.steps += ending.steps as u64;
        // Counted as it goes, because the search may end at any time.
        self.found.cut_rounds = path.cut_rounds();
        self.found.cut_steps += u64::from(ending.is_cut);
        if ending.stop.is_none() && self.first.is_none() {
            self.first = Some((path.clone(), self.trace.clone()));
            self.repeat_first();
        }
        self.found.stopped.as_ref().and_then(|(ending, _)| ending.stop.clone())
    }

    /// Runs the first schedule once more. If another thing comes of it, then something that is not the
    /// model's tells one execution from another, and to have tried all schedules says nothing.
    fn repeat_first(&mut self) {
        let Some((mut path, before)) = self.first.take() else { return };
        let (begin, worked) = (Instant::now(), watchdog::worked());
        path.rewind();
        let mut trace = Trace::default();
        let scenario = Rc::clone(&self.scenario);
        let ending = engine::run(self.session, scenario, &mut path, &mut trace, self.settings);
        let stop = match &ending.stop {
            Some(stop @ Stop::Outlived { .. }) => Some(stop.clone()),
            None if explain::are_alike(&before, &trace) => None,
            _ => Some(Stop::Nondeterminism),
        };
        if stop.is_some() {
            self.found.stopped = Some((Ending { stop, ..ending }, trace));
        }
        self.first = Some((path, before));
        // It is no part of the search, whose time is limited.
        self.start += begin.elapsed();
        self.worked += watchdog::worked().saturating_sub(worked);
    }

    /// Lets all threads keep in step, once; false: that fails.
    ///
    /// These executions are not counted: the search tries most of their schedules, too.
    fn march(&mut self, path: &Path) -> bool {
        std::mem::replace(&mut self.marched, true)
            || LAGS.iter().all(|&lag| {
                let settings = Settings { march: Some(lag), ..self.settings };
                self.run(&mut path.within(None), settings).stop.is_none()
            })
    }

    /// Runs one execution, and takes note if it fails.
    fn run(&mut self, path: &mut Path, settings: Settings) -> Ending {
        let mut trace = std::mem::take(&mut self.trace);
        let scenario = Rc::clone(&self.scenario);
        let ending = engine::run(self.session, scenario, path, &mut trace, settings);
        if ending.stop.is_some() {
            let shown = self.locate_drops(path, &mut trace, ending.clone(), settings);
            self.found.stopped = Some((shown, trace));
        } else {
            self.trace = trace;
        }
        ending
    }

    /// Runs the execution once more, to learn where guards were dropped and what objects held.
    fn locate_drops(
        &self,
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
        let settings = Settings { look_inside: true, locate_drops: true, ..settings };
        let scenario = Rc::clone(&self.scenario);
        let second = engine::run(self.session, scenario, path, &mut again, settings);
        if second.stop != ending.stop {
            return Ending { stop: Some(Stop::Nondeterminism), ..ending };
        }
        *trace = again;
        second
    }

    /// Whether the budget is used up. A loaded machine does not use it up: what counts is the time for which
    /// a processor has worked on the search, which is asked for only when the clock says that it may be.
    fn is_late(&self) -> bool {
        let budget = self.plan.budget;
        self.start.elapsed() > budget && watchdog::worked().saturating_sub(self.worked) > budget
    }

    /// Whether nothing is left to spare. Executions of a thousand steps take their time.
    fn is_spent(&self) -> bool {
        self.found.executions >= self.plan.spare || self.steps >= self.plan.spare * SPARE_STEPS
    }
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
