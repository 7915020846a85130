//! A bounded queue between threads, like Python's `queue.Queue`.
//!
//! Read `README.md` beside this folder, then replace every `todo!()`. Give the queue the fields
//! that you need.

use std::marker::PhantomData;

/// A first-in, first-out queue of at most `capacity` items, for any number of threads.
///
/// It also counts unfinished work: every item that was put is unfinished until somebody calls
/// [`task_done`](Self::task_done) for it.
#[derive(Debug)]
pub struct Queue<T> {
    // What must the threads agree on? It belongs here, in place of this line.
    items: PhantomData<T>,
}

impl<T> Queue<T> {
    /// An empty, open queue.
    ///
    /// # Panics
    /// If `capacity` is 0.
    pub fn bounded(capacity: usize) -> Self {
        todo!("a queue for {capacity} items")
    }

    /// Puts `item` at the end. Blocks, without burning CPU time, while the queue is full.
    ///
    /// # Errors
    /// [`Closed`], with the item, if the queue is closed or is closed while the call waits.
    pub fn put(&self, item: T) -> Result<(), Closed<T>> {
        let _ = item;
        todo!("wait for room, then put the item")
    }

    /// Puts `item` at the end if there is room now.
    ///
    /// # Errors
    /// [`TryPutError::Closed`] if the queue is closed, full or not; else [`TryPutError::Full`] if it
    /// held `capacity` items. Both give the item back.
    pub fn try_put(&self, item: T) -> Result<(), TryPutError<T>> {
        let _ = item;
        todo!("put the item if there is room")
    }

    /// Takes the first item. Blocks, without burning CPU time, while the queue is empty and open.
    ///
    /// Returns `None` once the queue is closed and every item was taken.
    pub fn get(&self) -> Option<T> {
        todo!("wait for an item, then take it")
    }

    /// Takes the first item if there is one now.
    ///
    /// # Errors
    /// [`TryGetError::Closed`] if the queue is empty and closed, [`TryGetError::Empty`] if it is empty
    /// and open.
    pub fn try_get(&self) -> Result<T, TryGetError> {
        todo!("take an item if there is one")
    }

    /// Closes the queue: nothing can be put from now on, and what is in it can still be taken. Wakes
    /// every thread that waits. Closing it again changes nothing.
    pub fn close(&self) {
        todo!("close, and wake everybody")
    }

    /// Marks one item as done.
    ///
    /// # Errors
    /// [`TooManyDone`] if as many items were marked done as were put. Nothing changes then.
    pub fn task_done(&self) -> Result<(), TooManyDone> {
        todo!("mark one item as done")
    }

    /// Blocks, without burning CPU time, until every item that was put is marked as done.
    pub fn join(&self) {
        todo!("wait until nothing is unfinished")
    }

    /// How many items are in the queue now.
    pub fn len(&self) -> usize {
        todo!("count the items in {:?}", self.items)
    }

    /// Whether the queue has no item now.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// How many items fit.
    pub fn capacity(&self) -> usize {
        todo!("say how many items fit")
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
