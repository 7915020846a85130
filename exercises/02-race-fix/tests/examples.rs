//! What one thread alone can expect of the counter, and what many threads can.

mod contract;

use std::sync::Barrier;
use std::sync::atomic::{AtomicI64, Ordering::SeqCst};
use std::time::Duration;

use checks::{Dice, Fault, crowd, example, interrupted, require, step, within};
use race_fix as answer;
use race_fix::{SharedCounter, count_with_threads};

/// Long enough for any machine, and only waited for by a counter that hangs.
const LIMIT: Duration = Duration::from_secs(5);

#[test]
fn counts_alone() {
    example(|| {
        step("one thread calls incr(3), decr(1) and get()");
        let count = within(LIMIT, || {
            let counter = SharedCounter::new(40);
            counter.incr(3);
            counter.decr(1);
            counter.get()
        });
        assert_eq!(count, 42);
    });
}

#[test]
fn reading_changes_nothing() {
    example(|| {
        let counter = SharedCounter::new(7);
        assert_eq!([counter.get(), counter.get()], [7, 7], "the same counter, read twice");
    });
}

#[test]
fn wraps_around() {
    example(|| {
        let counter = SharedCounter::new(i64::MAX);
        counter.incr(1);
        assert_eq!(counter.get(), i64::MIN, "one more than the biggest i64");
        counter.decr(1);
        assert_eq!(counter.get(), i64::MAX, "one less than the smallest i64");
        let counter = SharedCounter::new(0);
        counter.decr(i64::MIN);
        assert_eq!(counter.get(), i64::MIN, "0 - i64::MIN wraps around to i64::MIN");
    });
}

/// Real threads on real processors: what the article's program gets wrong. The model check is the
/// one that never misses; this one shows that the counter works outside of the model, too. In the end,
/// threads are stopped at random moments.
#[test]
fn real_threads_lose_nothing() {
    example(|| {
        for (threads, increments) in [(0, 5), (3, 0), (1, 1_000), (2, 50_000), (8, 10_000)] {
            step(format!("count_with_threads({threads}, {increments})"));
            let count = within(LIMIT, move || count_with_threads(threads, increments));
            let expected = (threads * increments) as i64;
            require!(
                Fault::LostUpdate,
                count == expected,
                "{threads} threads added 1 each, {increments} times: {expected} expected, \
                 {count} found"
            );
        }
        step("real threads add and subtract, and are stopped at random moments");
        interrupted(|round| {
            let sums = Sums::new(round);
            crowd(sums.threads, move |thread| sums.of_thread(thread));
        });
    });
}

/// One round: one counter, the threads that use it, and what they have added.
struct Sums {
    threads: usize,
    round: u64,
    counter: SharedCounter,
    added: AtomicI64,
    meeting: Barrier,
}

impl Sums {
    fn new(round: u64) -> Self {
        let threads = 2 + round as usize % 3;
        Self {
            threads,
            round,
            counter: SharedCounter::new(0),
            added: AtomicI64::new(0),
            meeting: Barrier::new(threads),
        }
    }

    fn of_thread(&self, thread: usize) {
        let mut dice = Dice::new(self.round, thread);
        let (mut added, mut last) = (0_i64, 0);
        // In every second round, all go up.
        let up = self.round.is_multiple_of(2);
        for _ in 0..5_000 {
            let delta = dice.roll(1 << 40) as i64;
            match dice.roll(3) {
                0 => {
                    let now = self.counter.get();
                    require!(
                        Fault::LostUpdate,
                        !up || now >= last,
                        "real threads only add, and one saw {last} and later {now}. {NO_SCHEDULE}"
                    );
                    last = now;
                }
                1 if !up => {
                    self.counter.decr(delta);
                    added -= delta;
                }
                _ => {
                    self.counter.incr(delta);
                    added += delta;
                }
            }
        }
        self.added.fetch_add(added, SeqCst);
        self.meeting.wait();
        let (expected, found) = (self.added.load(SeqCst), self.counter.get());
        require!(
            Fault::LostUpdate,
            found == expected,
            "real threads added and subtracted: {expected} expected, {found} found. {NO_SCHEDULE}"
        );
    }
}

const NO_SCHEDULE: &str = "They were stopped at random moments: there is no schedule to show, and \
                           the next run may find something else";
