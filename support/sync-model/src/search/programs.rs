//! Right programs of the size that learners' mistakes need: how many executions a complete search takes.

use std::collections::VecDeque;
use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;

use super::{Found, Plan, search};
use crate::atomic::{AtomicUsize, Ordering::SeqCst};
use crate::engine::{Bound, Session, Settings};
use crate::{Condvar, Mutex, RwLock, thread};

/// Searches with the default settings, but for the bound.
fn find(required: Bound, scenario: impl Fn() + 'static) -> Found {
    let plan =
        Plan { required, random: None, seed: 0, spare: 10_000, budget: Duration::from_secs(20) };
    search(&Session::begin(), Rc::new(scenario), plan, Settings::default())
}

/// Threads that do the same.
fn alike<T: Send + Sync + 'static>(
    count: usize,
    shared: &Arc<T>,
    act: fn(&T),
) -> Vec<thread::JoinHandle<()>> {
    let start = |_| {
        let shared = Arc::clone(shared);
        thread::spawn(move || act(&shared))
    };
    (0..count).map(start).collect()
}

fn join(threads: impl IntoIterator<Item = thread::JoinHandle<()>>) {
    threads.into_iter().for_each(|thread| thread.join().unwrap());
}

fn lock(count: usize, sections: fn(&Mutex<usize>)) {
    let shared = Arc::new(Mutex::new(0));
    join(alike(count, &shared, sections));
}

fn section(lock: &Mutex<usize>) {
    *lock.lock().unwrap() += 1;
}

fn two_sections(lock: &Mutex<usize>) {
    section(lock);
    section(lock);
}

fn readers_and_a_writer() {
    let shared = Arc::new(RwLock::new(0));
    let readers = alike(5, &shared, |lock| assert!(*lock.read().unwrap() < 2));
    let writer = alike(1, &shared, |lock| *lock.write().unwrap() += 1);
    join(readers.into_iter().chain(writer));
}

fn compare_and_swap() {
    let shared = Arc::new(AtomicUsize::new(0));
    join(alike(3, &shared, |number| {
        number.fetch_update(SeqCst, SeqCst, |old| Some(old + 1)).unwrap();
    }));
    assert_eq!(shared.load(SeqCst), 3);
}

struct Barrier {
    come: Mutex<(usize, usize)>,
    all: Condvar,
    parties: usize,
}

fn barrier(parties: usize) {
    let shared = Arc::new(Barrier { come: Mutex::new((0, 0)), all: Condvar::new(), parties });
    join(alike(parties, &shared, |barrier| {
        let mut come = barrier.come.lock().unwrap();
        come.0 += 1;
        if come.0 == barrier.parties {
            *come = (0, come.1 + 1);
            barrier.all.notify_all();
        } else {
            let round = come.1;
            drop(barrier.all.wait_while(come, |come| come.1 == round).unwrap());
        }
    }));
}

struct Queue {
    items: Mutex<VecDeque<usize>>,
    not_empty: Condvar,
    not_full: Condvar,
}

impl Queue {
    fn put(&self, item: usize) {
        let items = self.items.lock().unwrap();
        let mut items = self.not_full.wait_while(items, |items| items.len() == 1).unwrap();
        items.push_back(item);
        drop(items);
        self.not_empty.notify_one();
    }

    fn get(&self) -> usize {
        let items = self.items.lock().unwrap();
        let mut items = self.not_empty.wait_while(items, |items| items.is_empty()).unwrap();
        let item = items.pop_front().unwrap();
        drop(items);
        self.not_full.notify_one();
        item
    }
}

fn queue(put: fn(&Queue), get: fn(&Queue)) {
    let shared = Arc::new(Queue {
        items: Mutex::default(),
        not_empty: Condvar::new(),
        not_full: Condvar::new(),
    });
    let producers = alike(2, &shared, put);
    join(producers.into_iter().chain(alike(2, &shared, get)));
}

struct Semaphore {
    permits: Mutex<usize>,
    free: Condvar,
    inside: AtomicUsize,
}

fn semaphore(count: usize) {
    let shared = Arc::new(Semaphore {
        permits: Mutex::new(2),
        free: Condvar::new(),
        inside: AtomicUsize::new(0),
    });
    join(alike(count, &shared, |semaphore| {
        let permits = semaphore.permits.lock().unwrap();
        *semaphore.free.wait_while(permits, |permits| *permits == 0).unwrap() -= 1;
        assert!(semaphore.inside.fetch_add(1, SeqCst) < 2);
        semaphore.inside.fetch_sub(1, SeqCst);
        *semaphore.permits.lock().unwrap() += 1;
        semaphore.free.notify_one();
    }));
}

#[test]
fn table() {
    let times = |bound: Bound, name: &str, scenario: Box<dyn Fn()>| {
        let found = find(bound, scenario);
        println!(
            "{name:<20} {bound:?} {:>8} executions {:>6} ms reached {:?} {:?}",
            found.executions,
            found.elapsed.as_millis(),
            found.reached,
            found.stopped.map(|s| s.0)
        );
    };
    let all: Vec<(&str, fn() -> Box<dyn Fn()>)> = vec![
        ("lock 3x2", || Box::new(|| lock(3, two_sections))),
        ("lock 5x1", || Box::new(|| lock(5, section))),
        ("lock 6x1", || Box::new(|| lock(6, section))),
        ("lock 8x1", || Box::new(|| lock(8, section))),
        ("5 readers 1 writer", || Box::new(readers_and_a_writer)),
        ("cas 3", || Box::new(compare_and_swap)),
        ("barrier 3", || Box::new(|| barrier(3))),
        ("barrier 4", || Box::new(|| barrier(4))),
        ("queue 2p2cx1", || {
            Box::new(|| {
                queue(
                    |q| q.put(1),
                    |q| {
                        q.get();
                    },
                )
            })
        }),
        ("queue 2p2cx3", || {
            Box::new(|| {
                queue(
                    |q| (1..=3).for_each(|i| q.put(i)),
                    |q| {
                        (1..=3).for_each(|_| {
                            q.get();
                        })
                    },
                )
            })
        }),
        ("semaphore 2/2", || Box::new(|| semaphore(2))),
        ("semaphore 3/2", || Box::new(|| semaphore(3))),
        ("semaphore 4/2", || Box::new(|| semaphore(4))),
        ("semaphore 5/2", || Box::new(|| semaphore(5))),
    ];
    let only = std::env::var("ONLY").unwrap_or_default();
    for (name, scenario) in all {
        if !name.contains(&only) {
            continue;
        }
        if std::env::var("FULL").is_ok() {
            times(None, name, scenario());
        }
        if std::env::var("DEFAULT").is_ok() {
            times(Some(2), name, scenario());
        }
    }
}
