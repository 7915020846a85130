//! Steps of sleeping and waking.

use super::super::program::{Op, SleepOp};
use super::state::{At, State, with};

/// Stages of a wait: asleep; woken, but without the lock; its time is over, but without the lock.
const ASLEEP: u8 = 1;
const WOKEN: u8 = 2;
const LATE: u8 = 3;

pub(super) fn step(at: &At<'_>, op: SleepOp) -> Vec<State> {
    match op {
        SleepOp::Wait => wait(at, false),
        SleepOp::WaitTimeout => wait(at, true),
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
        SleepOp::Park if at.place().token => take_token(at),
        SleepOp::Park if at.semantics.spurious_parks && may_be_surprised(at) => {
            with(at.pass(), |next| next.threads[at.thread].surprised = true)
        }
        SleepOp::Park => Vec::new(),
        // Its time may be over at any moment.
        SleepOp::ParkTimeout => take_token(at),
        SleepOp::Unpark(other) => with(at.pass(), |next| next.threads[other].token = true),
    }
}

fn take_token(at: &At<'_>) -> Vec<State> {
    with(at.pass(), |next| next.threads[at.thread].token = false)
}

fn may_be_surprised(at: &At<'_>) -> bool {
    at.program.spurious && !at.place().surprised
}

/// Who waits for the condition variable and was not woken.
fn sleepers(at: &At<'_>) -> Vec<usize> {
    let kinds = [SleepOp::Wait, SleepOp::WaitTimeout];
    kinds.iter().flat_map(|&kind| at.threads_at(Op::Sleep(kind), ASLEEP)).collect()
}

/// Falling asleep, which unlocks; the end of the time, which may come at any moment, also while
/// another thread has the lock; and waking up, which locks.
fn wait(at: &At<'_>, timeout: bool) -> Vec<State> {
    let is_free = at.state.mutexes[0].is_none();
    let wake_up = |late: bool| {
        let next = if timeout { at.note(u8::from(late)) } else { at.pass() };
        with(next, |next| next.mutexes[0] = Some(at.thread))
    };
    match at.place().stage {
        ASLEEP => {
            let mut all = Vec::new();
            if timeout {
                all.push(at.stage(LATE));
            }
            if is_free && may_be_surprised(at) {
                let surprised = wake_up(false).into_iter();
                all.extend(surprised.flat_map(|next| {
                    with(next, |next| next.threads[at.thread].surprised = true)
                }));
            }
            all
        }
        WOKEN | LATE if !is_free => Vec::new(),
        WOKEN => wake_up(false),
        LATE => wake_up(true),
        _ => with(at.stage(ASLEEP), |next| next.mutexes[0] = None),
    }
}
