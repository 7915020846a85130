//! Which scenarios are tried.

use std::collections::HashSet;
use std::hash::Hash;

use super::operation::{Call, Operation};
use super::program::Program;
use super::{Operations, Start};
use crate::random::Random;

/// Calls that all threads of a random scenario make together, at most: the search grows with their number
/// as a factorial does.
const MOST_CALLS: usize = 5;

/// What the scenarios are made of.
pub(super) struct Generator<'a, S, M> {
    starts: &'a [Start<S, M>],
    operations: &'a [Operation<S, M>],
    /// So many of the operations, the first ones, are for threads; the others come at the end.
    count: usize,
}

/// What threads may find when they start.
#[derive(Clone)]
struct State<M> {
    /// The start, by its number.
    start: usize,
    /// The calls that have been made since.
    before: Vec<Call>,
    model: M,
}

impl<'a, S, M: Clone + Eq + Hash> Generator<'a, S, M> {
    pub(super) fn new(of: &'a Operations<S, M>) -> Self {
        Self { starts: &of.starts, operations: &of.operations, count: of.count }
    }

    /// Every two operations at the same time, in every state that one call leads to.
    pub(super) fn pairs(&self) -> Vec<Program> {
        let mut pairs = Vec::new();
        for state in self.states(1) {
            for one in 0..self.count {
                for other in one..self.count {
                    let pair = self.program(&state, &[vec![one], vec![other]]);
                    // What is told apart by its argument may also be the same.
                    let mut same = pair.clone();
                    same.threads.iter_mut().flatten().for_each(|call| call.argument = 0);
                    if [one, other].iter().all(|one| self.has_arguments(*one)) && same != pair {
                        pairs.push(same);
                    }
                    pairs.push(pair);
                }
            }
        }
        pairs
    }

    /// Every operation beside two calls of another thread that both change the model: what it sees of the
    /// first and of the second may not fit together. Of operations that change it alike one is drawn.
    pub(super) fn two_against_one(&self, random: &mut Random) -> Vec<Program> {
        let mut programs = Vec::new();
        for state in self.states(1) {
            for first in self.changes(&state) {
                let between = &first[random.below(first.len())];
                for second in self.changes(between) {
                    let after = &second[random.below(second.len())];
                    let two = &after.before[state.before.len()..];
                    let two: Vec<usize> = two.iter().map(|call| call.operation).collect();
                    let against = |one| self.program(&state, &[two.clone(), vec![one]]);
                    programs.extend((0..self.count).map(against));
                }
            }
        }
        programs
    }

    /// Every two calls that have to wait, beside one of another thread that changes the model: it may have to
    /// wake both, or the right one.
    pub(super) fn two_waiting(&self, random: &mut Random) -> Vec<Program> {
        let mut programs = Vec::new();
        for state in self.states(1) {
            let waits = |operation: &usize| {
                let call = self.deal(*operation, &state.before);
                let mut model = state.model.clone();
                self.operations[*operation].at_once(&mut model, call.argument).is_none()
            };
            let waiting: Vec<usize> = (0..self.count).filter(waits).collect();
            for (first, one) in waiting.iter().enumerate() {
                for other in &waiting[first..] {
                    for alike in self.changes(&state) {
                        let change = alike[random.below(alike.len())].before[state.before.len()];
                        let threads = [vec![*one], vec![*other], vec![change.operation]];
                        programs.push(self.program(&state, &threads));
                    }
                }
            }
        }
        programs
    }

    /// Two or three threads with one to three calls each.
    pub(super) fn random(&self, random: &mut Random) -> Program {
        let states = self.states(2);
        let state = &states[random.below(states.len())];
        let count = 2 + random.below(2);
        let mut left = MOST_CALLS - count;
        let threads: Vec<Vec<usize>> = (0..count)
            .map(|_| {
                let more = random.below(left.min(2) + 1);
                left -= more;
                (0..=more).map(|_| random.below(self.count)).collect()
            })
            .collect();
        let mut program = self.program(state, &threads);
        for call in program.threads.iter_mut().flatten() {
            if random.once_in(2) {
                call.argument = random.below(self.operations[call.operation].arguments.len());
            }
        }
        program
    }

    /// The starts, and all states of the model that so many calls lead to, each by the fewest.
    fn states(&self, most_calls: usize) -> Vec<State<M>> {
        let starts = self.starts.iter().enumerate();
        starts
            .flat_map(|(start, of)| {
                let first = State { start, before: Vec::new(), model: (of.model)() };
                self.reachable(first, most_calls)
            })
            .collect()
    }

    fn reachable(&self, first: State<M>, most_calls: usize) -> Vec<State<M>> {
        let mut seen = HashSet::from([first.model.clone()]);
        let mut found = vec![first];
        let mut next = 0;
        while let Some(state) = found.get(next).filter(|state| state.before.len() < most_calls) {
            let changed = self.changes(state);
            next += 1;
            let new = |state: &State<M>| seen.insert(state.model.clone());
            let one_of_each = changed.into_iter().map(|mut alike| alike.swap_remove(0));
            found.extend(one_of_each.filter(new));
        }
        found
    }

    /// The states that one more call leads to, if it need not wait and changes the model. Those with the
    /// same model are together.
    fn changes(&self, state: &State<M>) -> Vec<Vec<State<M>>> {
        let mut changes: Vec<Vec<State<M>>> = Vec::new();
        for operation in 0..self.count {
            let call = self.deal(operation, &state.before);
            let mut model = state.model.clone();
            let goes = self.operations[operation].at_once(&mut model, call.argument).is_some();
            if !goes || model == state.model {
                continue;
            }
            let before = [&*state.before, &[call]].concat();
            let changed = State { start: state.start, before, model };
            match changes.iter_mut().find(|alike| alike[0].model == changed.model) {
                Some(alike) => alike.push(changed),
                None => changes.push(vec![changed]),
            }
        }
        changes
    }

    /// A program with these operations. Their arguments are dealt in turn.
    fn program(&self, state: &State<M>, threads: &[Vec<usize>]) -> Program {
        let mut dealt = state.before.clone();
        let mut deal = |operation: &usize| {
            let call = self.deal(*operation, &dealt);
            dealt.push(call);
            call
        };
        let threads = threads.iter().map(|calls| calls.iter().map(&mut deal).collect()).collect();
        let ends = self.count..self.operations.len();
        let after = ends.map(|operation| Call { operation, argument: 0 }).collect();
        Program { start: state.start, before: state.before.clone(), threads, after }
    }

    /// The operation with the argument whose turn it is after these calls. All operations take turns, so that
    /// what is put in is told apart, whoever has put it in.
    fn deal(&self, operation: usize, dealt: &[Call]) -> Call {
        let before = dealt.iter().filter(|call| self.has_arguments(call.operation)).count();
        Call { operation, argument: before % self.operations[operation].arguments.len() }
    }

    fn has_arguments(&self, operation: usize) -> bool {
        self.operations[operation].arguments.len() > 1
    }
}

#[cfg(test)]
mod tests;
