//! What a crowd of real threads does with a queue, and what it counts.

use std::sync::Barrier;
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};

use checks::{Dice, Fault, require};
use producer_consumer::Queue;

const NO_SCHEDULE: &str = "They were stopped at random moments: there is no schedule to show, and \
                           the next run may find something else";

/// Half of them put, and half of them get, where threads do not do both.
pub const THREADS: usize = 4;
const PRODUCERS: usize = THREADS / 2;
/// What each producer puts between two meetings.
const ITEMS: usize = 50;

/// An item: who put it, and which of theirs it is.
type Item = (usize, usize);

/// One round: one queue, and the threads that use it.
pub struct Traffic {
    round: u64,
    queue: Queue<Item>,
    /// How many items are in the queue for sure.
    inside: AtomicUsize,
    /// How often each item was got.
    got: [Vec<AtomicUsize>; PRODUCERS],
    /// How many items were got, and are done or as good as done.
    done: AtomicUsize,
    /// Producers that have put all that they have.
    ready: AtomicUsize,
    meeting: Barrier,
}

impl Traffic {
    pub fn new(round: u64) -> Self {
        let nobody_got_it = || (0..ITEMS).map(|_| AtomicUsize::new(0)).collect();
        Self {
            round,
            queue: Queue::bounded(1 + (round / 2) as usize % 2),
            inside: AtomicUsize::new(0),
            got: std::array::from_fn(|_| nobody_got_it()),
            done: AtomicUsize::new(0),
            ready: AtomicUsize::new(0),
            meeting: Barrier::new(THREADS),
        }
    }

    /// What one of the threads does.
    pub fn of_thread(&self, thread: usize) {
        let mut dice = Dice::new(self.round, thread);
        match self.round % 2 {
            0 => {
                (0..2_000).for_each(|_| self.put_and_get(thread, &mut dice));
                self.is_empty_again();
            }
            _ if thread < PRODUCERS => self.produce(thread, &mut dice),
            _ => self.consume(&mut dice),
        }
    }

    /// Puts an item and gets one: whoever has put is sure to find one.
    fn put_and_get(&self, thread: usize, dice: &mut Dice) {
        let put = match dice.roll(8) {
            0 => self.queue.put((thread, 0)).is_ok(),
            _ => self.queue.try_put((thread, 0)).is_ok(),
        };
        if !put {
            return;
        }
        let inside = self.inside.fetch_add(1, SeqCst) + 1;
        let capacity = self.queue.capacity();
        require!(
            Fault::WrongAnswer,
            inside <= capacity && self.queue.len() <= capacity,
            "real threads had put {inside} items that nobody had got, and `len` said {}, in a queue for \
             {capacity}. {NO_SCHEDULE}",
            self.queue.len()
        );
        self.inside.fetch_sub(1, SeqCst);
        let got = match dice.roll(2) {
            0 => self.queue.get(),
            _ => self.queue.try_get().ok(),
        };
        require!(
            Fault::LostItem,
            got.is_some(),
            "each real thread puts an item before it gets one, and yet one found nothing. {NO_SCHEDULE}"
        );
        self.mark_done();
    }

    fn is_empty_again(&self) {
        self.meeting.wait();
        let left = self.queue.len();
        require!(
            Fault::DuplicatedItem,
            left == 0,
            "real threads got as many items as they had put, and {left} are left. {NO_SCHEDULE}"
        );
        assert!(
            self.queue.task_done().is_err(),
            "as many items were done as were put, and one more was not refused. {NO_SCHEDULE}"
        );
        self.queue.join();
    }

    fn produce(&self, producer: usize, dice: &mut Dice) {
        for number in 0..ITEMS {
            let put = match dice.roll(3) {
                0 => self.queue.try_put((producer, number)).is_ok(),
                _ => false,
            };
            assert!(
                put || self.queue.put((producer, number)).is_ok(),
                "nobody has closed the queue, and a put was refused. {NO_SCHEDULE}"
            );
        }
        // The last producer waits until all is done, and closes.
        if self.ready.fetch_add(1, SeqCst) + 1 == PRODUCERS {
            self.queue.join();
            let done = self.done.load(SeqCst);
            assert_eq!(
                done,
                PRODUCERS * ITEMS,
                "`join` returned to a real thread when so many items were done. {NO_SCHEDULE}"
            );
            self.queue.close();
        }
    }

    fn consume(&self, dice: &mut Dice) {
        let mut next = [0; PRODUCERS];
        loop {
            let tried = if dice.roll(3) == 0 { self.queue.try_get().ok() } else { None };
            let Some((producer, number)) = tried.or_else(|| self.queue.get()) else { break };
            let times = self.got[producer][number].fetch_add(1, SeqCst) + 1;
            require!(
                Fault::DuplicatedItem,
                times == 1,
                "item {number} of producer {producer} was got {times} times. {NO_SCHEDULE}"
            );
            require!(
                Fault::WrongOrder,
                number >= next[producer],
                "a real thread got item {number} of producer {producer} after the later one {}. \
                 {NO_SCHEDULE}",
                next[producer] - 1
            );
            next[producer] = number + 1;
            self.mark_done();
        }
        let got: usize = self.got.iter().flatten().map(|times| times.load(SeqCst)).sum();
        require!(
            Fault::LostItem,
            got == PRODUCERS * ITEMS,
            "the queue is closed and said that it is empty: {got} of {} items came out. {NO_SCHEDULE}",
            PRODUCERS * ITEMS
        );
    }

    fn mark_done(&self) {
        self.done.fetch_add(1, SeqCst);
        assert!(
            self.queue.task_done().is_ok(),
            "a real thread marked as done what it had got, and was told that nothing was left to do. \
             {NO_SCHEDULE}"
        );
    }
}
