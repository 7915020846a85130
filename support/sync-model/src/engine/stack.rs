//! Threads of the model are coroutines on one thread of the operating system.

use std::cell::{Cell, RefCell};

use corosensei::stack::{DefaultStack, Stack};
use corosensei::{Coroutine, CoroutineResult, Yielder};

/// What a thread has at least: as much as the main thread of a process. A check is held to the
/// memory that it touches, not to what it reserves, so that a stack costs what is used of it. Should
/// 32 threads use all of theirs, that is an eighth of what a check may take.
const STACK_BYTES: usize = 8 * MIB;

/// Sizes are rounded up to this, so that a message can tell them in words.
const MIB: usize = 1 << 20;

/// What must be left of it when a thread reaches a step: the step's own frames, a panic's, and those
/// that find out which function has used up the rest.
const RESERVE_BYTES: usize = 256 * 1024;

std::thread_local! {
    /// Stacks of finished threads, ready for the next execution, with their sizes.
    static POOL: RefCell<Vec<(usize, DefaultStack)>> = const { RefCell::new(Vec::new()) };
    /// What the thread that is started next has asked for.
    static ASKED: Cell<usize> = const { Cell::new(0) };
    /// The stack of the thread that runs. Has no destructor, so that a signal handler can read it. Words,
    /// because to replace a larger value means to wait for it.
    static RUNNING: [Cell<usize>; 3] = const { [const { Cell::new(0) }; 3] };
}

/// Where a stack lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Room {
    /// The lowest address of the page that nobody may touch.
    guard: usize,
    /// The lowest address of the stack itself.
    start: usize,
    /// What it holds.
    pub bytes: usize,
}

impl Room {
    fn of(stack: &DefaultStack, bytes: usize) -> Self {
        // What is mapped and is not the stack itself is the page below it.
        Self { guard: stack.limit().get(), start: stack.base().get() - bytes, bytes }
    }

    /// Whether who touches this address has come to the end of the stack. Compiled code touches
    /// each page of a large frame, other code may jump over one.
    pub(crate) fn ends_at(&self, address: usize) -> bool {
        let page = self.start - self.guard;
        (self.guard - 2 * page..self.start).contains(&address)
    }

    /// Whether this address is in the stack.
    pub(crate) fn holds(&self, address: usize) -> bool {
        (self.start..self.start + self.bytes).contains(&address)
    }
}

/// The stack of the thread of the model that runs on this thread.
pub(crate) fn running() -> Option<Room> {
    let [guard, start, bytes] = RUNNING.with(|words| words.each_ref().map(Cell::get));
    (bytes != 0).then_some(Room { guard, start, bytes })
}

fn run_on(room: Room) {
    let Room { guard, start, bytes } = room;
    RUNNING
        .with(|words| words.iter().zip([guard, start, bytes]).for_each(|(word, it)| word.set(it)));
}

fn run_on_none() {
    RUNNING.with(|[.., bytes]| bytes.set(0));
}

/// The thread that is started next shall have a stack of this size, or of the usual one if that is
/// larger.
pub(crate) fn ask_for(bytes: usize) {
    ASKED.set(bytes);
}

/// Hands control back to the scheduler.
pub(crate) type Handle = *const Yielder<(), ()>;

/// A thread of the model.
pub(crate) struct Strand {
    coroutine: Coroutine<(), (), ()>,
    room: Room,
}

impl Strand {
    pub(crate) fn new(body: impl FnOnce(Handle) + 'static) -> Self {
        let (bytes, stack) = stack(ASKED.take());
        let room = Room::of(&stack, bytes);
        Self { coroutine: Coroutine::with_stack(stack, move |handle, ()| body(handle)), room }
    }

    /// The lowest address that a frame of a step may have.
    pub(crate) fn floor(&self) -> usize {
        self.room.start + RESERVE_BYTES
    }

    /// Runs the thread up to its next step; false when it is done.
    pub(crate) fn resume(&mut self) -> bool {
        run_on(self.room);
        let result = self.coroutine.resume(());
        run_on_none();
        matches!(result, CoroutineResult::Yield(()))
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
        let bytes = self.room.bytes;
        POOL.with_borrow_mut(|pool| pool.push((bytes, self.coroutine.into_stack())));
    }
}

/// A stack of at least this size, and what it holds.
fn stack(asked: usize) -> (usize, DefaultStack) {
    let bytes = asked.max(STACK_BYTES).checked_next_multiple_of(MIB).unwrap_or(STACK_BYTES);
    let pooled = POOL.with_borrow_mut(|pool| {
        // Nearly always the last one.
        let index = pool.iter().rposition(|(size, _)| *size == bytes)?;
        Some(pool.swap_remove(index))
    });
    let usual = || {
        let stack = DefaultStack::new(STACK_BYTES);
        (STACK_BYTES, stack.expect("there is memory for the stack of one thread"))
    };
    // Who asks for more than there is gets the usual one. Few need what they ask for.
    pooled.or_else(|| Some((bytes, DefaultStack::new(bytes).ok()?))).unwrap_or_else(usual)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stack_holds_what_was_asked_for() {
        for (asked, bytes) in [
            (0, STACK_BYTES),
            (64 * 1024, STACK_BYTES),
            (STACK_BYTES + 1, STACK_BYTES + MIB),
            (64 * MIB, 64 * MIB),
            (usize::MAX, STACK_BYTES),
            (usize::MAX / 2, STACK_BYTES),
        ] {
            let (size, stack) = stack(asked);
            let room = Room::of(&stack, size);
            assert_eq!(size, bytes, "asked for {asked}");
            assert!(room.guard < room.start, "{room:?}");
            assert!(room.ends_at(room.guard) && room.ends_at(room.start - 1), "{room:?}");
            assert!(!room.ends_at(room.start) && room.holds(room.start), "{room:?}");
            assert!(!room.holds(stack.base().get()), "{room:?}");
        }
    }

    #[test]
    fn a_stack_is_used_again_by_a_thread_that_asks_for_as_much() {
        let where_it_is = |asked| {
            ask_for(asked);
            let mut strand = Strand::new(|_| ());
            let room = strand.room;
            assert!(!strand.resume());
            strand.retire();
            room
        };
        let (usual, large) = (where_it_is(0), where_it_is(16 * MIB));
        assert_eq!((where_it_is(0), where_it_is(16 * MIB)), (usual, large));
        assert_eq!((usual.bytes, large.bytes), (STACK_BYTES, 16 * MIB));
    }
}
