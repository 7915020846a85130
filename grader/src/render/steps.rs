//! What is told of each step of a schedule, whoever tells it.

use evidence::Interleaving;
use evidence::interleaving::{Condition, Deed, State, Step};

use crate::wording::{plain, steps as says};

/// A schedule, and how things stand before and after each of its rows.
pub struct Steps<'a> {
    /// The schedule.
    pub table: &'a Interleaving,
    /// See [`Interleaving::states`].
    pub states: Vec<State>,
}

impl<'a> Steps<'a> {
    /// The steps of this schedule.
    pub fn of(table: &'a Interleaving) -> Self {
        Self { table, states: table.states() }
    }

    /// The number of a row, as the table shows it; of one that is no step, that of the step before.
    pub fn number(&self, row: usize) -> usize {
        self.table.numbers().take(row + 1).flatten().last().unwrap_or(self.table.omitted)
    }

    /// Why the thread of the row before does not go on, if there is a reason to tell: it is interrupted,
    /// or it has to wait.
    pub fn switch(&self, row: usize) -> Option<String> {
        let step = self.table.rows[row].step;
        if step == Step::Stuck || !step.is_one() {
            return None;
        }
        let (lane, state) = self.table.switch(&self.states, row)?;
        // That it waits for others at a barrier, its row has said.
        let last = self.table.rows[row - 1].act.as_ref();
        let says_it = last.is_some_and(|act| act.deed == Deed::Arrives);
        match &state.threads.get(lane)?.condition {
            Condition::Ready { next: Some(next) } => Some(says::stopped(self.table, lane, next)),
            Condition::Waits { .. } if !says_it => Some(says::waits(self.table, &state, lane)),
            _ => None,
        }
    }

    /// What the row says.
    pub fn told(&self, row: usize) -> String {
        let table = self.table;
        let told = &table.rows[row];
        match (told.step, self.states.get(row + 1)) {
            (Step::Stuck, Some(state)) => says::stuck(table, state, told) + ".",
            (Step::Stuck, None) => says::told(table, told) + plain::STUCK,
            (Step::Broken, _) => says::told(table, told) + plain::BROKEN,
            (Step::Done, _) => says::told(table, told) + ".",
            (Step::Printed | Step::Departed, _) => {
                plain::aside(table.lanes.get(told.lane).map_or("", |lane| &lane.name), told)
            }
        }
    }
}
