//! A generated scenario: which thread makes which calls.

use super::operation::Call;

/// The calls of a scenario. What it starts from is one of the author's starts.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub(super) struct Program {
    /// The start, by its number.
    pub start: usize,
    /// What the scenario's own thread does before the others start.
    pub before: Vec<Call>,
    /// What the others do, at the same time.
    pub threads: Vec<Vec<Call>>,
    /// What the scenario's own thread does when they are done.
    pub after: Vec<Call>,
}

impl Program {
    /// The same with less: without a thread, without a call, with an earlier argument. The greatest steps
    /// come first.
    pub(super) fn smaller(&self) -> Vec<Program> {
        let mut smaller = Vec::new();
        for thread in 0..self.threads.len() {
            let mut program = self.clone();
            program.threads.remove(thread);
            smaller.push(program);
        }
        let calls = |program: &Program| program.lists().map(Vec::len).collect::<Vec<_>>();
        let places: Vec<(usize, usize)> = calls(self)
            .into_iter()
            .enumerate()
            .flat_map(|(list, len)| (0..len).map(move |at| (list, at)))
            .collect();
        for &(list, at) in &places {
            let mut program = self.clone();
            program.lists_mut().nth(list).expect("it was counted").remove(at);
            program.threads.retain(|calls| !calls.is_empty());
            smaller.push(program);
        }
        for &(list, at) in &places {
            let mut program = self.clone();
            let call = &mut program.lists_mut().nth(list).expect("it was counted")[at];
            if call.argument > 0 {
                call.argument -= 1;
                smaller.push(program);
            }
        }
        smaller
    }

    fn lists(&self) -> impl Iterator<Item = &Vec<Call>> {
        std::iter::once(&self.before).chain(&self.threads).chain([&self.after])
    }

    fn lists_mut(&mut self) -> impl Iterator<Item = &mut Vec<Call>> {
        std::iter::once(&mut self.before).chain(&mut self.threads).chain([&mut self.after])
    }
}

#[cfg(test)]
mod tests;
