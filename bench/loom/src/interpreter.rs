//! All outcomes of a program, by brute force: every state it can reach is visited.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::program::{LOCKS, Op, Outcome, Program, VARIABLES};

/// A state of a program.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
struct State {
    counters: Vec<usize>,
    registers: Vec<Vec<u8>>,
    variables: [u8; VARIABLES],
    holders: [Option<usize>; LOCKS],
    /// Who waits for the condition variable and was not notified.
    asleep: BTreeSet<usize>,
    /// Who was woken and lacks the lock.
    relocking: BTreeSet<usize>,
    /// Who timed out and lacks the lock.
    late: BTreeSet<usize>,
    tokens: BTreeSet<usize>,
}

/// Every outcome, and the fewest preemptions with which it can be had.
pub(super) fn outcomes(program: &Program) -> BTreeMap<Outcome, usize> {
    let threads = program.len();
    let start = State {
        counters: vec![0; threads],
        registers: vec![Vec::new(); threads],
        ..State::default()
    };
    // The state, and who ran last: that decides what a switch costs.
    let mut best: HashMap<(State, usize), usize> = HashMap::from([((start.clone(), 0), 0)]);
    let mut work = vec![(start, 0)];
    let mut found: BTreeMap<Outcome, usize> = BTreeMap::new();
    while let Some((state, last)) = work.pop() {
        let cost = best[&(state.clone(), last)];
        let mut stuck = true;
        let last_can_go_on = !successors(program, &state, last).is_empty();
        for thread in 0..threads {
            for next in successors(program, &state, thread) {
                stuck = false;
                let cost = cost + usize::from(thread != last && last_can_go_on);
                let known = best.get(&(next.clone(), thread));
                if known.is_none_or(|&known| cost < known) {
                    best.insert((next.clone(), thread), cost);
                    work.push((next, thread));
                }
            }
        }
        if stuck {
            let done = (0..threads).all(|thread| state.counters[thread] == program[thread].len());
            let State { registers, variables, .. } = state;
            let outcome = Outcome { registers, variables, stuck: !done };
            let fewest = found.entry(outcome).or_insert(cost);
            *fewest = (*fewest).min(cost);
        }
    }
    found
}

/// The states after the next step of `thread`; none if it cannot make one.
fn successors(program: &Program, state: &State, thread: usize) -> Vec<State> {
    let Some(&op) = program[thread].get(state.counters[thread]) else { return Vec::new() };
    let mut next = state.clone();
    next.counters[thread] += 1;
    let free = |lock: usize| state.holders[lock].is_none();
    match op {
        Op::Load(x) => next.registers[thread].push(state.variables[x]),
        Op::Store(x, value) => next.variables[x] = value,
        Op::Add(x) => {
            next.registers[thread].push(state.variables[x]);
            next.variables[x] += 1;
        }
        Op::CompareExchange(x, old, new) => {
            next.registers[thread].push(state.variables[x]);
            if state.variables[x] == old {
                next.variables[x] = new;
            }
        }
        Op::Lock(lock) if free(lock) => next.holders[lock] = Some(thread),
        Op::Lock(_) => return Vec::new(),
        Op::Unlock(lock) => next.holders[lock] = None,
        Op::TryLockAndAdd(..) => return try_lock_and_add(state, next, thread, op),
        Op::Wait | Op::WaitTimeout => return wait(state, next, thread, op),
        Op::NotifyOne if !state.asleep.is_empty() => {
            let wake = |&sleeper: &usize| {
                let mut next = next.clone();
                next.asleep.remove(&sleeper);
                next.relocking.insert(sleeper);
                next
            };
            return state.asleep.iter().map(wake).collect();
        }
        Op::NotifyOne => {}
        Op::NotifyAll => next.relocking.append(&mut next.asleep.clone()),
        Op::Park if state.tokens.contains(&thread) => {
            next.tokens.remove(&thread);
        }
        Op::Park => return Vec::new(),
        Op::Unpark(other) => {
            next.tokens.insert(other);
        }
    }
    if op == Op::NotifyAll {
        next.asleep.clear();
    }
    vec![next]
}

/// Three steps: trying, adding, unlocking. The counter stands still until the last one; the lock's
/// holder and the length of the registers tell how far it is.
fn try_lock_and_add(state: &State, mut next: State, thread: usize, op: Op) -> Vec<State> {
    let Op::TryLockAndAdd(lock, x) = op else { unreachable!("the caller looked") };
    match state.holders[lock] {
        Some(holder) if holder == thread => {
            // `relocking` is free for other uses by a thread that does not wait: it has added.
            if next.relocking.remove(&thread) {
                next.holders[lock] = None;
            } else {
                next.relocking.insert(thread);
                next.variables[x] += 1;
                next.counters[thread] -= 1;
            }
        }
        Some(_) => next.registers[thread].push(0),
        None => {
            next.registers[thread].push(1);
            next.holders[lock] = Some(thread);
            next.counters[thread] -= 1;
        }
    }
    vec![next]
}

/// Falling asleep, which unlocks; the end of the time, which may come at any moment, also while
/// another thread has the lock; and waking up, which locks.
fn wait(state: &State, mut next: State, thread: usize, op: Op) -> Vec<State> {
    let free = state.holders[0].is_none();
    if state.holders[0] == Some(thread) {
        next.holders[0] = None;
        next.asleep.insert(thread);
        next.counters[thread] -= 1;
        return vec![next];
    }
    if state.asleep.contains(&thread) {
        if op == Op::Wait {
            return Vec::new();
        }
        next.asleep.remove(&thread);
        next.late.insert(thread);
        next.counters[thread] -= 1;
        return vec![next];
    }
    if !free {
        return Vec::new();
    }
    next.relocking.remove(&thread);
    let late = next.late.remove(&thread);
    next.holders[0] = Some(thread);
    if op == Op::WaitTimeout {
        next.registers[thread].push(u8::from(late));
    }
    vec![next]
}
