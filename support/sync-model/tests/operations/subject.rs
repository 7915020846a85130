//! What is checked: small, and each wrong in one way.

use std::collections::VecDeque;

use sync_model::atomic::{AtomicU32, Ordering::SeqCst};
use sync_model::thread::{self, JoinHandle};
use sync_model::{Condvar, Mutex};

/// Adds in two steps.
#[derive(Default)]
pub struct TwoSteps(AtomicU32);

impl TwoSteps {
    pub fn incr(&self) {
        let old = self.0.load(SeqCst);
        self.0.store(old + 1, SeqCst);
    }

    pub fn get(&self) -> u32 {
        self.0.load(SeqCst)
    }
}

/// A stack whose `pop` looks first and takes later.
#[derive(Default)]
pub struct LooksFirst(Mutex<Vec<u32>>);

impl LooksFirst {
    pub fn push(&self, item: u32) {
        self.0.lock().unwrap().push(item);
    }

    pub fn pop(&self) -> Option<u32> {
        let last = self.0.lock().unwrap().last().copied();
        self.0.lock().unwrap().pop();
        last
    }
}

/// A queue in two halves. Who puts uses one, and who takes looks into the other first: the two need not
/// meet at all.
#[derive(Default)]
pub struct Halves([Mutex<VecDeque<u32>>; 2]);

impl Halves {
    pub fn put(&self, item: u32) {
        self.0[1].lock().unwrap().push_back(item);
    }

    pub fn get(&self) -> Option<u32> {
        self.0[0].lock().unwrap().pop_front()
    }
}

/// One place for an item.
#[derive(Default)]
pub struct Place {
    item: Mutex<Option<u32>>,
    changed: Condvar,
}

impl Place {
    pub fn put(&self, item: u32) {
        let mut place =
            self.changed.wait_while(self.item.lock().unwrap(), |p| p.is_some()).unwrap();
        *place = Some(item);
        self.changed.notify_all();
    }

    /// Tells nobody.
    pub fn put_silently(&self, item: u32) {
        let mut place =
            self.changed.wait_while(self.item.lock().unwrap(), |p| p.is_some()).unwrap();
        *place = Some(item);
    }

    pub fn get(&self) -> u32 {
        let mut place =
            self.changed.wait_while(self.item.lock().unwrap(), |p| p.is_none()).unwrap();
        self.changed.notify_all();
        place.take().unwrap()
    }

    /// Does not wait.
    pub fn get_at_once(&self) -> u32 {
        self.item.lock().unwrap().take().unwrap_or(0)
    }
}

/// Has a thread of its own, and adds in two steps.
pub struct Served {
    _thread: JoinHandle<()>,
    count: TwoSteps,
}

impl Served {
    pub fn start() -> Self {
        Self { _thread: thread::spawn(thread::yield_now), count: TwoSteps::default() }
    }

    pub fn incr(&self) {
        self.count.incr();
    }

    pub fn get(&self) -> u32 {
        self.count.get()
    }
}

/// Two locks. Each method takes what it is told to.
#[derive(Default)]
pub struct Locks([Mutex<()>; 2]);

impl Locks {
    pub fn first(&self) {
        let _first = self.0[0].lock().unwrap();
    }

    pub fn first_then_second(&self) {
        let _first = self.0[0].lock().unwrap();
        let _second = self.0[1].lock().unwrap();
    }

    pub fn second_then_first(&self) {
        let _second = self.0[1].lock().unwrap();
        let _first = self.0[0].lock().unwrap();
    }
}
