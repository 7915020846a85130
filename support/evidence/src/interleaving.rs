//! A schedule as a table: one lane per thread, one row per step.

use serde::{Deserialize, Serialize};

pub mod render;
pub mod state;

pub use state::{
    Act, Change, Condition, Deed, Object, ObjectState, Sort, Spot, State, ThreadState,
};

/// The schedule that breaks the code, ready to be drawn.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Interleaving {
    /// One lane per thread that appears in a row, by role.
    pub lanes: Vec<Lane>,
    /// The steps, in the order in which they happened.
    pub rows: Vec<Row>,
    /// The file that most rows are from: rows from it are shown by line number alone.
    pub file: String,
    /// Rows before the first one that are left out.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub omitted: usize,
    /// What replays it: a [`Schedule`](crate::Schedule) as text. Empty where that makes no sense, as for
    /// two runs that differ although the choices are the same.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub schedule: String,
    /// What the threads share, as far as the rows tell of it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub objects: Vec<Object>,
    /// How things stand before the first row; see [`Interleaving::states`].
    #[serde(default, skip_serializing_if = "State::is_empty")]
    pub start: State,
}

impl Interleaving {
    /// How things stand before the first row, after it, after the second, …: one more than there are
    /// rows. Empty if that was not recorded.
    pub fn states(&self) -> Vec<State> {
        if self.start.is_empty() {
            return Vec::new();
        }
        let mut states = vec![self.start.clone()];
        for row in &self.rows {
            let mut state = states[states.len() - 1].clone();
            state.apply(&row.meanwhile);
            state.apply(&row.changes);
            states.push(state);
        }
        states
    }

    /// The lane from which the row with this index takes over, and how things stand at that moment.
    /// `None`: the same thread goes on, or it is the first row, or that was not recorded.
    ///
    /// # Panics
    /// If there is no such row.
    pub fn switch(&self, states: &[State], row: usize) -> Option<(usize, State)> {
        let (before, after) = (&self.rows[row.checked_sub(1)?], &self.rows[row]);
        let mut state = states.get(row)?.clone();
        state.apply(&after.meanwhile);
        (before.lane != after.lane).then_some((before.lane, state))
    }

    /// How it is said that rows are left out, if any are.
    pub fn omission(&self) -> Option<String> {
        match self.omitted {
            0 => None,
            1 => Some("one row before this is left out".to_owned()),
            rows => Some(format!("{rows} rows before this are left out")),
        }
    }

    /// The table alone: without how things stand between the rows, and without what replays it.
    #[must_use]
    pub fn as_table(&self) -> Self {
        let bare = |row: &Row| Row {
            act: None,
            meanwhile: Vec::new(),
            changes: Vec::new(),
            ..row.clone()
        };
        let rows = self.rows.iter().map(bare).collect();
        let (lanes, file) = (self.lanes.clone(), self.file.clone());
        Self { lanes, rows, file, omitted: self.omitted, ..Self::default() }
    }

    /// The number of each row: steps are counted, what is shown beside them has none.
    pub fn numbers(&self) -> impl Iterator<Item = Option<usize>> + '_ {
        self.rows.iter().scan(self.omitted, |steps, row| {
            let counts = row.step.is_one();
            *steps += usize::from(counts);
            Some(counts.then_some(*steps))
        })
    }
}

/// A thread.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lane {
    /// The thread's role: its name where the check names it, else `main`, `T1`, `T2`, ….
    pub name: String,
}

/// One step of one thread.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// Index into [`Interleaving::lanes`].
    pub lane: usize,
    /// Path as the compiler saw it; the grader turns it into the learner's own.
    pub file: String,
    /// Line, from 1.
    pub line: u32,
    /// The operation as it stands in the source: `self.count.load(SeqCst)`.
    pub text: String,
    /// The value that it read: `→ 0`, or wrote: `⇒ 1`. Empty if neither.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub value: String,
    /// What a reader should notice: "nobody is waiting". Empty if nothing.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
    /// What kind of row it is.
    pub step: Step,
    /// Whether the check did it, not the code that is checked.
    #[serde(default, skip_serializing_if = "is_false")]
    pub scenario: bool,
    /// What it did, for those who tell it in words. `None`: only the text says it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub act: Option<Act>,
    /// What has changed since the row before without a row of its own.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub meanwhile: Vec<Change>,
    /// What this row changes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub changes: Vec<Change>,
    /// How often this row and the `folds - 1` before it repeat; 1: once.
    #[serde(default = "once", skip_serializing_if = "is_once")]
    pub times: u32,
    /// How many rows up to this one repeat together; 0: none.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub folds: u32,
}

/// How a row is to be drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Step {
    /// The thread did it.
    Done,
    /// The thread is stuck here for ever.
    Stuck,
    /// The access that races, or the assertion that fails.
    Broken,
    /// The thread printed this: no step of its own.
    Printed,
    /// From here on the code takes other steps than the schedule that is replayed.
    Departed,
}

impl Step {
    /// Whether it is a step of a thread, and not only shown beside them.
    pub fn is_one(self) -> bool {
        !matches!(self, Step::Printed | Step::Departed)
    }
}

fn once() -> u32 {
    1
}

fn is_once(times: &u32) -> bool {
    *times == 1
}

fn is_zero<N: Default + PartialEq>(count: &N) -> bool {
    *count == N::default()
}

fn is_false(flag: &bool) -> bool {
    !flag
}

impl Row {
    /// Where the row is from, as it is shown: `:12`, or with a word when it is from another file
    /// than most: `check:12`, `queue.rs:12`.
    ///
    /// Empty if it is no step: where a thread prints is not known.
    pub fn place(&self, table: &Interleaving) -> String {
        let line = self.line;
        if !self.step.is_one() {
            String::new()
        } else if self.scenario {
            format!("check:{line}")
        } else if self.file == table.file {
            format!(":{line}")
        } else {
            let name = self.file.rsplit('/').next().unwrap_or_default();
            format!("{name}:{line}")
        }
    }

    /// How the repetition that ends with this row is said, if there is one.
    pub fn repetition(&self) -> Option<String> {
        match (self.folds, self.times) {
            (0, _) | (_, 0 | 1) => None,
            (1, times) => Some(format!("the row above repeats {times} times")),
            (rows, times) => Some(format!("the {rows} rows above repeat {times} times")),
        }
    }
}
