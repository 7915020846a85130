//! How an execution is run, and how it ends.

use super::ThreadId;
use crate::trace::Source;

/// How an execution is run.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Settings {
    /// Loads may read old values, and stores come before newer ones, as far as their `Ordering` allows.
    pub weak: bool,
    /// Condition variables may wake without reason.
    pub spurious: bool,
    /// Nobody is taken for a thread that polls: for programs without loops.
    pub unfair: bool,
    /// All threads keep in step, with new ones so far behind.
    pub march: Option<i64>,
    /// Nothing is recorded: to measure what that costs.
    pub untraced: bool,
    /// Look up where guards are dropped: slow, for the one execution that is shown.
    pub locate_drops: bool,
}

/// Why an execution ended before its threads did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Stop {
    /// Nobody can go on.
    Deadlock,
    /// Threads look for ever at what nobody changes.
    Livelock,
    /// Threads go on for ever, and change what they see.
    Endless,
    /// A panic that nobody caught, or a broken promise: an index into [`Trace::panics`](crate::trace::Trace::panics).
    Panic(usize),
    /// An access to plain memory that nothing orders after this earlier event.
    DataRace { earlier: usize },
    /// More than [`MAX_THREADS`](super::MAX_THREADS).
    TooManyThreads,
    /// The same choices led to another state.
    Nondeterminism,
    /// A step here touches what an earlier execution made.
    Outlived { at: Source },
    /// Too little is left of this thread's stack.
    StackOverflow,
}

/// How an execution ended.
#[derive(Debug, Clone)]
pub(crate) struct Ending {
    /// `None`: all threads are done.
    pub stop: Option<Stop>,
    /// The thread that ran last.
    pub thread: ThreadId,
    pub steps: usize,
}
