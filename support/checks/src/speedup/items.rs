//! Measures an answer that is given the work as a closure: the check's own items do the measuring.

use std::cell::Cell;
use std::collections::HashMap;
use std::hint::black_box;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread::{self, ThreadId};
use std::time::Duration;

use evidence::found::Rendezvous;
use evidence::{Fault, SpeedupRound, require};

use super::clock::{self, cost, millis};
use super::convoy::{Convoy, Trip};
use super::pin::Lane;

/// CPU time of one item.
const ITEM: Duration = Duration::from_micros(2_500);

/// What each item does: called with its number.
pub(crate) type Work<'a> = &'a (dyn Fn(usize) + Sync);

/// An answer under measurement: `run` hands `items` items to it.
pub(crate) struct Items<'a> {
    pub items: usize,
    pub threads: usize,
    pub run: &'a dyn Fn(usize, Work<'_>),
}

impl Items<'_> {
    /// Whether `threads` items (at most 4) come to be in flight at once.
    pub fn rendezvous(&self) -> Rendezvous {
        let wanted = self.threads.clamp(2, 4);
        let attempt = || {
            let convoy = Convoy::new(self.items, wanted);
            self.run_all(|_| convoy.join_in());
            convoy.trip()
        };
        // Once more if it fails: ten seconds were not enough, which a machine may be to blame for.
        let trip = match attempt() {
            Trip::Together => Trip::Together,
            _ => attempt(),
        };
        require!(
            Fault::Unbalanced,
            trip != Trip::Parted,
            "{wanted} items were in flight at first, then one thread was left to work alone"
        );
        let met = if let Trip::Alone(stood) = trip { stood } else { wanted };
        Rendezvous { wanted, met }
    }

    /// One round: a plain loop, the answer as it is, and the answer with all workers on one CPU.
    pub fn round(&self, kernel: &Kernel) -> SpeedupRound {
        let ((), plain) = cost(|| (0..self.items).for_each(|_| kernel.run()));
        let lane = Lane::here();
        let ((), free) = cost(|| self.run_all(|_| in_lane(&lane, false, || kernel.run())));
        let shares = Shares::default();
        let ((), pinned) = cost(|| {
            self.run_all(|_| in_lane(&lane, true, || shares.count(|| kernel.run())));
        });
        in_lane(&lane, false, || ());
        SpeedupRound {
            work: millis(pinned.cpu),
            // What was spent outside of the items is shared out like the items.
            span: millis(pinned.cpu) * shares.largest(),
            reference_work: millis(plain.cpu),
            wall: millis(free.wall),
            reference_wall: millis(plain.wall),
        }
    }

    /// Runs the answer and makes sure that it works on each item once.
    fn run_all(&self, item: impl Fn(usize) + Sync) {
        let times: Vec<AtomicUsize> = (0..self.items).map(|_| AtomicUsize::new(0)).collect();
        (self.run)(self.threads, &|number| {
            times[number].fetch_add(1, Ordering::Relaxed);
            item(number);
        });
        for (number, times) in times.iter().enumerate() {
            let times = times.load(Ordering::Relaxed);
            require!(
                Fault::WrongAnswer,
                times == 1,
                "item {number} of {} was worked on {times} times",
                self.items
            );
        }
    }
}

/// Runs an item with its thread inside or outside of the lane.
fn in_lane(lane: &Lane, inside: bool, item: impl FnOnce()) {
    thread_local! {
        static INSIDE: Cell<bool> = const { Cell::new(false) };
    }
    if INSIDE.replace(inside) != inside {
        if inside { lane.enter(0) } else { lane.leave(0) }
    }
    item();
}

/// CPU time of the items, by thread.
#[derive(Default)]
struct Shares {
    by_thread: Mutex<HashMap<ThreadId, Duration>>,
}

impl Shares {
    fn count(&self, item: impl FnOnce()) {
        let start = clock::this_thread();
        item();
        let spent = clock::this_thread() - start;
        let mut by_thread = self.by_thread.lock().unwrap_or_else(PoisonError::into_inner);
        *by_thread.entry(thread::current().id()).or_default() += spent;
    }

    /// The busiest thread's part of the whole.
    fn largest(&self) -> f64 {
        let by_thread = self.by_thread.lock().unwrap_or_else(PoisonError::into_inner);
        let whole: Duration = by_thread.values().sum();
        let busiest = by_thread.values().max().copied().unwrap_or_default();
        busiest.as_secs_f64() / whole.as_secs_f64()
    }
}

/// A piece of work for one CPU, of about [`ITEM`].
pub(crate) struct Kernel {
    steps: u64,
}

impl Kernel {
    /// Finds out how much work fills the time. By the CPU clock, so a busy machine does not matter.
    pub fn calibrated() -> Self {
        let mut kernel = Self { steps: 1_000 };
        loop {
            let start = clock::this_thread();
            kernel.run();
            let spent = clock::this_thread() - start;
            if spent >= ITEM {
                return kernel;
            }
            kernel.steps *= 2;
        }
    }

    fn run(&self) {
        let mut x = black_box(88_172_645_463_325_252_u64);
        for _ in 0..self.steps {
            x ^= x << 13;
            x ^= x >> 7;
            x ^= x << 17;
        }
        black_box(x);
    }
}
