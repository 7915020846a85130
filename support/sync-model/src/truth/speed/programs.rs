//! Programs to measure a checker by, as the author of a check writes them: threads that share an `Arc`,
//! started by the scenario's own thread and joined in order.
//!
//! They are compiled once on the types of each checker: `super::sync` says which. What they share is the
//! standard library's `Arc`, as the course tells learners.

use std::collections::VecDeque;
use std::sync::Arc;

use super::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use super::sync::{Condvar, Mutex, RwLock, thread};

/// A program.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Program {
    pub name: &'static str,
    /// How many it starts: the scenario's own thread is one more.
    pub threads: usize,
    pub run: fn(),
    /// Some schedules break its promise.
    pub is_wrong: bool,
}

const fn right(name: &'static str, threads: usize, run: fn()) -> Program {
    Program { name, threads, run, is_wrong: false }
}

const fn wrong(name: &'static str, threads: usize, run: fn()) -> Program {
    Program { name, threads, run, is_wrong: true }
}

/// All of them.
pub(crate) const ALL: [Program; 14] = [
    right("lock, 3 threads × 2 sections", 3, lock::<3, 2>),
    right("lock, 5 × 1", 5, lock::<5, 1>),
    right("lock, 6 × 1", 6, lock::<6, 1>),
    right("lock, 8 × 1", 8, lock::<8, 1>),
    right("5 readers, 1 writer", 6, readers_and_writer::<5>),
    right("compare-exchange loop, 3 × 1", 3, compare_exchange::<3>),
    right("barrier of 3", 3, barrier::<3>),
    right("barrier of 4", 4, barrier::<4>),
    right("queue for 1, 2 + 2 threads × 1 item", 4, queue::<1, 1>),
    right("queue for 2, 2 + 2 threads × 3 items", 4, queue::<2, 3>),
    right("semaphore, 4 threads, 2 permits", 4, semaphore::<4, 2>),
    right("semaphore, 5 threads, 2 permits", 5, semaphore::<5, 2>),
    wrong("a mistake after 3 preemptions", 2, handed_to_and_fro),
    wrong("a lost update of 3 threads", 3, lost_update::<3>),
];

/// Each thread adds to a number, one section of a lock each time.
fn lock<const THREADS: usize, const SECTIONS: usize>() {
    let sum = Arc::new(Mutex::new(0));
    let mut threads = Vec::new();
    for _ in 0..THREADS {
        let sum = Arc::clone(&sum);
        threads.push(thread::spawn(move || {
            for _ in 0..SECTIONS {
                *sum.lock().unwrap() += 1;
            }
        }));
    }
    threads.into_iter().for_each(|thread| thread.join().unwrap());
    assert_eq!(*sum.lock().unwrap(), THREADS * SECTIONS);
}

/// Readers of two numbers that one writer keeps the same.
fn readers_and_writer<const READERS: usize>() {
    let pair = Arc::new(RwLock::new((0, 0)));
    let mut threads = Vec::new();
    for _ in 0..READERS {
        let pair = Arc::clone(&pair);
        threads.push(thread::spawn(move || {
            let pair = pair.read().unwrap();
            assert_eq!(pair.0, pair.1);
        }));
    }
    let theirs = Arc::clone(&pair);
    threads.push(thread::spawn(move || {
        let mut pair = theirs.write().unwrap();
        pair.0 += 1;
        pair.1 += 1;
    }));
    threads.into_iter().for_each(|thread| thread.join().unwrap());
}

/// Each thread adds to a number, again and again until nobody has changed it meanwhile.
fn compare_exchange<const THREADS: usize>() {
    let sum = Arc::new(AtomicUsize::new(0));
    let mut threads = Vec::new();
    for _ in 0..THREADS {
        let sum = Arc::clone(&sum);
        threads.push(thread::spawn(move || {
            let mut seen = sum.load(SeqCst);
            while let Err(other) = sum.compare_exchange(seen, seen + 1, SeqCst, SeqCst) {
                seen = other;
            }
        }));
    }
    threads.into_iter().for_each(|thread| thread.join().unwrap());
    assert_eq!(sum.load(SeqCst), THREADS);
}

/// A barrier from a lock and a condition variable: how many have come, and how often all had.
#[derive(Default)]
struct Barrier {
    state: Mutex<(usize, usize)>,
    opened: Condvar,
}

impl Barrier {
    fn wait(&self, threads: usize) {
        let mut state = self.state.lock().unwrap();
        state.0 += 1;
        if state.0 == threads {
            *state = (0, state.1 + 1);
            self.opened.notify_all();
            return;
        }
        let generation = state.1;
        while state.1 == generation {
            state = self.opened.wait(state).unwrap();
        }
    }
}

/// Whoever is through the barrier knows that all have come to it.
fn barrier<const THREADS: usize>() {
    let shared = Arc::new((Barrier::default(), AtomicUsize::new(0)));
    let mut threads = Vec::new();
    for _ in 0..THREADS {
        let shared = Arc::clone(&shared);
        threads.push(thread::spawn(move || {
            let (barrier, came) = &*shared;
            came.fetch_add(1, SeqCst);
            barrier.wait(THREADS);
            assert_eq!(came.load(SeqCst), THREADS);
        }));
    }
    threads.into_iter().for_each(|thread| thread.join().unwrap());
}

/// A queue with room for so many, from a lock and two condition variables.
#[derive(Default)]
struct Queue<const ROOM: usize> {
    items: Mutex<VecDeque<usize>>,
    not_full: Condvar,
    not_empty: Condvar,
}

impl<const ROOM: usize> Queue<ROOM> {
    fn put(&self, item: usize) {
        let mut items = self.items.lock().unwrap();
        while items.len() == ROOM {
            items = self.not_full.wait(items).unwrap();
        }
        items.push_back(item);
        self.not_empty.notify_one();
    }

    fn get(&self) -> usize {
        let mut items = self.items.lock().unwrap();
        loop {
            if let Some(item) = items.pop_front() {
                self.not_full.notify_one();
                return item;
            }
            items = self.not_empty.wait(items).unwrap();
        }
    }
}

/// Two threads put what two others get.
fn queue<const ROOM: usize, const ITEMS: usize>() {
    let queue = Arc::new(Queue::<ROOM>::default());
    let mut producers = Vec::new();
    for _ in 0..2 {
        let queue = Arc::clone(&queue);
        producers.push(thread::spawn(move || (1..=ITEMS).for_each(|item| queue.put(item))));
    }
    let mut consumers = Vec::new();
    for _ in 0..2 {
        let queue = Arc::clone(&queue);
        consumers.push(thread::spawn(move || (0..ITEMS).map(|_| queue.get()).sum::<usize>()));
    }
    producers.into_iter().for_each(|thread| thread.join().unwrap());
    let got: usize = consumers.into_iter().map(|thread| thread.join().unwrap()).sum();
    assert_eq!(got, ITEMS * (ITEMS + 1));
}

/// A semaphore from a lock and a condition variable.
struct Semaphore {
    permits: Mutex<usize>,
    freed: Condvar,
}

impl Semaphore {
    fn acquire(&self) {
        let mut permits = self.permits.lock().unwrap();
        while *permits == 0 {
            permits = self.freed.wait(permits).unwrap();
        }
        *permits -= 1;
    }

    fn release(&self) {
        *self.permits.lock().unwrap() += 1;
        self.freed.notify_one();
    }
}

/// No more threads are inside than there are permits.
fn semaphore<const THREADS: usize, const PERMITS: usize>() {
    let semaphore = Semaphore { permits: Mutex::new(PERMITS), freed: Condvar::new() };
    let shared = Arc::new((semaphore, AtomicUsize::new(0)));
    let mut threads = Vec::new();
    for _ in 0..THREADS {
        let shared = Arc::clone(&shared);
        threads.push(thread::spawn(move || {
            let (semaphore, inside) = &*shared;
            semaphore.acquire();
            assert!(inside.fetch_add(1, SeqCst) < PERMITS);
            inside.fetch_sub(1, SeqCst);
            semaphore.release();
        }));
    }
    threads.into_iter().for_each(|thread| thread.join().unwrap());
}

/// Two threads take turns at a number, each only if it is its turn. All turns are taken if the first one
/// is interrupted twice and the second one once.
fn handed_to_and_fro() {
    let turn = Arc::new(AtomicUsize::new(0));
    let take = |turn: &AtomicUsize, number| {
        let _ = turn.compare_exchange(number, number + 1, SeqCst, SeqCst);
    };
    let theirs = Arc::clone(&turn);
    let even = thread::spawn(move || {
        take(&theirs, 0);
        take(&theirs, 2);
        take(&theirs, 4);
    });
    let theirs = Arc::clone(&turn);
    let odd = thread::spawn(move || {
        take(&theirs, 1);
        take(&theirs, 3);
    });
    even.join().unwrap();
    odd.join().unwrap();
    assert_ne!(turn.load(SeqCst), 5);
}

/// Each thread adds to a number in two steps.
fn lost_update<const THREADS: usize>() {
    let sum = Arc::new(AtomicUsize::new(0));
    let mut threads = Vec::new();
    for _ in 0..THREADS {
        let sum = Arc::clone(&sum);
        threads.push(thread::spawn(move || {
            let seen = sum.load(SeqCst);
            sum.store(seen + 1, SeqCst);
        }));
    }
    threads.into_iter().for_each(|thread| thread.join().unwrap());
    assert_eq!(sum.load(SeqCst), THREADS);
}
