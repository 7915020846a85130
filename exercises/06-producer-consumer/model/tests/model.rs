//! Every way in which the threads can take turns.

#[path = "../../tests/contract/mod.rs"]
mod contract;

use std::sync::Arc;

use producer_consumer_model as answer;
use producer_consumer_model::{Closed, Queue, TooManyDone, TryGetError, TryPutError};
use sync::atomic::{AtomicBool, Ordering};
use sync::model::{self, Fault, Model, Operations, require};
use sync::thread;

/// Starts a thread that does `work` with the queue.
fn start<R: Send + 'static>(
    name: &str,
    queue: &Arc<Queue<u32>>,
    work: impl FnOnce(&Queue<u32>) -> R + Send + 'static,
) -> thread::JoinHandle<R> {
    let queue = Arc::clone(queue);
    model::spawn(name, move || work(&queue))
}

/// Takes items until the queue is closed and drained.
fn drain(queue: &Queue<u32>) -> Vec<u32> {
    std::iter::from_fn(|| queue.get()).collect()
}

/// Every item of `put` must be in `got`, once.
fn expect_each_once(put: &[u32], mut got: Vec<u32>) {
    got.sort_unstable();
    let lost = put.iter().find(|item| !got.contains(item));
    require!(Fault::LostItem, lost.is_none(), "{put:?} were put, and only {got:?} were got");
    require!(Fault::DuplicatedItem, got == put, "{put:?} were put, and {got:?} were got");
}

#[test]
fn an_item_reaches_who_waits() {
    model::check(|| {
        let queue = Arc::new(Queue::bounded(1));
        let consumer = start("consumer", &queue, |queue| queue.get());
        assert_eq!(queue.put(1), Ok(()));
        let got = consumer.join().unwrap();
        require!(Fault::LostItem, got == Some(1), "1 was put, and get gave {got:?}");
    });
}

#[test]
fn room_reaches_who_waits() {
    model::check(|| {
        let queue = Arc::new(Queue::bounded(1));
        let producer = start("producer", &queue, |queue| (queue.put(1), queue.put(2)));
        let got = [queue.get(), queue.get()];
        require!(
            Fault::WrongOrder,
            got == [Some(1), Some(2)],
            "1 and 2 were put in this order; they came out as {got:?}"
        );
        assert_eq!(producer.join().unwrap(), (Ok(()), Ok(())));
    });
}

#[test]
fn never_more_than_fit() {
    model::check(|| {
        let queue = Arc::new(Queue::bounded(1));
        let other = start("other", &queue, |queue| queue.try_put(2).is_ok());
        let mine = queue.try_put(1).is_ok();
        let theirs = other.join().unwrap();
        let len = queue.len();
        assert!(len <= 1, "the queue holds {len} items and has room for one");
        require!(Fault::LostItem, mine != theirs && len == 1, "one of two items must fit");
    });
}

#[test]
fn full_means_full() {
    model::check(|| {
        let queue = Arc::new(Queue::bounded(2));
        let other = start("other", &queue, |queue| queue.put(1));
        let result = queue.try_put(2);
        assert_eq!(other.join().unwrap(), Ok(()));
        assert_ne!(result, Err(TryPutError::Full(2)), "there was room for both items");
    });
}

#[test]
fn empty_is_not_full() {
    model::check(|| {
        let queue = Arc::new(Queue::bounded(1));
        let producer = start("producer", &queue, |queue| queue.put(1));
        let full = queue.try_put(2).is_err();
        // Nobody takes anything yet: a queue that is empty now was empty all the time.
        assert!(!(full && queue.is_empty()), "the queue was empty, and try_put said Full");
        let consumer = start("consumer", &queue, |queue| queue.get());
        consumer.join().unwrap();
        assert_eq!(producer.join().unwrap(), Ok(()), "the consumer made room for both");
    });
}

#[test]
fn woken_is_not_full() {
    model::check(|| {
        let queue = Arc::new(Queue::bounded(1));
        assert_eq!(queue.put(0), Ok(()));
        let producer = start("producer", &queue, |queue| queue.put(1));
        assert_eq!(queue.get(), Some(0));
        let full = queue.try_put(2).is_err();
        // Nobody has taken anything since: a queue that is empty now was empty all the time.
        assert!(!(full && queue.is_empty()), "the queue was empty, and try_put said Full");
        let consumer = start("consumer", &queue, |queue| queue.get());
        assert_eq!(producer.join().unwrap(), Ok(()));
        consumer.join().unwrap();
    });
}

#[test]
fn trying_wakes_as_well() {
    model::check(|| {
        let queue = Arc::new(Queue::bounded(1));
        assert_eq!(queue.put(1), Ok(()));
        let producer = start("producer", &queue, |queue| queue.put(2));
        assert_eq!(queue.try_get(), Ok(1));
        assert_eq!(producer.join().unwrap(), Ok(()));
        assert_eq!(queue.get(), Some(2));
        let consumer = start("consumer", &queue, |queue| queue.get());
        assert_eq!(queue.try_put(3), Ok(()));
        assert_eq!(consumer.join().unwrap(), Some(3));
    });
}

#[test]
fn closing_wakes_all_consumers() {
    model::check(|| {
        let queue = Arc::new(Queue::bounded(1));
        let consumers = ["first", "second"].map(|name| start(name, &queue, |queue| queue.get()));
        queue.close();
        for consumer in consumers {
            assert_eq!(consumer.join().unwrap(), None, "nothing was put");
        }
    });
}

#[test]
fn closing_wakes_all_producers() {
    model::check(|| {
        let queue = Arc::new(Queue::bounded(1));
        assert_eq!(queue.put(0), Ok(()));
        let producers =
            [1, 2].map(|item| start("producer", &queue, move |queue| (item, queue.put(item))));
        queue.close();
        for producer in producers {
            let (item, result) = producer.join().unwrap();
            assert_eq!(result, Err(Closed(item)), "there was never room: the item comes back");
        }
        assert_eq!((queue.get(), queue.get()), (Some(0), None), "only 0 was put");
    });
}

#[test]
fn closing_loses_nothing() {
    model::check(|| {
        let queue = Arc::new(Queue::bounded(1));
        let producer =
            start("producer", &queue, |queue| [1, 2].map(|item| queue.put(item).is_ok()));
        let closer = start("closer", &queue, |queue| queue.close());
        let got = drain(&queue);
        closer.join().unwrap();
        let done = producer.join().unwrap();
        let put: Vec<u32> =
            [1, 2].into_iter().zip(done).filter(|(_, put)| *put).map(|p| p.0).collect();
        expect_each_once(&put, got);
    });
}

#[test]
fn join_waits_for_the_work() {
    model::check(join_while_a_consumer_works);
}

#[test]
fn waking_up_ends_no_join() {
    Model::new().spurious().check(join_while_a_consumer_works);
}

fn join_while_a_consumer_works() {
    let queue = Arc::new(Queue::bounded(1));
    let finished = Arc::new(AtomicBool::new(false));
    assert_eq!(queue.put(1), Ok(()));
    let consumer = start("consumer", &queue, {
        let finished = Arc::clone(&finished);
        move |queue| {
            assert_eq!(queue.get(), Some(1));
            thread::yield_now();
            finished.store(true, Ordering::SeqCst);
            assert_eq!(queue.task_done(), Ok(()));
        }
    });
    queue.join();
    assert!(finished.load(Ordering::SeqCst), "join returned before the item was done");
    consumer.join().unwrap();
}

#[test]
fn an_item_counts_at_once() {
    model::check(|| {
        let queue = Arc::new(Queue::bounded(1));
        let producer = start("producer", &queue, |queue| queue.put(1));
        assert_eq!(queue.get(), Some(1));
        assert_eq!(queue.task_done(), Ok(()), "the item was put: it counts");
        assert_eq!(producer.join().unwrap(), Ok(()));
        queue.join();
    });
}

#[test]
fn who_waits_for_room_does_not_count() {
    model::check(|| {
        let queue = Arc::new(Queue::bounded(1));
        assert_eq!(queue.put(1), Ok(()));
        let producer = start("producer", &queue, |queue| queue.put(2));
        assert_eq!(queue.task_done(), Ok(()), "one item was put");
        assert_eq!(queue.task_done(), Err(TooManyDone), "the other one waits for room");
        queue.join();
        queue.close();
        assert_eq!(producer.join().unwrap(), Err(Closed(2)), "there was never room");
    });
}

#[test]
fn who_joins_takes_no_ones_item() {
    model::check(|| {
        let queue = Arc::new(Queue::bounded(1));
        assert_eq!((queue.put(1), queue.get()), (Ok(()), Some(1)));
        let waits = start("waits", &queue, |queue| queue.join());
        let consumer = start("consumer", &queue, |queue| queue.get());
        assert_eq!(queue.put(2), Ok(()));
        assert_eq!(consumer.join().unwrap(), Some(2));
        assert_eq!((queue.task_done(), queue.task_done()), (Ok(()), Ok(())));
        waits.join().unwrap();
    });
}

#[test]
fn who_joins_takes_no_ones_room() {
    model::check(|| {
        let queue = Arc::new(Queue::bounded(1));
        assert_eq!(queue.put(1), Ok(()));
        let waits = start("waits", &queue, |queue| queue.join());
        let producer = start("producer", &queue, |queue| queue.put(2));
        assert_eq!(queue.get(), Some(1));
        assert_eq!(producer.join().unwrap(), Ok(()));
        assert_eq!((queue.task_done(), queue.task_done()), (Ok(()), Ok(())));
        waits.join().unwrap();
    });
}

#[test]
fn join_outlasts_close() {
    model::check(|| {
        let queue = Arc::new(Queue::bounded(1));
        let finished = Arc::new(AtomicBool::new(false));
        assert_eq!(queue.put(1), Ok(()));
        let consumer = start("consumer", &queue, {
            let finished = Arc::clone(&finished);
            move |queue| {
                queue.close();
                thread::yield_now();
                finished.store(true, Ordering::SeqCst);
                assert_eq!(queue.task_done(), Ok(()));
            }
        });
        queue.join();
        assert!(finished.load(Ordering::SeqCst), "closing the queue finishes no work");
        consumer.join().unwrap();
    });
}

#[test]
fn all_who_join_are_woken() {
    model::check(|| {
        let queue = Arc::new(Queue::bounded(1));
        assert_eq!(queue.put(1), Ok(()));
        let other = start("other", &queue, |queue| queue.join());
        let consumer = start("consumer", &queue, |queue| queue.task_done());
        queue.join();
        other.join().unwrap();
        assert_eq!(consumer.join().unwrap(), Ok(()));
    });
}

#[test]
fn waking_up_is_no_promise() {
    // A condition variable may wake a thread for no reason: the checker tries that, too.
    Model::new().spurious().check(|| {
        let queue = Arc::new(Queue::bounded(1));
        let producer = start("producer", &queue, |queue| (queue.put(1), queue.put(2)));
        let len = queue.len();
        assert!(len <= 1, "the queue holds {len} items and has room for one");
        let got = [queue.get(), queue.get()];
        require!(
            Fault::LostItem,
            got == [Some(1), Some(2)],
            "1 and 2 were put in an open queue; get gave {got:?}"
        );
        assert_eq!(producer.join().unwrap(), (Ok(()), Ok(())));
        assert_eq!((queue.task_done(), queue.task_done()), (Ok(()), Ok(())));
        queue.join();
    });
}

#[test]
fn two_items_wake_two() {
    model::check(|| {
        let queue = Arc::new(Queue::bounded(2));
        let consumers = ["first", "second"].map(|name| start(name, &queue, |queue| queue.get()));
        assert_eq!((queue.put(1), queue.put(2)), (Ok(()), Ok(())));
        let got = consumers.into_iter().filter_map(|consumer| consumer.join().unwrap()).collect();
        expect_each_once(&[1, 2], got);
    });
}

#[test]
fn two_places_wake_two() {
    model::check(|| {
        let queue = Arc::new(Queue::bounded(2));
        assert_eq!((queue.put(1), queue.put(2)), (Ok(()), Ok(())));
        let producers = [3, 4].map(|item| start("producer", &queue, move |queue| queue.put(item)));
        let mut got = vec![queue.get(), queue.get()];
        for producer in producers {
            assert_eq!(producer.join().unwrap(), Ok(()));
        }
        got.extend([queue.get(), queue.get()]);
        expect_each_once(&[1, 2, 3, 4], got.into_iter().flatten().collect());
    });
}

#[test]
fn two_consumers_share() {
    model::check(|| {
        let queue = Arc::new(Queue::bounded(1));
        let consumers = ["first", "second"].map(|name| start(name, &queue, |queue| queue.get()));
        assert_eq!((queue.put(1), queue.put(2)), (Ok(()), Ok(())));
        let got = consumers.into_iter().filter_map(|consumer| consumer.join().unwrap()).collect();
        expect_each_once(&[1, 2], got);
    });
}

#[test]
fn two_producers_share() {
    model::check(|| {
        let queue = Arc::new(Queue::bounded(1));
        let producers = [1, 2].map(|item| start("producer", &queue, move |queue| queue.put(item)));
        let got: Vec<u32> = [queue.get(), queue.get()].into_iter().flatten().collect();
        expect_each_once(&[1, 2], got);
        for producer in producers {
            assert_eq!(producer.join().unwrap(), Ok(()));
        }
    });
}

/// A queue in plain numbers, with room for one item.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
struct Plain {
    items: std::collections::VecDeque<u32>,
    closed: bool,
    put: usize,
    done: usize,
}

impl Plain {
    fn try_put(&mut self, item: u32) -> Result<(), TryPutError<u32>> {
        if self.closed {
            return Err(TryPutError::Closed(item));
        }
        if self.items.len() == 1 {
            return Err(TryPutError::Full(item));
        }
        self.items.push_back(item);
        self.put += 1;
        Ok(())
    }

    /// `None`: it waits for room.
    fn put(&mut self, item: u32) -> Option<Result<(), Closed<u32>>> {
        match self.try_put(item) {
            Ok(()) => Some(Ok(())),
            Err(TryPutError::Closed(item)) => Some(Err(Closed(item))),
            Err(TryPutError::Full(_)) => None,
        }
    }

    fn try_get(&mut self) -> Result<u32, TryGetError> {
        let nothing = if self.closed { TryGetError::Closed } else { TryGetError::Empty };
        self.items.pop_front().ok_or(nothing)
    }

    /// `None`: it waits for an item.
    fn get(&mut self) -> Option<Option<u32>> {
        match self.try_get() {
            Ok(item) => Some(Some(item)),
            Err(TryGetError::Closed) => Some(None),
            Err(TryGetError::Empty) => None,
        }
    }

    fn task_done(&mut self) -> Result<(), TooManyDone> {
        if self.done == self.put {
            return Err(TooManyDone);
        }
        self.done += 1;
        Ok(())
    }
}

#[test]
fn any_two_calls() {
    Operations::new()
        .start("Queue::bounded(1)", || Queue::bounded(1), Plain::default)
        .call_with("put", [1, 2, 3], Queue::put, Plain::put)
        .call_with("try_put", [1, 2, 3], Queue::try_put, |plain, item| Some(plain.try_put(item)))
        .call("get()", Queue::get, Plain::get)
        .call("try_get()", Queue::try_get, |plain| Some(plain.try_get()))
        .call("close()", Queue::close, |plain| {
            plain.closed = true;
            Some(())
        })
        .call("task_done()", Queue::task_done, |plain| Some(plain.task_done()))
        // It waits for what was put by then: whether for what is put meanwhile is left open.
        .call_in_two(
            "join()",
            Queue::join,
            |plain| Some(plain.put),
            |plain, put| (plain.done >= put).then_some(()),
        )
        .call("len()", Queue::len, |plain| Some(plain.items.len()))
        .call("is_empty()", Queue::is_empty, |plain| Some(plain.items.is_empty()))
        .call("capacity()", Queue::capacity, |_| Some(1))
        .at_the_end(
            "try_get() as long as it is Ok",
            |queue| std::iter::from_fn(|| queue.try_get().ok()).collect::<Vec<_>>(),
            |plain| plain.items.drain(..).collect(),
        )
        .at_the_end(
            "task_done() as long as it is Ok",
            |queue| std::iter::from_fn(|| queue.task_done().ok()).count(),
            |plain| std::iter::from_fn(|| plain.task_done().ok()).count(),
        )
        .check();
}
