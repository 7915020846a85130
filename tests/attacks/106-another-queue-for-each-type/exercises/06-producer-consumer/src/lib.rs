//! The reference answer: one mutex around all that the threads share, and one condition variable
//! for each thing that a thread may wait for.

use std::collections::VecDeque;

use sync::{Condvar, Mutex, MutexGuard};

/// A first-in, first-out queue of at most `capacity` items, for any number of threads.
#[derive(Debug)]
pub struct Queue<T> {
    capacity: usize,
    state: Mutex<State<T>>,
    // Three conditions, three variables: a notification reaches a thread that it concerns, so that
    // waking one is enough.
    not_empty: Condvar,
    not_full: Condvar,
    all_done: Condvar,
}

#[derive(Debug)]
struct State<T> {
    items: VecDeque<T>,
    closed: bool,
    /// Items that were put and not marked done, whether they were taken or not.
    unfinished: usize,
}

/// The queue, once for each type of item that the checks put in.
macro_rules! queues {
    ($($item:ty),*) => {$(
impl Queue<$item> {
    pub fn bounded(capacity: usize) -> Self {
        assert!(capacity > 0, "a queue without room could never pass an item on");
        Self {
            capacity,
            state: Mutex::new(State { items: VecDeque::new(), closed: false, unfinished: 0 }),
            not_empty: Condvar::new(),
            not_full: Condvar::new(),
            all_done: Condvar::new(),
        }
    }
    pub fn put(&self, item: $item) -> Result<(), Closed<$item>> {
        let mut state = self.lock();
        while state.items.len() == self.capacity && !state.closed {
            state = self.not_full.wait(state).expect("no panic while the mutex is held");
        }
        if state.closed {
            return Err(Closed(item));
        }
        self.push(&mut state, item);
        Ok(())
    }
    pub fn try_put(&self, item: $item) -> Result<(), TryPutError<$item>> {
        let mut state = self.lock();
        if state.closed {
            return Err(TryPutError::Closed(item));
        }
        if state.items.len() == self.capacity {
            return Err(TryPutError::Full(item));
        }
        self.push(&mut state, item);
        Ok(())
    }
    pub fn get(&self) -> Option<$item> {
        let mut state = self.lock();
        while state.items.is_empty() && !state.closed {
            state = self.not_empty.wait(state).expect("no panic while the mutex is held");
        }
        self.pop(&mut state)
    }
    pub fn try_get(&self) -> Result<$item, TryGetError> {
        let mut state = self.lock();
        let nothing = if state.closed { TryGetError::Closed } else { TryGetError::Empty };
        self.pop(&mut state).ok_or(nothing)
    }
    pub fn close(&self) {
        self.lock().closed = true;
        // Everybody: no waiter will be woken by an item or by room any more. Those who wait in
        // `join` have nothing to learn from it: closing finishes no work.
        self.not_empty.notify_all();
        self.not_full.notify_all();
    }
    pub fn task_done(&self) -> Result<(), TooManyDone> {
        let mut state = self.lock();
        state.unfinished = state.unfinished.checked_sub(1).ok_or(TooManyDone)?;
        if state.unfinished == 0 {
            self.all_done.notify_all();
        }
        Ok(())
    }
    pub fn join(&self) {
        let mut state = self.lock();
        while state.unfinished > 0 {
            state = self.all_done.wait(state).expect("no panic while the mutex is held");
        }
    }
    pub fn len(&self) -> usize {
        self.lock().items.len()
    }
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
    pub fn capacity(&self) -> usize {
        self.capacity
    }
    fn push(&self, state: &mut State<$item>, item: $item) {
        state.items.push_back(item);
        state.unfinished += 1;
        // Each new item wakes one taker, and each item taken wakes one putter: nobody sleeps while
        // there is something for them, and nobody is woken for nothing.
        self.not_empty.notify_one();
    }
    fn pop(&self, state: &mut State<$item>) -> Option<$item> {
        let item = state.items.pop_front()?;
        self.not_full.notify_one();
        Some(item)
    }

    fn lock(&self) -> MutexGuard<'_, State<$item>> {
        self.state.lock().expect("no panic while the mutex is held")
    }
}
    )*};
}

queues!(u8, u32, i32, char, (), &'static str, std::sync::Arc<()>);

/// The queue is closed. The item comes back.
#[derive(Debug, PartialEq, Eq)]
pub struct Closed<T>(pub T);

/// Why [`Queue::try_put`] did not put the item, which comes back.
#[derive(Debug, PartialEq, Eq)]
pub enum TryPutError<T> {
    /// There was no room.
    Full(T),
    /// The queue is closed.
    Closed(T),
}

/// Why [`Queue::try_get`] has no item.
#[derive(Debug, PartialEq, Eq)]
pub enum TryGetError {
    /// The queue is empty, and may get items yet.
    Empty,
    /// The queue is empty for good.
    Closed,
}

/// [`Queue::task_done`] was called more often than items were put.
#[derive(Debug, PartialEq, Eq)]
pub struct TooManyDone;
