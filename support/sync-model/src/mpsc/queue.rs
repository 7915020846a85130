//! The queue itself, as both ends see it.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::panic::Location;
use std::sync::Arc;
use std::sync::mpsc::{RecvTimeoutError, SendError, TryRecvError, TrySendError};
use std::time::Duration;

use crate::confined::Confined;
use crate::engine::{self, Found, Identity, Intent, Mode, ObjectId, Polling, Readiness};
use crate::trace::{Began, Detail, Kind, Source, Value};

use inside::{Inside, Item, learn, pass_on};

mod inside;

/// A queue as both ends see it.
pub(super) struct Queue<T> {
    identity: Identity,
    bound: Option<usize>,
    /// Passes on what the receiver did, to senders that it made room for and to those that find it gone.
    taken: Identity,
    /// Passes on what the senders did, to the receiver that finds them gone.
    left: Identity,
    inside: Confined<RefCell<Inside<T>>>,
}

// SAFETY: the items are inside of `Confined`, so no two threads touch them at the same time. An item
// that one thread puts in, another one takes out or drops: `T: Send` is enough, and is needed.
unsafe impl<T: Send> Send for Queue<T> {}
// SAFETY: as above: nobody has a reference to an item as long as it is in the queue.
unsafe impl<T: Send> Sync for Queue<T> {}

impl<T> Queue<T> {
    pub(super) fn new(bound: Option<usize>) -> Arc<Self> {
        let inside = Inside {
            items: VecDeque::new(),
            sent: 0,
            senders: 1,
            receiver: true,
            sleepers: Vec::new(),
            receiving: false,
        };
        let inside = Confined::new(RefCell::new(inside));
        let (identity, taken, left) = (Identity::new(), Identity::new(), Identity::new());
        Arc::new(Self { identity, bound, taken, left, inside })
    }

    /// The queue's number. One that an earlier execution has used cannot be used again.
    fn id(&self, kind: Kind, source: Source) -> ObjectId {
        let (id, found) = self.identity.find();
        match (found, self.bound) {
            (Found::Old, _) => engine::outlived(kind, source),
            (Found::New, Some(bound)) => engine::introduce(id, Began::For(bound.max(1))),
            _ => {}
        }
        id
    }

    /// What waits for a change of the queue from now on.
    fn intent(&self, kind: Kind, source: Source, ready_now: bool) -> Intent {
        let id = self.id(kind, source);
        if !ready_now {
            self.inside.borrow_mut().sleepers.push(engine::current());
        }
        Intent::new(kind, source).on(id, Mode::Write).dormant(!ready_now)
    }

    /// Makes a step.
    fn perform<R>(
        &self,
        intent: Intent,
        ready: &dyn Fn() -> Readiness,
        effect: impl FnOnce() -> (R, Detail),
    ) -> R {
        let result = engine::perform(intent, ready, effect);
        engine::look_inside(|| Some(Value::Int(self.inside.borrow().items.len() as i128)));
        result
    }

    /// After a change: those who sleep look again.
    fn changed(&self) {
        let sleepers = std::mem::take(&mut self.inside.borrow_mut().sleepers);
        sleepers.into_iter().for_each(engine::wake);
        engine::changed();
    }

    fn has_room(&self) -> bool {
        let inside = self.inside.borrow();
        let room = self.bound.is_none_or(|bound| inside.items.len() < bound.max(1));
        room || !inside.receiver
    }

    pub(super) fn send(&self, item: T, source: Source) -> Result<(), SendError<T>> {
        // Who finds the queue full competes with all who fill it, and need not come after them.
        let id = self.id(Kind::Send, source);
        let intent = Intent::new(Kind::Send, source).on(id, Mode::Write);
        let ready = || if self.has_room() { Readiness::Ready } else { Readiness::Blocked };
        let number = self.perform(intent, &ready, || {
            if !self.inside.borrow().receiver {
                learn(&self.taken);
                return (Err(SendError(item)), Detail::Success(false));
            }
            if self.bound.is_some() {
                learn(&self.taken);
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
        self.perform(intent, &ready, || {
            learn(&self.taken);
            let mut inside = self.inside.borrow_mut();
            let place = inside.items.iter().position(|item| item.number == number);
            match place.and_then(|place| inside.items.remove(place)) {
                Some(item) => (Err(SendError(item.value)), Detail::Success(false)),
                None => (Ok(()), Detail::None),
            }
        })
    }

    pub(super) fn try_send(&self, item: T, source: Source) -> Result<(), TrySendError<T>> {
        let id = self.id(Kind::Send, source);
        let intent = Intent::new(Kind::Send, source).on(id, Mode::Try);
        self.perform(intent.polling(Polling::Look), &engine::always, || {
            let room = match self.bound {
                Some(0) => {
                    let inside = self.inside.borrow();
                    inside.receiving && inside.items.is_empty()
                }
                _ => self.has_room(),
            };
            if !self.inside.borrow().receiver {
                learn(&self.taken);
                return (Err(TrySendError::Disconnected(item)), Detail::Success(false));
            }
            if !room {
                return (Err(TrySendError::Full(item)), Detail::Success(false));
            }
            learn(&self.taken);
            self.inside.borrow_mut().push(item);
            self.changed();
            (Ok(()), Detail::Success(true))
        })
    }

    /// The receiver comes to where items are handed over. Who only tries to hand one over can tell whether
    /// it was there in time.
    fn come(&self, source: Source) {
        let intent = Intent::new(Kind::ReceiverComes, source)
            .on(self.id(Kind::Receive, source), Mode::Write);
        self.perform(intent, &engine::always, || {
            self.inside.borrow_mut().receiving = true;
            ((), Detail::None)
        });
    }

    fn has_news(&self) -> bool {
        let inside = self.inside.borrow();
        !inside.items.is_empty() || inside.senders == 0
    }

    pub(super) fn receive(
        &self,
        timeout: Option<Duration>,
        source: Source,
    ) -> Result<T, RecvTimeoutError> {
        if self.bound == Some(0) {
            self.come(source);
        }
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
        self.perform(intent, &ready, || {
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

    pub(super) fn try_receive(&self, source: Source) -> Result<T, TryRecvError> {
        let id = self.id(Kind::Receive, source);
        let intent = Intent::new(Kind::Receive, source).on(id, Mode::Try);
        self.perform(intent.polling(Polling::Look), &engine::always, || {
            let item = self.take();
            let success = Detail::Success(item.is_ok());
            (item, success)
        })
    }

    fn take(&self) -> Result<T, TryRecvError> {
        let mut inside = self.inside.borrow_mut();
        let item = match inside.items.pop_front() {
            Some(item) => item,
            None if inside.senders == 0 => {
                learn(&self.left);
                return Err(TryRecvError::Disconnected);
            }
            None => return Err(TryRecvError::Empty),
        };
        drop(inside);
        learn(&item.identity);
        pass_on(&self.taken);
        self.changed();
        Ok(item.value)
    }

    pub(super) fn add_sender(&self) {
        self.inside.borrow_mut().senders += 1;
    }

    #[track_caller]
    pub(super) fn remove_sender(&self) {
        self.leave(&self.left, |inside| {
            inside.senders -= 1;
            VecDeque::new()
        });
    }

    /// The receiver is gone: so is what it did not receive.
    #[track_caller]
    pub(super) fn close(&self) {
        let hands_over = self.bound == Some(0);
        self.leave(&self.taken, |inside| {
            inside.receiver = false;
            // An item that is being handed over goes back to its sender, who waits for it.
            if hands_over { VecDeque::new() } else { std::mem::take(&mut inside.items) }
        });
    }

    /// `leave` returns what is to be dropped, which may use the queue once more.
    #[track_caller]
    fn leave(&self, tells: &Identity, leave: impl FnOnce(&mut Inside<T>) -> VecDeque<Item<T>>) {
        let source = Location::caller();
        let id = self.id(Kind::Close, source);
        let intent = Intent::new(Kind::Close, source).on(id, Mode::Write);
        let left = self.perform(intent, &engine::always, || {
            let left = leave(&mut self.inside.borrow_mut());
            pass_on(tells);
            self.changed();
            (left, Detail::None)
        });
        drop(left);
    }
}
