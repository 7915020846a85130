//! All outcomes of a program, by brute force: every state it can reach is visited.
//!
//! - `state`: what a state is, and what a step may do to it;
//! - `atomics`, `locks`, `sleep`, `once`, `channel`, `threads`: the steps, by groups of primitives.

use std::collections::{BTreeMap, HashMap};

use super::program::{End, Op, Outcome, Program};
use state::{At, Life, State};

mod atomics;
mod channel;
mod locks;
mod once;
mod sleep;
mod state;
mod threads;

/// What the standard library leaves open, and the checker may try or not.
#[derive(Debug, Clone, Copy)]
pub(super) struct Semantics {
    /// A reader may have to queue behind a writer that waits for other readers.
    pub writers_first: bool,
    /// `compare_exchange_weak` may fail without reason, once for each thread.
    pub weak_exchanges_fail: bool,
    /// `park` may return without reason, where condition variables may wake without reason.
    pub spurious_parks: bool,
    /// On a channel that hands items over, a receiver comes and receives in two steps: between what
    /// it did before and its coming, `try_send` finds nobody. Else what it did before brings it there.
    pub receivers_come_in_a_step: bool,
}

/// Every outcome, and the fewest preemptions with which it can be had.
pub(super) fn outcomes(program: &Program, semantics: Semantics) -> BTreeMap<Outcome, usize> {
    let start = State::new(program);
    // The state, and who ran last: that decides what a switch costs.
    let mut best: HashMap<(State, usize), usize> = HashMap::from([((start.clone(), 0), 0)]);
    let mut work = vec![(start, 0)];
    let mut found: BTreeMap<Outcome, usize> = BTreeMap::new();
    while let Some((state, last)) = work.pop() {
        let cost = best[&(state.clone(), last)];
        let next = |thread| successors(&At { program, semantics, state: &state, thread });
        let all: Vec<Vec<State>> = (0..program.threads.len()).map(next).collect();
        let last_can_go_on = !all[last].is_empty();
        let mut stuck = true;
        for (thread, successors) in all.into_iter().enumerate() {
            stuck &= successors.is_empty();
            let at = At { program, semantics, state: &state, thread };
            for next in successors.into_iter().chain(sleep::wake_without_reason(&at)) {
                let cost = cost + usize::from(thread != last && last_can_go_on);
                let known = best.get(&(next.clone(), thread));
                if known.is_none_or(|&known| cost < known) {
                    best.insert((next.clone(), thread), cost);
                    work.push((next, thread));
                }
            }
        }
        if stuck {
            let fewest = found.entry(outcome(state)).or_insert(cost);
            *fewest = (*fewest).min(cost);
        }
    }
    found
}

fn outcome(state: State) -> Outcome {
    let done = state.threads.iter().all(|thread| thread.life == Life::Done);
    Outcome {
        registers: state.threads.into_iter().map(|thread| thread.registers).collect(),
        variables: state.variables,
        end: if done { End::Finished } else { End::Stuck },
    }
}

/// The states after the next step of a thread; none if it cannot make one. A look that changes
/// nothing and leads nowhere is none: whoever can only look for ever is stuck.
fn successors(at: &At<'_>) -> Vec<State> {
    match at.place().life {
        Life::Unborn | Life::Done => return Vec::new(),
        Life::Starting => return vec![at.live(Life::Running)],
        Life::Running => {}
    }
    match at.op(at.thread) {
        None => threads::end(at),
        Some(Op::Atomic(op)) => atomics::step(at, op),
        Some(Op::Loop(op)) => atomics::look(at, op),
        Some(Op::Mutex(op)) => locks::mutex(at, op),
        Some(Op::RwLock(op)) => locks::rwlock(at, op),
        Some(Op::Sleep(op)) => sleep::step(at, op),
        Some(Op::Once(op)) => once::step(at, op),
        Some(Op::Meet) => threads::meet(at),
        Some(Op::Channel(op)) => channel::step(at, op),
        Some(Op::Thread(op)) => threads::step(at, op),
    }
}
