//! Steps of threads that start, end, and meet.

use super::super::program::{Op, ThreadOp};
use super::state::{At, Life, State, with};

pub(super) fn step(at: &At<'_>, op: ThreadOp) -> Vec<State> {
    let is_done = |child: usize| at.state.threads[child].life == Life::Done;
    match op {
        ThreadOp::Spawn(child) => with(at.pass(), |next| next.threads[child].life = Life::Starting),
        ThreadOp::Join(child) if is_done(child) => vec![at.pass()],
        ThreadOp::Join(_) => Vec::new(),
        ThreadOp::IsFinished(child) => vec![at.note(u8::from(is_done(child)))],
    }
}

/// A thread ends when those that it started have ended.
pub(super) fn end(at: &At<'_>) -> Vec<State> {
    let goes_on = |(child, place): (usize, &super::state::Place)| {
        at.program.parent(child) == Some(at.thread) && place.life != Life::Done
    };
    let waits = at.state.threads.iter().enumerate().any(goes_on);
    if waits { Vec::new() } else { vec![at.live(Life::Done)] }
}

/// Stages of who is not the last one to come to the barrier: waiting, and free to go.
const WAITS: u8 = 1;
const LEAVES: u8 = 2;

pub(super) fn meet(at: &At<'_>) -> Vec<State> {
    match at.place().stage {
        0 => {
            let waiting = at.threads_at(Op::Meet, WAITS);
            if waiting.len() + 1 < at.program.parties {
                return vec![at.stage(WAITS)];
            }
            with(at.note(1), |next| {
                waiting.into_iter().for_each(|thread| next.threads[thread].stage = LEAVES);
            })
        }
        LEAVES => vec![at.note(0)],
        _ => Vec::new(),
    }
}
