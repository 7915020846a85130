//! For whom the auto traits hold: a table of each facade, and they must be the same.

use std::cell::Cell;
use std::marker::PhantomPinned;
use std::panic::{RefUnwindSafe, UnwindSafe};
use std::rc::Rc;

use super::facade::atomic::{AtomicBool, AtomicI64, AtomicPtr, AtomicUsize, Ordering};
use super::facade::mpsc::{
    IntoIter, Iter, Receiver, RecvError, SendError, Sender, SyncSender, TryIter, TrySendError,
};
use super::facade::thread::{
    AccessError, Builder, JoinHandle, LocalKey, Scope, ScopedJoinHandle, Thread, ThreadId,
};
use super::facade::time::Instant;
use super::facade::{
    Arc, Barrier, BarrierWaitResult, Condvar, LazyLock, Mutex, MutexGuard, Once, OnceLock,
    OnceState, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard, TryLockError,
    WaitTimeoutResult, Weak,
};
use crate::Traits;

/// Neither `Send` nor `Sync`.
type Unsendable = Rc<u8>;
/// `Send`, but not `Sync`, nor is a shared one `UnwindSafe`.
type Unshareable = Cell<u8>;
/// `Sync`, but not `Send`.
type Stays = std::sync::MutexGuard<'static, u8>;
/// `Send` and `Sync`, but not `UnwindSafe`.
type Lent = &'static mut u8;
/// Not `Unpin`.
type Pinned = PhantomPinned;

macro_rules! table {
    ($traits:ident; $($type:ty),+ $(,)?) => { $(
        let held = [
            (holds!($type: Send), "Send"),
            (holds!($type: Sync), "Sync"),
            (holds!($type: Unpin), "Unpin"),
            (holds!($type: UnwindSafe), "UnwindSafe"),
            (holds!($type: RefUnwindSafe), "RefUnwindSafe"),
        ];
        let held = held.into_iter().filter(|(holds, _)| *holds).map(|(_, name)| name).collect();
        $traits.insert(crate::spelled(stringify!($type)), held);
    )+ };
}

/// Types with a parameter.
macro_rules! generic {
    ($traits:ident; $($data:ident),+) => { $(
        table!($traits;
            Mutex<$data>, MutexGuard<'static, $data>,
            RwLock<$data>, RwLockReadGuard<'static, $data>, RwLockWriteGuard<'static, $data>,
            Arc<$data>, Weak<$data>, OnceLock<$data>, LazyLock<$data>, LazyLock<u8, $data>,
            PoisonError<$data>, TryLockError<$data>,
            AtomicPtr<$data>,
            Sender<$data>, SyncSender<$data>, Receiver<$data>,
            Iter<'static, $data>, TryIter<'static, $data>, IntoIter<$data>,
            SendError<$data>, TrySendError<$data>,
            JoinHandle<$data>, ScopedJoinHandle<'static, $data>, LocalKey<$data>);
    )+ };
}

pub(crate) fn table() -> Traits {
    let mut traits = Traits::default();
    table!(traits;
        AtomicBool, AtomicI64, AtomicUsize, Ordering,
        Barrier, BarrierWaitResult, Condvar, Once, OnceState, WaitTimeoutResult,
        RecvError,
        AccessError, Builder, Scope<'static, 'static>, Thread, ThreadId, Instant,
        Mutex<dyn Send>, Mutex<[Unsendable]>, RwLock<dyn Send>, RwLock<dyn Sync + Send>);
    generic!(traits; u8, Unsendable, Unshareable, Stays, Lent, Pinned);
    traits
}
