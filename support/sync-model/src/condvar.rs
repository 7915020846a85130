//! A place to sleep until another thread says that something has changed.

use std::cell::{Cell, RefCell};
use std::fmt;
use std::panic::{Location, UnwindSafe};
use std::rc::Rc;
use std::sync::{LockResult, PoisonError};
use std::time::Duration;

use crate::confined::Confined;
use crate::engine::{
    self, Accesses, Identity, Intent, Mode, ObjectId, Polling, Readiness, ThreadId,
};
use crate::mutex::{MutexGuard, RawMutex};
use crate::trace::{Detail, Kind, Reason, Source};

/// The model's [`std::sync::Condvar`].
///
/// `notify_one` may wake any of those who wait, and a wait with a timeout may time out whether or
/// not a notification would still have come: the search tries it all.
pub struct Condvar {
    identity: Identity,
    waiters: Confined<RefCell<Vec<Rc<Waiter>>>>,
}

// As the standard library says of its own.
impl UnwindSafe for Condvar {}

struct Waiter {
    thread: ThreadId,
    /// When its time is over; `None`: never.
    end: Option<Duration>,
    notified: Cell<bool>,
    /// Its time was over before a notification came; see [`Waiter::is_late`].
    timed_out: Cell<bool>,
}

/// The model's [`std::sync::WaitTimeoutResult`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WaitTimeoutResult(bool);

impl WaitTimeoutResult {
    /// Whether the time was over before a notification came.
    #[must_use]
    pub fn timed_out(&self) -> bool {
        self.0
    }
}

impl Condvar {
    /// A new condition variable that nobody waits for.
    #[must_use]
    pub const fn new() -> Self {
        Self { identity: Identity::new(), waiters: Confined::new(RefCell::new(Vec::new())) }
    }

    /// Its number. Who waited for it in an earlier execution is forgotten.
    fn id(&self) -> ObjectId {
        self.identity.id(|| drop(self.waiters.take()))
    }

    /// Unlocks, sleeps until it is woken, and locks again.
    ///
    /// # Errors
    /// If the mutex is poisoned by then.
    #[track_caller]
    pub fn wait<'a, T>(&self, guard: MutexGuard<'a, T>) -> LockResult<MutexGuard<'a, T>> {
        self.sleep(guard, None, Location::caller()).0
    }

    /// Waits as long as `condition` holds.
    ///
    /// # Errors
    /// If the mutex is poisoned by then.
    #[track_caller]
    pub fn wait_while<'a, T, F>(
        &self,
        mut guard: MutexGuard<'a, T>,
        mut condition: F,
    ) -> LockResult<MutexGuard<'a, T>>
    where
        F: FnMut(&mut T) -> bool,
    {
        let source = Location::caller();
        while condition(&mut guard) {
            guard = self.sleep(guard, None, source).0?;
        }
        Ok(guard)
    }

    /// Waits until it is woken, but not longer than `timeout`.
    ///
    /// # Errors
    /// If the mutex is poisoned by then.
    #[track_caller]
    pub fn wait_timeout<'a, T>(
        &self,
        guard: MutexGuard<'a, T>,
        timeout: Duration,
    ) -> LockResult<(MutexGuard<'a, T>, WaitTimeoutResult)> {
        let (guard, reason) = self.sleep(guard, Some(timeout), Location::caller());
        let result = WaitTimeoutResult(reason == Reason::TimedOut);
        match guard {
            Ok(guard) => Ok((guard, result)),
            Err(poisoned) => Err(PoisonError::new((poisoned.into_inner(), result))),
        }
    }

    /// Waits as long as `condition` holds, but not longer than `timeout`.
    ///
    /// # Errors
    /// If the mutex is poisoned by then.
    #[track_caller]
    pub fn wait_timeout_while<'a, T, F>(
        &self,
        mut guard: MutexGuard<'a, T>,
        timeout: Duration,
        mut condition: F,
    ) -> LockResult<(MutexGuard<'a, T>, WaitTimeoutResult)>
    where
        F: FnMut(&mut T) -> bool,
    {
        let source = Location::caller();
        let end = engine::time().checked_add(timeout);
        loop {
            if !condition(&mut guard) {
                return Ok((guard, WaitTimeoutResult(false)));
            }
            let left = end.map_or(timeout, |end| end.saturating_sub(engine::time()));
            if left.is_zero() {
                return Ok((guard, WaitTimeoutResult(true)));
            }
            guard = match self.sleep(guard, Some(left), source).0 {
                Ok(guard) => guard,
                Err(poisoned) => {
                    let result = WaitTimeoutResult(false);
                    return Err(PoisonError::new((poisoned.into_inner(), result)));
                }
            };
        }
    }

    /// Wakes one of those who wait; which one is not said.
    #[track_caller]
    pub fn notify_one(&self) {
        let intent = Intent::new(Kind::NotifyOne, Location::caller()).on(self.id(), Mode::Write);
        engine::perform(intent, &|| self.may_notify(), || {
            loop {
                let count = self.waiters.borrow().len();
                if count == 0 {
                    return ((), Detail::Woken { count: 0, first: None });
                }
                let chosen = engine::choose(count);
                let waiter = self.waiters.borrow_mut().remove(chosen);
                if !waiter.is_late() {
                    return (
                        (),
                        Detail::Woken { count: 1, first: Some(engine::lane(waiter.wake())) },
                    );
                }
            }
        });
    }

    /// Wakes all who wait.
    #[track_caller]
    pub fn notify_all(&self) {
        let intent = Intent::new(Kind::NotifyAll, Location::caller()).on(self.id(), Mode::Write);
        engine::perform(intent, &|| self.may_notify(), || {
            let waiters = self.waiters.take();
            let woken: Vec<ThreadId> =
                waiters.iter().filter(|waiter| !waiter.is_late()).map(|w| w.wake()).collect();
            (
                (),
                Detail::Woken {
                    count: woken.len(),
                    first: woken.first().map(|&thread| engine::lane(thread)),
                },
            )
        });
    }

    /// To notify nobody changes nothing.
    fn may_notify(&self) -> Readiness {
        if self.waiters.borrow().is_empty() { Readiness::Idle } else { Readiness::Ready }
    }

    fn sleep<'a, T>(
        &self,
        guard: MutexGuard<'a, T>,
        timeout: Option<Duration>,
        source: Source,
    ) -> (LockResult<MutexGuard<'a, T>>, Reason) {
        let (mutex, locked_at, touched) = guard.dissolve();
        let waiter = self.fall_asleep(&mutex.raw, touched, timeout, source);
        mutex.show();
        let reason = self.wake_up(&mutex.raw, &waiter, source);
        // The lock keeps its name: that of the place where it was taken at first.
        (mutex.guard(locked_at), reason)
    }

    /// Unlocking and beginning to wait is one step: no notification can come in between.
    fn fall_asleep(
        &self,
        mutex: &RawMutex,
        touched: bool,
        timeout: Option<Duration>,
        source: Source,
    ) -> Rc<Waiter> {
        // Who came first makes no difference to `notify_one`, so two waits do not compete.
        let intent =
            Intent::new(Kind::Wait, source).on(self.id(), Mode::Add).and(mutex.id(), Mode::Release);
        engine::perform(intent, &engine::always, || {
            let waiter = Rc::new(Waiter {
                thread: engine::current(),
                // A timeout that no clock can reach is none.
                end: timeout.and_then(|timeout| engine::time().checked_add(timeout)),
                notified: Cell::new(false),
                timed_out: Cell::new(false),
            });
            let mut waiters = self.waiters.borrow_mut();
            let place = waiters.partition_point(|other| other.thread < waiter.thread);
            waiters.insert(place, Rc::clone(&waiter));
            mutex.give_back(touched);
            (waiter, Detail::GaveBack { touched })
        })
    }

    fn wake_up(&self, mutex: &RawMutex, waiter: &Rc<Waiter>, source: Source) -> Reason {
        let end = waiter.end;
        let spurious = engine::may_wake_without_reason();
        let ready = || match end {
            _ if !mutex.is_free() => Readiness::Blocked,
            _ if waiter.notified.get() || waiter.timed_out.get() => Readiness::Ready,
            Some(end) => Readiness::Late(end),
            None if spurious => Readiness::Spurious,
            None => Readiness::Blocked,
        };
        let waits_to_be_woken = end.is_none() && !spurious;
        let intent = Intent::new(Kind::Wake, source);
        let mut intent = intent.on(self.id(), Mode::Add).and(mutex.id(), Mode::Write);
        if waits_to_be_woken {
            // Who wakes it has taken it off the list: what comes after that makes no difference to it.
            intent.accesses = Accesses::one(mutex.id(), Mode::Write);
        }
        intent.dormant = waits_to_be_woken;
        if end.is_some() {
            intent.polling = Polling::Yield;
        }
        engine::perform(intent, &ready, || {
            mutex.take();
            let reason = match end {
                _ if waiter.timed_out.get() => Reason::TimedOut,
                _ if waiter.notified.get() => notified(end),
                Some(end) if !(spurious && engine::choose(2) == 1) => {
                    engine::pass_time(end);
                    Reason::TimedOut
                }
                _ => {
                    // In the middle of its time, so that a caller who then waits for the whole
                    // timeout again can be seen to wait too long.
                    if let Some(end) = end {
                        let now = engine::time();
                        engine::pass_time(now + end.saturating_sub(now) / 2);
                    }
                    engine::woke_without_reason();
                    Reason::Spurious
                }
            };
            if !waiter.notified.get() {
                self.waiters.borrow_mut().retain(|other| !Rc::ptr_eq(other, waiter));
            }
            (reason, Detail::Woke(reason))
        })
    }
}

/// A thread that was notified while it waited with a timeout may come to run before its time is over,
/// or so late that the clock says it is over: both are tried.
fn notified(end: Option<Duration>) -> Reason {
    match end {
        Some(end) if end > engine::time() && engine::choose(2) == 1 => {
            engine::pass_time(end);
            Reason::NotifiedLate
        }
        _ => Reason::Notified,
    }
}

impl Waiter {
    /// Whether a notification that comes now is too late for this waiter: its time may be over already,
    /// and it only has not come to lock the mutex again. Both are tried.
    fn is_late(&self) -> bool {
        let late = self.end.is_some_and(|_| engine::choose(2) == 1);
        if let Some(end) = self.end.filter(|_| late) {
            engine::pass_time(end);
            self.timed_out.set(true);
            engine::wake(self.thread);
        }
        late
    }

    fn wake(&self) -> ThreadId {
        self.notified.set(true);
        engine::wake(self.thread);
        self.thread
    }
}

impl Default for Condvar {
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Debug for Condvar {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Condvar").finish_non_exhaustive()
    }
}
