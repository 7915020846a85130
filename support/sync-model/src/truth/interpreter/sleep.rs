//! Steps of sleeping and waking.

use super::super::program::{Op, SleepOp};
use super::state::{At, Life, State, with};

/// Stages of sleeping: about to, after a look at the variable; asleep; woken, but without the lock;
/// its time is over, but without the lock.
const FALLS_ASLEEP: u8 = 1;
const ASLEEP: u8 = 2;
const WOKEN: u8 = 3;
const LATE: u8 = 4;

pub(super) fn step(at: &At<'_>, op: SleepOp) -> Vec<State> {
    let is_first = at.place().stage == 0;
    match op {
        SleepOp::WaitIfZero(x) | SleepOp::WaitWhileZero(x) | SleepOp::ParkIfZero(x) if is_first => {
            vec![if at.state.variables[x] == 0 { at.stage(FALLS_ASLEEP) } else { at.pass() }]
        }
        SleepOp::Wait | SleepOp::WaitTimeout | SleepOp::WaitIfZero(_) => wait(at, op),
        SleepOp::WaitWhileZero(_) => wait(at, op),
        SleepOp::NotifyOne => {
            let wake = |&sleeper: &usize| {
                let mut next = at.pass();
                next.threads[sleeper].stage = WOKEN;
                next
            };
            let sleepers = sleepers(at);
            if sleepers.is_empty() { vec![at.pass()] } else { sleepers.iter().map(wake).collect() }
        }
        SleepOp::NotifyAll => with(at.pass(), |next| {
            sleepers(at).into_iter().for_each(|sleeper| next.threads[sleeper].stage = WOKEN);
        }),
        // The time of `park_timeout` may be over at any moment.
        SleepOp::ParkTimeout => take_token(at),
        SleepOp::Park | SleepOp::ParkIfZero(_) if at.place().token => take_token(at),
        SleepOp::Park | SleepOp::ParkIfZero(_) => Vec::new(),
        SleepOp::Unpark(other) => with(at.pass(), |next| next.threads[other].token = true),
    }
}

/// Waking without reason, which nobody can count on.
pub(super) fn wake_without_reason(at: &At<'_>) -> Option<State> {
    let place = at.place();
    if !at.program.spurious || place.surprised || place.life != Life::Running {
        return None;
    }
    let Some(Op::Sleep(op)) = at.op(at.thread) else { return None };
    let mut next = match (op, place.stage) {
        (SleepOp::Park, _) | (SleepOp::ParkIfZero(_), FALLS_ASLEEP) => {
            (at.semantics.spurious_parks && !place.token).then(|| at.pass())?
        }
        (_, ASLEEP) => at.state.mutexes[0].is_none().then(|| wake_up(at, op))?,
        _ => return None,
    };
    next.threads[at.thread].surprised = true;
    Some(next)
}

fn take_token(at: &At<'_>) -> Vec<State> {
    with(at.pass(), |next| next.threads[at.thread].token = false)
}

/// Who waits for the condition variable and was not woken.
fn sleepers(at: &At<'_>) -> Vec<usize> {
    let sleeps = |&thread: &usize| {
        matches!(at.op(thread), Some(Op::Sleep(_))) && at.state.threads[thread].stage == ASLEEP
    };
    (0..at.state.threads.len()).filter(sleeps).collect()
}

/// Falling asleep, which unlocks; the end of the time, which may come at any moment, also while
/// another thread has the lock; and waking up, which locks.
fn wait(at: &At<'_>, op: SleepOp) -> Vec<State> {
    match at.place().stage {
        ASLEEP if op == SleepOp::WaitTimeout => vec![at.stage(LATE)],
        ASLEEP => Vec::new(),
        WOKEN | LATE if at.state.mutexes[0].is_some() => Vec::new(),
        WOKEN | LATE => vec![wake_up(at, op)],
        _ => with(at.stage(ASLEEP), |next| next.mutexes[0] = None),
    }
}

fn wake_up(at: &At<'_>, op: SleepOp) -> State {
    let mut next = match op {
        SleepOp::WaitTimeout => at.note(u8::from(at.place().stage == LATE)),
        SleepOp::WaitWhileZero(_) => at.stage(0),
        _ => at.pass(),
    };
    next.mutexes[0] = Some(at.thread);
    next
}
