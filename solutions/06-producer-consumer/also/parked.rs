//! Threads that wait stand in lists and sleep in `park`: a condition variable made by hand.

use std::collections::VecDeque;

use sync::thread::{self, Thread};
use sync::{Mutex, MutexGuard};

/// A first-in, first-out queue of at most `capacity` items, for any number of threads.
#[derive(Debug)]
pub struct Queue<T> {
    capacity: usize,
    state: Mutex<State<T>>,
}

#[derive(Debug)]
struct State<T> {
    items: VecDeque<T>,
    closed: bool,
    unfinished: usize,
    putters: Waiting,
    getters: Waiting,
    joiners: Waiting,
}

/// Threads that wait for one kind of event.
#[derive(Debug, Default)]
struct Waiting(VecDeque<Thread>);

impl Waiting {
    fn wake_first(&mut self) {
        if let Some(thread) = self.0.pop_front() {
            thread.unpark();
        }
    }

    fn wake_all(&mut self) {
        self.0.drain(..).for_each(|thread| thread.unpark());
    }

    fn contains(&self, thread: &Thread) -> bool {
        self.0.iter().any(|waiting| waiting.id() == thread.id())
    }
}

impl<T> Queue<T> {
    /// An empty, open queue.
    ///
    /// # Panics
    /// If `capacity` is 0.
    pub fn bounded(capacity: usize) -> Self {
        assert!(capacity > 0, "a queue needs room for an item");
        let state = State {
            items: VecDeque::new(),
            closed: false,
            unfinished: 0,
            putters: Waiting::default(),
            getters: Waiting::default(),
            joiners: Waiting::default(),
        };
        Self { capacity, state: Mutex::new(state) }
    }

    /// Puts `item` at the end. Blocks while the queue is full.
    ///
    /// # Errors
    /// [`Closed`], with the item.
    pub fn put(&self, item: T) -> Result<(), Closed<T>> {
        let full = |state: &State<T>| state.items.len() == self.capacity && !state.closed;
        let mut state = self.wait_while(full, |state| &mut state.putters);
        if state.closed {
            return Err(Closed(item));
        }
        state.push(item);
        Ok(())
    }

    /// Puts `item` at the end if there is room now.
    ///
    /// # Errors
    /// [`TryPutError`], with the item.
    pub fn try_put(&self, item: T) -> Result<(), TryPutError<T>> {
        let mut state = self.lock();
        if state.closed {
            return Err(TryPutError::Closed(item));
        }
        if state.items.len() == self.capacity {
            return Err(TryPutError::Full(item));
        }
        state.push(item);
        Ok(())
    }

    /// Takes the first item. Blocks while the queue is empty and open.
    pub fn get(&self) -> Option<T> {
        let nothing = |state: &State<T>| state.items.is_empty() && !state.closed;
        self.wait_while(nothing, |state| &mut state.getters).pop()
    }

    /// Takes the first item if there is one now.
    ///
    /// # Errors
    /// [`TryGetError`], which says whether there may be items yet.
    pub fn try_get(&self) -> Result<T, TryGetError> {
        let mut state = self.lock();
        let closed = state.closed;
        state.pop().ok_or(if closed { TryGetError::Closed } else { TryGetError::Empty })
    }

    /// Closes the queue and wakes everybody.
    pub fn close(&self) {
        let mut state = self.lock();
        state.closed = true;
        state.putters.wake_all();
        state.getters.wake_all();
    }

    /// Marks one item as done.
    ///
    /// # Errors
    /// [`TooManyDone`] if as many items were marked done as were put.
    pub fn task_done(&self) -> Result<(), TooManyDone> {
        let mut state = self.lock();
        state.unfinished = state.unfinished.checked_sub(1).ok_or(TooManyDone)?;
        if state.unfinished == 0 {
            state.joiners.wake_all();
        }
        Ok(())
    }

    /// Blocks until every item that was put is marked as done.
    pub fn join(&self) {
        drop(self.wait_while(|state| state.unfinished > 0, |state| &mut state.joiners));
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

    /// Sleeps in the list `place` while `blocked` holds.
    fn wait_while(
        &self,
        blocked: impl Fn(&State<T>) -> bool,
        place: impl Fn(&mut State<T>) -> &mut Waiting,
    ) -> MutexGuard<'_, State<T>> {
        let me = thread::current();
        let mut state = self.lock();
        while blocked(&state) {
            place(&mut state).0.push_back(me.clone());
            // Who took us out of the list has woken us; `park` alone may return for no reason.
            while place(&mut state).contains(&me) {
                drop(state);
                thread::park();
                state = self.lock();
            }
        }
        state
    }

    fn lock(&self) -> MutexGuard<'_, State<T>> {
        self.state.lock().unwrap()
    }
}

impl<T> State<T> {
    fn push(&mut self, item: T) {
        self.items.push_back(item);
        self.unfinished += 1;
        self.getters.wake_first();
    }

    fn pop(&mut self) -> Option<T> {
        let item = self.items.pop_front()?;
        self.putters.wake_first();
        Some(item)
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
