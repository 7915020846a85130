//! What a crowd of real threads does with a semaphore, and what it counts.

use std::hint;
use std::sync::Barrier;
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use std::time::Duration;

use bounded_semaphore::BoundedSemaphore;
use checks::{Dice, Fault, require};

const NO_SCHEDULE: &str = "They were stopped at random moments: there is no schedule to show, and \
                           the next run may find something else";

/// One round: one semaphore, and the threads that use it.
pub struct Visits {
    pub threads: usize,
    round: u64,
    kind: Kind,
    permits: usize,
    semaphore: BoundedSemaphore,
    /// How many threads have a permit for sure.
    inside: AtomicUsize,
    /// How many permits were taken and given back by somebody, where nobody owns one.
    taken: AtomicUsize,
    given_back: AtomicUsize,
    meeting: Barrier,
}

/// What the threads do in a round.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// All come in the same way, or each as it likes.
    Visit(Option<Way>),
    /// They meet again and again, and all permits must be there.
    Meet,
    /// There are permits for all, so nobody may be refused.
    Plenty,
    /// Everybody takes and gives back, no matter whose permits they are.
    Share,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    Try,
    Timeout,
    ForEver,
    Permit,
    Acquire,
}

const WAYS: [Way; 5] = [Way::Try, Way::Timeout, Way::ForEver, Way::Permit, Way::Acquire];

const KINDS: [Kind; 8] = [
    Kind::Visit(Some(Way::Try)),
    Kind::Visit(None),
    Kind::Share,
    Kind::Visit(Some(Way::Acquire)),
    Kind::Meet,
    Kind::Visit(Some(Way::Timeout)),
    Kind::Plenty,
    Kind::Visit(Some(Way::Permit)),
];

impl Visits {
    pub fn new(round: u64) -> Self {
        let kind = KINDS[round as usize % KINDS.len()];
        let few = 1 + round as usize / KINDS.len() % 2;
        let (permits, threads) = if kind == Kind::Plenty { (3, 3) } else { (few, few + 2) };
        Self {
            threads,
            round,
            kind,
            permits,
            semaphore: BoundedSemaphore::new(permits),
            inside: AtomicUsize::new(0),
            taken: AtomicUsize::new(0),
            given_back: AtomicUsize::new(0),
            meeting: Barrier::new(threads),
        }
    }

    /// What one of the threads does.
    pub fn of_thread(&self, thread: usize) {
        let mut dice = Dice::new(self.round, thread);
        match self.kind {
            Kind::Visit(Some(way @ Way::Try)) => self.visits(4_000, Some(way), &mut dice),
            Kind::Visit(way) => self.visits(500, way, &mut dice),
            Kind::Plenty => self.visits(1_000, None, &mut dice),
            Kind::Meet => {
                for _ in 0..20 {
                    self.visits(10, None, &mut dice);
                    self.all_permits_are_there();
                }
            }
            Kind::Share => (0..8_000).for_each(|_| self.share(&mut dice)),
        }
        self.all_permits_are_there();
    }

    fn visits(&self, turns: usize, way: Option<Way>, dice: &mut Dice) {
        for _ in 0..turns {
            let way = way.unwrap_or_else(|| WAYS[dice.roll(WAYS.len() as u64) as usize]);
            self.visit(way, dice);
        }
    }

    /// Takes a permit, is inside, and gives it back.
    fn visit(&self, way: Way, dice: &mut Dice) {
        let semaphore = &self.semaphore;
        let taken = match way {
            Way::Try => semaphore.try_acquire(),
            Way::Timeout => semaphore.acquire_timeout(Duration::from_micros(dice.roll(200))),
            Way::ForEver => semaphore.acquire_timeout(Duration::MAX),
            Way::Permit => {
                let _permit = semaphore.permit();
                return self.stay(dice);
            }
            Way::Acquire => {
                semaphore.acquire();
                true
            }
        };
        assert!(
            taken || self.kind != Kind::Plenty && way != Way::ForEver,
            "a real thread was refused although there was a permit for it. {NO_SCHEDULE}"
        );
        if taken {
            self.stay(dice);
            require!(
                Fault::LostPermit,
                semaphore.release().is_ok(),
                "a real thread gave back its permit, and was told that all {} are there already. \
                 {NO_SCHEDULE}",
                self.permits
            );
        }
    }

    /// Is inside for a moment, so that others can come in if they are let.
    fn stay(&self, dice: &mut Dice) {
        let inside = self.inside.fetch_add(1, SeqCst) + 1;
        require!(
            Fault::NotExclusive,
            inside <= self.permits,
            "{inside} real threads were inside at once, with {} permits. {NO_SCHEDULE}",
            self.permits
        );
        (0..dice.roll(20)).for_each(|_| hint::spin_loop());
        self.inside.fetch_sub(1, SeqCst);
    }

    /// Takes any permit, or gives any back, if that can be.
    fn share(&self, dice: &mut Dice) {
        let semaphore = &self.semaphore;
        match dice.roll(4) {
            0 => self.taken.fetch_add(usize::from(semaphore.try_acquire()), SeqCst),
            1 => {
                let taken = semaphore.acquire_timeout(Duration::ZERO);
                self.taken.fetch_add(usize::from(taken), SeqCst)
            }
            _ => self.given_back.fetch_add(usize::from(semaphore.release().is_ok()), SeqCst),
        };
        let available = semaphore.available();
        require!(
            Fault::LostPermit,
            available <= self.permits,
            "real threads took permits and gave them back: {available} are there, of {}. {NO_SCHEDULE}",
            self.permits
        );
    }

    /// Waits for the others. When all have given back what they took, all permits are there.
    fn all_permits_are_there(&self) {
        self.meeting.wait();
        let (taken, given_back) = (self.taken.load(SeqCst), self.given_back.load(SeqCst));
        let expected = (self.permits + given_back).checked_sub(taken);
        let available = self.semaphore.available();
        require!(
            Fault::LostPermit,
            Some(available) == expected,
            "real threads took permits and gave them back: of {} there should now be {}, but \
             {available} are found. {NO_SCHEDULE}",
            self.permits,
            expected.map_or("less than none".to_owned(), |expected| expected.to_string())
        );
        self.meeting.wait();
    }
}
