//! Steps on mutexes, and on locks for readers and writers.

use super::super::program::{MutexOp, Op, RwLockOp};
use super::state::{At, State, with};

/// Stages of an operation on a lock that was taken: the work inside, and giving the lock back.
const INSIDE: u8 = 100;
const GIVE_BACK: u8 = 101;

pub(super) fn mutex(at: &At<'_>, op: MutexOp) -> Vec<State> {
    let is_free = |lock: usize| at.state.mutexes[lock].is_none();
    let stage = at.place().stage;
    match op {
        MutexOp::Lock(lock) | MutexOp::TryUntil(lock) if is_free(lock) => {
            with(at.pass(), |next| next.mutexes[lock] = Some(at.thread))
        }
        MutexOp::Lock(_) | MutexOp::TryUntil(_) => Vec::new(),
        MutexOp::Unlock(lock) => with(at.pass(), |next| next.mutexes[lock] = None),
        MutexOp::Try(_, x, _) if stage == INSIDE => {
            with(at.stage(GIVE_BACK), |next| next.variables[x] = next.variables[x].wrapping_add(1))
        }
        MutexOp::Try(lock, ..) if stage == GIVE_BACK => {
            with(at.pass(), |next| next.mutexes[lock] = None)
        }
        MutexOp::Try(lock, ..) if is_free(lock) => with(at.stage(INSIDE), |next| {
            next.threads[at.thread].registers.push(1);
            next.mutexes[lock] = Some(at.thread);
        }),
        MutexOp::Try(_, _, times) if stage + 1 == times => vec![at.note(0)],
        MutexOp::Try(..) => vec![at.stage(stage + 1)],
    }
}

/// A reader that came while others held the lock and a writer waited.
const QUEUED: u8 = 1;

pub(super) fn rwlock(at: &At<'_>, op: RwLockOp) -> Vec<State> {
    match op {
        RwLockOp::Read(lock) => read(at, lock),
        RwLockOp::Write(lock) if is_free(at, lock, true) => vec![hold(at, at.pass(), lock, true)],
        RwLockOp::Write(_) => Vec::new(),
        RwLockOp::Release(lock) => vec![release(at, lock)],
        RwLockOp::TryRead(lock, x) => attempt(at, lock, x, false),
        RwLockOp::TryWrite(lock, x) => attempt(at, lock, x, true),
    }
}

fn is_free(at: &At<'_>, lock: usize, for_writing: bool) -> bool {
    let shared = at.state.rwlocks[lock];
    shared.writer.is_none() && !(for_writing && shared.readers > 0)
}

/// Whether readers hold the lock and a writer waits for them.
fn writer_waits(at: &At<'_>, lock: usize) -> bool {
    at.semantics.writers_first
        && at.state.rwlocks[lock].readers > 0
        && !at.threads_at(Op::RwLock(RwLockOp::Write(lock)), 0).is_empty()
}

fn read(at: &At<'_>, lock: usize) -> Vec<State> {
    let queued = at.place().stage == QUEUED;
    if !is_free(at, lock, false) || (queued && writer_waits(at, lock)) {
        return Vec::new();
    }
    let mut all = vec![hold(at, at.pass(), lock, false)];
    if !queued && writer_waits(at, lock) {
        all.push(at.stage(QUEUED));
    }
    all
}

/// Trying to take it, an operation inside, giving it back.
fn attempt(at: &At<'_>, lock: usize, x: usize, for_writing: bool) -> Vec<State> {
    match at.place().stage {
        INSIDE if for_writing => {
            with(at.stage(GIVE_BACK), |next| next.variables[x] = next.variables[x].wrapping_add(1))
        }
        INSIDE => {
            let value = at.state.variables[x];
            with(at.stage(GIVE_BACK), |next| next.threads[at.thread].registers.push(value))
        }
        GIVE_BACK => vec![release(at, lock)],
        _ if !is_free(at, lock, for_writing) => vec![at.note(0)],
        _ => {
            let mut all = with(hold(at, at.stage(INSIDE), lock, for_writing), |next| {
                next.threads[at.thread].registers.push(1);
            });
            if !for_writing && writer_waits(at, lock) {
                all.push(at.note(0));
            }
            all
        }
    }
}

fn hold(at: &At<'_>, mut next: State, lock: usize, for_writing: bool) -> State {
    let shared = &mut next.rwlocks[lock];
    if for_writing {
        shared.writer = Some(at.thread);
    } else {
        shared.readers += 1;
    }
    next
}

fn release(at: &At<'_>, lock: usize) -> State {
    let mut next = at.pass();
    let shared = &mut next.rwlocks[lock];
    if shared.writer.take().is_none() {
        shared.readers -= 1;
    }
    next
}
