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

impl<'a, S, M: Clone + Eq + Hash> Generator<'a, S, M> {
    pub(super) fn new(of: &'a Operations<S, M>) -> Self {
        Self { starts: &of.starts, operations: &of.operations, count: of.count }
    }

    /// Every two operations at the same time, in every state of the model that one call can make.
    pub(super) fn pairs(&self) -> Vec<Program> {
        let mut pairs = Vec::new();
        for (start, before) in self.states(1) {
            for one in 0..self.count {
                for other in one..self.count {
                    let pair = self.program(start, &before, &[vec![one], vec![other]]);
                    let mut same = pair.clone();
                    if one == other && same.threads[0] != same.threads[1] {
                        same.threads[1] = same.threads[0].clone();
                        pairs.push(same);
                    }
                    pairs.push(pair);
                }
            }
        }
        pairs
    }

    /// Every two operations one after the other, while another thread makes a call.
    pub(super) fn two_against_one(&self, random: &mut Random) -> Vec<Program> {
        let states = self.states(2);
        let mut programs = Vec::new();
        for one in 0..self.count {
            for other in 0..self.count {
                let (start, before) = &states[random.below(states.len())];
                let threads = [vec![one, other], vec![random.below(self.count)]];
                programs.push(self.program(*start, before, &threads));
            }
        }
        programs
    }

    /// Two or three threads with one to three calls each.
    pub(super) fn random(&self, random: &mut Random) -> Program {
        let states = self.states(2);
        let (start, before) = &states[random.below(states.len())];
        let count = 2 + random.below(2);
        let mut left = MOST_CALLS - count;
        let threads: Vec<Vec<usize>> = (0..count)
            .map(|_| {
                let more = random.below(left.min(2) + 1);
                left -= more;
                (0..=more).map(|_| random.below(self.count)).collect()
            })
            .collect();
        let mut program = self.program(*start, before, &threads);
        for call in program.threads.iter_mut().flatten() {
            let arguments = self.operations[call.operation].arguments.len();
            if random.once_in(2) {
                call.argument = random.below(arguments);
            }
        }
        program
    }

    /// Starts, and calls after which the model is in a state that no fewer calls lead to.
    fn states(&self, most_calls: usize) -> Vec<(usize, Vec<Call>)> {
        let all = self.starts.iter().enumerate();
        all.flat_map(|(start, of)| {
            let before = self.reachable((of.model)(), most_calls);
            before.into_iter().map(move |before| (start, before))
        })
        .collect()
    }

    fn reachable(&self, model: M, most_calls: usize) -> Vec<Vec<Call>> {
        let mut seen = HashSet::from([model.clone()]);
        let mut found = vec![(Vec::new(), model)];
        let mut next = 0;
        while let Some((before, model)) = found.get(next).cloned() {
            next += 1;
            if before.len() == most_calls {
                break;
            }
            for operation in 0..self.count {
                let call = self.deal(operation, &before);
                let mut model = model.clone();
                let goes = self.operations[operation].at_once(&mut model, call.argument);
                if goes.is_some() && seen.insert(model.clone()) {
                    found.push(([&*before, &[call]].concat(), model));
                }
            }
        }
        found.into_iter().map(|(before, _)| before).collect()
    }

    /// A program with these operations. Their arguments are dealt in turn, so that what is put in twice
    /// is told apart.
    fn program(&self, start: usize, before: &[Call], threads: &[Vec<usize>]) -> Program {
        let mut dealt = before.to_vec();
        let mut deal = |operation: &usize| {
            let call = self.deal(*operation, &dealt);
            dealt.push(call);
            call
        };
        let threads = threads.iter().map(|calls| calls.iter().map(&mut deal).collect()).collect();
        let ends = self.count..self.operations.len();
        let after = ends.map(|operation| Call { operation, argument: 0 }).collect();
        Program { start, before: before.to_vec(), threads, after }
    }

    /// The operation with the argument that follows those in these calls.
    fn deal(&self, operation: usize, dealt: &[Call]) -> Call {
        let before = dealt.iter().filter(|call| call.operation == operation).count();
        Call { operation, argument: before % self.operations[operation].arguments.len() }
    }
}
