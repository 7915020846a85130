//! Threads, locks and atomics for the exercises, under the model checker.
//!
//! The names and signatures are those of the `sync` crate, which are the standard library's. Here
//! they run a scenario in every order in which its threads can take turns ([`model::check`]) and
//! show the first one that fails, with the fewest interruptions, as a table.
//!
//! # Layout
//! - [`model`]: what checks call, scenarios by hand or from a list of operations; `search`: one bound after
//!   the other;
//! - `engine`: one execution, and the choice of the next;
//! - `mutex`, `condvar`, `rwlock`, `barrier`, `once`, `arc`, [`mpsc`], [`atomic`], [`thread`], [`time`],
//!   `local`, `cell`: the facade, each a few steps on plain state (`confined`); `statics`: what a lock
//!   in a `static` holds when an execution begins;
//! - `trace`: what happened; `explain`: what a learner reads of it; `drop_site`, `panics`: what a
//!   trace needs from the runtime;
//! - `capture`: what the code prints while a schedule is replayed;
//! - `poison`, `random`: what several of these share;
//! - `watchdog`: notices what the model does not control; `overflow`: and a stack that is used up;
//! - `truth` (tests): the checker against brute force, and against the litmus tests.
//!
//! # Values that outlive an execution
//! What stands in a `static` is in each execution what it was at first (`engine::identity`, `statics`).
//! A lock that lives longer for another reason, because the scenario's closure has captured it, say, ends
//! the check with an explanation.

// Data behind a lock, coroutine stacks and borrowed threads need it; each block says why it is sound.
#![allow(unsafe_code)]

pub use std::sync::{LockResult, PoisonError, TryLockError, TryLockResult};

pub use arc::{Arc, Weak};
pub use barrier::{Barrier, BarrierWaitResult};
pub use condvar::{Condvar, WaitTimeoutResult};
pub use lazy::LazyLock;
pub use mutex::{Mutex, MutexGuard};
pub use once::{Once, OnceLock, OnceState};
pub use rwlock::{RwLock, RwLockReadGuard, RwLockWriteGuard};

pub mod atomic;
pub mod model;
pub mod mpsc;
pub mod thread;
pub mod time;

mod arc;
mod barrier;
mod capture;
mod cell;
mod condvar;
mod confined;
mod drop_site;
mod engine;
mod explain;
mod lazy;
mod local;
mod mutex;
mod once;
mod overflow;
mod panics;
mod plain;
mod poison;
mod random;
mod rwlock;
mod search;
mod statics;
mod trace;
#[cfg(test)]
mod truth;
mod watchdog;

/// Hints to the processor: here, to the scheduler.
pub mod hint {
    pub use std::hint::*;

    /// Lets other threads go first.
    #[track_caller]
    pub fn spin_loop() {
        crate::thread::yield_at(crate::trace::Kind::Yield, std::panic::Location::caller());
    }
}
