//! The values that the threads of the model have for themselves.

use std::any::Any;
use std::cell::RefCell;
use std::mem::ManuallyDrop;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::rc::Rc;

use super::AccessError;
use crate::engine::{self, Stop, ThreadId};

std::thread_local! {
    /// By thread. What is in here uses the model, so it must not be dropped when the real thread
    /// ends, nor when somebody calls `exit`.
    static STORE: RefCell<ManuallyDrop<Vec<Vec<Entry>>>> =
        const { RefCell::new(ManuallyDrop::new(Vec::new())) };
}

/// One key of a thread. They stand in the order in which their values were made.
struct Entry {
    key: usize,
    /// `None`: it is dropped, or about to be.
    value: Option<Rc<dyn Any>>,
    /// A value without a destructor can be used as long as the thread lives.
    has_destructor: bool,
}

fn with<R>(thread: ThreadId, use_it: impl FnOnce(&mut Vec<Entry>) -> R) -> R {
    STORE.with_borrow_mut(|store| {
        if store.len() <= thread {
            store.resize_with(thread + 1, Vec::new);
        }
        use_it(&mut store[thread])
    })
}

/// The calling thread's value.
pub(super) fn get(key: usize) -> Result<Option<Rc<dyn Any>>, AccessError> {
    with(engine::current(), |entries| match entries.iter().find(|entry| entry.key == key) {
        Some(Entry { value, .. }) => value.clone().map(Some).ok_or(AccessError),
        None => Ok(None),
    })
}

/// Sets the calling thread's value. One that was made meanwhile, by the value's own initialiser, is
/// replaced, as in the standard library.
pub(super) fn put(key: usize, value: Rc<dyn Any>, has_destructor: bool) {
    let before = with(engine::current(), |entries| {
        if let Some(entry) = entries.iter_mut().find(|entry| entry.key == key) {
            return entry.value.replace(value);
        }
        entries.push(Entry { key, value: Some(value), has_destructor });
        None
    });
    // Outside of the borrow: it may use other values.
    drop(before);
}

/// Drops the values of the calling thread, which ends: the one that was made last comes first, as in
/// the standard library. Those that destructors make are dropped as well.
pub(crate) fn end_thread() {
    let thread = engine::current();
    // As nearly always.
    if with(thread, |entries| entries.is_empty()) {
        return;
    }
    let next = || {
        with(thread, |entries| {
            let mut alive = entries.iter_mut().rev().filter(|entry| entry.has_destructor);
            alive.find_map(|entry| entry.value.take())
        })
    };
    while let Some(value) = next() {
        if let Err(panic) = catch_unwind(AssertUnwindSafe(|| drop(value))) {
            // It ends a real process.
            std::mem::forget(panic);
            let last = engine::with_trace(|trace| trace.panics.len() - 1);
            engine::stop(Stop::Panic(last));
        }
    }
    // Outside of the borrow, as above.
    drop(with(thread, std::mem::take));
}

/// Forgets what an execution that failed has left: destructors may need its threads.
pub(crate) fn forget_all() {
    STORE.with_borrow_mut(|store| {
        store.iter_mut().flat_map(|entries| entries.drain(..)).for_each(std::mem::forget);
    });
}
