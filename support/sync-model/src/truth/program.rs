//! Tiny random programs.
//!
//! - `ops`: what they are made of; `random`: numbers;
//! - `generate`: one at random; `blocks`: the parts that it is put together from;
//! - `shrink`: the shortest one that still does the same.

use std::fmt;

pub(crate) use crate::random::Random;
pub(crate) use generate::{Feature, random};
pub(crate) use ops::{
    AtomicOp, ChannelOp, GONE, LoopOp, MutexOp, NOT_NOW, OnceOp, Op, Pause, RwLockOp, SleepOp,
    ThreadOp, WENT_WELL,
};
pub(crate) use shrink::shrink;

mod blocks;
mod generate;
mod ops;
mod shrink;

pub(crate) const VARIABLES: usize = 2;
/// Mutexes, and locks for readers and writers, and things done once: so many of each.
pub(crate) const LOCKS: usize = 2;

/// What each thread does, and what they share. Thread 0 starts the others, but not those that
/// another thread starts, and joins them when it is done. Whoever starts a thread joins it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Program {
    pub threads: Vec<Vec<Op>>,
    /// How many threads the barrier waits for.
    pub parties: usize,
    /// Whose the receiver is: each other thread has a sender. `None`: there is no channel.
    pub receiver: Option<usize>,
    /// How many items the channel holds.
    pub capacity: Option<usize>,
    /// Whether threads are started in a scope.
    pub scoped: bool,
    /// Whether threads may wake without reason.
    pub spurious: bool,
    /// All threads but the first one do the same, and nobody knows which is which.
    pub twins: bool,
}

/// How a run of a program ended.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub(crate) struct Outcome {
    /// What each thread has read.
    pub registers: Vec<Vec<u8>>,
    /// The variables at the end.
    pub variables: [u8; VARIABLES],
    pub end: End,
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub(crate) enum End {
    #[default]
    Finished,
    /// Some thread could not go on, or went round for ever.
    Stuck,
    /// In a way in which no program may end.
    Strange(String),
}

impl Outcome {
    /// The outcome in a program of twins: which of them read what is not known.
    pub(crate) fn of_twins(mut self) -> Self {
        self.registers[1..].sort_unstable();
        self
    }
}

impl Program {
    /// Who starts this thread; `None`: it is the first one.
    pub(crate) fn parent(&self, thread: usize) -> Option<usize> {
        let spawns = Op::Thread(ThreadOp::Spawn(thread));
        let parent = self.threads.iter().position(|ops| ops.contains(&spawns));
        parent.or((thread > 0).then_some(0))
    }

    /// Whether this thread is started by an operation of another one, not at the beginning.
    pub(crate) fn starts_late(&self, thread: usize) -> bool {
        self.threads.iter().flatten().any(|&op| op == Op::Thread(ThreadOp::Spawn(thread)))
    }

    /// Whether it keeps to the rules: what is taken is given back, and only what is held is used.
    pub(crate) fn is_valid(&self) -> bool {
        let are_alike = self.threads.iter().skip(1).all(|ops| *ops == self.threads[1]);
        (are_alike || !self.twins)
            && (0..self.threads.len()).all(|thread| self.is_valid_thread(thread))
    }

    fn is_valid_thread(&self, thread: usize) -> bool {
        let (mut mutexes, mut locks) = ([0_usize; LOCKS], [0_usize; LOCKS]);
        let mut has_end = self.receiver.is_some();
        let mut started: Vec<usize> = (1..self.threads.len())
            .filter(|&child| thread == 0 && !self.starts_late(child))
            .collect();
        for &op in &self.threads[thread] {
            let held = |count: &mut usize| count.checked_sub(1).map(|less| *count = less);
            let kept = match op {
                Op::Mutex(MutexOp::Lock(lock) | MutexOp::TryUntil(lock)) => {
                    mutexes[lock] += 1;
                    Some(())
                }
                Op::Mutex(MutexOp::Unlock(lock)) => held(&mut mutexes[lock]),
                Op::RwLock(RwLockOp::Read(lock) | RwLockOp::Write(lock)) => {
                    locks[lock] += 1;
                    Some(())
                }
                Op::RwLock(RwLockOp::Release(lock)) => held(&mut locks[lock]),
                Op::Sleep(op) if op.needs_mutex() => (mutexes[0] > 0).then_some(()),
                Op::Channel(ChannelOp::Drop) => std::mem::take(&mut has_end).then_some(()),
                Op::Channel(_) => has_end.then_some(()),
                Op::Thread(ThreadOp::Spawn(child)) => {
                    started.push(child);
                    Some(())
                }
                Op::Thread(ThreadOp::Join(child)) => {
                    let place = started.iter().position(|&other| other == child);
                    place.map(|place| {
                        started.remove(place);
                    })
                }
                Op::Thread(ThreadOp::IsFinished(child)) => started.contains(&child).then_some(()),
                _ => Some(()),
            };
            if kept.is_none() {
                return false;
            }
        }
        mutexes == [0; LOCKS] && locks == [0; LOCKS]
    }
}

impl SleepOp {
    fn needs_mutex(self) -> bool {
        use SleepOp::{Wait, WaitIfZero, WaitTimeout, WaitWhileZero};
        matches!(self, Wait | WaitTimeout | WaitIfZero(_) | WaitWhileZero(_))
    }
}

impl fmt::Debug for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { registers, variables, end } = self;
        // On one line even in a list that is not.
        f.write_str(&format!("{end:?}, registers {registers:?}, variables {variables:?}"))
    }
}

impl fmt::Display for Program {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (thread, ops) in self.threads.iter().enumerate() {
            let ops: Vec<_> = ops.iter().map(|op| format!("{op:?}")).collect();
            writeln!(f, "  thread {thread}: {}", ops.join("; "))?;
        }
        let Self { parties, receiver, capacity, scoped, spurious, twins, .. } = self;
        write!(
            f,
            "  parties {parties}, receiver {receiver:?}, capacity {capacity:?}, scoped {scoped}, \
             spurious {spurious}, twins {twins}"
        )
    }
}
