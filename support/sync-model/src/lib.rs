//! The `sync` facade under the model checker.
#![allow(unsafe_code)]

pub use std::sync::{Arc, LockResult, PoisonError, TryLockError, TryLockResult, Weak};

pub use barrier::{Barrier, BarrierWaitResult};
pub use condvar::{Condvar, WaitTimeoutResult};
pub use mutex::{Mutex, MutexGuard};
pub use once::{Once, OnceLock, OnceState};
pub use rwlock::{RwLock, RwLockReadGuard, RwLockWriteGuard};

pub mod atomic;
pub mod model;
pub mod mpsc;
pub mod thread;
pub mod time;

mod barrier;
mod cell;
mod condvar;
mod confined;
mod drop_site;
mod engine;
mod explain;
mod local;
mod mutex;
mod once;
mod panics;
mod rwlock;
mod search;
mod trace;
#[cfg(test)]
mod truth;
mod watchdog;

/// Hints to the processor: here, to the scheduler.
pub mod hint {
    pub use std::hint::black_box;

    /// Lets other threads go first.
    #[track_caller]
    pub fn spin_loop() {
        crate::thread::yield_at(crate::trace::Kind::Yield, std::panic::Location::caller());
    }
}
