//! A meeting point: nobody goes on before all have come.

use std::cell::{Cell, RefCell};
use std::fmt;
use std::panic::Location;

use crate::confined::Confined;
use crate::engine::{self, Found, Identity, Intent, Mode, Readiness, ThreadId};
use crate::trace::{Began, Detail, Kind, Value};

/// The model's [`std::sync::Barrier`].
pub struct Barrier {
    identity: Identity,
    parties: usize,
    generation: Confined<Cell<usize>>,
    waiting: Confined<RefCell<Vec<ThreadId>>>,
}

/// The model's [`std::sync::BarrierWaitResult`].
pub struct BarrierWaitResult(bool);

impl BarrierWaitResult {
    /// Whether this thread is the one that came last.
    #[must_use]
    pub fn is_leader(&self) -> bool {
        self.0
    }
}

impl Barrier {
    /// A barrier for so many threads. 0 is taken for 1.
    #[must_use]
    pub const fn new(parties: usize) -> Self {
        Self {
            identity: Identity::new(),
            parties,
            generation: Confined::new(Cell::new(0)),
            waiting: Confined::new(RefCell::new(Vec::new())),
        }
    }

    /// Waits until all have come. The barrier can then be used again.
    #[track_caller]
    pub fn wait(&self) -> BarrierWaitResult {
        let source = Location::caller();
        let (id, found) = self.identity.find();
        if found == Found::Old {
            self.generation.set(0);
            self.waiting.take();
        }
        if found != Found::Known {
            engine::introduce(id, Began::For(self.parties));
        }
        let arrive = Intent::new(Kind::BarrierArrive, source).on(id, Mode::Write);
        let (generation, last) = engine::perform(arrive, &engine::always, || {
            engine::with_memory(|memory, _, thread| memory.release(thread, id));
            let generation = self.generation.get();
            let mut waiting = self.waiting.borrow_mut();
            let last = waiting.len() + 1 >= self.parties;
            if last {
                self.generation.set(generation + 1);
                waiting.drain(..).for_each(engine::wake);
                engine::with_memory(|memory, _, thread| memory.acquire(thread, id));
            } else {
                waiting.push(engine::current());
            }
            ((generation, last), Detail::Success(last))
        });
        engine::look_inside(|| Some(Value::Int(self.waiting.borrow().len() as i128)));
        if !last {
            let ready = || {
                let over = self.generation.get() != generation;
                if over { Readiness::Ready } else { Readiness::Blocked }
            };
            let mut leave = Intent::new(Kind::BarrierLeave, source).dormant(true);
            leave.object = Some(id);
            engine::perform(leave, &ready, || {
                engine::with_memory(|memory, _, thread| memory.acquire(thread, id));
                ((), Detail::None)
            });
        }
        BarrierWaitResult(last)
    }
}

impl fmt::Debug for BarrierWaitResult {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BarrierWaitResult").field("is_leader", &self.0).finish()
    }
}

impl fmt::Debug for Barrier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Barrier").finish_non_exhaustive()
    }
}
