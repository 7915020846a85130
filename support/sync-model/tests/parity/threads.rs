//! Threads, their own storage, and time.

use std::cell::{Cell, RefCell};
use std::error::Error;
use std::fmt::{Debug, Display};
use std::hash::Hash;
use std::io;
use std::num::NonZero;
use std::ops::{Add, AddAssign, Sub, SubAssign};

use super::facade::hint::spin_loop;
use super::facade::thread::{
    AccessError, Builder, JoinHandle, LocalKey, Result, Scope, ScopedJoinHandle, Thread, ThreadId,
    available_parallelism, current, panicking, park, park_timeout, scope, sleep, spawn, yield_now,
};
use super::facade::time::{Duration, Instant};
use crate::Names;

super::facade::thread_local! {
    static COUNT: Cell<u32> = const { Cell::new(0) };
    /// With documentation, and seen from elsewhere.
    pub(crate) static NAMES: RefCell<Vec<String>> = RefCell::default();
}

pub(crate) fn items() -> Names {
    let mut names = Names::default();
    types::<u8>(&mut names);
    threads(&mut names);
    builders(&mut names);
    handles(&mut names);
    scopes(&mut names);
    keys::<u8>(&mut names);
    instants(&mut names);
    traits(&mut names);
    names
}

fn types<T: 'static>(names: &mut Names) {
    types!(names, "std::thread";
        AccessError, Builder, JoinHandle<T>, LocalKey<T>, Result<T>, Scope<'_, '_>,
        ScopedJoinHandle<'_, T>, Thread, ThreadId);
    types!(names, "std::time"; Instant);
}

fn threads(names: &mut Names) {
    values!(names, "std::thread";
        spawn => fn(fn() -> u8) -> JoinHandle<u8>,
        current => fn() -> Thread,
        park => fn(),
        park_timeout => fn(Duration),
        sleep => fn(Duration),
        yield_now => fn(),
        panicking => fn() -> bool,
        available_parallelism => fn() -> io::Result<NonZero<usize>>);
    values!(names, "std::hint"; spin_loop => fn());
}

fn builders<'a>(names: &mut Names) {
    type Spawn = fn(Builder, fn() -> u8) -> io::Result<JoinHandle<u8>>;
    values!(names, "std::thread";
        Builder::new => fn() -> Builder,
        Builder::name => fn(Builder, String) -> Builder,
        Builder::stack_size => fn(Builder, usize) -> Builder,
        Builder::spawn => Spawn,
        Builder::spawn_unchecked =>
            unsafe fn(Builder, fn() -> u8) -> io::Result<JoinHandle<u8>>,
        Builder::spawn_scoped =>
            fn(
                Builder,
                &'a Scope<'a, 'static>,
                fn() -> u8,
            ) -> io::Result<ScopedJoinHandle<'a, u8>>);
}

fn handles<'a>(names: &mut Names) {
    values!(names, "std::thread";
        JoinHandle::join => fn(JoinHandle<u8>) -> Result<u8>,
        JoinHandle::is_finished => fn(&JoinHandle<u8>) -> bool,
        JoinHandle::thread => fn(&JoinHandle<u8>) -> &Thread,
        ScopedJoinHandle::join => fn(ScopedJoinHandle<'a, u8>) -> Result<u8>,
        ScopedJoinHandle::is_finished => fn(&ScopedJoinHandle<'a, u8>) -> bool,
        ScopedJoinHandle::thread => for<'b> fn(&'b ScopedJoinHandle<'a, u8>) -> &'b Thread,
        Thread::id => fn(&Thread) -> ThreadId,
        Thread::name => fn(&Thread) -> Option<&str>,
        Thread::unpark => fn(&Thread));
}

fn scopes<'a>(names: &mut Names) {
    values!(names, "std::thread";
        scope => fn(for<'b> fn(&'b Scope<'b, 'static>) -> u8) -> u8,
        Scope::spawn => fn(&'a Scope<'a, 'static>, fn() -> u8) -> ScopedJoinHandle<'a, u8>);
}

/// Scopes are there to borrow: as an exercise uses them.
#[allow(dead_code)]
fn borrowing(names: &[&str]) -> usize {
    let mut sum = 0;
    scope(|scope| {
        let worker = scope.spawn(|| names.len());
        let named = Builder::new().name("b".to_owned()).spawn_scoped(scope, || names.len());
        sum += worker.join().unwrap() + named.unwrap().join().unwrap();
    });
    COUNT.set(COUNT.get() + 1);
    sum
}

fn keys<T: Copy + Default + 'static>(names: &mut Names) {
    // The macro that made the keys above.
    names.insert("std::thread_local".to_owned());
    type Key<T> = &'static LocalKey<T>;
    values!(names, "std::thread";
        LocalKey::with => fn(Key<T>, fn(&T) -> u8) -> u8,
        LocalKey::try_with => fn(Key<T>, fn(&T) -> u8) -> std::result::Result<u8, AccessError>);
    values!(names, "std::thread", LocalKey<Cell<T>>;
        get => fn(Key<Cell<T>>) -> T,
        set => fn(Key<Cell<T>>, T),
        take => fn(Key<Cell<T>>) -> T,
        replace => fn(Key<Cell<T>>, T) -> T);
    values!(names, "std::thread", LocalKey<RefCell<T>>;
        with_borrow => fn(Key<RefCell<T>>, fn(&T) -> u8) -> u8,
        with_borrow_mut => fn(Key<RefCell<T>>, fn(&mut T) -> u8) -> u8,
        set => fn(Key<RefCell<T>>, T),
        take => fn(Key<RefCell<T>>) -> T,
        replace => fn(Key<RefCell<T>>, T) -> T);
}

fn instants(names: &mut Names) {
    values!(names, "std::time";
        Instant::now => fn() -> Instant,
        Instant::elapsed => fn(&Instant) -> Duration,
        Instant::duration_since => fn(&Instant, Instant) -> Duration,
        Instant::checked_duration_since => fn(&Instant, Instant) -> Option<Duration>,
        Instant::saturating_duration_since => fn(&Instant, Instant) -> Duration,
        Instant::checked_add => fn(&Instant, Duration) -> Option<Instant>,
        Instant::checked_sub => fn(&Instant, Duration) -> Option<Instant>);
}

fn traits(names: &mut Names) {
    type T = u8;
    implementations!(names, "std::thread";
        AccessError: Clone, Copy, Debug, Display, Eq, Error, PartialEq;
        Builder: Debug;
        JoinHandle<T>: Debug;
        LocalKey<T>: Debug;
        Scope<'_, '_>: Debug;
        ScopedJoinHandle<'_, T>: Debug;
        Thread: Clone, Debug;
        ThreadId: Clone, Copy, Debug, Eq, Hash, PartialEq);
    implementations!(names, "std::time";
        Instant: Add<Duration>, AddAssign<Duration>, Clone, Copy, Debug, Eq, Hash, Ord, PartialEq,
            PartialOrd, Sub, Sub<Duration>, SubAssign<Duration>);
}
