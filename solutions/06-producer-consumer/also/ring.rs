//! A ring of slots, and running totals in place of a count: item number `n` lives in slot
//! `n % capacity`, and each number says where something stands.

use sync::{Condvar, Mutex, MutexGuard};

/// A first-in, first-out queue of at most `capacity` items, for any number of threads.
#[derive(Debug)]
pub struct Queue<T> {
    ring: Mutex<Ring<T>>,
    put: Condvar,
    got: Condvar,
    done: Condvar,
}

#[derive(Debug)]
struct Ring<T> {
    slots: Box<[Option<T>]>,
    closed: bool,
    // Totals since the beginning: got <= put <= got + slots.len(), and done <= put.
    put: usize,
    got: usize,
    done: usize,
}

impl<T> Ring<T> {
    fn len(&self) -> usize {
        self.put - self.got
    }

    fn is_full(&self) -> bool {
        self.len() == self.slots.len()
    }

    fn push(&mut self, item: T) {
        let slot = self.put % self.slots.len();
        self.slots[slot] = Some(item);
        self.put += 1;
    }

    fn pop(&mut self) -> Option<T> {
        let slot = self.got % self.slots.len();
        let item = self.slots[slot].take();
        self.got += usize::from(item.is_some());
        item
    }
}

impl<T> Queue<T> {
    /// An empty, open queue.
    ///
    /// # Panics
    /// If `capacity` is 0.
    pub fn bounded(capacity: usize) -> Self {
        assert!(capacity > 0, "a ring needs a slot");
        let slots = (0..capacity).map(|_| None).collect();
        Self {
            ring: Mutex::new(Ring { slots, closed: false, put: 0, got: 0, done: 0 }),
            put: Condvar::new(),
            got: Condvar::new(),
            done: Condvar::new(),
        }
    }

    /// Puts `item` at the end. Blocks while the queue is full.
    ///
    /// # Errors
    /// [`Closed`], with the item.
    pub fn put(&self, item: T) -> Result<(), Closed<T>> {
        let mut ring = self.lock();
        loop {
            if ring.closed {
                return Err(Closed(item));
            }
            if !ring.is_full() {
                break;
            }
            ring = self.got.wait(ring).unwrap();
        }
        ring.push(item);
        drop(ring);
        self.put.notify_one();
        Ok(())
    }

    /// Puts `item` at the end if there is room now.
    ///
    /// # Errors
    /// [`TryPutError`], with the item.
    pub fn try_put(&self, item: T) -> Result<(), TryPutError<T>> {
        let mut ring = self.lock();
        match (ring.closed, ring.is_full()) {
            (true, _) => return Err(TryPutError::Closed(item)),
            (false, true) => return Err(TryPutError::Full(item)),
            (false, false) => ring.push(item),
        }
        drop(ring);
        self.put.notify_one();
        Ok(())
    }

    /// Takes the first item. Blocks while the queue is empty and open.
    pub fn get(&self) -> Option<T> {
        let mut ring = self.lock();
        loop {
            if let Some(item) = ring.pop() {
                drop(ring);
                self.got.notify_one();
                return Some(item);
            }
            if ring.closed {
                return None;
            }
            ring = self.put.wait(ring).unwrap();
        }
    }

    /// Takes the first item if there is one now.
    ///
    /// # Errors
    /// [`TryGetError`], which says whether there may be items yet.
    pub fn try_get(&self) -> Result<T, TryGetError> {
        let mut ring = self.lock();
        let Some(item) = ring.pop() else {
            return Err(if ring.closed { TryGetError::Closed } else { TryGetError::Empty });
        };
        self.got.notify_one();
        Ok(item)
    }

    /// Closes the queue and wakes everybody.
    pub fn close(&self) {
        let mut ring = self.lock();
        ring.closed = true;
        self.put.notify_all();
        self.got.notify_all();
    }

    /// Marks one item as done.
    ///
    /// # Errors
    /// [`TooManyDone`] if as many items were marked done as were put.
    pub fn task_done(&self) -> Result<(), TooManyDone> {
        let mut ring = self.lock();
        if ring.done == ring.put {
            return Err(TooManyDone);
        }
        ring.done += 1;
        self.done.notify_all();
        Ok(())
    }

    /// Blocks until every item that was put is marked as done.
    pub fn join(&self) {
        let mut ring = self.lock();
        while ring.done < ring.put {
            ring = self.done.wait(ring).unwrap();
        }
    }

    /// How many items are in the queue now.
    pub fn len(&self) -> usize {
        self.lock().len()
    }

    /// Whether the queue has no item now.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// How many items fit.
    pub fn capacity(&self) -> usize {
        self.lock().slots.len()
    }

    fn lock(&self) -> MutexGuard<'_, Ring<T>> {
        self.ring.lock().unwrap()
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
