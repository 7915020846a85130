//! A concurrent program as data.

use crate::expr::Expr;

/// Index of a variable in [`Program::variables`].
pub type Slot = usize;

/// A few threads, a few variables, and what must hold at the end.
#[derive(Debug, Clone, Default)]
pub struct Program {
    /// All variables, in the order in which the source names them.
    pub variables: Vec<Variable>,
    /// The threads, in source order.
    pub threads: Vec<Thread>,
    /// What must hold when every thread is done.
    pub check: Option<Check>,
}

/// A name and what it holds at first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Variable {
    /// Its name.
    pub name: String,
    /// Its first value; `None`: it must be assigned before it is read.
    pub first: Option<i64>,
    /// Whether it is a lock: 0 when free, else the number (from 1) of the thread that holds it.
    pub lock: bool,
}

/// A thread of the program.
#[derive(Debug, Clone, Default)]
pub struct Thread {
    /// Its name.
    pub name: String,
    /// What it does, in order.
    pub steps: Vec<Step>,
    /// Labels and comments below its last step.
    pub end_captions: Vec<String>,
}

/// The condition of a `check` line.
#[derive(Debug, Clone)]
pub struct Check {
    /// As it stands in the source.
    pub text: String,
    /// What must not be 0.
    pub holds: Expr,
}

/// One step: nothing of another thread happens in its midst.
#[derive(Debug, Clone)]
pub struct Step {
    /// Labels and comments on the lines above it, as they stand in the source.
    pub captions: Vec<String>,
    /// As it stands in the source.
    pub text: String,
    /// What it does.
    pub action: Action,
}

/// What a step does.
#[derive(Debug, Clone, PartialEq)]
pub enum Action {
    /// `x = e`
    Assign(Slot, Expr),
    /// `acquire m`: blocks until the lock is free. A thread that holds it blocks itself.
    Acquire(Slot),
    /// `release m`: violates if this thread does not hold it.
    Release(Slot),
    /// `wait e`: blocks until `e` holds.
    Wait(Expr),
    /// `assert e`: violates if `e` does not hold.
    Assert(Expr),
    /// `if e goto l`
    JumpIf(Expr, usize),
    /// `goto l`
    Jump(usize),
}
