//! What all atomics do, whatever they hold.

use std::cell::Cell;

use super::Ordering;
use crate::confined::Confined;
use crate::engine::{
    self, Diverged, Found, Identity, Intent, Memory, Mode, ObjectId, Path, Polling, Readiness,
    ThreadId, Updated,
};
use crate::trace::{Began, Detail, Kind, Source, Value};

/// A value that an atomic can hold.
pub(super) trait Atom: Copy {
    fn to_value(self) -> Value;
    fn of_value(value: Value) -> Self;
}

/// What all atomics do.
pub(super) struct Raw<T> {
    identity: Identity,
    /// Its number in the model's memory, in the execution that runs.
    index: Confined<Cell<usize>>,
    /// With what each execution begins that finds it as an earlier one has left it.
    first: Confined<Cell<T>>,
    /// The newest value: `get_mut` lends it out, so it is the one that counts.
    pub(super) newest: Confined<Cell<T>>,
}

impl<T: Copy> Raw<T> {
    pub(super) const fn new(value: T) -> Self {
        Self {
            identity: Identity::new(),
            index: Confined::new(Cell::new(0)),
            first: Confined::new(Cell::new(value)),
            newest: Confined::new(Cell::new(value)),
        }
    }
}

impl<T: Atom> Raw<T> {
    /// The calling thread comes to the atomic. One of an earlier execution has its first value again.
    pub(super) fn id(&self) -> ObjectId {
        let (id, found) = self.identity.find();
        match found {
            Found::Known => return id,
            Found::New => self.first.set(self.newest.get()),
            Found::Old => self.newest.set(self.first.get()),
        }
        let first = self.first.get().to_value();
        self.index.set(engine::with_memory(|memory, _, _| memory.new_atomic(first)));
        engine::introduce(id, Began::With(first));
        id
    }

    /// Loads compete with stores, which they may read. Nothing else does: an ordering is no reason.
    pub(super) fn intent(&self, kind: Kind, mode: Mode, source: Source) -> Intent {
        Intent::new(kind, source).polling(Polling::Look).on(self.id(), mode)
    }

    /// Uses the memory, which learns what `get_mut` did to the newest value. It is told the atomic's
    /// number there.
    pub(super) fn with_memory<R>(
        &self,
        use_it: impl FnOnce(&mut Memory, &mut Path, (ThreadId, usize)) -> Result<R, Diverged>,
    ) -> R {
        let (newest, index) = (self.newest.get().to_value(), self.index.get());
        let result = engine::with_memory(|memory, path, thread| {
            memory.overwrite(index, newest);
            use_it(memory, path, (thread, index))
        });
        result.unwrap_or_else(|Diverged| engine::stop(engine::Stop::Nondeterminism))
    }

    #[track_caller]
    pub(super) fn load(&self, ordering: Ordering, source: Source) -> T {
        match ordering {
            Ordering::Release => panic!("there is no such thing as a release load"),
            Ordering::AcqRel => panic!("there is no such thing as an acquire-release load"),
            _ => {}
        }
        self.perform(self.intent(Kind::Load, Mode::Read, source), &engine::always, || {
            let limit = engine::stale_limit();
            let seen = self.with_memory(|memory, path, (thread, index)| {
                memory.load(thread, index, ordering, limit, path)
            });
            (T::of_value(seen.value), Detail::Read { value: seen.value, newest: seen.newest })
        })
    }

    /// Makes a step.
    fn perform<R>(
        &self,
        intent: Intent,
        ready: &dyn Fn() -> Readiness,
        effect: impl FnOnce() -> (R, Detail),
    ) -> R {
        let result = engine::perform(intent, ready, effect);
        engine::look_inside(|| Some(self.newest.get().to_value()));
        result
    }

    #[track_caller]
    pub(super) fn store(&self, value: T, ordering: Ordering, source: Source) {
        match ordering {
            Ordering::Acquire => panic!("there is no such thing as an acquire store"),
            Ordering::AcqRel => panic!("there is no such thing as an acquire-release store"),
            _ => {}
        }
        let new = value.to_value();
        let intent = self.intent(Kind::Store, Mode::Write, source).writing(new);
        self.perform(intent, &engine::always, || {
            let is_newest = self.with_memory(|memory, path, (thread, index)| {
                memory.store(thread, index, new, ordering, path)
            });
            self.wrote(value, is_newest);
            ((), Detail::Wrote(new))
        });
    }

    /// Replaces the value by `next(value)` in one step, or leaves it if there is no next. An update that is
    /// `weak` may fail without reason, for each thread once.
    #[track_caller]
    pub(super) fn update(
        &self,
        kind: Kind,
        orderings: (Ordering, Ordering),
        source: Source,
        weak: bool,
        next: impl Fn(T) -> Option<T>,
    ) -> Result<T, T> {
        match orderings.1 {
            Ordering::Release => panic!("there is no such thing as a release failure ordering"),
            Ordering::AcqRel => {
                panic!("there is no such thing as an acquire-release failure ordering")
            }
            _ => {}
        }
        // What fails changes nothing. Where memory is weak, it may also read an old value, and go well.
        let may_be_old = engine::is_weak();
        let fails = || !may_be_old && next(self.newest.get()).is_none();
        let ready = || if fails() { Readiness::Idle } else { Readiness::Ready };
        self.perform(self.intent(kind, Mode::Write, source), &ready, || {
            let limit = engine::stale_limit();
            if weak && next(self.newest.get()).is_some() && engine::fails_without_reason() {
                let seen = self.with_memory(|memory, path, (thread, index)| {
                    memory.load(thread, index, orderings.1, limit, path)
                });
                return (Err(T::of_value(seen.value)), Detail::Refused(seen.value));
            }
            let next = |old| next(T::of_value(old)).map(T::to_value);
            let Updated { old, new, is_newest } = self.with_memory(|memory, path, place| {
                memory.update(place, orderings, limit, next, path)
            });
            let Some(new) = new else { return (Err(T::of_value(old)), Detail::Refused(old)) };
            self.wrote(T::of_value(new), is_newest);
            (Ok(T::of_value(old)), Detail::Replaced { old, new })
        })
    }

    /// A value was written: the newest one, or one that may be read all the same.
    pub(super) fn wrote(&self, new: T, is_newest: bool) {
        let old = if is_newest { self.newest.replace(new) } else { self.newest.get() };
        if old.to_value() != new.to_value() {
            engine::changed();
        }
    }
}
