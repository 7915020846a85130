//! What a checker missed and what it invented, summed over many programs.

use std::collections::BTreeSet;
use std::time::Duration;

use crate::search::{Ending, Seen};

/// The sum for one checker.
#[derive(Debug, Default)]
pub(crate) struct Tally {
    pub compared: usize,
    /// Of these, programs whose search ended at a deadlock.
    pub deadlocks: usize,
    /// Programs that took too long: they count in no other column but the costs.
    pub unfinished: usize,
    /// Programs on which the checker itself failed.
    pub crashed: usize,
    /// What it said the first time.
    pub first_crash: Option<String>,
    pub missed: usize,
    pub invented: usize,
    pub executions: u64,
    pub elapsed: Duration,
}

impl Tally {
    /// Compares what was seen with the truth: the outcomes that must be seen, those that may be, and
    /// whether it is possible that the program never ends. Returns how many were missed and invented.
    ///
    /// A search ends at the first deadlock, so what it has not seen by then is not missed.
    pub(crate) fn add<O: Ord>(
        &mut self,
        seen: &Seen<O>,
        required: &BTreeSet<O>,
        possible: &BTreeSet<O>,
        may_be_stuck: bool,
    ) -> (usize, usize) {
        self.executions += seen.executions;
        self.elapsed += seen.elapsed;
        let stuck = match &seen.ending {
            Ending::Complete => false,
            Ending::Stuck => true,
            Ending::Unfinished => {
                self.unfinished += 1;
                return (0, 0);
            }
            Ending::Crashed(message) => {
                self.crashed += 1;
                self.first_crash.get_or_insert_with(|| message.clone());
                return (0, 0);
            }
        };
        let unseen = required.difference(&seen.outcomes).count();
        let missed = if stuck { 0 } else { unseen + usize::from(may_be_stuck) };
        let impossible = seen.outcomes.difference(possible).count();
        let invented = impossible + usize::from(stuck && !may_be_stuck);
        self.compared += 1;
        self.deadlocks += usize::from(stuck);
        self.missed += missed;
        self.invented += invented;
        (missed, invented)
    }

    pub(crate) fn merge(&mut self, other: &Self) {
        self.compared += other.compared;
        self.deadlocks += other.deadlocks;
        self.unfinished += other.unfinished;
        self.crashed += other.crashed;
        self.missed += other.missed;
        self.invented += other.invented;
        self.executions += other.executions;
        self.elapsed += other.elapsed;
    }

    /// The column titles of [`Tally::row`].
    pub(crate) fn header() -> String {
        format!(
            "{:<23} {:>8} {:>9} {:>10} {:>7} {:>6} {:>8} {:>10} {:>8}",
            "",
            "compared",
            "deadlocks",
            "unfinished",
            "crashed",
            "missed",
            "invented",
            "executions",
            "each s"
        )
    }

    /// One line of the table.
    pub(crate) fn row(&self, name: &str) -> String {
        let Self {
            compared,
            deadlocks,
            unfinished,
            crashed,
            missed,
            invented,
            executions,
            elapsed,
            ..
        } = self;
        let rate = *executions as f64 / elapsed.as_secs_f64().max(1e-9);
        let crash =
            self.first_crash.as_ref().map_or(String::new(), |it| format!("\n    crash: {it}"));
        format!(
            "{name:<23} {compared:>8} {deadlocks:>9} {unfinished:>10} {crashed:>7} {missed:>6} {invented:>8} \
             {executions:>10} {rate:>8.0}{crash}"
        )
    }
}
