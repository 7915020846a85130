//! The walk: every state that some schedule reaches, breadth first.

use std::collections::HashMap;
use std::fmt;

use crate::expr::{Expr, Unassigned};
use crate::program::{Action, Program};

/// States that a program may have: the graph travels in the page, and a reader must be able to
/// survey it.
pub const MOST_STATES: usize = 4_000;

/// Where the program stands.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct State {
    /// The value of each variable; `None`: not assigned yet.
    pub values: Vec<Option<i64>>,
    /// The next step of each thread.
    pub next_step: Vec<usize>,
    /// The thread whose last step violated: nothing happens after that.
    pub violated: Option<usize>,
}

/// How a schedule ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum End {
    /// Every thread is done, and the check holds.
    Ok,
    /// Some threads are not done, and none can move.
    Deadlock,
    /// The check does not hold at the end, an assertion does not hold, or a thread releases a lock
    /// that it does not hold.
    Violates,
}

impl End {
    /// As pages write it.
    pub fn name(self) -> &'static str {
        match self {
            End::Ok => "ok",
            End::Deadlock => "deadlock",
            End::Violates => "violates",
        }
    }
}

impl fmt::Display for End {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// All states and steps of a program.
#[derive(Debug)]
pub struct Graph {
    /// The states, the first one first, nearer ones before farther ones.
    pub states: Vec<State>,
    /// `next[s][t]`: the state after a step of thread `t`; `None`: it is done, or cannot move.
    pub next: Vec<Vec<Option<usize>>>,
    /// The end that each state is, if it is one.
    pub ends: Vec<Option<End>>,
    /// A nearest state before each one, and the thread that moved; `None` for the first.
    pub(crate) before: Vec<Option<(usize, usize)>>,
}

/// A program whose states cannot be walked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unwalkable {
    /// It has more than [`MOST_STATES`].
    TooMany,
    /// Some schedule reads this variable before anything is assigned to it.
    Unassigned(String),
}

impl fmt::Display for Unwalkable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Unwalkable::TooMany => write!(
                f,
                "the program has more than {MOST_STATES} states: use fewer threads, steps or values"
            ),
            Unwalkable::Unassigned(name) => write!(
                f,
                "some schedule reads `{name}` before it is set: give it a value by `init {name} = 0`"
            ),
        }
    }
}

impl std::error::Error for Unwalkable {}

/// Walks all states of `program`.
///
/// # Errors
/// If there are too many, or if a variable is read before it has a value.
pub fn explore(program: &Program) -> Result<Graph, Unwalkable> {
    walk(program).map_err(|stop| match stop {
        Stop::TooMany => Unwalkable::TooMany,
        Stop::Read(Unassigned(slot)) => {
            Unwalkable::Unassigned(program.variables[slot].name.clone())
        }
    })
}

enum Stop {
    TooMany,
    Read(Unassigned),
}

impl From<Unassigned> for Stop {
    fn from(read: Unassigned) -> Self {
        Stop::Read(read)
    }
}

fn walk(program: &Program) -> Result<Graph, Stop> {
    let first = State {
        values: program.variables.iter().map(|variable| variable.first).collect(),
        next_step: vec![0; program.threads.len()],
        violated: None,
    };
    let mut ids = HashMap::from([(first.clone(), 0)]);
    let mut graph =
        Graph { states: vec![first], next: Vec::new(), ends: Vec::new(), before: vec![None] };
    // `states` is the queue as well: those before `next.len()` are done.
    while let Some(state) = graph.states.get(graph.next.len()).cloned() {
        let from = graph.next.len();
        let mut row = vec![None; program.threads.len()];
        for (thread, slot) in row.iter_mut().enumerate() {
            let Some(to) = step(program, &state, thread)? else { continue };
            let id = *ids.entry(to).or_insert_with_key(|to| {
                graph.states.push(to.clone());
                graph.before.push(Some((from, thread)));
                graph.states.len() - 1
            });
            *slot = Some(id);
        }
        if graph.states.len() > MOST_STATES {
            return Err(Stop::TooMany);
        }
        graph.ends.push(end(program, &state, &row)?);
        graph.next.push(row);
    }
    Ok(graph)
}

fn end(program: &Program, state: &State, row: &[Option<usize>]) -> Result<Option<End>, Unassigned> {
    if state.violated.is_some() {
        return Ok(Some(End::Violates));
    }
    let mut threads = state.next_step.iter().zip(&program.threads);
    if threads.all(|(at, thread)| *at == thread.steps.len()) {
        let holds = match &program.check {
            Some(check) => is_true(&check.holds, state)?,
            None => true,
        };
        return Ok(Some(if holds { End::Ok } else { End::Violates }));
    }
    Ok(row.iter().all(Option::is_none).then_some(End::Deadlock))
}

/// The state after the next step of `thread`; `None` if it is done or blocked.
fn step(program: &Program, state: &State, thread: usize) -> Result<Option<State>, Unassigned> {
    let at = state.next_step[thread];
    let next = program.threads[thread].steps.get(at);
    let Some(step) = next.filter(|_| state.violated.is_none()) else { return Ok(None) };
    let mut to = state.clone();
    to.next_step[thread] = at + 1;
    // Locks hold the number of their owner; 0 is "free", so threads count from 1.
    let me = Some(thread as i64 + 1);
    match &step.action {
        Action::Assign(slot, value) => to.values[*slot] = Some(value.eval(&state.values)?),
        Action::Acquire(lock) if state.values[*lock] == Some(0) => to.values[*lock] = me,
        Action::Release(lock) if state.values[*lock] == me => to.values[*lock] = Some(0),
        Action::Wait(condition) | Action::Assert(condition) if is_true(condition, state)? => {}
        Action::Acquire(_) | Action::Wait(_) => return Ok(None),
        Action::Release(_) | Action::Assert(_) => to.violated = Some(thread),
        Action::JumpIf(condition, target) => {
            if is_true(condition, state)? {
                to.next_step[thread] = *target;
            }
        }
        Action::Jump(target) => to.next_step[thread] = *target,
    }
    Ok(Some(to))
}

fn is_true(condition: &Expr, state: &State) -> Result<bool, Unassigned> {
    Ok(condition.eval(&state.values)? != 0)
}
