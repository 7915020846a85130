//! Mistakes, as a learner might make them.

use sync_model::atomic::{AtomicBool, AtomicI64, Ordering};
use sync_model::{Condvar, Mutex, thread};

pub struct Counter {
    count: AtomicI64,
}

impl Counter {
    pub fn new() -> Self {
        Self { count: AtomicI64::new(0) }
    }

    pub fn incr(&self) {
        let old = self.count.load(Ordering::SeqCst);
        self.count.store(old + 1, Ordering::SeqCst);
    }

    pub fn incr_twice(&self) {
        self.count.fetch_add(2, Ordering::SeqCst);
    }

    pub fn get(&self) -> i64 {
        self.count.load(Ordering::SeqCst)
    }

    pub fn incr_for_ever(&self, depth: u64) -> u64 {
        let room = std::hint::black_box([depth; 2048]);
        self.incr();
        if depth == u64::MAX {
            return 0;
        }
        self.incr_for_ever(depth + 1) + room[usize::from(depth > 3)]
    }
}

/// Two locks, taken in either order.
pub struct Accounts {
    savings: Mutex<i64>,
    current: Mutex<i64>,
}

impl Accounts {
    pub fn new() -> Self {
        Self { savings: Mutex::new(100), current: Mutex::new(0) }
    }

    pub fn forth(&self) {
        let mut from = self.savings.lock().unwrap();
        let mut to = self.current.lock().unwrap();
        *from -= 1;
        *to += 1;
    }

    pub fn back(&self) {
        let mut from = self.current.lock().unwrap();
        let mut to = self.savings.lock().unwrap();
        *from -= 1;
        *to += 1;
    }

    pub fn twice(&self) {
        let first = self.savings.lock().unwrap();
        let second = self.savings.lock().unwrap();
        assert_eq!(*first, *second);
    }
}

/// An event whose flag is not under the lock under which its waiter sleeps.
pub struct Event {
    set: AtomicBool,
    lock: Mutex<()>,
    changed: Condvar,
}

impl Event {
    pub fn new() -> Self {
        Self { set: AtomicBool::new(false), lock: Mutex::new(()), changed: Condvar::new() }
    }

    pub fn set(&self) {
        self.set.store(true, Ordering::SeqCst);
        self.changed.notify_all();
    }

    pub fn set_under_the_lock(&self) {
        let _guard = self.lock.lock().unwrap();
        self.set();
    }

    pub fn wait(&self) {
        let mut guard = self.lock.lock().unwrap();
        while !self.set.load(Ordering::SeqCst) {
            guard = self.changed.wait(guard).unwrap();
        }
    }

    pub fn wait_once(&self) -> bool {
        let mut guard = self.lock.lock().unwrap();
        if !self.set.load(Ordering::SeqCst) {
            guard = self.changed.wait(guard).unwrap();
        }
        drop(guard);
        self.set.load(Ordering::SeqCst)
    }
}

pub struct Flag {
    raised: AtomicBool,
}

impl Flag {
    pub fn new() -> Self {
        Self { raised: AtomicBool::new(false) }
    }

    pub fn poll(&self) {
        while !self.raised.load(Ordering::SeqCst) {
            thread::yield_now();
        }
    }
}

/// A lock that is looked at and taken in two steps.
pub struct BrokenLock {
    held: AtomicBool,
}

impl BrokenLock {
    pub fn new() -> Self {
        Self { held: AtomicBool::new(false) }
    }

    pub fn with(&self, section: impl FnOnce()) {
        while self.held.load(Ordering::Acquire) {
            thread::yield_now();
        }
        self.held.store(true, Ordering::Release);
        section();
        self.held.store(false, Ordering::Release);
    }
}

/// A stack that is looked at and popped in two sections.
pub struct Stack {
    items: Mutex<Vec<u32>>,
}

impl Stack {
    pub fn one() -> Self {
        Self { items: Mutex::new(vec![1]) }
    }

    pub fn take(&self) {
        let is_empty = self.items.lock().unwrap().is_empty();
        if !is_empty {
            let item = self.items.lock().unwrap().pop();
            assert_eq!(item.expect("there is an item"), 1);
        }
    }
}

/// A value that is published by a flag that orders nothing.
pub struct Slot {
    value: AtomicI64,
    full: AtomicBool,
}

impl Slot {
    pub fn new() -> Self {
        Self { value: AtomicI64::new(0), full: AtomicBool::new(false) }
    }

    pub fn publish(&self, value: i64) {
        self.value.store(value, Ordering::Relaxed);
        self.full.store(true, Ordering::Relaxed);
    }

    pub fn read(&self) -> Option<i64> {
        self.full.load(Ordering::Relaxed).then(|| self.value.load(Ordering::Relaxed))
    }
}
