//! Threads of the model.

use std::any::Any;
use std::cell::Cell;
use std::fmt;
use std::marker::PhantomData;
use std::panic::{AssertUnwindSafe, Location, catch_unwind};
use std::sync::Arc;
use std::time::Duration;

pub use std::thread::{Result, available_parallelism};

pub use crate::engine::panicking;

pub use builder::Builder;
pub use park::{park, park_timeout};
pub use scope::{Scope, ScopedJoinHandle, scope};

pub use crate::local::{AccessError, LocalKey};

use crate::confined::Confined;
use crate::engine::{self, Identity, Intent, Mode, ObjectId, Polling, Readiness};
use crate::local;
use crate::trace::{Detail, Kind, Source};

mod alike;
mod builder;
mod park;
mod scope;

/// The model's [`std::thread::ThreadId`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ThreadId(usize);

/// The model's [`std::thread::Thread`].
#[derive(Clone)]
pub struct Thread {
    inner: Arc<Inner>,
}

struct Inner {
    id: ThreadId,
    name: Option<String>,
    token: park::Token,
}

/// The model's [`std::thread::JoinHandle`].
pub struct JoinHandle<T> {
    life: Arc<Life>,
    result: Packet<T>,
    /// Holds what the thread may panic with, of which nobody knows whether it is unwind safe.
    _panic: PhantomData<Box<dyn Any + Send + Sync>>,
}

/// A thread as those see it who wait for its end.
struct Life {
    thread: Thread,
    /// Where the thread is while it lives.
    slot: engine::ThreadId,
    /// Ends with the thread.
    identity: Identity,
    done: Confined<Cell<bool>>,
    panicked: Confined<Cell<bool>>,
    joined: Confined<Cell<bool>>,
    joiners: Confined<Cell<engine::ThreadSet>>,
}

/// Where a thread leaves its result.
type Packet<T> = Arc<Confined<Cell<Option<Result<T>>>>>;

/// Starts a thread.
///
/// # Panics
/// Never; a scenario with too many threads ends here.
#[track_caller]
pub fn spawn<F, T>(body: F) -> JoinHandle<T>
where
    F: FnOnce() -> T + Send + 'static,
    T: Send + 'static,
{
    start(Builder::new(), Location::caller(), body)
}

impl<T> JoinHandle<T> {
    /// Waits until the thread is done. An error holds what it panicked with.
    ///
    /// # Errors
    /// If the thread panicked.
    #[track_caller]
    pub fn join(self) -> Result<T> {
        self.join_at(Location::caller())
    }

    /// Whether the thread is done.
    #[must_use]
    #[track_caller]
    pub fn is_finished(&self) -> bool {
        engine::tell_apart();
        self.life.is_finished(Location::caller())
    }

    /// The thread.
    #[must_use]
    pub fn thread(&self) -> &Thread {
        engine::tell_apart();
        &self.life.thread
    }

    fn join_at(self, source: Source) -> Result<T> {
        self.life.join(source);
        self.result.take().expect("a thread that is done has left its result, and is joined once")
    }
}

impl Thread {
    fn new(id: usize, name: Option<String>) -> Self {
        Self { inner: Arc::new(Inner { id: ThreadId(id), name, token: park::Token::new() }) }
    }

    /// The thread's number.
    #[must_use]
    pub fn id(&self) -> ThreadId {
        self.inner.id
    }

    /// The thread's name, if it was given one.
    #[must_use]
    pub fn name(&self) -> Option<&str> {
        let main = self.inner.id == ThreadId(0);
        self.inner.name.as_deref().or(main.then_some("main"))
    }

    /// Lets the thread's next `park` (or the one in which it sleeps) return.
    #[track_caller]
    pub fn unpark(&self) {
        self.inner.token.unpark(Location::caller());
    }
}

/// The calling thread.
#[must_use]
pub fn current() -> Thread {
    engine::tell_apart();
    this()
}

/// The calling thread, for what looks at neither name nor number.
fn this() -> Thread {
    local::handle(|lane| Thread::new(lane, None))
}

/// Lets other threads go first.
#[track_caller]
pub fn yield_now() {
    yield_at(Kind::Yield, Location::caller());
}

pub(crate) fn yield_at(kind: Kind, source: Source) {
    let intent = Intent::new(kind, source).polling(Polling::Yield);
    engine::perform(intent, &|| Readiness::Late(Duration::ZERO), || ((), Detail::None));
}

/// Lets other threads go first, and virtual time pass.
#[track_caller]
pub fn sleep(duration: Duration) {
    let end = engine::time().checked_add(duration);
    let ready = || end.map_or(Readiness::Blocked, Readiness::Late);
    let intent = Intent::new(Kind::Sleep, Location::caller()).polling(Polling::Yield);
    engine::perform(intent, &ready, || {
        end.into_iter().for_each(engine::pass_time);
        ((), Detail::None)
    });
}

/// Starts a thread. What `body` borrows must live until the thread is done.
fn start<'a, F, T>(builder: Builder, source: Source, body: F) -> JoinHandle<T>
where
    F: FnOnce() -> T + 'a,
    T: 'a,
{
    let stack_bytes = builder.stack_size.unwrap_or_default();
    let alike = alike::body(&body, source, stack_bytes);
    start_boxed(builder, source, alike, Box::new(body))
}

fn start_boxed<'a, T: 'a>(
    builder: Builder,
    source: Source,
    alike: Option<engine::Body>,
    body: Box<dyn FnOnce() -> T + 'a>,
) -> JoinHandle<T> {
    let intent = Intent::new(Kind::Spawn, source);
    engine::perform(intent, &engine::always, || {
        let Builder { name, stack_size } = builder;
        let (slot, lane) = engine::next_thread();
        let thread = Thread::new(lane, name.clone());
        let life = Arc::new(Life {
            thread: thread.clone(),
            slot,
            identity: Identity::new(),
            done: Confined::default(),
            panicked: Confined::default(),
            joined: Confined::default(),
            joiners: Confined::default(),
        });
        let result: Packet<T> = Arc::default();
        let (its_life, its_result) = (Arc::clone(&life), Arc::clone(&result));
        let whole: Box<dyn FnOnce() + 'a> = Box::new(move || {
            local::set_handle(thread);
            let outcome = catch_unwind(AssertUnwindSafe(body));
            engine::caught();
            its_life.panicked.set(outcome.is_err());
            if outcome.is_err() {
                engine::ends_with_panic();
            }
            its_result.set(Some(outcome));
            // Whoever joins owns the result from now on. Without one it is dropped here, and may
            // still use the thread's own values.
            drop(its_result);
            local::end_thread();
            its_life.end(source);
        });
        // SAFETY: `spawn` lets only `'static` bodies in. A scope lets others in, and does not
        // return before they are done; if the execution ends first, they never run again. The
        // callers of `spawn_unchecked` promise as much.
        let whole: Box<dyn FnOnce() + 'static> = unsafe { std::mem::transmute(whole) };
        let object = life.id();
        engine::spawn(name, stack_size.unwrap_or_default(), source, alike, whole);
        engine::with_trace(|trace| trace.lives.push((object, lane)));
        (JoinHandle { life, result, _panic: PhantomData }, Detail::Thread(lane))
    })
}

impl Life {
    fn id(&self) -> ObjectId {
        self.identity.find().0
    }

    fn end(&self, source: Source) {
        let id = self.id();
        let intent = Intent::new(Kind::Exit, source).on(id, Mode::Write);
        engine::perform(intent, &engine::always, || {
            self.done.set(true);
            engine::with_memory(|memory, _, thread| memory.release(thread, id));
            engine::threads(self.joiners.take()).for_each(engine::wake);
            ((), Detail::None)
        });
    }

    /// Waits until the thread is done.
    fn join(&self, source: Source) {
        self.joined.set(true);
        let done = self.done.get();
        if !done {
            self.joiners.set(self.joiners.get() | engine::only(engine::current()));
        }
        let mut intent = Intent::new(Kind::Join, source).dormant(!done);
        let id = self.id();
        intent.object = Some(id);
        let ready = || if self.done.get() { Readiness::Ready } else { Readiness::Blocked };
        engine::perform(intent, &ready, || {
            engine::follow(self.slot);
            engine::with_memory(|memory, _, thread| memory.acquire(thread, id));
            ((), Detail::Thread(self.thread.inner.id.0))
        });
    }

    fn is_finished(&self, source: Source) -> bool {
        let intent = Intent::new(Kind::IsFinished, source).on(self.id(), Mode::Read);
        engine::perform(intent.polling(Polling::Look), &engine::always, || {
            (self.done.get(), Detail::Success(self.done.get()))
        })
    }
}

impl fmt::Debug for Thread {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut out = f.debug_struct("Thread");
        out.field("id", &self.id()).field("name", &self.name()).finish_non_exhaustive()
    }
}

impl<T> fmt::Debug for JoinHandle<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("JoinHandle").finish_non_exhaustive()
    }
}
