//! The choices of one execution, and the next execution to try: a depth-first search.

use super::ThreadId;
use super::dice::{Dice, Script};
use super::intent::kind_in;
use super::lessons::Lessons;
use super::turn::{Bound, Point, ThreadSet, Turn, only, threads};
use super::twins::Likeness;

/// A choice.
#[derive(Debug, Clone)]
enum Branch {
    /// Which thread runs the next step.
    Thread(Turn),
    /// Which of `count` outcomes a step has.
    Outcome { chosen: usize, count: usize },
}

/// The same choices led to another state.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Diverged;

/// The choices so far, and those that are left to try.
#[derive(Debug, Clone)]
pub(crate) struct Path {
    branches: Vec<Branch>,
    /// Where the execution that runs now stands.
    position: usize,
    bound: Bound,
    /// Whether the bound kept a schedule from being tried.
    cut: bool,
    /// How often the limit on rounds of those who poll kept one from being tried.
    cut_rounds: u64,
    /// What executions before this one have taught.
    known: Lessons,
    /// What this execution has taught: it counts from the next one on, so that this one can be repeated.
    learned: Lessons,
    /// Chooses at random or by a script, instead of one schedule after the other.
    dice: Option<Dice>,
    /// Who need not be tried at the next turn: see [`Turn::sleep`].
    sleep: ThreadSet,
    /// All that could go on sleep: the rest of this execution has been seen in another order.
    redundant: bool,
}

impl Path {
    /// The path of the first execution.
    pub(crate) fn new(bound: Bound) -> Self {
        Path {
            branches: Vec::new(),
            position: 0,
            bound,
            cut: false,
            cut_rounds: 0,
            known: Lessons::default(),
            learned: Lessons::default(),
            dice: None,
            sleep: 0,
            redundant: false,
        }
    }

    /// The path of the first of many executions with random schedules, of about so many steps.
    pub(crate) fn random(&self, seed: u64, steps: usize) -> Self {
        Path { dice: Some(Dice::random(seed, steps)), ..self.within(None) }
    }

    /// The path of an execution that follows a script.
    pub(crate) fn scripted(&self, script: Script) -> Self {
        Path { dice: Some(Dice::Script(Box::new(script))), ..self.within(None) }
    }

    /// The script that is followed, if one is.
    pub(crate) fn script(&self) -> Option<&Script> {
        match &self.dice {
            Some(Dice::Script(script)) => Some(script),
            _ => None,
        }
    }

    /// The outcomes of the execution that has just ended, in order.
    pub(crate) fn outcomes(&self) -> Vec<usize> {
        let made = self.branches.iter().take(self.position);
        made.filter_map(|branch| match branch {
            Branch::Outcome { chosen, .. } => Some(*chosen),
            Branch::Thread(_) => None,
        })
        .collect()
    }

    /// The path of the first execution of a search within another bound: what is known of the program
    /// stays known.
    pub(crate) fn within(&self, bound: Bound) -> Self {
        let mut known = self.known.clone();
        known.extend(&mut self.learned.clone());
        Path { known, ..Path::new(bound) }
    }

    /// Whether there are schedules beyond the bound.
    pub(crate) fn is_cut(&self) -> bool {
        self.cut
    }

    /// How often a thread that polls was not let go round once more.
    pub(crate) fn cut_rounds(&self) -> u64 {
        self.cut_rounds
    }

    /// What is known of the program.
    pub(super) fn known(&self) -> &Lessons {
        &self.known
    }

    /// What this execution teaches: known from the next one on.
    pub(super) fn learned(&mut self) -> &mut Lessons {
        &mut self.learned
    }

    /// Whether the number of preemptions is limited.
    pub(crate) fn is_bounded(&self) -> bool {
        self.bound.is_some()
    }

    /// Whether the schedule is drawn at random.
    pub(super) fn is_random(&self) -> bool {
        self.dice.is_some()
    }

    /// Goes back to the start, to repeat the same execution.
    pub(crate) fn rewind(&mut self) {
        self.start();
        self.learned = Lessons::default();
    }

    fn start(&mut self) {
        self.position = 0;
        self.sleep = 0;
        self.redundant = false;
    }

    /// Whether the steps so far are those of the execution before.
    pub(super) fn repeats(&self) -> bool {
        self.position < self.branches.len()
    }

    /// Whether nobody need look for races: those of the steps so far are known, or nothing more is to be
    /// tried.
    pub(super) fn knows_races(&self) -> bool {
        self.repeats() || self.is_random()
    }

    /// Who need not be tried after the choice at branch `at`, unless that step competes with theirs.
    pub(super) fn asleep_after(&self, at: usize) -> ThreadSet {
        match &self.branches[at] {
            Branch::Thread(turn) => (turn.sleep | turn.done) & !only(turn.chosen),
            Branch::Outcome { .. } => 0,
        }
    }

    /// Who need not be tried at the next turn.
    pub(super) fn asleep(&self) -> ThreadSet {
        self.sleep
    }

    /// They need not be tried at the next turn.
    pub(super) fn let_sleep(&mut self, threads: ThreadSet) {
        self.sleep = threads;
    }

    /// Chooses who runs the next step: `favourite`, where nothing is known yet. Returns the thread
    /// and the branch.
    pub(crate) fn choose_thread(
        &mut self,
        point: Point,
        favourite: ThreadId,
        likeness: Likeness,
        signature: impl Fn(ThreadId) -> u64,
    ) -> Result<(ThreadId, usize), Diverged> {
        let at = self.position;
        self.position += 1;
        if let Some(branch) = self.branches.get_mut(at) {
            let Branch::Thread(turn) = branch else { return Err(Diverged) };
            if turn.point != point {
                return Err(Diverged);
            }
            // A thread that is tried for the first time has no signature yet.
            let signature = signature(turn.chosen);
            if turn.signature == 0 {
                turn.signature = signature;
            }
            return if turn.signature == signature { Ok((turn.chosen, at)) } else { Err(Diverged) };
        }
        let (spent, rounds) = self.spent_before(at);
        let sleep = if self.redundant { 0 } else { self.sleep };
        let mut turn = Turn {
            point,
            chosen: favourite,
            signature: 0,
            todo: 0,
            done: 0,
            sleep,
            likeness,
            spent,
            rounds,
        };
        match &mut self.dice {
            Some(dice) => {
                turn.chosen = dice.thread(&point, favourite, |thread| kind_in(signature(thread)));
            }
            None => match turn.awake(self.bound) {
                Some(chosen) => turn.chosen = chosen,
                None => {
                    self.redundant = true;
                    self.cut_rounds += u64::from(turn.is_cut());
                }
            },
        }
        turn.signature = signature(turn.chosen);
        let chosen = turn.chosen;
        self.branches.push(Branch::Thread(turn));
        Ok((chosen, at))
    }

    /// Chooses one of `count` outcomes: each is tried in turn.
    pub(crate) fn choose_outcome(&mut self, count: usize) -> Result<usize, Diverged> {
        if count <= 1 {
            return Ok(0);
        }
        let at = self.position;
        self.position += 1;
        match self.branches.get(at) {
            None => {
                let chosen = self.dice.as_mut().map_or(0, |dice| dice.outcome(count));
                self.branches.push(Branch::Outcome { chosen, count });
                Ok(chosen)
            }
            Some(&Branch::Outcome { chosen, count: before }) if before == count => Ok(chosen),
            Some(_) => Err(Diverged),
        }
    }

    /// `thread` must also be tried before the step that was chosen at branch `at`.
    pub(crate) fn try_before(&mut self, at: usize, thread: ThreadId) {
        if self.redundant {
            return;
        }
        self.add(at, thread);
        if self.bound.is_some() {
            // With a bound, interrupting just there may cost too much. Running `thread` before the
            // whole stretch of uninterrupted steps costs no more than what happened anyway, and
            // the search would miss schedules without it (Coons, Musuvathi, McKinley 2013).
            self.add(self.stretch_start(at), thread);
        }
    }

    /// One of these threads must also be tried at branch `at`: `thread`, if it is one of them.
    pub(crate) fn try_one_of(&mut self, at: usize, initials: ThreadSet, thread: ThreadId) {
        if self.redundant {
            return;
        }
        let Branch::Thread(turn) = &self.branches[at] else { return };
        let is_known = initials & turn.known() & !only(turn.chosen) != 0;
        if is_known || threads(initials).any(|thread| turn.is_covered(thread)) {
            return;
        }
        let candidates = initials & turn.point.enabled() & !only(turn.chosen);
        let is_best = candidates == 0 || candidates & only(thread) != 0;
        self.add(at, if is_best { thread } else { candidates.trailing_zeros() as ThreadId });
    }

    /// Moves on to the next execution; false when all were tried.
    ///
    /// Who has learned where threads poll begins anew: all schedules are to be chosen by the same rules.
    pub(crate) fn advance(&mut self) -> bool {
        if let Some(dice) = &mut self.dice {
            dice.begin();
            self.known.extend(&mut self.learned);
            self.branches.clear();
            self.start();
            return true;
        }
        if !self.learned.is_empty() {
            *self = self.within(self.bound);
            return true;
        }
        self.start();
        while let Some(branch) = self.branches.last_mut() {
            match branch {
                Branch::Thread(turn) => {
                    turn.done |= only(turn.chosen);
                    let left = turn.todo & !turn.done;
                    if left != 0 {
                        turn.chosen = left.trailing_zeros() as ThreadId;
                        turn.signature = 0;
                        return true;
                    }
                }
                Branch::Outcome { chosen, count } => {
                    *chosen += 1;
                    if *chosen < *count {
                        return true;
                    }
                }
            }
            self.branches.pop();
        }
        false
    }

    fn add(&mut self, at: usize, thread: ThreadId) {
        if self.dice.is_some() {
            return;
        }
        let bound = self.bound;
        let Branch::Thread(turn) = &mut self.branches[at] else { return };
        let enabled = turn.point.enabled();
        // A thread that could not run there may be let in by any of those that could.
        let wanted = if enabled & only(thread) != 0 { only(thread) } else { enabled };
        for thread in threads(wanted & !turn.known()) {
            if turn.is_covered(thread) {
                continue;
            }
            if turn.allows(thread, bound) {
                turn.todo |= only(thread);
            } else if bound.is_some() {
                self.cut = true;
            } else {
                self.cut_rounds += 1;
            }
        }
    }

    fn stretch_start(&self, at: usize) -> usize {
        let chosen = |branch: &Branch| match branch {
            Branch::Thread(turn) => Some(turn.chosen),
            Branch::Outcome { .. } => None,
        };
        let runner = chosen(&self.branches[at]);
        let before = self.branches[..at].iter().enumerate().rev();
        before
            .filter(|(_, branch)| chosen(branch).is_some())
            .take_while(|(_, branch)| chosen(branch) == runner)
            .last()
            .map_or(at, |(start, _)| start)
    }

    fn spent_before(&self, at: usize) -> (usize, usize) {
        let turns = self.branches[..at].iter().rev();
        let last = turns.filter_map(|branch| match branch {
            Branch::Thread(turn) => Some(turn),
            Branch::Outcome { .. } => None,
        });
        last.map(|turn| {
            let rounds = usize::from(turn.point.goes_round(turn.chosen));
            (turn.spent + turn.point.cost(turn.chosen), turn.rounds + rounds)
        })
        .next()
        .unwrap_or_default()
    }
}
