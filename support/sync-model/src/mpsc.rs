//! Queues from many threads to one.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::fmt;
use std::panic::Location;
use std::sync::Arc;
use std::time::Duration;

pub use std::sync::mpsc::{RecvError, RecvTimeoutError, SendError, TryRecvError, TrySendError};

use crate::confined::Confined;
use crate::engine::{self, Intent, Mode, ObjectId, Polling, Readiness, ThreadId};
use crate::trace::{Detail, Kind, Source};

/// A queue without a limit.
#[must_use]
#[track_caller]
pub fn channel<T>() -> (Sender<T>, Receiver<T>) {
    let queue = Queue::new(None);
    (Sender { queue: Arc::clone(&queue) }, Receiver { queue })
}

/// A queue that holds up to `bound` items. With 0, `send` returns when its item is received.
#[must_use]
#[track_caller]
pub fn sync_channel<T>(bound: usize) -> (SyncSender<T>, Receiver<T>) {
    let queue = Queue::new(Some(bound));
    (SyncSender { queue: Arc::clone(&queue) }, Receiver { queue })
}

/// The model's [`std::sync::mpsc::Sender`].
pub struct Sender<T> {
    queue: Arc<Queue<T>>,
}

/// The model's [`std::sync::mpsc::SyncSender`].
pub struct SyncSender<T> {
    queue: Arc<Queue<T>>,
}

/// The model's [`std::sync::mpsc::Receiver`].
pub struct Receiver<T> {
    queue: Arc<Queue<T>>,
}

impl<T> Sender<T> {
    /// Puts an item into the queue.
    ///
    /// # Errors
    /// The item back, if the receiver is gone.
    #[track_caller]
    pub fn send(&self, item: T) -> Result<(), SendError<T>> {
        self.queue.send(item, Location::caller())
    }
}

impl<T> SyncSender<T> {
    /// Puts an item into the queue, once there is room.
    ///
    /// # Errors
    /// The item back, if the receiver is gone.
    #[track_caller]
    pub fn send(&self, item: T) -> Result<(), SendError<T>> {
        self.queue.send(item, Location::caller())
    }

    /// Puts an item into the queue, if there is room now.
    ///
    /// # Errors
    /// The item back, if there is no room or the receiver is gone.
    #[track_caller]
    pub fn try_send(&self, item: T) -> Result<(), TrySendError<T>> {
        self.queue.try_send(item, Location::caller())
    }
}

impl<T> Receiver<T> {
    /// Takes an item, once there is one.
    ///
    /// # Errors
    /// If the queue is empty and all senders are gone.
    #[track_caller]
    pub fn recv(&self) -> Result<T, RecvError> {
        self.queue.receive(None, Location::caller()).map_err(|_| RecvError)
    }

    /// Takes an item, if there is one now.
    ///
    /// # Errors
    /// If the queue is empty.
    #[track_caller]
    pub fn try_recv(&self) -> Result<T, TryRecvError> {
        self.queue.try_receive(Location::caller())
    }

    /// Takes an item, if one comes within `timeout`.
    ///
    /// # Errors
    /// If none came, or all senders are gone.
    #[track_caller]
    pub fn recv_timeout(&self, timeout: Duration) -> Result<T, RecvTimeoutError> {
        self.queue.receive(Some(timeout), Location::caller())
    }

    /// All items, until all senders are gone.
    pub fn iter(&self) -> Iter<'_, T> {
        Iter { receiver: self }
    }

    /// The items that are there.
    pub fn try_iter(&self) -> TryIter<'_, T> {
        TryIter { receiver: self }
    }
}

/// The model's [`std::sync::mpsc::Iter`].
#[derive(Debug)]
pub struct Iter<'a, T> {
    receiver: &'a Receiver<T>,
}

/// The model's [`std::sync::mpsc::TryIter`].
#[derive(Debug)]
pub struct TryIter<'a, T> {
    receiver: &'a Receiver<T>,
}

/// The model's [`std::sync::mpsc::IntoIter`].
#[derive(Debug)]
pub struct IntoIter<T> {
    receiver: Receiver<T>,
}

impl<T> Iterator for Iter<'_, T> {
    type Item = T;

    #[track_caller]
    fn next(&mut self) -> Option<T> {
        self.receiver.recv().ok()
    }
}

impl<T> Iterator for TryIter<'_, T> {
    type Item = T;

    #[track_caller]
    fn next(&mut self) -> Option<T> {
        self.receiver.try_recv().ok()
    }
}

impl<T> Iterator for IntoIter<T> {
    type Item = T;

    #[track_caller]
    fn next(&mut self) -> Option<T> {
        self.receiver.recv().ok()
    }
}

impl<'a, T> IntoIterator for &'a Receiver<T> {
    type Item = T;
    type IntoIter = Iter<'a, T>;

    fn into_iter(self) -> Iter<'a, T> {
        self.iter()
    }
}

impl<T> IntoIterator for Receiver<T> {
    type Item = T;
    type IntoIter = IntoIter<T>;

    fn into_iter(self) -> IntoIter<T> {
        IntoIter { receiver: self }
    }
}

/// A queue as both ends see it.
struct Queue<T> {
    id: ObjectId,
    bound: Option<usize>,
    inside: Confined<RefCell<Inside<T>>>,
}

struct Inside<T> {
    /// The items, each with its number.
    items: VecDeque<(u64, T)>,
    /// How many items were put in.
    sent: u64,
    senders: usize,
    receiver: bool,
    /// Who sleeps until something changes.
    sleepers: Vec<ThreadId>,
    /// Whether the receiver is waiting.
    receiving: bool,
}

impl<T> Inside<T> {
    fn holds(&self, number: u64) -> bool {
        self.items.iter().any(|(of, _)| *of == number)
    }

    fn push(&mut self, item: T) -> u64 {
        self.sent += 1;
        self.items.push_back((self.sent, item));
        self.sent
    }
}

impl<T> Queue<T> {
    #[track_caller]
    fn new(bound: Option<usize>) -> Arc<Self> {
        let inside = Inside {
            items: VecDeque::new(),
            sent: 0,
            senders: 1,
            receiver: true,
            sleepers: Vec::new(),
            receiving: false,
        };
        let inside = Confined::new(RefCell::new(inside));
        Arc::new(Self { id: engine::new_object(), bound, inside })
    }

    /// What waits for a change of the queue from now on.
    fn intent(&self, kind: Kind, source: Source, ready_now: bool) -> Intent {
        if !ready_now {
            self.inside.borrow_mut().sleepers.push(engine::current());
        }
        Intent::new(kind, source).on(self.id, Mode::Write).dormant(!ready_now)
    }

    /// After a change: those who sleep look again, and what was done here is passed on.
    fn changed(&self) {
        let sleepers = std::mem::take(&mut self.inside.borrow_mut().sleepers);
        sleepers.into_iter().for_each(engine::wake);
        engine::with_memory(|memory, _, thread| {
            memory.acquire(thread, self.id);
            memory.release(thread, self.id);
        });
        engine::changed();
    }

    fn has_room(&self) -> bool {
        let inside = self.inside.borrow();
        let room = self.bound.is_none_or(|bound| inside.items.len() < bound.max(1));
        room || !inside.receiver
    }

    fn send(&self, item: T, source: Source) -> Result<(), SendError<T>> {
        let intent = self.intent(Kind::Send, source, self.has_room());
        let ready = || if self.has_room() { Readiness::Ready } else { Readiness::Blocked };
        let number = engine::perform(intent, &ready, || {
            if !self.inside.borrow().receiver {
                return (Err(SendError(item)), Detail::Success(false));
            }
            let number = self.inside.borrow_mut().push(item);
            self.changed();
            (Ok(number), Detail::None)
        })?;
        if self.bound == Some(0) { self.hand_over(number, source) } else { Ok(()) }
    }

    /// Waits until the item is taken.
    fn hand_over(&self, number: u64, source: Source) -> Result<(), SendError<T>> {
        let over = || {
            let inside = self.inside.borrow();
            !inside.holds(number) || !inside.receiver
        };
        let intent = self.intent(Kind::HandOver, source, over());
        let ready = || if over() { Readiness::Ready } else { Readiness::Blocked };
        engine::perform(intent, &ready, || {
            let mut inside = self.inside.borrow_mut();
            let place = inside.items.iter().position(|(of, _)| *of == number);
            match place.and_then(|place| inside.items.remove(place)) {
                Some((_, item)) => (Err(SendError(item)), Detail::Success(false)),
                None => (Ok(()), Detail::None),
            }
        })
    }

    fn try_send(&self, item: T, source: Source) -> Result<(), TrySendError<T>> {
        let intent = Intent::new(Kind::Send, source).on(self.id, Mode::Try);
        engine::perform(intent.polling(Polling::Look), &engine::always, || {
            let room = match self.bound {
                Some(0) => {
                    let inside = self.inside.borrow();
                    inside.receiving && inside.items.is_empty()
                }
                _ => self.has_room(),
            };
            if !self.inside.borrow().receiver {
                return (Err(TrySendError::Disconnected(item)), Detail::Success(false));
            }
            if !room {
                return (Err(TrySendError::Full(item)), Detail::Success(false));
            }
            self.inside.borrow_mut().push(item);
            self.changed();
            (Ok(()), Detail::Success(true))
        })
    }

    fn has_news(&self) -> bool {
        let inside = self.inside.borrow();
        !inside.items.is_empty() || inside.senders == 0
    }

    fn receive(&self, timeout: Option<Duration>, source: Source) -> Result<T, RecvTimeoutError> {
        let end = timeout.and_then(|timeout| engine::time().checked_add(timeout));
        let mut intent = self.intent(Kind::Receive, source, self.has_news());
        if end.is_some() {
            intent = intent.dormant(false).polling(Polling::Yield);
        }
        let ready = || match end {
            _ if self.has_news() => Readiness::Ready,
            Some(end) => Readiness::Late(end),
            None => Readiness::Blocked,
        };
        self.inside.borrow_mut().receiving = true;
        engine::perform(intent, &ready, || {
            self.inside.borrow_mut().receiving = false;
            let item = self.take();
            if let (Err(TryRecvError::Empty), Some(end)) = (&item, end) {
                engine::pass_time(end);
            }
            let success = Detail::Success(item.is_ok());
            let item = item.map_err(|error| match error {
                TryRecvError::Empty => RecvTimeoutError::Timeout,
                TryRecvError::Disconnected => RecvTimeoutError::Disconnected,
            });
            (item, success)
        })
    }

    fn try_receive(&self, source: Source) -> Result<T, TryRecvError> {
        let intent = Intent::new(Kind::Receive, source).on(self.id, Mode::Try);
        engine::perform(intent.polling(Polling::Look), &engine::always, || {
            let item = self.take();
            let success = Detail::Success(item.is_ok());
            (item, success)
        })
    }

    fn take(&self) -> Result<T, TryRecvError> {
        let mut inside = self.inside.borrow_mut();
        let item = match inside.items.pop_front() {
            Some((_, item)) => item,
            None if inside.senders == 0 => return Err(TryRecvError::Disconnected),
            None => return Err(TryRecvError::Empty),
        };
        drop(inside);
        self.changed();
        Ok(item)
    }

    fn add_sender(&self) {
        self.inside.borrow_mut().senders += 1;
    }

    #[track_caller]
    fn leave(&self, leave: impl FnOnce(&mut Inside<T>)) {
        let intent = Intent::new(Kind::Close, Location::caller()).on(self.id, Mode::Write);
        engine::perform(intent, &engine::always, || {
            leave(&mut self.inside.borrow_mut());
            self.changed();
            ((), Detail::None)
        });
    }
}

impl<T> Clone for Sender<T> {
    fn clone(&self) -> Self {
        self.queue.add_sender();
        Self { queue: Arc::clone(&self.queue) }
    }
}

impl<T> Clone for SyncSender<T> {
    fn clone(&self) -> Self {
        self.queue.add_sender();
        Self { queue: Arc::clone(&self.queue) }
    }
}

impl<T> Drop for Sender<T> {
    fn drop(&mut self) {
        self.queue.leave(|inside| inside.senders -= 1);
    }
}

impl<T> Drop for SyncSender<T> {
    fn drop(&mut self) {
        self.queue.leave(|inside| inside.senders -= 1);
    }
}

impl<T> Drop for Receiver<T> {
    fn drop(&mut self) {
        self.queue.leave(|inside| inside.receiver = false);
    }
}

impl<T> fmt::Debug for Sender<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sender").finish_non_exhaustive()
    }
}

impl<T> fmt::Debug for SyncSender<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SyncSender").finish_non_exhaustive()
    }
}

impl<T> fmt::Debug for Receiver<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Receiver").finish_non_exhaustive()
    }
}
