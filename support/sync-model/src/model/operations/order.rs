//! Is there an order of the calls in which a sequential model gives the same answers?
//!
//! The search is Wing and Gong's ("Testing and verifying concurrent objects", JPDC 1993): of the calls that
//! no other one has to come before, each is tried as the next. What was tried once, the same calls with the
//! same model, is not tried again (Lowe, "Testing for linearizability", 2017).

use std::collections::HashSet;
use std::hash::Hash;

use super::history::History;
use super::operation::Operation;

/// How far a call has come in the order that is tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Stage {
    Ahead,
    /// Its first moment of two is past, and has noted this.
    Begun(usize),
    Done,
}

/// Whether some order explains all answers, and that the calls which have not returned still wait.
pub(super) fn explains<S, M>(operations: &[Operation<S, M>], history: &History, model: M) -> bool
where
    M: Clone + Eq + Hash,
{
    let stages = vec![Stage::Ahead; history.calls.len()];
    Orders { operations, history, seen: HashSet::new() }.explain(stages, model)
}

struct Orders<'a, S, M> {
    operations: &'a [Operation<S, M>],
    history: &'a History,
    seen: HashSet<(Vec<Stage>, M)>,
}

impl<S, M: Clone + Eq + Hash> Orders<'_, S, M> {
    fn explain(&mut self, stages: Vec<Stage>, model: M) -> bool {
        if !self.seen.insert((stages.clone(), model.clone())) {
            return false;
        }
        if self.is_the_end(&stages, &model) {
            return true;
        }
        (0..stages.len()).any(|number| {
            self.advance(&stages, &model, number).is_some_and(|(stage, model)| {
                let mut stages = stages.clone();
                stages[number] = stage;
                self.explain(stages, model)
            })
        })
    }

    /// Whether all calls that have returned are explained, and all others wait.
    fn is_the_end(&self, stages: &[Stage], model: &M) -> bool {
        self.history.calls.iter().zip(stages).enumerate().all(|(number, (called, stage))| {
            match (&called.answer, stage) {
                (Some(_), stage) => *stage == Stage::Done,
                (None, Stage::Done) => false,
                (None, _) => self.waits(stages, model, number),
            }
        })
    }

    /// Whether the call cannot go on.
    fn waits(&self, stages: &[Stage], model: &M, number: usize) -> bool {
        let called = &self.history.calls[number];
        let operation = &self.operations[called.call.operation];
        let (mut model, argument) = (model.clone(), called.call.argument);
        match (stages[number], &operation.begin) {
            (Stage::Ahead, Some(begin)) => begin(&mut model, argument).is_none(),
            (Stage::Ahead, None) => (operation.end)(&mut model, argument, 0).is_none(),
            (Stage::Begun(noted), _) => (operation.end)(&mut model, argument, noted).is_none(),
            (Stage::Done, _) => false,
        }
    }

    /// The call's next moment, if this can come now.
    fn advance(&self, stages: &[Stage], model: &M, number: usize) -> Option<(Stage, M)> {
        let called = &self.history.calls[number];
        let done = |other: usize| stages[other] == Stage::Done;
        if !(0..stages.len()).all(|other| called.after & 1 << other == 0 || done(other)) {
            return None;
        }
        let operation = &self.operations[called.call.operation];
        let (mut model, argument) = (model.clone(), called.call.argument);
        let noted = match (stages[number], &operation.begin) {
            (Stage::Done, _) => return None,
            (Stage::Ahead, Some(begin)) => {
                let noted = begin(&mut model, argument)?;
                return Some((Stage::Begun(noted), model));
            }
            (Stage::Ahead, None) => 0,
            (Stage::Begun(noted), _) => noted,
        };
        let right = (operation.end)(&mut model, argument, noted)?;
        // A call that would return here, and has not, does not wait: this order is none.
        let answer = called.answer.as_ref()?;
        answer.equals(&*right).then_some((Stage::Done, model))
    }
}

#[cfg(test)]
mod tests;
