//! The choices of one execution, and the next execution to try: a depth-first search.

use std::collections::HashSet;

use super::ThreadId;
use super::dice::{Dice, Script};
use super::intent::kind_in;
use super::polling::Place;
use super::turn::{Bound, Point, Turn, only, threads};

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
    /// How often [`MAX_ROUNDS`] kept one from being tried.
    cut_rounds: u64,
    /// The places where threads are known to poll, from executions before this one.
    known: HashSet<Place>,
    /// What this execution has taught: it counts from the next one on, so that this one can be repeated.
    learned: HashSet<Place>,
    /// Chooses at random or by a script, instead of one schedule after the other.
    dice: Option<Dice>,
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
            known: HashSet::new(),
            learned: HashSet::new(),
            dice: None,
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
        Path { known: &self.known | &self.learned, ..Path::new(bound) }
    }

    /// Whether there are schedules beyond the bound.
    pub(crate) fn is_cut(&self) -> bool {
        self.cut
    }

    /// How often a thread that polls was not let go round once more.
    pub(crate) fn cut_rounds(&self) -> u64 {
        self.cut_rounds
    }

    /// Whether threads are known to poll here.
    pub(super) fn polls_at(&self, place: &Place) -> bool {
        self.known.contains(place)
    }

    /// A thread has gone round at this place until it was taken to poll.
    pub(super) fn learn(&mut self, place: Place) {
        self.learned.insert(place);
    }

    pub(crate) fn bound(&self) -> Bound {
        self.bound
    }

    /// Whether the number of preemptions is limited.
    pub(crate) fn is_bounded(&self) -> bool {
        self.bound.is_some()
    }

    /// Goes back to the start, to repeat the same execution.
    pub(crate) fn rewind(&mut self) {
        self.position = 0;
        self.learned.clear();
    }

    /// Chooses who runs the next step: `favourite`, where nothing is known yet. Returns the thread
    /// and the branch.
    pub(crate) fn choose_thread(
        &mut self,
        point: Point,
        favourite: ThreadId,
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
        let chosen = match &mut self.dice {
            Some(dice) => dice.thread(&point, favourite, |thread| kind_in(signature(thread))),
            None => favourite,
        };
        self.branches.push(Branch::Thread(Turn {
            point,
            chosen,
            signature: signature(chosen),
            todo: 0,
            done: 0,
            spent,
            rounds,
        }));
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
        self.add(at, thread);
        if self.bound.is_some() {
            // With a bound, interrupting just there may cost too much. Running `thread` before the
            // whole stretch of uninterrupted steps costs no more than what happened anyway, and
            // the search would miss schedules without it (Coons, Musuvathi, McKinley 2013).
            self.add(self.stretch_start(at), thread);
        }
    }

    /// Moves on to the next execution; false when all were tried.
    ///
    /// Who has learned where threads poll begins anew: all schedules are to be chosen by the same rules.
    pub(crate) fn advance(&mut self) -> bool {
        if let Some(dice) = &mut self.dice {
            dice.begin();
            self.known.extend(self.learned.drain());
            self.branches.clear();
            self.position = 0;
            return true;
        }
        if !self.learned.is_empty() {
            *self = self.within(self.bound);
            return true;
        }
        self.position = 0;
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
        for thread in threads(wanted & !(turn.todo | turn.done | only(turn.chosen))) {
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
