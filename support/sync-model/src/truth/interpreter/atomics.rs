//! Steps on variables.

use super::super::program::{AtomicOp, LoopOp, WENT_WELL};
use super::state::{At, State, with};

pub(super) fn step(at: &At<'_>, op: AtomicOp) -> Vec<State> {
    let old = |x: usize| at.state.variables[x];
    let replaced = |x: usize, new: u8| with(at.note(old(x)), |next| next.variables[x] = new);
    match op {
        AtomicOp::Load(x) => vec![at.note(old(x))],
        AtomicOp::Store(x, value) => with(at.pass(), |next| next.variables[x] = value),
        AtomicOp::Add(x) => replaced(x, old(x).wrapping_add(1)),
        AtomicOp::Swap(x, value) => replaced(x, value),
        AtomicOp::Or(x, value) => replaced(x, old(x) | value),
        AtomicOp::Exchange(x, expected, _) | AtomicOp::ExchangeWeak(x, expected, _)
            if old(x) != expected =>
        {
            vec![at.note(old(x))]
        }
        AtomicOp::Exchange(x, expected, new) | AtomicOp::ExchangeWeak(x, expected, new) => {
            let mut all = with(at.note(expected + WENT_WELL), |next| next.variables[x] = new);
            let is_weak = matches!(op, AtomicOp::ExchangeWeak(..));
            if is_weak && at.semantics.weak_exchanges_fail && !at.place().failed {
                all.extend(with(at.note(expected), |next| next.threads[at.thread].failed = true));
            }
            all
        }
    }
}

/// Looking again and again.
pub(super) fn look(at: &At<'_>, op: LoopOp) -> Vec<State> {
    let round = at.place().stage;
    match op {
        LoopOp::Until(x, value, _) if at.state.variables[x] == value => vec![at.pass()],
        LoopOp::SpinLock(x) if at.state.variables[x] == 0 => {
            with(at.pass(), |next| next.variables[x] = 1)
        }
        LoopOp::Until(..) | LoopOp::SpinLock(_) => Vec::new(),
        LoopOp::Update(x) => update(at, x),
        LoopOp::Loads(x, times) => {
            let mut next = if round + 1 == times { at.pass() } else { at.stage(round + 1) };
            let registers = &mut next.threads[at.thread].registers;
            if round == 0 {
                registers.push(0);
            }
            let sum = registers.last_mut().expect("it is there from the first round on");
            *sum = sum.wrapping_add(at.state.variables[x]);
            vec![next]
        }
        LoopOp::Adds(x, times) => {
            let next = if round + 1 == times { at.pass() } else { at.stage(round + 1) };
            with(next, |next| next.variables[x] = next.variables[x].wrapping_add(1))
        }
    }
}

/// A look, then an exchange that goes well if nothing has changed; else another one. The stage tells
/// the value that was seen.
fn update(at: &At<'_>, x: usize) -> Vec<State> {
    let now = at.state.variables[x];
    let Some(seen) = at.place().stage.checked_sub(1) else { return vec![at.stage(now + 1)] };
    if seen != now {
        return vec![at.stage(now + 1)];
    }
    let new = seen.wrapping_mul(2).wrapping_add(1);
    let mut all = with(at.note(seen), |next| next.variables[x] = new);
    if at.semantics.weak_exchanges_fail && !at.place().failed {
        all.extend(with(at.state.clone(), |next| next.threads[at.thread].failed = true));
    }
    all
}
