//! Threads, locks and atomics for the exercises: in normal builds the standard library's own.
//!
//! The same source is compiled a second time against `sync-model`, whose types have the same names
//! and signatures and run under the model checker. Code that takes its threads and locks from here
//! is therefore both real and checkable.

pub use std::sync::{
    Arc, Barrier, BarrierWaitResult, Condvar, LazyLock, LockResult, Mutex, MutexGuard, Once,
    OnceLock, OnceState, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard, TryLockError,
    TryLockResult, WaitTimeoutResult, Weak,
};
pub use std::sync::{atomic, mpsc};
pub use std::{hint, thread, thread_local};

/// Time: real here, a virtual clock in model builds.
pub mod time {
    pub use std::time::{Duration, Instant};
}
