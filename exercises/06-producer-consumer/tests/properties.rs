//! Any order of calls by one thread, against the standard library's `VecDeque`.

mod contract;

use std::collections::VecDeque;

use checks::property;
use checks::proptest::prelude::*;
use producer_consumer as answer;
use producer_consumer::{Closed, Queue, TooManyDone, TryGetError, TryPutError};

/// One call. Those that would wait for another thread are skipped.
#[derive(Debug, Clone, Copy)]
enum Call {
    Put,
    TryPut,
    Get,
    TryGet,
    TaskDone,
    Join,
    Close,
}

/// What a queue is, when nobody else touches it.
struct Expected {
    capacity: usize,
    items: VecDeque<u32>,
    unfinished: usize,
    closed: bool,
}

impl Expected {
    fn new(capacity: usize) -> Self {
        Self { capacity, items: VecDeque::new(), unfinished: 0, closed: false }
    }

    fn would_wait(&self, call: Call) -> bool {
        match call {
            Call::Put => self.items.len() == self.capacity && !self.closed,
            Call::Get => self.items.is_empty() && !self.closed,
            Call::Join => self.unfinished > 0,
            _ => false,
        }
    }

    fn try_put(&mut self, item: u32) -> Result<(), TryPutError<u32>> {
        if self.closed {
            return Err(TryPutError::Closed(item));
        }
        if self.items.len() == self.capacity {
            return Err(TryPutError::Full(item));
        }
        self.items.push_back(item);
        self.unfinished += 1;
        Ok(())
    }

    fn put(&mut self, item: u32) -> Result<(), Closed<u32>> {
        self.try_put(item).map_err(|_| Closed(item))
    }

    fn try_get(&mut self) -> Result<u32, TryGetError> {
        let nothing = if self.closed { TryGetError::Closed } else { TryGetError::Empty };
        self.items.pop_front().ok_or(nothing)
    }

    fn task_done(&mut self) -> Result<(), TooManyDone> {
        self.unfinished = self.unfinished.checked_sub(1).ok_or(TooManyDone)?;
        Ok(())
    }
}

#[test]
fn any_order_of_calls() {
    property((1..4_usize, calls()), |(capacity, calls)| {
        let queue = Queue::bounded(capacity);
        let mut expected = Expected::new(capacity);
        for (item, call) in (0..).zip(calls) {
            if expected.would_wait(call) {
                continue;
            }
            match call {
                Call::Put => assert_eq!(queue.put(item), expected.put(item)),
                Call::TryPut => assert_eq!(queue.try_put(item), expected.try_put(item)),
                Call::Get => assert_eq!(queue.get(), expected.try_get().ok()),
                Call::TryGet => assert_eq!(queue.try_get(), expected.try_get()),
                Call::TaskDone => assert_eq!(queue.task_done(), expected.task_done()),
                Call::Join => queue.join(),
                Call::Close => {
                    queue.close();
                    expected.closed = true;
                }
            }
            assert_eq!(queue.len(), expected.items.len(), "the length after {call:?}");
        }
    });
}

fn calls() -> impl Strategy<Value = Vec<Call>> {
    let call = prop_oneof![
        4 => Just(Call::Put),
        4 => Just(Call::TryPut),
        4 => Just(Call::Get),
        4 => Just(Call::TryGet),
        4 => Just(Call::TaskDone),
        2 => Just(Call::Join),
        1 => Just(Call::Close),
    ];
    prop::collection::vec(call, 1..40)
}
