//! What is done once, by whoever comes first.

use std::cell::{Cell, UnsafeCell};
use std::fmt;
use std::panic::{
    AssertUnwindSafe, Location, RefUnwindSafe, UnwindSafe, catch_unwind, resume_unwind,
};

use crate::confined::Confined;
use crate::engine::{self, Found, Identity, Intent, Mode, ObjectId, Polling, Readiness};
use crate::trace::{Detail, Kind, Source, Value};

mod wait;

/// The model's [`std::sync::Once`].
pub struct Once {
    identity: Identity,
    progress: Confined<Cell<Progress>>,
}

/// The model's [`std::sync::OnceState`].
pub struct OnceState {
    /// In a cell, because the standard library's is not to be shared with other threads.
    poisoned: Cell<bool>,
}

/// How far it is: `explain` tells them apart by these numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Progress {
    #[default]
    New,
    Running,
    Done,
    Poisoned,
}

impl OnceState {
    /// Whether the call before this one panicked.
    #[must_use]
    pub fn is_poisoned(&self) -> bool {
        self.poisoned.get()
    }
}

// As in the standard library, there is no `Default`: a parity that clippy would give up.
#[allow(clippy::new_without_default)]
impl Once {
    /// Nothing has been done yet.
    #[must_use]
    pub const fn new() -> Self {
        Self { identity: Identity::new(), progress: Confined::new(Cell::new(Progress::New)) }
    }

    /// What an execution finds that comes here. What an earlier one did is forgotten.
    pub(crate) fn find(&self) -> Found {
        let (_, found) = self.identity.find();
        if found == Found::Old {
            self.progress.set(Progress::New);
        }
        found
    }

    fn id(&self) -> ObjectId {
        self.identity.find().0
    }

    /// Makes a step.
    fn perform<R>(
        &self,
        intent: Intent,
        ready: &dyn Fn() -> Readiness,
        effect: impl FnOnce() -> (R, Detail),
    ) -> R {
        let result = engine::perform(intent, ready, effect);
        engine::look_inside(|| Some(Value::Int(self.progress.get() as i128)));
        result
    }

    /// Calls `initialise` unless it was called before, and waits for it if another thread is at it.
    ///
    /// # Panics
    /// If an earlier call panicked.
    #[track_caller]
    pub fn call_once<F>(&self, initialise: F)
    where
        F: FnOnce(),
    {
        self.find();
        self.call(Location::caller(), false, |_| initialise());
    }

    /// As `call_once`, but tries again if an earlier call panicked.
    #[track_caller]
    pub fn call_once_force<F>(&self, initialise: F)
    where
        F: FnOnce(&OnceState),
    {
        self.find();
        self.call(Location::caller(), true, initialise);
    }

    /// Whether it was done.
    #[must_use]
    #[track_caller]
    pub fn is_completed(&self) -> bool {
        self.find();
        self.look(Location::caller())
    }

    pub(crate) fn look(&self, source: Source) -> bool {
        let id = self.id();
        let intent = Intent::new(Kind::Once, source).on(id, Mode::Look);
        self.perform(intent.polling(Polling::Look), &engine::always, || {
            let done = self.progress.get() == Progress::Done;
            if done {
                engine::with_memory(|memory, _, thread| memory.acquire(thread, id));
            }
            (done, Detail::Success(done))
        })
    }

    pub(crate) fn call(&self, source: Source, force: bool, initialise: impl FnOnce(&OnceState)) {
        let ready = || match self.progress.get() {
            Progress::Running => Readiness::Blocked,
            Progress::Done => Readiness::Idle,
            _ => Readiness::Ready,
        };
        let id = self.id();
        let begin = Intent::new(Kind::Once, source).on(id, Mode::Write);
        let before = self.perform(begin, &ready, || {
            let before = self.progress.get();
            engine::with_memory(|memory, _, thread| memory.acquire(thread, id));
            if before == Progress::New || (before == Progress::Poisoned && force) {
                self.progress.set(Progress::Running);
            }
            (before, Detail::Success(before != Progress::Done))
        });
        match before {
            Progress::Done => return,
            Progress::Poisoned if !force => panic!("Once instance has previously been poisoned"),
            _ => {}
        }
        let state = OnceState { poisoned: Cell::new(before == Progress::Poisoned) };
        let result = catch_unwind(AssertUnwindSafe(|| initialise(&state)));
        let after = if result.is_ok() { Progress::Done } else { Progress::Poisoned };
        let end = Intent::new(Kind::OnceDone, source).on(id, Mode::Release);
        self.perform(end, &engine::always, || {
            self.progress.set(after);
            engine::with_memory(|memory, _, thread| memory.release(thread, id));
            engine::changed();
            ((), Detail::None)
        });
        if let Err(panic) = result {
            resume_unwind(panic);
        }
    }
}

/// The model's [`std::sync::OnceLock`].
pub struct OnceLock<T> {
    once: Once,
    value: UnsafeCell<Option<T>>,
}

// SAFETY: the value is written once, by the thread that `once` lets through, and only shared after
// that; it may be dropped by another thread than the one that wrote it.
unsafe impl<T: Send + Sync> Sync for OnceLock<T> {}

// As the standard library says of its own: the value is written whole or not at all.
impl<T: RefUnwindSafe + UnwindSafe> RefUnwindSafe for OnceLock<T> {}
impl<T: UnwindSafe> UnwindSafe for OnceLock<T> {}

impl<T> OnceLock<T> {
    /// An empty cell.
    #[must_use]
    pub const fn new() -> Self {
        Self { once: Once::new(), value: UnsafeCell::new(None) }
    }

    /// The calling thread comes to the cell: one that an earlier execution has filled is empty again.
    fn come(&self) {
        if self.once.find() == Found::Old {
            // SAFETY: no reference is left of the execution that has filled it, and the thread of this one
            // that comes here first is the only one that runs. Dropping the old value would run code of
            // an execution that is over.
            unsafe { std::mem::forget((*self.value.get()).take()) };
        }
    }

    /// The value, if there is one.
    #[track_caller]
    pub fn get(&self) -> Option<&T> {
        self.come();
        self.once.look(Location::caller()).then(|| self.shared())
    }

    /// The value, if there is one, for writing.
    pub fn get_mut(&mut self) -> Option<&mut T> {
        self.value.get_mut().as_mut()
    }

    /// Fills the cell, if it is empty.
    ///
    /// # Errors
    /// The value back, if it is full.
    #[track_caller]
    pub fn set(&self, value: T) -> Result<(), T> {
        self.come();
        let mut value = Some(value);
        self.fill(Location::caller(), || value.take().expect("it is asked for once"));
        value.map_or(Ok(()), Err)
    }

    /// The value; made by `initialise` if the cell is empty.
    #[track_caller]
    pub fn get_or_init<F>(&self, initialise: F) -> &T
    where
        F: FnOnce() -> T,
    {
        self.come();
        self.fill(Location::caller(), initialise);
        self.shared()
    }

    /// The value, if there is one.
    pub fn into_inner(self) -> Option<T> {
        self.value.into_inner()
    }

    /// Takes the value out: the cell is empty again.
    pub fn take(&mut self) -> Option<T> {
        self.once = Once::new();
        self.value.get_mut().take()
    }

    fn fill(&self, source: Source, make: impl FnOnce() -> T) {
        self.once.call(source, true, |_| {
            let value = make();
            // SAFETY: `once` runs this on one thread at a time, and never again once it returned;
            // nobody has a reference before that.
            unsafe { *self.value.get() = Some(value) };
        });
    }

    fn shared(&self) -> &T {
        // SAFETY: the callers have seen that `once` is done, so nobody writes any more.
        unsafe { &*self.value.get() }.as_ref().expect("it was filled")
    }
}

impl<T> Default for OnceLock<T> {
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Debug for OnceState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OnceState").field("poisoned", &self.is_poisoned()).finish()
    }
}

impl fmt::Debug for Once {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Once").finish_non_exhaustive()
    }
}
