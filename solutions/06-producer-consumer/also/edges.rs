//! Notifies only when something starts to be possible: the first item, the first room, the last
//! item done. It then wakes all who wait for it, because nobody will notify again for the next.

use std::collections::VecDeque;

use sync::{Condvar, Mutex};

/// A first-in, first-out queue of at most `capacity` items, for any number of threads.
#[derive(Debug)]
pub struct Queue<T> {
    capacity: usize,
    state: Mutex<State<T>>,
    items: Condvar,
    room: Condvar,
    finished: Condvar,
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
        assert!(capacity > 0, "a queue needs room for an item");
        Self {
            capacity,
            state: Mutex::new(State { items: VecDeque::new(), closed: false, unfinished: 0 }),
            items: Condvar::new(),
            room: Condvar::new(),
            finished: Condvar::new(),
        }
    }

    /// Puts `item` at the end. Blocks while the queue is full.
    ///
    /// # Errors
    /// [`Closed`], with the item.
    pub fn put(&self, mut item: T) -> Result<(), Closed<T>> {
        loop {
            match self.try_put(item) {
                Ok(()) => return Ok(()),
                Err(TryPutError::Closed(back)) => return Err(Closed(back)),
                Err(TryPutError::Full(back)) => item = back,
            }
            // The room may have come since: the look and the sleep are one step under the mutex.
            let full = |state: &mut State<T>| state.items.len() == self.capacity && !state.closed;
            drop(self.room.wait_while(self.state.lock().unwrap(), full).unwrap());
        }
    }

    /// Puts `item` at the end if there is room now.
    ///
    /// # Errors
    /// [`TryPutError`], with the item.
    pub fn try_put(&self, item: T) -> Result<(), TryPutError<T>> {
        let mut state = self.state.lock().unwrap();
        if state.closed {
            return Err(TryPutError::Closed(item));
        }
        if state.items.len() == self.capacity {
            return Err(TryPutError::Full(item));
        }
        state.items.push_back(item);
        state.unfinished += 1;
        if state.items.len() == 1 {
            self.items.notify_all();
        }
        Ok(())
    }

    /// Takes the first item. Blocks while the queue is empty and open.
    pub fn get(&self) -> Option<T> {
        loop {
            match self.try_get() {
                Ok(item) => return Some(item),
                Err(TryGetError::Closed) => return None,
                Err(TryGetError::Empty) => {}
            }
            let empty = |state: &mut State<T>| state.items.is_empty() && !state.closed;
            drop(self.items.wait_while(self.state.lock().unwrap(), empty).unwrap());
        }
    }

    /// Takes the first item if there is one now.
    ///
    /// # Errors
    /// [`TryGetError`], which says whether there may be items yet.
    pub fn try_get(&self) -> Result<T, TryGetError> {
        let mut state = self.state.lock().unwrap();
        let nothing = if state.closed { TryGetError::Closed } else { TryGetError::Empty };
        let item = state.items.pop_front().ok_or(nothing)?;
        if state.items.len() + 1 == self.capacity {
            self.room.notify_all();
        }
        Ok(item)
    }

    /// Closes the queue and wakes everybody.
    pub fn close(&self) {
        self.state.lock().unwrap().closed = true;
        self.items.notify_all();
        self.room.notify_all();
    }

    /// Marks one item as done.
    ///
    /// # Errors
    /// [`TooManyDone`] if as many items were marked done as were put.
    pub fn task_done(&self) -> Result<(), TooManyDone> {
        let mut state = self.state.lock().unwrap();
        state.unfinished = state.unfinished.checked_sub(1).ok_or(TooManyDone)?;
        if state.unfinished == 0 {
            self.finished.notify_all();
        }
        Ok(())
    }

    /// Blocks until every item that was put is marked as done.
    pub fn join(&self) {
        let state = self.state.lock().unwrap();
        drop(self.finished.wait_while(state, |state| state.unfinished > 0).unwrap());
    }

    /// How many items are in the queue now.
    pub fn len(&self) -> usize {
        self.state.lock().unwrap().items.len()
    }

    /// Whether the queue has no item now.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// How many items fit.
    pub fn capacity(&self) -> usize {
        self.capacity
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
