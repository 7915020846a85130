//! What the types show of themselves.

use std::panic::{AssertUnwindSafe, catch_unwind};

use super::facade::atomic::{AtomicBool, AtomicI64, AtomicPtr, Ordering};
use super::facade::time::Duration;
use super::facade::{
    Barrier, Condvar, LazyLock, Mutex, Once, OnceLock, OnceState, RwLock, RwLockWriteGuard, mpsc,
    thread,
};

/// Everything, in words. It has to run in a model where the facade needs one.
pub(crate) fn everything() -> Vec<String> {
    let mut shown = Vec::new();
    mutexes(&mut shown);
    locks(&mut shown);
    onces(&mut shown);
    others(&mut shown);
    shown
}

fn mutexes(shown: &mut Vec<String>) {
    let mutex = Mutex::new("text");
    shown.extend([format!("{mutex:?}"), format!("{mutex:#?}")]);
    let guard = mutex.lock().unwrap();
    shown.extend([format!("{mutex:?}"), format!("{guard:?}"), format!("{guard:>9}")]);
    drop(guard);
    let nested = Mutex::new(RwLock::new(mutex));
    shown.push(format!("{nested:?}"));
    let panic = catch_unwind(AssertUnwindSafe(|| {
        let _guard = nested.lock();
        panic!("on purpose");
    }));
    shown.extend([
        format!("{nested:?}"),
        format!("{:?}", nested.lock()),
        panic.is_err().to_string(),
    ]);
}

fn locks(shown: &mut Vec<String>) {
    let lock = RwLock::new(1.5);
    shown.extend([format!("{lock:?}"), format!("{lock:#?}")]);
    let guard = lock.read().unwrap();
    shown.extend([format!("{lock:?}"), format!("{guard:?}"), format!("{guard:6.3}")]);
    drop(guard);
    let guard = lock.write().unwrap();
    shown.extend([format!("{lock:?}"), format!("{guard:?}"), format!("{guard:6.3}")]);
    let guard = RwLockWriteGuard::downgrade(guard);
    shown.extend([format!("{lock:?}"), format!("{guard:?}"), format!("{:?}", lock.try_write())]);
}

fn onces(shown: &mut Vec<String>) {
    let once = Once::new();
    once.call_once_force(|state: &OnceState| shown.push(format!("{state:?}")));
    let cell = OnceLock::new();
    shown.extend([format!("{once:?}"), format!("{cell:?}")]);
    cell.set('x').unwrap();
    shown.extend([format!("{cell:?}"), format!("{cell:#?}")]);
    let copy = cell.clone();
    shown.push(format!("{copy:?}, {cell:?}"));
    let lazy = LazyLock::new(|| vec![1, 2]);
    shown.push(format!("{lazy:?}"));
    LazyLock::force(&lazy);
    shown.extend([format!("{lazy:?}"), format!("{lazy:#?}")]);
}

fn others(shown: &mut Vec<String>) {
    let (flag, number) = (AtomicBool::new(true), AtomicI64::new(-5));
    let pointer = AtomicPtr::<u8>::default();
    shown.extend([format!("{flag:?}"), format!("{number:?}"), format!("{:?}", Ordering::AcqRel)]);
    shown.extend([format!("{pointer:?}"), format!("{pointer:p}")]);
    let barrier = Barrier::new(1);
    shown.extend([format!("{barrier:?}"), format!("{:?}", barrier.wait())]);
    let (condvar, mutex) = (Condvar::new(), Mutex::new(0));
    let woken = condvar.wait_timeout(mutex.lock().unwrap(), Duration::from_millis(1)).unwrap();
    shown.extend([format!("{condvar:?}"), format!("{:?}", woken.1)]);
    let (sender, receiver) = mpsc::channel::<u8>();
    let (bounded, _) = mpsc::sync_channel::<u8>(1);
    shown.extend([format!("{sender:?}"), format!("{receiver:?}"), format!("{bounded:?}")]);
    shown.extend([format!("{:?}", receiver.iter()), format!("{:?}", receiver.try_iter())]);
    shown.extend([format!("{:?}", bounded.try_send(1)), format!("{:?}", bounded.send(1))]);
    let handle = thread::spawn(|| ());
    shown.push(format!("{handle:?}"));
    handle.join().unwrap();
}
