//! The search: all schedules, if they are few, else those without a preemption, then with one, with two, ….
//! In between, those in which all threads keep in step.
//!
//! The failure that is shown has the fewest preemptions of all, as far as there is time to look for it.
//!
//! - `plan`: how far to search, and what was found;
//! - `fewest_rows`: of the failures with equally few preemptions the shortest one;
//! - `fallback`: random schedules, when the time is over; `shorten`: their failures, with less in them.

use std::rc::Rc;
use std::time::{Duration, Instant};

use crate::engine::{self, Ending, LAGS, Path, Scenario, Session, Settings, Stop};
use crate::trace::Trace;
use crate::{explain, watchdog};

mod fallback;
mod fewest_rows;
mod plan;
mod shorten;

pub(crate) use plan::{Found, Plan, is_reached};

/// Steps of an execution that is neither short nor long.
const SPARE_STEPS: u64 = 100;

/// Bounds up to this one are tried where there is something to spare.
const HIGHEST_BOUND: usize = 3;

/// Searches for a schedule in which `scenario` fails.
pub(crate) fn search(
    session: &Session,
    scenario: Rc<dyn Scenario>,
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
        spent: Spent::default(),
        marched: false,
        trace: Trace::default(),
        first: None,
        failing: None,
        is_stale: false,
        found: Found::default(),
    };
    match plan.random {
        Some(count) => search.sample(count),
        None => search.explore_all(),
    }
    search.show();
    search.found.elapsed = search.start.elapsed();
    search.found.saw_all = search.trace.has_seen_all();
    search.found.threads = search.trace.started();
    search.found
}

/// What was used of what there is to spare.
#[derive(Debug, Clone, Copy, Default)]
struct Spent {
    executions: u64,
    steps: u64,
}

/// What became of a set of schedules.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Explored {
    /// All were tried.
    All,
    /// Some are left.
    Left,
    /// One fails, or came to a limit of the checker.
    Failed,
}

struct Search<'a> {
    session: &'a Session,
    scenario: Rc<dyn Scenario>,
    plan: Plan,
    settings: Settings,
    start: Instant,
    /// For how long a processor had worked for this thread when the search began.
    worked: Duration,
    /// Since the search began, or went over to bounds.
    spent: Spent,
    marched: bool,
    /// Of the last execution that went well: its memory is used again.
    trace: Trace,
    /// The first schedule, and what came of it.
    first: Option<(Path, Trace)>,
    /// The execution that failed, and how it was run.
    failing: Option<(Path, Settings)>,
    /// Others were run since.
    is_stale: bool,
    found: Found,
}

impl Search<'_> {
    /// All schedules, if they are few. Else those with few preemptions: up to the bound that is required,
    /// and as far beyond as there is something to spare.
    fn explore_all(&mut self) {
        let mut all = Path::new(None);
        match self.explore(&mut all, true) {
            Explored::All => {
                self.found.reached = Some(None);
                self.march_if_cut(&all);
            }
            Explored::Failed if !self.found.is_limit() => self.find_fewer_preemptions(&all),
            Explored::Failed | Explored::Left => {
                self.forget_stop();
                self.explore_within_bounds(&mut all);
            }
        }
        let is_enough = is_reached(self.plan.required, self.found.reached);
        if self.found.stopped.is_none() && self.is_late() && !is_enough {
            self.fall_back(&all);
        }
        if self.found.stopped.is_none() && !self.is_late() {
            self.repeat_first();
        }
    }

    /// Schedules without a preemption, then with one, with two, …. If all are required, then at last the
    /// rest of all.
    fn explore_within_bounds(&mut self, all: &mut Path) {
        let cut_steps = std::mem::take(&mut self.found.cut_steps);
        let mut path = all.clone();
        let explored = self.explore_bounds(&mut path, false);
        if explored == Explored::Failed && !self.found.is_limit() {
            self.find_fewer_rows(&mut path);
        }
        let is_required = self.plan.required.is_none() && self.found.reached != Some(None);
        if explored != Explored::Failed && is_required && !self.is_late() {
            self.found.cut_steps = cut_steps;
            if self.explore(all, false) == Explored::All {
                self.found.reached = Some(None);
                self.march_if_cut(all);
            }
        }
    }

    /// A schedule fails: looks for one that does so with fewer preemptions.
    fn find_fewer_preemptions(&mut self, known: &Path) {
        // A thread that was cut off while it panicked leaves the real thread panicking.
        if std::thread::panicking() {
            return;
        }
        let first = (self.found.stopped.take(), self.found.schedule.take(), self.failing.take());
        let mut path = Path::new(None);
        if self.explore_bounds(&mut path, true) != Explored::Failed || self.found.is_limit() {
            (self.found.stopped, self.found.schedule, self.failing) = first;
            self.is_stale = true;
            self.shorten(known);
        } else {
            self.find_fewer_rows(&mut path);
        }
    }

    /// Tries all schedules within a bound, then within the next one. Who does not need to (`spare`) ends when
    /// nothing is left to spare, and so do all beyond the bound that is required.
    fn explore_bounds(&mut self, path: &mut Path, spare: bool) -> Explored {
        self.spent = Spent::default();
        for bound in 0..=self.plan.required.unwrap_or(HIGHEST_BOUND).max(HIGHEST_BOUND) {
            *path = path.within(Some(bound));
            let is_done = is_reached(self.plan.required, self.found.reached);
            let explored = self.explore(path, spare || is_done);
            if explored != Explored::All {
                return explored;
            }
            self.found.reached = Some(if path.is_cut() { Some(bound) } else { None });
            if is_reached(self.plan.required, self.found.reached) && !self.march_if_cut(path) {
                return Explored::Failed;
            }
            if self.found.reached == Some(None) {
                break;
            }
        }
        Explored::All
    }

    /// Tries all schedules of this path. Who does not need to (`spare`) ends when nothing is left to spare.
    fn explore(&mut self, path: &mut Path, spare: bool) -> Explored {
        loop {
            if (spare && self.is_spent()) || self.is_late() {
                return Explored::Left;
            }
            if self.try_one(path).is_some() {
                return Explored::Failed;
            }
            if !path.advance() {
                return Explored::All;
            }
        }
    }

    /// Runs so many random schedules, or as many as there is time for.
    fn sample(&mut self, count: u64) {
        let mut path = Path::new(None).random(self.plan.seed, 0);
        while self.found.executions < count && !self.is_late() {
            if self.try_one(&mut path).is_some() {
                self.shorten(&path);
                return;
            }
            path.advance();
        }
        self.repeat_first();
    }

    /// Runs the execution of this path, the very first one twice.
    fn try_one(&mut self, path: &mut Path) -> Option<Stop> {
        let ending = self.run(path, self.settings);
        self.count(path, &ending);
        if ending.stop.is_none() && self.first.is_none() {
            self.first = Some((path.clone(), self.trace.clone()));
            self.repeat_first();
        }
        self.found.stopped.as_ref().and_then(|(ending, _)| ending.stop.clone())
    }

    /// Counts an execution as it goes, because the search may end at any time.
    fn count(&mut self, path: &Path, ending: &Ending) {
        self.found.executions += 1;
        self.spent.executions += 1;
        self.spent.steps += ending.steps as u64;
        self.found.cut_rounds = path.cut_rounds();
        self.found.cut_steps += u64::from(ending.is_cut);
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

    /// Unless all was tried, lets all threads keep in step, once; false: that fails.
    ///
    /// These executions are not counted: the search tries most of their schedules, too.
    fn march_if_cut(&mut self, path: &Path) -> bool {
        let cut = self.found.cut_rounds + self.found.cut_steps;
        let is_complete = self.found.reached == Some(None) && cut == 0;
        is_complete
            || std::mem::replace(&mut self.marched, true)
            || LAGS.iter().all(|&lag| {
                let settings = Settings { march: Some(lag), ..self.settings };
                self.run(&mut path.within(None), settings).stop.is_none()
            })
    }

    /// What stopped the search says nothing.
    fn forget_stop(&mut self) {
        (self.found.stopped, self.found.schedule, self.failing) = (None, None, None);
    }

    /// Runs one execution, and takes note if it fails.
    fn run(&mut self, path: &mut Path, settings: Settings) -> Ending {
        let mut trace = std::mem::take(&mut self.trace);
        let scenario = Rc::clone(&self.scenario);
        let ending = engine::run(self.session, scenario, path, &mut trace, settings);
        self.is_stale = ending.stop.is_none();
        if ending.stop.is_some() {
            let shown = self.locate_drops(path, &mut trace, ending.clone(), settings);
            self.failing = Some((path.clone(), settings));
            self.found.schedule = replayable(&shown)
                .then(|| engine::recorded(&trace, &path.outcomes(), settings.march));
            self.found.stopped = Some((shown, trace));
        } else {
            self.trace = trace;
        }
        ending
    }

    /// The failure that is told is the execution that was run last: what it left behind belongs to it.
    fn show(&mut self) {
        let failing = self.failing.take().filter(|_| self.is_stale && !std::thread::panicking());
        if let Some((mut path, settings)) = failing.filter(|_| self.found.stopped.is_some()) {
            path.rewind();
            self.run(&mut path, settings);
        }
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
        self.start.elapsed() > budget && watchdog::worked().saturating_sub(self.worked) >= budget
    }

    /// Whether nothing is left to spare. Executions of a thousand steps take their time.
    fn is_spent(&self) -> bool {
        let Spent { executions, steps } = self.spent;
        executions >= self.plan.spare || steps >= self.plan.spare * SPARE_STEPS
    }
}

/// Whether the same choices lead to this once more.
fn replayable(ending: &Ending) -> bool {
    !matches!(ending.stop, Some(Stop::Nondeterminism | Stop::Outlived { .. }))
}
