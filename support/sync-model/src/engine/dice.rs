//! Schedules that are not searched one after the other: drawn at random, or written down.
//!
//! - `walk`: whoever can go on may, each as likely;
//! - `priorities`: some threads before others, with a few changes of mind;
//! - `script`: a schedule that is replayed.
//!
//! No strategy finds all mistakes. A walk interrupts often, and finds what needs many interruptions;
//! priorities find what needs few of them, at the right place, in long executions. So they take turns.

use super::ThreadId;
use super::turn::{Point, ThreadSet};
use crate::random::Random;

use priorities::Priorities;
use walk::Walk;

pub(crate) use script::{Script, recorded};

mod priorities;
mod script;
mod walk;

/// Of so many turns one may go to a thread that had better wait: one whose time is not over, say.
const HURRIES: usize = 8;

/// What chooses.
#[derive(Debug, Clone)]
pub(crate) enum Dice {
    Random(Box<Mixed>),
    Script(Box<Script>),
}

impl Dice {
    /// Random schedules; `steps`: how long an execution is, as far as that is known.
    pub(super) fn random(seed: u64, steps: usize) -> Self {
        Dice::Random(Box::new(Mixed::new(seed, steps)))
    }

    /// Another execution begins.
    pub(super) fn begin(&mut self) {
        match self {
            Dice::Random(mixed) => mixed.begin(),
            Dice::Script(script) => script.begin(),
        }
    }

    /// One of so many outcomes.
    pub(super) fn outcome(&mut self, count: usize) -> usize {
        match self {
            Dice::Random(mixed) => mixed.random.below(count),
            Dice::Script(script) => script.outcome(count),
        }
    }

    /// Whose turn it is; `kind`: what a thread would do.
    pub(super) fn thread(
        &mut self,
        point: &Point,
        favourite: ThreadId,
        kind: impl Fn(ThreadId) -> u8,
    ) -> ThreadId {
        match self {
            Dice::Random(mixed) => mixed.thread(point),
            Dice::Script(script) => script.thread(point, favourite, kind),
        }
    }
}

#[derive(Debug, Clone)]
enum Strategy {
    Walk(Walk),
    Priorities(Box<Priorities>),
}

/// Random schedules of all kinds, in turn.
#[derive(Debug, Clone)]
pub(crate) struct Mixed {
    random: Random,
    /// How many executions have begun.
    round: usize,
    strategy: Strategy,
    /// Of the execution that runs.
    steps: usize,
    /// Of the longest one.
    longest: usize,
}

impl Mixed {
    fn new(seed: u64, longest: usize) -> Self {
        let strategy = Strategy::Walk(Walk::LONG_STRETCHES);
        let mut mixed = Self { random: Random::new(seed), round: 0, strategy, steps: 0, longest };
        mixed.choose_strategy();
        mixed
    }

    fn begin(&mut self) {
        self.round += 1;
        self.choose_strategy();
        self.steps = 0;
    }

    /// Every second schedule is a walk. The others have priorities, which change never, once, or twice.
    fn choose_strategy(&mut self) {
        self.strategy = match (self.round % 2, self.round / 2 % 6) {
            (0, pair) if pair % 2 == 0 => Strategy::Walk(Walk::LONG_STRETCHES),
            (0, _) => Strategy::Walk(Walk::UNIFORM),
            (_, pair) => {
                let priorities = Priorities::new(pair % 3, self.longest, &mut self.random);
                Strategy::Priorities(Box::new(priorities))
            }
        };
    }

    fn thread(&mut self, point: &Point) -> ThreadId {
        self.steps += 1;
        self.longest = self.longest.max(self.steps);
        match &mut self.strategy {
            Strategy::Walk(walk) => walk.thread(point, &mut self.random),
            Strategy::Priorities(priorities) => {
                priorities.thread(point, self.steps, &mut self.random)
            }
        }
    }
}

/// Who may be chosen: now and then somebody who had better wait. Who polls in vain is not among the
/// others, so nobody keeps those waiting who would let it out.
fn candidates(point: &Point, random: &mut Random) -> ThreadSet {
    let in_time = if point.ready != 0 { point.ready } else { point.earliest };
    if random.once_in(HURRIES) { point.enabled() } else { in_time }
}
