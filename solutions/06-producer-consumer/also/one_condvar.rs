//! One condition variable for everything: every change wakes everybody, and everybody looks again.

use std::collections::VecDeque;

use sync::{Condvar, Mutex, MutexGuard};

/// A first-in, first-out queue of at most `capacity` items, for any number of threads.
#[derive(Debug)]
pub struct Queue<T> {
    capacity: usize,
    state: Mutex<State<T>>,
    changed: Condvar,
}

#[derive(Debug)]
struct State<T> {
    items: VecDeque<T>,
    closed: bool,
    unfinished: usize,
}

impl<T> Queue<T> {
    /// An empty, open queue.
    ///
    /// # Panics
    /// If `capacity` is 0.
    pub fn bounded(capacity: usize) -> Self {
        assert_ne!(capacity, 0, "a queue needs room for an item");
        let state =
            State { items: VecDeque::with_capacity(capacity), closed: false, unfinished: 0 };
        Self { capacity, state: Mutex::new(state), changed: Condvar::new() }
    }

    /// Puts `item` at the end. Blocks while the queue is full.
    ///
    /// # Errors
    /// [`Closed`], with the item.
    pub fn put(&self, item: T) -> Result<(), Closed<T>> {
        let full = |state: &mut State<T>| state.items.len() >= self.capacity && !state.closed;
        let mut state = self.changed.wait_while(self.lock(), full).unwrap();
        if state.closed {
            return Err(Closed(item));
        }
        state.items.push_back(item);
        state.unfinished += 1;
        self.changed.notify_all();
        Ok(())
    }

    /// Puts `item` at the end if there is room now.
    ///
    /// # Errors
    /// [`TryPutError`], with the item.
    pub fn try_put(&self, item: T) -> Result<(), TryPutError<T>> {
        let mut state = self.lock();
        if state.closed {
            Err(TryPutError::Closed(item))
        } else if state.items.len() >= self.capacity {
            Err(TryPutError::Full(item))
        } else {
            state.items.push_back(item);
            state.unfinished += 1;
            self.changed.notify_all();
            Ok(())
        }
    }

    /// Takes the first item. Blocks while the queue is empty and open.
    pub fn get(&self) -> Option<T> {
        let nothing = |state: &mut State<T>| state.items.is_empty() && !state.closed;
        let mut state = self.changed.wait_while(self.lock(), nothing).unwrap();
        let item = state.items.pop_front();
        self.changed.notify_all();
        item
    }

    /// Takes the first item if there is one now.
    ///
    /// # Errors
    /// [`TryGetError`], which says whether there may be items yet.
    pub fn try_get(&self) -> Result<T, TryGetError> {
        let mut state = self.lock();
        match state.items.pop_front() {
            Some(item) => {
                self.changed.notify_all();
                Ok(item)
            }
            None if state.closed => Err(TryGetError::Closed),
            None => Err(TryGetError::Empty),
        }
    }

    /// Closes the queue and wakes everybody.
    pub fn close(&self) {
        self.lock().closed = true;
        self.changed.notify_all();
    }

    /// Marks one item as done.
    ///
    /// # Errors
    /// [`TooManyDone`] if as many items were marked done as were put.
    pub fn task_done(&self) -> Result<(), TooManyDone> {
        let mut state = self.lock();
        if state.unfinished == 0 {
            return Err(TooManyDone);
        }
        state.unfinished -= 1;
        self.changed.notify_all();
        Ok(())
    }

    /// Blocks until every item that was put is marked as done.
    pub fn join(&self) {
        drop(self.changed.wait_while(self.lock(), |state| state.unfinished > 0).unwrap());
    }

    /// How many items are in the queue now.
    pub fn len(&self) -> usize {
        self.lock().items.len()
    }

    /// Whether the queue has no item now.
    pub fn is_empty(&self) -> bool {
        self.lock().items.is_empty()
    }

    /// How many items fit.
    pub fn capacity(&self) -> usize {
        self.capacity
    }

    fn lock(&self) -> MutexGuard<'_, State<T>> {
        self.state.lock().unwrap()
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
