//! How an execution is run, and how it ends.

use crate::trace::Source;

/// How an execution is run.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Settings {
    /// Loads may read old values, and stores come before newer ones, as far as their `Ordering` allows.
    pub weak: bool,
    /// Condition variables and `park` may wake without reason, each thread once.
    pub spurious: bool,
    /// Steps after which an execution is given up.
    pub max_steps: usize,
    /// A value of an `Arc` that has an owner when all threads are done is a leak.
    pub leaks: bool,
    /// A thread that waits for ever when the scenario is over is a deadlock.
    pub all_must_end: bool,
    /// Nobody is taken for a thread that polls: for programs without loops.
    pub unfair: bool,
    /// All threads keep in step, with new ones so far behind.
    pub march: Option<i64>,
    /// Nothing is recorded: to measure what that costs.
    pub untraced: bool,
    /// Record what objects hold, for the one execution that is shown.
    pub look_inside: bool,
    /// Look up where guards are dropped: slow, for the same one.
    pub locate_drops: bool,
    /// What threads print is captured, and belongs to the steps.
    pub prints: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            weak: false,
            spurious: false,
            max_steps: 20_000,
            leaks: false,
            all_must_end: false,
            unfair: false,
            march: None,
            untraced: false,
            look_inside: false,
            locate_drops: false,
            prints: false,
        }
    }
}

/// Why an execution ended before its threads did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Stop {
    /// Nobody can go on.
    Deadlock,
    /// Threads look for ever at what nobody changes.
    Livelock,
    /// Threads do the same steps again and again, with the same values.
    Endless,
    /// The execution was given up after so many steps.
    Steps { limit: usize },
    /// A panic that nobody caught, or a broken promise: an index into [`Trace::panics`](crate::trace::Trace::panics).
    Panic(usize),
    /// An access to plain memory that nothing orders after this earlier event.
    DataRace { earlier: usize },
    /// All threads are done, and a value of an `Arc` that was made here still has an owner.
    Leak { made: Source },
    /// More than [`MAX_THREADS`](super::MAX_THREADS) at once.
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
    /// The thread that ran last, by its number in the order of their starts.
    pub thread: usize,
    pub steps: usize,
    /// It was given up while threads could go on.
    pub is_cut: bool,
}
