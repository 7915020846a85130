//! The model checker's engine: runs a scenario again and again, each time in another order.
//!
//! All threads of the model are coroutines on one thread of the operating system. A thread runs
//! until it is about to do something that others can see, a *step*; there it is suspended, and the
//! scheduler decides whose step comes next. Between two steps nobody else runs, so the state of
//! locks and atomics is plain data.
//!
//! # Layout
//! - `stack`: the coroutines; `identity`: the objects, which may outlive an execution;
//! - `access`: what a step touches; `order`: which steps are ordered, and which race;
//! - `path`: the choices of an execution, and the search for the next one; `turn`: one of them;
//!   `twins`: threads that do the same; `lessons`: what the search learns of the program;
//! - `dice`: random schedules, and those that are replayed; `march`: the schedule in which all keep in step;
//! - `memory`: what an atomic's load may read, and who has seen which write;
//! - `intent`: what a thread is about to do; `polling`: threads that look again and again;
//!   `fairness`: for whom they make way;
//! - `execution`: one execution, and its scheduler; `outcome`: how it ends;
//!   `control`: what is asked of it; `session`: the thread on which all that happens.

mod access;
mod clock;
mod control;
mod dice;
mod execution;
mod fairness;
mod identity;
mod intent;
mod lessons;
mod march;
mod memory;
mod order;
mod outcome;
mod path;
mod polling;
mod session;
mod stack;
mod turn;
mod twins;

pub use control::panicking;

pub(crate) use access::{Access, Accesses, Mode, ObjectId};
pub(crate) use control::{
    begins_to_share, caught, changed, choose, current, ends_to_share, ends_with_panic,
    fails_without_reason, follow, introduce, is_awaited, is_over, is_weak, lane, look_inside,
    may_wake_without_reason, next_thread, outlived, panicked, pass_time, perform, readers_wait,
    record, spawn, stale_limit, stop, stop_with_panic, tell_apart, time, wake, with_memory,
    with_trace, woke_without_reason,
};
pub(crate) use dice::{Script, recorded};
pub(crate) use identity::{Found, Identity};
pub(crate) use intent::{Intent, Polling, Readiness, always};
pub(crate) use march::LAGS;
pub(crate) use memory::{Memory, Updated};
pub(crate) use outcome::{Ending, Settings, Stop};
pub(crate) use path::{Diverged, Path};
pub(crate) use session::{Scenario, Session, is_running, run, running_name};
pub(crate) use stack::running as running_stack;
pub(crate) use turn::{Bound, ThreadSet, only, threads};
pub(crate) use twins::Body;

/// Threads that a scenario may have at once, its main thread included.
pub(crate) const MAX_THREADS: usize = 16;

/// A thread's slot; 0 is the scenario's own. A thread may take over the slot of one that has been joined.
pub(crate) type ThreadId = usize;
