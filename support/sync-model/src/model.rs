//! Checks a scenario in every order in which its threads can take turns.

use std::panic::Location;
use std::rc::Rc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

pub use evidence::{Fault, require};

pub use crate::cell::RaceCell;

use evidence::{
    Cut, Evidence, Failure, Interleaving, Outcome, Sampled, Schedules, Search, channel,
};

use crate::engine::{self, Intent, Scenario, Session, Settings};
use crate::search::{self, Found, Plan, is_reached};
use crate::thread::{self, JoinHandle};
use crate::trace::Kind;
use crate::watchdog::Watch;
use crate::{explain, overflow, panics, statics};

use halt::{halted, overflowed, seen_from_outside};

pub use operations::Operations;

mod halt;
mod operations;
mod replay;

/// Checks `scenario` with the default settings: see [`Model::check`].
#[track_caller]
pub fn check(scenario: impl Fn() + 'static) {
    Model::new().check(scenario);
}

/// Starts a thread whose lane in the table is called `role`.
#[track_caller]
pub fn spawn<F, T>(role: &str, body: F) -> JoinHandle<T>
where
    F: FnOnce() -> T + Send + 'static,
    T: Send + 'static,
{
    let named = thread::Builder::new().name(role.to_owned());
    named.spawn(body).expect("the model starts threads without fail")
}

/// Adds a row with these words to the calling thread's lane.
#[track_caller]
pub fn note(words: impl Into<String>) {
    let detail = engine::with_trace(|trace| trace.text(words.into()));
    engine::record(Intent::new(Kind::Note, Location::caller()), detail);
}

/// Says what the check is about to do: the last thing known of it should it never end.
pub fn step(step: &str) {
    if let Some(channel) = channel::channel() {
        channel.step(step);
    }
}

/// How a scenario is checked.
#[derive(Debug, Clone)]
#[must_use = "a model checks nothing before `check` is called"]
pub struct Model {
    plan: Plan,
    settings: Settings,
    at_least: Option<u64>,
    threads: usize,
    computing: Duration,
}

impl Default for Model {
    fn default() -> Self {
        Self::new()
    }
}

impl Model {
    /// All schedules, if 10,000 executions are enough for that. Else those with up to two preemptions,
    /// and with one more if 10,000 executions are enough for that.
    pub fn new() -> Self {
        let plan = Plan {
            required: Some(2),
            random: None,
            seed: 0,
            spare: 10_000,
            budget: Duration::from_secs(20),
            fallback: None,
        };
        let computing = Duration::from_secs(10);
        Self { plan, settings: Settings::default(), at_least: None, threads: 0, computing }
    }

    /// The number of preemptions up to which all schedules must be tried for a pass.
    pub fn bound(mut self, preemptions: usize) -> Self {
        self.plan.required = Some(preemptions);
        self
    }

    /// All schedules must be tried for a pass.
    pub fn unbounded(mut self) -> Self {
        self.plan.required = None;
        self
    }

    /// Memory is weak, as far as each `Ordering` allows it: loads may read old values, stores may be seen in
    /// another order, for exercises about it. The rules are those of RC11 (Lahav and others, PLDI 2017): all
    /// that C11 allows but load buffering.
    pub fn weak(mut self) -> Self {
        self.settings.weak = true;
        self
    }

    /// Instead of all schedules: so many random ones. They find mistakes in scenarios that are too large to
    /// be searched, and prove nothing.
    pub fn random(mut self, schedules: u64) -> Self {
        self.plan.random = Some(schedules);
        self
    }

    /// Steps of one run after which it is given up, which makes the check inconclusive. The default is
    /// 20,000.
    pub fn steps(mut self, steps: usize) -> Self {
        self.settings.max_steps = steps;
        self
    }

    /// Time of a processor for which a thread may compute between two steps, before the check is given up and
    /// inconclusive: nobody else runs meanwhile. The default is 10 seconds.
    pub fn computing(mut self, time: Duration) -> Self {
        self.computing = time;
        self
    }

    /// A value behind a `sync::Arc` that has an owner when all threads are done is a leak, and fails the check.
    pub fn leaks(mut self) -> Self {
        self.settings.leaks = true;
        self
    }

    /// A thread that still waits when the scenario is over is a deadlock. Without this it ends with the
    /// scenario, as threads do that nobody joins when `main` returns.
    pub fn every_thread_ends(mut self) -> Self {
        self.settings.all_must_end = true;
        self
    }

    /// Condition variables and `park` may wake without reason, each thread once in a run.
    pub fn spurious(mut self) -> Self {
        self.settings.spurious = true;
        self
    }

    /// With fewer executions the check fails: the code went around the facade. Without this, a
    /// scenario must have at least two, unless each thread that it starts is seen at a lock, an
    /// atomic or the like: then they may have kept apart, as at two halves of a counter.
    pub fn at_least(mut self, executions: u64) -> Self {
        self.at_least = Some(executions);
        self
    }

    /// With fewer threads the check fails: the code that promises to start them, and gives nothing else to
    /// be seen, went without.
    pub fn threads(mut self, threads: usize) -> Self {
        self.threads = threads;
        self
    }

    /// When to give up, which makes the check inconclusive. The default is 20 seconds of a processor's time.
    pub fn budget(mut self, budget: Duration) -> Self {
        self.plan.budget = budget;
        self
    }

    /// For how long to try random schedules when the budget is used up before all was tried that is asked
    /// for. They may find a mistake; without one the check stays inconclusive. The default is a quarter of
    /// the budget and 1 second at least; zero: not at all.
    pub fn fallback(mut self, time: Duration) -> Self {
        self.plan.fallback = Some(time);
        self
    }

    /// Runs `scenario` in every order in which its threads can take turns, until it fails. Of the failures
    /// that are found, one with the fewest preemptions is shown.
    ///
    /// # Panics
    /// If it fails and no grader is listening.
    #[track_caller]
    pub fn check(self, scenario: impl Fn() + 'static) {
        let check_file = Location::caller().file();
        let scenario: Rc<dyn Scenario> = Rc::new(scenario);
        self.conduct(
            |session, model, schedule| {
                let scenario = Rc::clone(&scenario);
                replay::replay(session, scenario, model.settings, schedule, check_file)
            },
            |session, model| {
                search::search(session, Rc::clone(&scenario), model.plan, model.settings)
            },
            |model, found| model.outcome(found, check_file),
        );
    }

    /// Has `search` search, under watch, and reports what is concluded from it; or what comes of a schedule, if
    /// the grader asks for just that one.
    fn conduct<T>(
        mut self,
        replay: impl FnOnce(&Session, &Self, &str) -> Outcome,
        search: impl FnOnce(&Session, &Self) -> T,
        conclude: impl FnOnce(&Self, T) -> Outcome,
    ) {
        // Both before the learner's code, in this order.
        statics::memory();
        let channel = channel::channel();
        // The grader starts a process for each check, and a check calls this once: whoever calls it
        // again is the answer, and must not record what it likes.
        static CALLED: AtomicBool = AtomicBool::new(false);
        let again = CALLED.swap(true, Ordering::Relaxed) && channel.is_some();
        assert!(!again, "the model checker is not an answer's to call");
        panics::watch();
        self.plan.seed = channel.map_or(0, |channel| channel.request().seed);
        let session = Session::begin();
        let watch = (Watch::start(self.computing, halted), overflow::Watch::start(overflowed));
        let outcome = match channel.and_then(|channel| channel.request().replay.as_deref()) {
            Some(schedule) => {
                let outcome = replay(&session, &self, schedule);
                drop(watch);
                seen_from_outside(Vec::new()).unwrap_or(outcome)
            }
            None => {
                let found = search(&session, &self);
                drop(watch);
                conclude(&self, found)
            }
        };
        drop(session);
        match channel {
            Some(channel) => channel.done(outcome),
            None => report(&outcome),
        }
    }

    /// What is searched, and how.
    #[cfg(test)]
    pub(crate) fn plan(&self) -> (Plan, Settings) {
        (self.plan, self.settings)
    }

    /// Whether all was tried that the check asks for.
    fn is_done(&self, found: &Found) -> bool {
        match self.plan.random {
            Some(count) => found.executions >= count,
            None => is_reached(self.plan.required, found.reached),
        }
    }

    /// Which schedules were tried.
    fn explored(&self, found: &Found) -> Option<Schedules> {
        if self.plan.random.is_some() {
            return Some(Schedules::Random { count: found.executions, seed: self.plan.seed });
        }
        let preemptions = |preemptions| Schedules::Bounded { preemptions };
        found.reached.map(|reached| reached.map_or(Schedules::All, preemptions))
    }

    fn outcome(&self, found: Found, check_file: &str) -> Outcome {
        let is_done = self.is_done(&found);
        let searched = Evidence::Search(Search {
            executions: found.executions,
            schedules: self.explored(&found),
            truncated: !is_done,
            sampled: found.sampled,
            cut: Cut { rounds: found.cut_rounds, steps: found.cut_steps },
            millis: found.elapsed.as_millis().try_into().unwrap_or(u64::MAX),
            scenarios: None,
        });
        if let Some(outcome) = seen_from_outside(vec![searched.clone()]) {
            return outcome;
        }
        if let Some((ending, trace)) = found.stopped {
            let stop = ending.stop.as_ref().expect("it was stopped");
            match explain::limit(stop, &trace, ending.thread) {
                // What was required was searched before the limit was met.
                Some(_) if is_done => {
                    return Outcome::Passed { evidence: vec![searched] };
                }
                Some(because) => {
                    return Outcome::Inconclusive { because, evidence: vec![searched] };
                }
                None => {}
            }
            let (fault, table) = explain::explain(&ending, trace, check_file, None);
            let (fault, message) = fault.expect("it was stopped");
            let check = channel::channel().map_or("", |channel| &channel.request().check);
            let schedule = found.schedule.map_or_else(String::new, |it| replay::named(it, check));
            let table = Evidence::Interleaving(Interleaving { schedule, ..table });
            return failed(fault, message, vec![table, searched]);
        }
        if !is_done {
            let random = found.sampled.map_or_else(String::new, |Sampled { count, .. }| {
                format!(", then {count} random ones,")
            });
            let because = format!(
                "The model checker did not finish within {} s: it tried {} schedules{random} and none of \
                 them failed. Let the scenario do less, or raise the limit with `Model::budget`.",
                self.plan.budget.as_secs(),
                found.executions
            );
            return Outcome::Inconclusive { because, evidence: vec![searched] };
        }
        if found.threads < self.threads {
            let message = format!(
                "{} threads had to be started, and the checker saw {}. Threads must come from `sync`, not \
                 from `std`.",
                self.threads, found.threads
            );
            return failed(Fault::Unseen, message, vec![searched]);
        }
        // Threads that were seen, each at its own lock, have just one order. Of threads that were not
        // seen something must have competed.
        let minimum = self.at_least.unwrap_or(if found.saw_all { 1 } else { 2 });
        if found.executions < minimum {
            let schedules = if found.executions == 1 { "one way" } else { "too few ways" };
            let message = format!(
                "The checker found {schedules} in which your threads can take turns: it never saw \
                 them meet. Locks, atomics and threads must come from `sync`, not from `std`."
            );
            return failed(Fault::Unseen, message, vec![searched]);
        }
        Outcome::Passed { evidence: vec![searched] }
    }
}

fn failed(fault: Fault, message: impl Into<String>, evidence: Vec<Evidence>) -> Outcome {
    Outcome::Failed(Failure { fault, message: message.into(), evidence })
}

fn report(outcome: &Outcome) {
    match outcome {
        Outcome::Passed { .. } => {}
        Outcome::Failed(failure) => panic!("{}", explain::report(failure)),
        Outcome::Inconclusive { because, .. } => panic!("inconclusive: {because}"),
    }
}
