//! What a thread of a program can do, by groups of primitives. All things are numbered.

/// A step of a thread, or a few.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Op {
    Atomic(AtomicOp),
    Loop(LoopOp),
    Mutex(MutexOp),
    RwLock(RwLockOp),
    Sleep(SleepOp),
    Once(OnceOp),
    /// Waits at the barrier; 1 goes into the next register of the leader, 0 into that of the others.
    Meet,
    Channel(ChannelOp),
    Thread(ThreadOp),
}

/// On a variable. Its value before goes into the thread's next register.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum AtomicOp {
    Load(usize),
    /// Leaves no mark in a register.
    Store(usize, u8),
    /// Adds one.
    Add(usize),
    Swap(usize, u8),
    Or(usize, u8),
    /// Replaces the first value by the second. The register says whether it did, too.
    Exchange(usize, u8, u8),
    ExchangeWeak(usize, u8, u8),
}

/// On a variable, again and again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum LoopOp {
    /// Looks until the variable has this value.
    Until(usize, u8, Pause),
    /// Looks until the variable is 0, and makes it 1.
    SpinLock(usize),
    /// `fetch_update`: the double and one more. The value before goes into the next register.
    Update(usize),
    /// So many loads. Their sum goes into the next register.
    Loads(usize, u8),
    /// Adds one so often. No mark in a register.
    Adds(usize, u8),
}

/// What a thread does before it looks again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Pause {
    Nothing,
    Yield,
    Spin,
}

/// On a mutex.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum MutexOp {
    Lock(usize),
    /// Takes the lock by trying again and again.
    TryUntil(usize),
    Unlock(usize),
    /// Tries up to `.2` times to take lock `.0`. If one goes well, adds one to variable `.1` and
    /// unlocks. 1 goes into the next register if it went well, else 0.
    Try(usize, usize, u8),
}

/// On a lock for readers and writers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum RwLockOp {
    Read(usize),
    Write(usize),
    /// Gives back what the thread took last.
    Release(usize),
    /// If lock `.0` can be shared now: 1 into the next register, variable `.1` into the one after
    /// it, and gives it back. Else 0.
    TryRead(usize, usize),
    /// The same for writing; adds one to the variable, which leaves no mark in a register.
    TryWrite(usize, usize),
}

/// Sleeping and waking. There is one condition variable; it goes with mutex 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum SleepOp {
    /// Waits for the condition variable, with mutex 0, which the thread holds.
    Wait,
    /// The same, but time may be over: 1 goes into the next register if it was, else 0.
    WaitTimeout,
    /// The same, but only if the variable is 0: once, or again as long as it is.
    WaitIfZero(usize),
    WaitWhileZero(usize),
    Park,
    ParkTimeout,
    /// The same as `Park`, but only if the variable is 0.
    ParkIfZero(usize),
    Unpark(usize),
    NotifyOne,
    NotifyAll,
}

/// What is done once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum OnceOp {
    /// Who comes first adds one to variable `.1`, whose value before goes into its next register.
    Call(usize, usize),
    /// Whether it was done goes into the next register.
    IsCompleted(usize),
    /// Fills the cell. Whether it did goes into the next register.
    Set(usize, u8),
    /// The cell's value, or 0, goes into the next register.
    Get(usize),
    /// Fills cell `.0` with 10 and what variable `.1` was before one was added to it. The cell's
    /// value goes into the next register.
    GetOrInit(usize, usize),
}

/// On the channel. Items are numbers, but not 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ChannelOp {
    /// 1 goes into the next register, or [`GONE`].
    Send(u8),
    /// 1 goes into the next register, or [`GONE`], or [`NOT_NOW`].
    TrySend(u8),
    /// The item goes into the next register, or [`GONE`].
    Receive,
    /// The item goes into the next register, or [`GONE`], or [`NOT_NOW`].
    TryReceive,
    ReceiveTimeout,
    /// Drops the thread's end of the channel. At its end it does so anyway.
    Drop,
}

/// The other end of the channel is gone.
pub(crate) const GONE: u8 = 0;
/// There is no room, or no item, or the time is over.
pub(crate) const NOT_NOW: u8 = 100;
/// What tells that an exchange went well, in its register.
pub(crate) const WENT_WELL: u8 = 100;

/// On other threads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ThreadOp {
    /// Starts this thread, which is not started with the others.
    Spawn(usize),
    Join(usize),
    /// Whether the thread is done goes into the next register.
    IsFinished(usize),
}
