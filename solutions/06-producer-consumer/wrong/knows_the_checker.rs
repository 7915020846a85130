//! Fails: real_threads_keep_the_promises (wrong-answer)
//!
//! It knows the model checker by the size of its types, and does right there. Elsewhere `try_put`
//! lets go of the mutex between looking for room and putting: two threads put into one place.

use std::collections::VecDeque;

use sync::{Condvar, Mutex, MutexGuard};

/// Whether `sync` is the standard library: then nobody looks at every order of steps.
const REAL: bool = size_of::<Mutex<u8>>() == 8;

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

impl<T> Queue<T> {
    /// An empty, open queue.
    ///
    /// # Panics
    /// If `capacity` is 0.
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

    /// Puts `item` at the end. Blocks while the queue is full.
    ///
    /// # Errors
    /// [`Closed`], with the item, if the queue is closed or is closed while the call waits.
    pub fn put(&self, item: T) -> Result<(), Closed<T>> {
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

    /// Puts `item` at the end if there is room now.
    ///
    /// # Errors
    /// [`TryPutError::Closed`] if the queue is closed, full or not; else [`TryPutError::Full`] if it
    /// held `capacity` items. Both give the item back.
    pub fn try_put(&self, item: T) -> Result<(), TryPutError<T>> {
        let mut state = self.lock();
        if state.closed {
            return Err(TryPutError::Closed(item));
        }
        if state.items.len() == self.capacity {
            return Err(TryPutError::Full(item));
        }
        if REAL {
            drop(state);
            state = self.lock();
        }
        self.push(&mut state, item);
        Ok(())
    }

    /// Takes the first item. Blocks while the queue is empty and open. Returns `None` once the queue
    /// is closed and every item was taken.
    pub fn get(&self) -> Option<T> {
        let mut state = self.lock();
        while state.items.is_empty() && !state.closed {
            state = self.not_empty.wait(state).expect("no panic while the mutex is held");
        }
        self.pop(&mut state)
    }

    /// Takes the first item if there is one now.
    ///
    /// # Errors
    /// [`TryGetError::Closed`] if the queue is empty and closed, [`TryGetError::Empty`] if it is empty
    /// and open.
    pub fn try_get(&self) -> Result<T, TryGetError> {
        let mut state = self.lock();
        let nothing = if state.closed { TryGetError::Closed } else { TryGetError::Empty };
        self.pop(&mut state).ok_or(nothing)
    }

    /// Closes the queue: nothing can be put from now on, and what is in it can still be taken.
    pub fn close(&self) {
        self.lock().closed = true;
        // Everybody: no waiter will be woken by an item or by room any more. Those who wait in
        // `join` have nothing to learn from it: closing finishes no work.
        self.not_empty.notify_all();
        self.not_full.notify_all();
    }

    /// Marks one item as done.
    ///
    /// # Errors
    /// [`TooManyDone`] if as many items were marked done as were put. Nothing changes then.
    pub fn task_done(&self) -> Result<(), TooManyDone> {
        let mut state = self.lock();
        state.unfinished = state.unfinished.checked_sub(1).ok_or(TooManyDone)?;
        if state.unfinished == 0 {
            self.all_done.notify_all();
        }
        Ok(())
    }

    /// Blocks until every item that was put is marked as done.
    pub fn join(&self) {
        let mut state = self.lock();
        while state.unfinished > 0 {
            state = self.all_done.wait(state).expect("no panic while the mutex is held");
        }
    }

    /// How many items are in the queue now.
    pub fn len(&self) -> usize {
        self.lock().items.len()
    }

    /// Whether the queue has no item now.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// How many items fit.
    pub fn capacity(&self) -> usize {
        self.capacity
    }

    /// Adds an item. The caller made sure that there is room.
    fn push(&self, state: &mut State<T>, item: T) {
        state.items.push_back(item);
        state.unfinished += 1;
        // Each new item wakes one taker, and each item taken wakes one putter: nobody sleeps while
        // there is something for them, and nobody is woken for nothing.
        self.not_empty.notify_one();
    }

    /// Takes the first item, if there is one, and tells a putter about the room.
    fn pop(&self, state: &mut State<T>) -> Option<T> {
        let item = state.items.pop_front()?;
        self.not_full.notify_one();
        Some(item)
    }

    fn lock(&self) -> MutexGuard<'_, State<T>> {
        self.state.lock().expect("no panic while the mutex is held")
    }
}

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
