//! Threads of the model are coroutines on one thread of the operating system.

use std::cell::RefCell;

use corosensei::stack::DefaultStack;
use corosensei::{Coroutine, CoroutineResult, Yielder};

/// The stack of a thread of the model. Memory is used only as far as it is touched.
const STACK_BYTES: usize = 512 * 1024;

/// What must be left of it when a thread reaches a step: the step's own frames, and a panic's.
const RESERVE_BYTES: usize = 64 * 1024;

std::thread_local! {
    /// Stacks of finished threads, ready for the next execution.
    static POOL: RefCell<Vec<DefaultStack>> = const { RefCell::new(Vec::new()) };
}

/// Hands control back to the scheduler.
pub(crate) type Handle = *const Yielder<(), ()>;

/// A thread of the model.
pub(crate) struct Strand {
    coroutine: Coroutine<(), (), ()>,
    /// Addresses below this one are too close to the end of the stack.
    floor: usize,
}

impl Strand {
    pub(crate) fn new(body: impl FnOnce(Handle) + 'static) -> Self {
        use corosensei::stack::Stack;
        let pooled = POOL.with_borrow_mut(Vec::pop);
        let stack = pooled.unwrap_or_else(|| {
            DefaultStack::new(STACK_BYTES).expect("there is memory for the stack of one thread")
        });
        let floor = stack.limit().get() + RESERVE_BYTES;
        Self { coroutine: Coroutine::with_stack(stack, move |handle, ()| body(handle)), floor }
    }

    /// The lowest address that a frame of a step may have.
    pub(crate) fn floor(&self) -> usize {
        self.floor
    }

    /// Runs the thread up to its next step; false when it is done.
    pub(crate) fn resume(&mut self) -> bool {
        matches!(self.coroutine.resume(()), CoroutineResult::Yield(()))
    }

    /// Gives the stack back.
    pub(crate) fn retire(mut self) {
        if !self.coroutine.started() {
            // Its body, never run, is leaked for the same reason as below.
            return std::mem::forget(self);
        }
        if !self.coroutine.done() {
            // SAFETY: nothing of the thread is used again. What its frames own is leaked, not
            // freed: unwinding would run the exercise's destructors in the middle of an execution
            // that has failed. An execution that is cut short is rare (it failed), so little leaks.
            unsafe { self.coroutine.force_reset() };
        }
        POOL.with_borrow_mut(|pool| pool.push(self.coroutine.into_stack()));
    }
}
