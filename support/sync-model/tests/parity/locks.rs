//! Locks, and what they return.

use std::error::Error;
use std::fmt::{Debug, Display};
use std::ops::{Deref, DerefMut};

use super::facade::{
    LockResult, Mutex, MutexGuard, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard,
    TryLockError, TryLockResult,
};
use crate::Names;

pub(crate) fn items() -> Names {
    let mut names = Names::default();
    types::<u8>(&mut names);
    locks::<u8>(&mut names);
    errors::<u8>(&mut names);
    traits(&mut names);
    names
}

fn types<T>(names: &mut Names) {
    types!(names, "std::sync";
        LockResult<T>, Mutex<T>, MutexGuard<'_, T>, PoisonError<T>, RwLock<T>,
        RwLockReadGuard<'_, T>, RwLockWriteGuard<'_, T>, TryLockError<T>, TryLockResult<T>);
}

fn locks<'a, T: 'a>(names: &mut Names) {
    values!(names, "std::sync";
        Mutex::new => fn(T) -> Mutex<T>,
        Mutex::lock => fn(&Mutex<T>) -> LockResult<MutexGuard<'_, T>>,
        Mutex::try_lock => fn(&Mutex<T>) -> TryLockResult<MutexGuard<'_, T>>,
        Mutex::is_poisoned => fn(&Mutex<T>) -> bool,
        Mutex::clear_poison => fn(&Mutex<T>),
        Mutex::get_mut => fn(&mut Mutex<T>) -> LockResult<&mut T>,
        Mutex::into_inner => fn(Mutex<T>) -> LockResult<T>,
        RwLock::new => fn(T) -> RwLock<T>,
        RwLock::read => fn(&RwLock<T>) -> LockResult<RwLockReadGuard<'_, T>>,
        RwLock::try_read => fn(&RwLock<T>) -> TryLockResult<RwLockReadGuard<'_, T>>,
        RwLock::write => fn(&RwLock<T>) -> LockResult<RwLockWriteGuard<'_, T>>,
        RwLock::try_write => fn(&RwLock<T>) -> TryLockResult<RwLockWriteGuard<'_, T>>,
        RwLock::is_poisoned => fn(&RwLock<T>) -> bool,
        RwLock::clear_poison => fn(&RwLock<T>),
        RwLock::get_mut => fn(&mut RwLock<T>) -> LockResult<&mut T>,
        RwLock::into_inner => fn(RwLock<T>) -> LockResult<T>,
        RwLockWriteGuard::downgrade => fn(RwLockWriteGuard<'a, T>) -> RwLockReadGuard<'a, T>);
}

/// What needs no `Sized` data, with data that is none.
#[allow(dead_code)]
fn unsized_data(mutex: &Mutex<[u8]>, lock: &RwLock<dyn Debug>) -> bool {
    let same = mutex.lock().is_ok() == mutex.try_lock().is_ok();
    let read = lock.read().is_ok() == lock.try_read().is_ok();
    let write = lock.write().is_ok() == lock.try_write().is_ok();
    same && read && write && mutex.is_poisoned() == lock.is_poisoned()
}

fn errors<T>(names: &mut Names) {
    values!(names, "std::sync";
        PoisonError::new => fn(T) -> PoisonError<T>,
        PoisonError::into_inner => fn(PoisonError<T>) -> T,
        PoisonError::get_ref => fn(&PoisonError<T>) -> &T,
        PoisonError::get_mut => fn(&mut PoisonError<T>) -> &mut T,
        TryLockError::Poisoned => fn(PoisonError<T>) -> TryLockError<T>,
        TryLockError::WouldBlock => TryLockError<T>);
}

fn traits(names: &mut Names) {
    type T = u8;
    implementations!(names, "std::sync";
        Mutex<T>: Debug, Default, From<T>;
        MutexGuard<'_, T>: Debug, Deref, DerefMut, Display;
        PoisonError<T>: Debug, Display, Error;
        RwLock<T>: Debug, Default, From<T>;
        RwLockReadGuard<'_, T>: Debug, Deref, Display;
        RwLockWriteGuard<'_, T>: Debug, Deref, DerefMut, Display;
        TryLockError<T>: Debug, Display, Error, From<PoisonError<T>>);
    fn unsized_data<T: Debug + ?Sized>() {}
    unsized_data::<Mutex<dyn Debug>>();
    unsized_data::<RwLock<[u8]>>();
    unsized_data::<MutexGuard<'_, dyn Debug>>();
}
