//! Plain memory that knows when two threads touch it at once.

use std::cell::{Cell, RefCell, UnsafeCell};
use std::fmt;
use std::panic::Location;

use crate::confined::Confined;
use crate::engine::{self, Found, Identity, Intent, Mode, Stop, ThreadId};
use crate::statics;
use crate::trace::{Detail, Kind, Source};

/// Events after which an execution is taken for endless: a loop that only looks at a cell never comes to
/// a step.
const MAX_EVENTS: usize = 50_000;

/// A value that may be read and written only by threads that take turns: if nothing orders two
/// accesses, of which one writes, the check fails with `data-race`.
///
/// This is what a lock is for. A check puts one into the section that a lock protects, or where an
/// item is handed over from one thread to another.
pub struct RaceCell<T> {
    identity: Identity,
    touched: Confined<RefCell<Touched>>,
    /// How many borrow it now; -1: one, for writing.
    borrowed: Confined<Cell<isize>>,
    value: UnsafeCell<T>,
}

// SAFETY: the value is reached through `open` alone, which ends the execution when another thread
// has it open for writing, or wants it for writing while it is open. `with` lends it to several at once.
unsafe impl<T: Send + Sync> Sync for RaceCell<T> {}

/// Who touched the value last.
#[derive(Default)]
struct Touched {
    write: Option<Touch>,
    /// Since the last write: the last one of each thread.
    reads: Vec<Touch>,
}

#[derive(Clone, Copy)]
struct Touch {
    thread: ThreadId,
    /// The thread's own time.
    count: u32,
    /// Its number in the trace.
    event: usize,
}

impl<T> RaceCell<T> {
    /// A new cell.
    #[must_use]
    pub const fn new(value: T) -> Self {
        Self {
            identity: Identity::new(),
            touched: Confined::new(RefCell::new(Touched { write: None, reads: Vec::new() })),
            borrowed: Confined::new(Cell::new(0)),
            value: UnsafeCell::new(value),
        }
    }

    /// A copy of the value.
    #[track_caller]
    pub fn get(&self) -> T
    where
        T: Clone,
    {
        self.read(Location::caller(), T::clone)
    }

    /// Replaces the value.
    #[track_caller]
    pub fn set(&self, value: T) {
        self.write(Location::caller(), |old| *old = value);
    }

    /// Lends out the value for reading.
    #[track_caller]
    pub fn with<R>(&self, use_it: impl FnOnce(&T) -> R) -> R {
        self.read(Location::caller(), use_it)
    }

    /// Lends out the value for writing.
    #[track_caller]
    pub fn with_mut<R>(&self, use_it: impl FnOnce(&mut T) -> R) -> R {
        self.write(Location::caller(), use_it)
    }

    /// The value.
    #[must_use]
    pub fn into_inner(self) -> T {
        self.value.into_inner()
    }

    fn read<R>(&self, source: Source, use_it: impl FnOnce(&T) -> R) -> R {
        self.touch(Kind::CellRead, source);
        let _open = self.open(1);
        // SAFETY: it is open for reading: nobody writes before `_open` is dropped.
        use_it(unsafe { &*self.value.get() })
    }

    fn write<R>(&self, source: Source, use_it: impl FnOnce(&mut T) -> R) -> R {
        self.touch(Kind::CellWrite, source);
        let _open = self.open(-1);
        // SAFETY: it is open for writing: nobody else touches it before `_open` is dropped.
        use_it(unsafe { &mut *self.value.get() })
    }

    /// Ends the execution if an earlier access races with this one.
    fn touch(&self, kind: Kind, source: Source) {
        let (id, found) = self.identity.find();
        if found == Found::Old {
            self.touched.take();
            self.borrowed.set(0);
        }
        if !statics::begin(&self.value, found) {
            engine::outlived(kind, source);
        }
        let writes = kind == Kind::CellWrite;
        let mode = if writes { Mode::Write } else { Mode::Read };
        engine::record(Intent::new(kind, source).on(id, mode), Detail::None);
        let event = engine::with_trace(|trace| trace.events.len() - 1);
        if event > MAX_EVENTS {
            let goes_round = engine::with_trace(|trace| trace.goes_round());
            engine::stop(if goes_round {
                Stop::Endless
            } else {
                Stop::Steps { limit: MAX_EVENTS }
            });
        }
        let thread = engine::current();
        let clock = engine::with_memory(|memory, _, thread| memory.clock(thread));
        let mut touched = self.touched.borrow_mut();
        let Touched { write, reads } = &mut *touched;
        let rivals = write.iter().chain(reads.iter().filter(|_| writes));
        let race = rivals
            .filter(|rival| rival.thread != thread)
            .find(|rival| !clock.knows(rival.thread, rival.count))
            .map(|rival| rival.event);
        if let Some(earlier) = race {
            drop(touched);
            engine::stop(Stop::DataRace { earlier });
        }
        let touch = Touch { thread, count: clock.count(thread), event };
        if writes {
            reads.clear();
            *write = Some(touch);
        } else {
            reads.retain(|read| read.thread != thread);
            reads.push(touch);
        }
    }

    fn open(&self, borrow: isize) -> Open<'_> {
        let now = self.borrowed.get();
        if now < 0 || (borrow < 0 && now != 0) {
            let earlier = self.touched.borrow().write.map_or(0, |write| write.event);
            engine::stop(Stop::DataRace { earlier });
        }
        self.borrowed.set(now + borrow);
        Open { cell: &self.borrowed, borrow }
    }
}

/// While it lives, the value is borrowed.
struct Open<'a> {
    cell: &'a Cell<isize>,
    borrow: isize,
}

impl Drop for Open<'_> {
    fn drop(&mut self) {
        self.cell.set(self.cell.get() - self.borrow);
    }
}

impl<T: Default> Default for RaceCell<T> {
    fn default() -> Self {
        Self::new(T::default())
    }
}

impl<T> fmt::Debug for RaceCell<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RaceCell").finish_non_exhaustive()
    }
}
