//! What a crowd of real threads does with a lock, and what it counts.

use std::sync::Barrier;
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};

use checks::{Dice, Fault, require};
use rlock::RLock;

const NO_SCHEDULE: &str = "They were stopped at random moments: there is no schedule to show, and \
                           the next run may find something else";

/// Stands in [`Visits::owner`] while nobody is inside.
const NOBODY: usize = usize::MAX;

pub const THREADS: usize = 3;

/// One round: one lock, and the threads that use it.
pub struct Visits {
    round: u64,
    lock: RLock,
    /// Who is inside, by the threads' own account.
    owner: AtomicUsize,
    meeting: Barrier,
}

/// How threads come in.
#[derive(Clone, Copy)]
enum Way {
    Acquire,
    Try,
    Guard,
}

const WAYS: [Way; 3] = [Way::Acquire, Way::Try, Way::Guard];

impl Visits {
    pub fn new(round: u64) -> Self {
        let (lock, meeting) = (RLock::new(), Barrier::new(THREADS));
        Self { round, lock, owner: AtomicUsize::new(NOBODY), meeting }
    }

    /// What one of the threads does.
    pub fn of_thread(&self, thread: usize) {
        let mut dice = Dice::new(self.round, thread);
        let any = |dice: &mut Dice| WAYS[dice.roll(WAYS.len() as u64) as usize];
        match self.round % 5 {
            // Nobody waits, so threads are at work all the time.
            0 | 1 => (0..4_000).for_each(|_| self.visit(thread, Way::Try, &mut dice)),
            2 => (0..500).for_each(|_| self.visit(thread, Way::Acquire, &mut dice)),
            3 => (0..500).for_each(|_| self.visit(thread, any(&mut dice), &mut dice)),
            _ => {
                for _ in 0..20 {
                    (0..10).for_each(|_| self.visit(thread, any(&mut dice), &mut dice));
                    self.each_takes_it_alone(thread);
                }
            }
        }
        self.each_takes_it_alone(thread);
    }

    /// Comes in, sometimes several levels deep, and goes out.
    fn visit(&self, thread: usize, way: Way, dice: &mut Dice) {
        if let Way::Guard = way {
            let _level = self.lock.lock();
            self.enter(thread);
            drop(self.lock.lock());
            return self.leave(thread);
        }
        // Whoever is outside owns nothing, and so has nothing to give back.
        if dice.roll(8) == 0 {
            self.refuses_a_stranger();
        }
        match way {
            Way::Try if !self.lock.try_acquire() => return,
            Way::Try => {}
            Way::Acquire | Way::Guard => self.lock.acquire(),
        }
        self.enter(thread);
        let deeper = dice.roll(3);
        for _ in 0..deeper {
            match way {
                Way::Try => require!(
                    Fault::NotExclusive,
                    self.lock.try_acquire(),
                    "the real thread that owns the lock was refused. {NO_SCHEDULE}"
                ),
                Way::Acquire | Way::Guard => self.lock.acquire(),
            }
        }
        (0..deeper).for_each(|_| self.give_back());
        self.leave(thread);
        self.give_back();
    }

    fn enter(&self, thread: usize) {
        let owner = self.owner.swap(thread, SeqCst);
        require!(
            Fault::NotExclusive,
            owner == NOBODY,
            "two real threads, {owner} and {thread}, owned the lock at once. {NO_SCHEDULE}"
        );
    }

    fn leave(&self, thread: usize) {
        let owner = self.owner.swap(NOBODY, SeqCst);
        require!(
            Fault::NotExclusive,
            owner == thread,
            "another real thread came in while thread {thread} owned the lock. {NO_SCHEDULE}"
        );
    }

    fn give_back(&self) {
        require!(
            Fault::NotExclusive,
            self.lock.release().is_ok(),
            "a real thread that owns the lock released it, and was told that it does not. \
             {NO_SCHEDULE}"
        );
    }

    fn refuses_a_stranger(&self) {
        assert!(
            self.lock.release().is_err(),
            "a real thread that does not own the lock released it. {NO_SCHEDULE}"
        );
    }

    /// When all are out, the lock is free: each finds it so in its turn.
    fn each_takes_it_alone(&self, thread: usize) {
        for turn in 0..THREADS {
            self.meeting.wait();
            if turn == thread {
                assert!(
                    self.lock.try_acquire(),
                    "real threads released the lock as often as they had acquired it, and it is \
                     not free. {NO_SCHEDULE}"
                );
                self.give_back();
                self.refuses_a_stranger();
            }
        }
        self.meeting.wait();
    }
}
