//! The parts of which random programs are put together.

use super::{
    AtomicOp, ChannelOp, LOCKS, LoopOp, MutexOp, OnceOp, Op, Pause, Random, RwLockOp, SleepOp,
    VARIABLES,
};

/// Of a thread, with one operation: time that passes while others could go on is a thing of which
/// the search allows only a few in each execution.
const MAX_TIMEOUTS: usize = 1;

pub(super) fn atomic(random: &mut Random) -> Op {
    let variable = random.below(VARIABLES);
    Op::Atomic(match random.below(8) {
        0..=2 => AtomicOp::Load(variable),
        3 => AtomicOp::Store(variable, 1 + random.below(3) as u8),
        4 => AtomicOp::Add(variable),
        5 => AtomicOp::Swap(variable, 1 + random.below(3) as u8),
        6 => AtomicOp::Or(variable, 1 + random.below(3) as u8),
        _ => AtomicOp::Exchange(variable, random.below(2) as u8, 2),
    })
}

pub(super) fn weak_exchange(ops: &mut Vec<Op>, random: &mut Random) {
    let (variable, old) = (random.below(VARIABLES), random.below(2) as u8);
    let new = 1 + random.below(3) as u8;
    ops.push(match random.below(5) {
        0 | 1 => atomic(random),
        2 | 3 => Op::Atomic(AtomicOp::ExchangeWeak(variable, old, new)),
        _ => Op::Loop(LoopOp::Update(variable)),
    });
}

/// A section with an operation or two inside, and sometimes another lock: that may deadlock.
pub(super) fn mutex(ops: &mut Vec<Op>, random: &mut Random) {
    let lock = random.below(LOCKS);
    ops.push(Op::Mutex(MutexOp::Lock(lock)));
    if random.once_in(3) {
        let other = 1 - lock;
        ops.extend([
            Op::Mutex(MutexOp::Lock(other)),
            atomic(random),
            Op::Mutex(MutexOp::Unlock(other)),
        ]);
    } else {
        ops.push(atomic(random));
    }
    ops.push(Op::Mutex(MutexOp::Unlock(lock)));
}

pub(super) fn try_lock(ops: &mut Vec<Op>, random: &mut Random) {
    if random.once_in(2) {
        ops.push(Op::Mutex(MutexOp::Try(random.below(LOCKS), random.below(VARIABLES), 1)));
    } else {
        mutex(ops, random);
    }
}

/// A section, which may be inside another one of the same lock or of the other lock.
pub(super) fn rwlock(ops: &mut Vec<Op>, random: &mut Random) {
    let lock = if random.below(3) > 0 { 0 } else { 1 };
    let take = |lock: usize, random: &mut Random| {
        Op::RwLock(if random.below(3) > 0 { RwLockOp::Read(lock) } else { RwLockOp::Write(lock) })
    };
    match random.below(8) {
        0 => ops.push(Op::RwLock(RwLockOp::TryRead(lock, random.below(VARIABLES)))),
        1 => ops.push(Op::RwLock(RwLockOp::TryWrite(lock, random.below(VARIABLES)))),
        2 => ops.push(atomic(random)),
        3 => {
            let inner = if random.once_in(2) { lock } else { 1 - lock };
            ops.push(Op::RwLock(RwLockOp::Read(lock)));
            ops.extend([take(inner, random), atomic(random), Op::RwLock(RwLockOp::Release(inner))]);
            ops.push(Op::RwLock(RwLockOp::Release(lock)));
        }
        _ => ops.extend([take(lock, random), atomic(random), Op::RwLock(RwLockOp::Release(lock))]),
    }
}

/// Of `kinds` of waits: 1 for those without a timeout, 2 for those with one too.
pub(super) fn condvar(kinds: usize, ops: &mut Vec<Op>, random: &mut Random) {
    let add = Op::Atomic(AtomicOp::Add(0));
    let (lock, unlock) = (Op::Mutex(MutexOp::Lock(0)), Op::Mutex(MutexOp::Unlock(0)));
    match random.below(4) {
        0 => ops.push(Op::Sleep(SleepOp::NotifyOne)),
        1 => ops.push(Op::Sleep(SleepOp::NotifyAll)),
        2 => {
            let timeout = kinds > 1 && random.below(3) > 0;
            let wait = if timeout { SleepOp::WaitTimeout } else { SleepOp::Wait };
            ops.extend([lock, Op::Sleep(wait), add, unlock]);
        }
        _ => ops.extend([lock, add, Op::Sleep(SleepOp::NotifyOne), unlock]),
    }
}

pub(super) fn park(kinds: usize, threads: usize, ops: &mut Vec<Op>, random: &mut Random) {
    let is_rare = |op| ops.iter().filter(|&&other| other == Op::Sleep(op)).count() < MAX_TIMEOUTS;
    ops.push(match random.below(4) {
        0 if kinds > 1 && is_rare(SleepOp::ParkTimeout) => Op::Sleep(SleepOp::ParkTimeout),
        0 => Op::Sleep(SleepOp::Park),
        1 => Op::Sleep(SleepOp::Unpark(random.below(threads))),
        _ => atomic(random),
    });
}

/// Waiting, with a reason to wait or without one; and taking the reason away, under the lock.
pub(super) fn wait_for_variable(ops: &mut Vec<Op>, random: &mut Random) {
    let (lock, unlock) = (Op::Mutex(MutexOp::Lock(0)), Op::Mutex(MutexOp::Unlock(0)));
    let change = Op::Atomic(AtomicOp::Store(0, 1));
    match random.below(6) {
        0 => ops.push(atomic(random)),
        1 => ops.extend([lock, Op::Sleep(SleepOp::WaitIfZero(0)), atomic(random), unlock]),
        2 => ops.extend([lock, Op::Sleep(SleepOp::WaitWhileZero(0)), atomic(random), unlock]),
        3 => condvar(2, ops, random),
        4 => ops.extend([lock, change, Op::Sleep(SleepOp::NotifyOne), unlock]),
        _ => ops.extend([lock, change, unlock, Op::Sleep(SleepOp::NotifyAll)]),
    }
}

/// The same without a lock.
pub(super) fn park_for_variable(threads: usize, ops: &mut Vec<Op>, random: &mut Random) {
    match random.below(5) {
        0 => ops.push(Op::Sleep(SleepOp::ParkIfZero(0))),
        1 | 2 => ops.extend([
            Op::Atomic(AtomicOp::Store(0, 1)),
            Op::Sleep(SleepOp::Unpark(random.below(threads))),
        ]),
        3 => ops.push(Op::Sleep(SleepOp::Park)),
        _ => ops.push(atomic(random)),
    }
}

pub(super) fn once(ops: &mut Vec<Op>, random: &mut Random) {
    // The second one is rare: two threads shall meet.
    let (once, variable) = (usize::from(random.once_in(4)), random.below(VARIABLES));
    ops.push(match random.below(7) {
        0 | 1 => Op::Once(OnceOp::Call(once, variable)),
        2 => Op::Once(OnceOp::IsCompleted(once)),
        3 => Op::Once(OnceOp::Set(once, 1 + random.below(3) as u8)),
        4 => Op::Once(OnceOp::Get(once)),
        5 => Op::Once(OnceOp::GetOrInit(once, variable)),
        _ => atomic(random),
    });
}

pub(super) fn barrier(ops: &mut Vec<Op>, random: &mut Random) {
    ops.extend([atomic(random), Op::Meet]);
}

/// Something at the receiver's end, or at a sender's. Nothing but atomics when it is dropped.
pub(super) fn channel(receives: bool, timeouts: bool, ops: &mut Vec<Op>, random: &mut Random) {
    let dropped = ops.contains(&Op::Channel(ChannelOp::Drop));
    let waits = ops.iter().filter(|&&op| op == Op::Channel(ChannelOp::ReceiveTimeout)).count();
    let item = 1 + random.below(9) as u8;
    let op = match (receives, random.below(8)) {
        _ if dropped => return ops.push(atomic(random)),
        (_, 0) => return ops.push(atomic(random)),
        (_, 1) if random.once_in(3) => ChannelOp::Drop,
        (true, 1 | 2) if timeouts && waits < MAX_TIMEOUTS => ChannelOp::ReceiveTimeout,
        (true, 3 | 4) => ChannelOp::TryReceive,
        (true, _) => ChannelOp::Receive,
        (false, 3 | 4) => ChannelOp::TrySend(item),
        (false, _) => ChannelOp::Send(item),
    };
    ops.push(Op::Channel(op));
}

pub(super) fn rounds(loops: bool, ops: &mut Vec<Op>, random: &mut Random) {
    let (variable, times) = (random.below(VARIABLES), 3 + random.below(10) as u8);
    match random.below(6) {
        0 | 1 if loops => ops.push(Op::Loop(LoopOp::Loads(variable, times))),
        2 if loops => ops.push(Op::Loop(LoopOp::Adds(variable, times))),
        _ => ops.push(atomic(random)),
    }
}

/// Mostly, somebody else does what is waited for.
pub(super) fn spin(ops: &mut Vec<Op>, random: &mut Random) {
    let pause = [Pause::Nothing, Pause::Yield, Pause::Spin][random.below(3)];
    let variable = random.below(VARIABLES);
    match random.below(6) {
        0 => ops.push(Op::Loop(LoopOp::Until(variable, 1 + random.below(2) as u8, pause))),
        1 => ops.extend([
            Op::Loop(LoopOp::SpinLock(1)),
            Op::Atomic(AtomicOp::Add(0)),
            Op::Atomic(AtomicOp::Store(1, 0)),
        ]),
        2 => ops.extend([
            Op::Mutex(MutexOp::TryUntil(0)),
            atomic(random),
            Op::Mutex(MutexOp::Unlock(0)),
        ]),
        3 => ops.push(Op::Atomic(AtomicOp::Store(variable, 1 + random.below(2) as u8))),
        _ => ops.push(atomic(random)),
    }
}

/// Three or four attempts.
pub(super) fn retry(ops: &mut Vec<Op>, random: &mut Random) {
    match random.below(3) {
        0 => {
            let times = 3 + random.below(2) as u8;
            ops.push(Op::Mutex(MutexOp::Try(0, random.below(VARIABLES), times)));
        }
        1 => ops.push(atomic(random)),
        _ => {
            ops.extend([
                Op::Mutex(MutexOp::Lock(0)),
                atomic(random),
                Op::Mutex(MutexOp::Unlock(0)),
            ]);
        }
    }
}
