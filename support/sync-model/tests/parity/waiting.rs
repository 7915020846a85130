//! Meeting points, and what happens once.

use std::fmt::Debug;
use std::ops::{Deref, DerefMut};

use super::facade::time::Duration;
use super::facade::{
    Barrier, BarrierWaitResult, Condvar, LazyLock, LockResult, MutexGuard, Once, OnceLock,
    OnceState, WaitTimeoutResult,
};
use crate::Names;

pub(crate) fn items() -> Names {
    let mut names = Names::default();
    types::<u8>(&mut names);
    meetings::<u8>(&mut names);
    onces::<u8>(&mut names);
    lazies::<u8>(&mut names);
    traits(&mut names);
    names
}

fn types<T>(names: &mut Names) {
    types!(names, "std::sync";
        Barrier, BarrierWaitResult, Condvar, LazyLock<T>, Once, OnceLock<T>, OnceState,
        WaitTimeoutResult);
}

fn meetings<T>(names: &mut Names) {
    type Guard<'a, T> = MutexGuard<'a, T>;
    type Timed<'a, T> = LockResult<(Guard<'a, T>, WaitTimeoutResult)>;
    type Holds<T> = fn(&mut T) -> bool;
    values!(names, "std::sync";
        Barrier::new => fn(usize) -> Barrier,
        Barrier::wait => fn(&Barrier) -> BarrierWaitResult,
        BarrierWaitResult::is_leader => fn(&BarrierWaitResult) -> bool,
        Condvar::new => fn() -> Condvar,
        Condvar::wait => for<'a> fn(&Condvar, Guard<'a, T>) -> LockResult<Guard<'a, T>>,
        Condvar::wait_while =>
            for<'a> fn(&Condvar, Guard<'a, T>, Holds<T>) -> LockResult<Guard<'a, T>>,
        Condvar::wait_timeout => for<'a> fn(&Condvar, Guard<'a, T>, Duration) -> Timed<'a, T>,
        Condvar::wait_timeout_while =>
            for<'a> fn(&Condvar, Guard<'a, T>, Duration, Holds<T>) -> Timed<'a, T>,
        Condvar::notify_one => fn(&Condvar),
        Condvar::notify_all => fn(&Condvar),
        WaitTimeoutResult::timed_out => fn(&WaitTimeoutResult) -> bool);
}

fn onces<T>(names: &mut Names) {
    values!(names, "std::sync";
        Once::new => fn() -> Once,
        Once::call_once => fn(&Once, fn()),
        Once::call_once_force => fn(&Once, fn(&OnceState)),
        Once::is_completed => fn(&Once) -> bool,
        Once::wait => fn(&Once),
        Once::wait_force => fn(&Once),
        OnceState::is_poisoned => fn(&OnceState) -> bool,
        OnceLock::new => fn() -> OnceLock<T>,
        OnceLock::get => fn(&OnceLock<T>) -> Option<&T>,
        OnceLock::get_mut => fn(&mut OnceLock<T>) -> Option<&mut T>,
        OnceLock::set => fn(&OnceLock<T>, T) -> Result<(), T>,
        OnceLock::get_or_init => fn(&OnceLock<T>, fn() -> T) -> &T,
        OnceLock::wait => fn(&OnceLock<T>) -> &T,
        OnceLock::take => fn(&mut OnceLock<T>) -> Option<T>,
        OnceLock::into_inner => fn(OnceLock<T>) -> Option<T>);
}

fn lazies<T>(names: &mut Names) {
    values!(names, "std::sync";
        LazyLock::new => fn(fn() -> T) -> LazyLock<T>,
        LazyLock::force => fn(&LazyLock<T>) -> &T,
        LazyLock::force_mut => fn(&mut LazyLock<T>) -> &mut T,
        LazyLock::get => fn(&LazyLock<T>) -> Option<&T>,
        LazyLock::get_mut => fn(&mut LazyLock<T>) -> Option<&mut T>);
}

fn traits(names: &mut Names) {
    type T = u8;
    implementations!(names, "std::sync";
        Barrier: Debug;
        BarrierWaitResult: Debug;
        Condvar: Debug, Default;
        LazyLock<T>: Debug, Default, Deref, DerefMut;
        Once: Debug;
        OnceLock<T>: Clone, Debug, Default, Eq, From<T>, PartialEq;
        OnceState: Debug;
        WaitTimeoutResult: Clone, Copy, Debug, Eq, PartialEq);
}
