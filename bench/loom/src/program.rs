//! Tiny random programs.

/// A step of a thread. Variables, locks and the condition variable are numbered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Op {
    /// Reads a variable into the thread's next register.
    Load(usize),
    Store(usize, u8),
    /// Adds one; the old value goes into the next register.
    Add(usize),
    /// Replaces the first value by the second; the old value goes into the next register.
    CompareExchange(usize, u8, u8),
    Lock(usize),
    Unlock(usize),
    /// Takes lock `.0` if it is free, adds one to variable `.1`, unlocks. 1 goes into the next
    /// register if it was free, else 0.
    TryLockAndAdd(usize, usize),
    /// Waits for the condition variable, with lock 0, which the thread holds.
    Wait,
    /// The same, but time may be over: 1 goes into the next register if it was, else 0.
    WaitTimeout,
    NotifyOne,
    NotifyAll,
    Park,
    Unpark(usize),
}

pub(super) const VARIABLES: usize = 2;
pub(super) const LOCKS: usize = 2;

/// What each thread does. Thread 0 starts the others and joins them when it is done.
pub(super) type Program = Vec<Vec<Op>>;

/// How a run of a program ended.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub(super) struct Outcome {
    /// What each thread has read.
    pub registers: Vec<Vec<u8>>,
    /// The variables at the end.
    pub variables: [u8; VARIABLES],
    /// Whether some thread could not go on.
    pub stuck: bool,
}

/// What programs are made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Feature {
    Atomics,
    Mutexes,
    TryLock,
    Condvars,
    Timeouts,
    Park,
}

/// Random numbers that are the same everywhere: xorshift64*.
pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    pub(crate) fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33) as usize % limit
    }
}

/// A program of two or three threads.
pub(super) fn random(feature: Feature, random: &mut Random) -> Program {
    let threads = 2 + random.below(2);
    let length = if threads == 2 { 4 } else { 3 };
    (0..threads).map(|_| thread(feature, threads, length, random)).collect()
}

fn thread(feature: Feature, threads: usize, length: usize, random: &mut Random) -> Vec<Op> {
    let mut ops = Vec::new();
    while ops.len() < length {
        match feature {
            Feature::Atomics => ops.push(atomic(random)),
            Feature::Mutexes => mutex(&mut ops, random),
            Feature::TryLock if random.below(2) == 0 => {
                ops.push(Op::TryLockAndAdd(random.below(LOCKS), random.below(VARIABLES)));
            }
            Feature::TryLock => mutex(&mut ops, random),
            Feature::Condvars | Feature::Timeouts => condvar(feature, &mut ops, random),
            Feature::Park => ops.push(match random.below(4) {
                0 => Op::Park,
                1 => Op::Unpark(random.below(threads)),
                _ => atomic(random),
            }),
        }
    }
    ops
}

fn atomic(random: &mut Random) -> Op {
    let variable = random.below(VARIABLES);
    match random.below(5) {
        0 | 1 => Op::Load(variable),
        2 => Op::Store(variable, 1 + random.below(3) as u8),
        3 => Op::Add(variable),
        _ => Op::CompareExchange(variable, random.below(2) as u8, 2),
    }
}

/// A section with an operation or two inside, and sometimes another lock: that may deadlock.
fn mutex(ops: &mut Vec<Op>, random: &mut Random) {
    let lock = random.below(LOCKS);
    ops.push(Op::Lock(lock));
    if random.below(3) == 0 {
        let other = 1 - lock;
        ops.extend([Op::Lock(other), atomic(random), Op::Unlock(other)]);
    } else {
        ops.push(atomic(random));
    }
    ops.push(Op::Unlock(lock));
}

fn condvar(feature: Feature, ops: &mut Vec<Op>, random: &mut Random) {
    match random.below(4) {
        0 => ops.push(Op::NotifyOne),
        1 => ops.push(Op::NotifyAll),
        2 => {
            let wait = if feature == Feature::Timeouts { Op::WaitTimeout } else { Op::Wait };
            ops.extend([Op::Lock(0), wait, Op::Add(0), Op::Unlock(0)]);
        }
        _ => ops.extend([Op::Lock(0), Op::Add(0), Op::NotifyOne, Op::Unlock(0)]),
    }
}
