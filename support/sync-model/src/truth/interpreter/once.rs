//! Steps of what is done once.

use super::super::program::OnceOp;
use super::state::{At, Progress, State, with};

/// Stages of who does it: the work, and the end of it. Before that, the thread has not come first.
const WORK: u8 = 1;
const END: u8 = 2;

pub(super) fn step(at: &At<'_>, op: OnceOp) -> Vec<State> {
    match op {
        OnceOp::Call(once, x) => call(at, once, x),
        OnceOp::IsCompleted(once) => {
            vec![at.note(u8::from(matches!(at.state.onces[once], Progress::Done(_))))]
        }
        OnceOp::Get(cell) => match at.state.cells[cell] {
            Progress::Done(value) => vec![at.note(value)],
            _ => vec![at.note(0)],
        },
        OnceOp::Set(cell, value) => match (at.place().stage, at.state.cells[cell]) {
            (0, Progress::Done(_)) => vec![at.note(0)],
            (0, Progress::New) => with(at.stage(WORK), |next| next.cells[cell] = Progress::Running),
            (0, _) => Vec::new(),
            _ => with(at.note(1), |next| next.cells[cell] = Progress::Done(value)),
        },
        OnceOp::GetOrInit(cell, x) => match (at.place().stage, at.state.cells[cell]) {
            (0, Progress::Done(value)) => vec![at.note(value)],
            (0, Progress::New) => with(at.stage(WORK), |next| next.cells[cell] = Progress::Running),
            (WORK, _) => with(at.stage(END), |next| {
                next.cells[cell] = Progress::Made(10 + next.variables[x]);
                next.variables[x] = next.variables[x].wrapping_add(1);
            }),
            (END, Progress::Made(value)) => {
                with(at.note(value), |next| next.cells[cell] = Progress::Done(value))
            }
            _ => Vec::new(),
        },
    }
}

fn call(at: &At<'_>, once: usize, x: usize) -> Vec<State> {
    match (at.place().stage, at.state.onces[once]) {
        (0, Progress::Done(_)) => vec![at.pass()],
        (0, Progress::New) => with(at.stage(WORK), |next| next.onces[once] = Progress::Running),
        (0, _) => Vec::new(),
        (WORK, _) => with(at.stage(END), |next| {
            next.threads[at.thread].registers.push(next.variables[x]);
            next.variables[x] = next.variables[x].wrapping_add(1);
        }),
        _ => with(at.pass(), |next| next.onces[once] = Progress::Done(0)),
    }
}
