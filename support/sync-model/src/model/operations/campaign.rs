//! One scenario after the other, until one fails; then smaller ones that fail as well.

use std::hash::Hash;
use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;

use evidence::{Evidence, Fault};

use super::execution::Generated;
use super::generate::Generator;
use super::program::Program;
use super::{Operations, told};
use crate::engine::{Bound, Session, Settings, Stop};
use crate::random::Random;
use crate::search::{self, Found, Plan, is_reached};
use crate::trace::Source;
use crate::{explain, watchdog};

/// Executions after which no further scenario is begun, beyond every two operations at the same time. A
/// number, not a time, so that every machine goes equally far.
const SPARE: u64 = 40_000;

/// Executions of one scenario after which no further bound is begun.
const SPARE_EACH: u64 = 300;

/// Random scenarios, at most.
const RANDOM: usize = 200;

/// Scenarios that are tried to make one smaller, at most.
const SHRINKS: usize = 300;

/// What came of it.
pub(super) struct Findings {
    /// Of all scenarios together. What it has reached, each of them has.
    pub found: Found,
    pub scenarios: u32,
    /// The scenario that failed, in words.
    pub failing: Option<Evidence>,
}

/// Tries the scenarios.
pub(super) struct Campaign<'a, S, M> {
    pub session: &'a Session,
    pub operations: Arc<Operations<S, M>>,
    pub plan: Plan,
    pub settings: Settings,
    pub check: Source,
    pub findings: Findings,
    pub worked: Duration,
}

impl<'a, S, M> Campaign<'a, S, M>
where
    S: Send + Sync + 'static,
    M: Clone + Eq + Hash + 'static,
{
    pub(super) fn new(
        session: &'a Session,
        operations: Operations<S, M>,
        plan: Plan,
        settings: Settings,
        check: Source,
    ) -> Self {
        let findings = Findings { found: Found::default(), scenarios: 0, failing: None };
        let operations = Arc::new(operations);
        let worked = watchdog::worked();
        Self { session, operations, plan, settings, check, findings, worked }
    }

    /// Goes through all scenarios, or up to the first that fails.
    pub(super) fn run(mut self) -> Findings {
        let operations = Arc::clone(&self.operations);
        let generator = Generator::new(&operations);
        let mut random = Random::new(self.plan.seed);
        for program in generator.pairs() {
            if !self.passes(program) {
                // These are required: what was not searched to its end was not reached.
                self.findings.found.reached = None;
                return self.findings;
            }
        }
        let two_against_one = generator.two_against_one(&mut random);
        let two_waiting = generator.two_waiting(&mut random);
        let at_random = (0..RANDOM).map(|_| generator.random(&mut random));
        for program in two_waiting.into_iter().chain(two_against_one).chain(at_random) {
            let is_spent = self.findings.found.executions >= SPARE || self.left().is_zero();
            if is_spent || !self.passes(program) {
                break;
            }
        }
        self.findings
    }

    /// What is left of the budget.
    fn left(&self) -> Duration {
        let worked = watchdog::worked().saturating_sub(self.worked);
        self.plan.budget.saturating_sub(worked)
    }

    /// Searches this scenario; false: the campaign is over, because it fails or because time is up.
    fn passes(&mut self, program: Program) -> bool {
        let (found, generated) = self.search(program);
        if found.stopped.is_some() {
            if found.is_limit() {
                self.findings.found.stopped = found.stopped;
            } else {
                self.fails(found, &generated);
            }
            return false;
        }
        if self.plan.random.is_none() && !is_reached(self.plan.required, found.reached) {
            return false;
        }
        let whole = &mut self.findings.found;
        whole.saw_all |= found.saw_all;
        whole.reached = match self.findings.scenarios {
            0 => found.reached,
            _ => lower(whole.reached, found.reached),
        };
        self.findings.scenarios += 1;
        true
    }

    /// Looks for the smallest scenario that fails as this one does.
    fn fails(&mut self, found: Found, generated: &Generated<S, M>) {
        let passed = self.findings.scenarios;
        self.findings.scenarios += 1;
        let mut smallest = self.failed(found, generated, passed);
        let mut program = generated.program.clone();
        let mut tried = 0;
        'smaller: while let Some(fault) = smallest.fault {
            for candidate in program.smaller() {
                tried += 1;
                if tried > SHRINKS || self.left().is_zero() {
                    break 'smaller;
                }
                let (found, generated) = self.search(candidate);
                if found.stopped.is_none() || found.is_limit() {
                    continue;
                }
                let smaller = self.failed(found, &generated, passed);
                if smaller.fault.is_some_and(|other| is_the_same(fault, other)) {
                    (smallest, program) = (smaller, generated.program.clone());
                    continue 'smaller;
                }
            }
            break;
        }
        // Of which scenario it is, no schedule says yet: so nobody is told one.
        self.findings.found.stopped = smallest.found.stopped;
        self.findings.failing = Some(smallest.scenario);
    }

    fn failed(&self, found: Found, generated: &Generated<S, M>, passed: u32) -> Failing {
        let (ending, trace) = found.stopped.as_ref().expect("it failed");
        let is_repeatable = ending.stop != Some(Stop::Nondeterminism);
        let explain = || explain::explain(ending, trace.clone(), self.check.file(), None).0;
        let fault = is_repeatable.then(explain).flatten().map(|(fault, _)| fault);
        let history = generated.history();
        let scenario = told::scenario(&self.operations, &generated.program, &history, passed);
        drop(history);
        Failing { found, fault, scenario }
    }

    fn search(&mut self, program: Program) -> (Found, Rc<Generated<S, M>>) {
        let generated = Rc::new(Generated::new(Arc::clone(&self.operations), program, self.check));
        let plan = Plan { spare: SPARE_EACH, budget: self.left(), ..self.plan };
        let scenario: Rc<Generated<S, M>> = Rc::clone(&generated);
        let found = search::search(self.session, scenario, plan, self.settings);
        let whole = &mut self.findings.found;
        whole.executions += found.executions;
        whole.cut_rounds += found.cut_rounds;
        whole.cut_steps += found.cut_steps;
        whole.elapsed += found.elapsed;
        (found, generated)
    }
}

/// A scenario that fails.
struct Failing {
    found: Found,
    /// `None`: it cannot be repeated.
    fault: Option<Fault>,
    scenario: Evidence,
}

/// Whether one is the other with less around it.
fn is_the_same(fault: Fault, other: Fault) -> bool {
    let answers = [Fault::NotLinearizable, Fault::WrongAnswer];
    fault == other || (answers.contains(&fault) && answers.contains(&other))
}

/// What both have reached.
fn lower(one: Option<Bound>, other: Option<Bound>) -> Option<Bound> {
    match (one?, other?) {
        (None, bound) | (bound, None) => Some(bound),
        (Some(one), Some(other)) => Some(Some(one.min(other))),
    }
}
