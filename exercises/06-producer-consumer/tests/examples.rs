//! What the queue promises without a race, and what real threads can expect of it.

mod contract;
mod traffic;

use std::cell::Cell;
use std::panic::catch_unwind;
use std::sync::Arc;

use checks::{Fault, crowd, example, implements, interrupted, require, step, waits_asleep};
use producer_consumer as answer;
use producer_consumer::{Closed, Queue, TooManyDone, TryGetError, TryPutError};
use traffic::{THREADS, Traffic};

#[test]
fn first_in_first_out() {
    example(|| {
        let queue = Queue::bounded(3);
        for item in ["a", "b", "c"] {
            assert_eq!(queue.put(item), Ok(()), "there is room");
        }
        let got = [queue.get(), queue.get(), queue.get()];
        require!(
            Fault::WrongOrder,
            got == [Some("a"), Some("b"), Some("c")],
            "a, b and c were put in this order; they came out as {got:?}"
        );
    });
}

#[test]
fn says_how_full_it_is() {
    example(|| {
        let queue = Queue::bounded(2);
        assert_eq!((queue.len(), queue.is_empty(), queue.capacity()), (0, true, 2), "at first");
        assert_eq!(queue.put('a'), Ok(()));
        assert_eq!((queue.len(), queue.is_empty(), queue.capacity()), (1, false, 2), "one put");
        assert_eq!(queue.get(), Some('a'));
        assert_eq!((queue.len(), queue.is_empty(), queue.capacity()), (0, true, 2), "one got");
    });
}

#[test]
fn without_room_it_makes_no_sense() {
    example(|| {
        assert_eq!(Queue::<u8>::bounded(1).capacity(), 1, "room for one item is enough");
        let refused = catch_unwind(|| Queue::<u8>::bounded(0)).is_err();
        assert!(refused, "a capacity of 0 must panic");
    });
}

#[test]
fn try_put_takes_what_fits() {
    example(|| {
        let queue = Queue::bounded(2);
        assert_eq!(queue.try_put("a"), Ok(()), "two places are free");
        assert_eq!(queue.try_put("b"), Ok(()), "one place is free");
        assert_eq!(queue.try_put("c"), Err(TryPutError::Full("c")), "the queue holds two of two");
        assert_eq!(queue.get(), Some("a"));
        assert_eq!(queue.try_put("d"), Ok(()), "a place is free again");
        assert_eq!((queue.get(), queue.get()), (Some("b"), Some("d")), "c was never put");
        let signals = Queue::bounded(1);
        assert_eq!(signals.try_put(()), Ok(()), "one place is free");
        assert_eq!(
            signals.try_put(()),
            Err(TryPutError::Full(())),
            "items without a size fill it, too"
        );
    });
}

#[test]
fn try_get_takes_what_is_there() {
    example(|| {
        let queue = Queue::bounded(2);
        assert_eq!(queue.try_get(), Err(TryGetError::Empty), "nothing was put");
        assert_eq!(queue.put(1), Ok(()));
        assert_eq!(queue.try_get(), Ok(1));
        assert_eq!(queue.try_get(), Err(TryGetError::Empty), "the only item was taken");
    });
}

#[test]
fn closed_takes_nothing() {
    example(|| {
        let queue = Queue::bounded(2);
        assert_eq!(queue.put("in time"), Ok(()));
        queue.close();
        assert_eq!(queue.put("late"), Err(Closed("late")), "the item comes back");
        assert_eq!(queue.try_put("late"), Err(TryPutError::Closed("late")), "the item comes back");
        queue.close();
        assert_eq!(queue.len(), 1, "closing, even twice, removes nothing");
    });
}

#[test]
fn closed_comes_before_full() {
    example(|| {
        let queue = Queue::bounded(1);
        assert_eq!(queue.put("in time"), Ok(()));
        queue.close();
        assert_eq!(queue.try_put("late"), Err(TryPutError::Closed("late")), "closed and full");
        assert_eq!(
            queue.put("late"),
            Err(Closed("late")),
            "closed and full: there will be no room"
        );
    });
}

#[test]
fn closed_gives_what_is_left() {
    example(|| {
        let queue = Queue::bounded(3);
        for item in 1..=3 {
            assert_eq!(queue.put(item), Ok(()));
        }
        queue.close();
        let got = [queue.get(), queue.try_get().ok(), queue.get()];
        require!(
            Fault::LostItem,
            got == [Some(1), Some(2), Some(3)],
            "1, 2 and 3 were put before the queue was closed; it gave {got:?}"
        );
        assert_eq!(queue.get(), None, "closed and drained");
        assert_eq!(queue.try_get(), Err(TryGetError::Closed), "closed and drained");
    });
}

#[test]
fn counts_what_is_done() {
    example(|| {
        let queue = Queue::bounded(2);
        assert_eq!(queue.task_done(), Err(TooManyDone), "nothing was put");
        assert_eq!((queue.put('a'), queue.put('b')), (Ok(()), Ok(())));
        assert_eq!(queue.task_done(), Ok(()), "two were put: it does not matter who took them");
        assert_eq!(queue.get(), Some('a'));
        assert_eq!(queue.task_done(), Ok(()), "two were put, one was done");
        assert_eq!(queue.task_done(), Err(TooManyDone), "both were done");
        assert_eq!(queue.put('c'), Ok(()));
        assert_eq!(queue.task_done(), Ok(()), "one more was put");
    });
}

#[test]
fn join_without_work_returns() {
    example(|| {
        let queue = Queue::bounded(1);
        queue.join();
        assert_eq!((queue.put(()), queue.get()), (Ok(()), Some(())));
        assert_eq!(queue.task_done(), Ok(()));
        queue.join();
    });
}

#[test]
fn items_are_dropped_once() {
    example(|| {
        let item = Arc::new(());
        {
            let queue = Queue::bounded(2);
            assert_eq!(queue.put(Arc::clone(&item)), Ok(()));
            assert_eq!(queue.put(Arc::clone(&item)), Ok(()));
            drop(queue.get());
            assert_eq!(Arc::strong_count(&item), 2, "ours, and the one that is still in the queue");
        }
        assert_eq!(Arc::strong_count(&item), 1, "the queue is gone, and its items with it");
    });
}

#[test]
fn items_are_only_sent() {
    example(|| {
        // A `Cell` can be sent to another thread, not shared with it: the queue only sends it.
        assert!(
            implements!(Queue<Cell<u8>>: Sync),
            "threads must be able to share a queue of any items that are `Send`"
        );
    });
}

#[test]
fn waiting_for_an_item_sleeps() {
    example(|| {
        let queue = Arc::new(Queue::bounded(1));
        let got = waits_asleep(on(&queue, |queue| queue.get()), || {
            assert_eq!(queue.put("item"), Ok(()));
        });
        assert_eq!(got, Some("item"));
    });
}

#[test]
fn waiting_for_room_sleeps() {
    example(|| {
        let queue = Arc::new(Queue::bounded(1));
        assert_eq!(queue.put(1), Ok(()));
        let put = waits_asleep(on(&queue, |queue| queue.put(2)), || {
            assert_eq!(queue.get(), Some(1));
        });
        assert_eq!((put, queue.get()), (Ok(()), Some(2)));
    });
}

#[test]
fn waiting_for_the_work_sleeps() {
    example(|| {
        let queue = Arc::new(Queue::bounded(1));
        assert_eq!(queue.put(()), Ok(()));
        assert_eq!(queue.get(), Some(()), "the item is taken, but not done");
        waits_asleep(on(&queue, |queue| queue.join()), || {
            assert_eq!(queue.task_done(), Ok(()));
        });
    });
}

/// The same promises with real threads, which are stopped at random moments. The model checks are the
/// ones that never miss; this one shows that the queue works outside of the model, too.
#[test]
fn real_threads_keep_the_promises() {
    example(|| {
        step("real threads put and get items, and are stopped at random moments");
        interrupted(|round| {
            let traffic = Traffic::new(round);
            crowd(THREADS, move |thread| traffic.of_thread(thread));
        });
    });
}

/// A closure that calls `work` with the queue, for another thread.
fn on<T, R>(queue: &Arc<Queue<T>>, work: fn(&Queue<T>) -> R) -> impl FnOnce() -> R + use<T, R> {
    let queue = Arc::clone(queue);
    move || work(&queue)
}
