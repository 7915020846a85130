//! The lock itself, without data.

use std::cell::Cell;

use crate::confined::Confined;
use crate::engine::{self, Found, Identity, Intent, Mode, ObjectId, Polling, Readiness};
use crate::trace::{Detail, Kind, Source};

/// The lock itself, without data.
pub(super) struct Raw {
    /// Passes on what writers did, and stands for the lock in the table.
    pub(super) identity: Identity,
    /// Passes on what readers saw, to writers alone.
    pub(super) readers_identity: Identity,
    pub(super) writer: Confined<Cell<bool>>,
    pub(super) readers: Confined<Cell<usize>>,
    pub(super) poisoned: Confined<Cell<bool>>,
    /// Whether somebody found it locked, and may look again.
    pub(super) tried: Confined<Cell<bool>>,
}

impl Raw {
    pub(super) const fn new() -> Self {
        Self {
            identity: Identity::new(),
            readers_identity: Identity::new(),
            writer: Confined::new(Cell::new(false)),
            readers: Confined::new(Cell::new(0)),
            poisoned: Confined::new(Cell::new(false)),
            tried: Confined::new(Cell::new(false)),
        }
    }

    /// What an execution finds that comes here. An earlier one's state is forgotten.
    pub(super) fn find(&self) -> Found {
        let (_, found) = self.identity.find();
        if found == Found::Old {
            self.writer.set(false);
            self.readers.set(0);
            self.poisoned.set(false);
            self.tried.set(false);
        }
        found
    }

    pub(super) fn id(&self) -> ObjectId {
        self.identity.find().0
    }

    pub(super) fn readers_id(&self) -> ObjectId {
        self.readers_identity.find().0
    }

    pub(super) fn is_free(&self, for_writing: bool) -> bool {
        let readers_bar = for_writing && self.readers.get() > 0;
        !(self.writer.get() || readers_bar)
    }

    pub(super) fn hold(&self, for_writing: bool) -> Detail {
        if for_writing {
            self.writer.set(true);
        } else {
            engine::begins_to_share();
            self.readers.set(self.readers.get() + 1);
        }
        let (id, readers_id) = (self.id(), self.readers_id());
        engine::with_memory(|memory, _, thread| {
            memory.acquire(thread, id);
            if for_writing {
                memory.acquire(thread, readers_id);
            }
        });
        if self.poisoned.get() { Detail::Poisoned } else { Detail::None }
    }

    pub(super) fn write(&self, source: Source) {
        let ready = || if self.is_free(true) { Readiness::Ready } else { Readiness::Blocked };
        let intent = Intent::new(Kind::WriteLock, source).on(self.id(), Mode::Write);
        engine::perform(intent.polling(Polling::Look), &ready, || ((), self.hold(true)));
    }

    /// Shares the lock. If others share it already and a writer waits for them, the standard library
    /// leaves open whether one more may come in; both are tried.
    pub(super) fn read(&self, source: Source) {
        let ready = || if self.is_free(false) { Readiness::Ready } else { Readiness::Blocked };
        let intent = || Intent::new(Kind::ReadLock, source).on(self.id(), Mode::Add);
        let is_in = engine::perform(intent().polling(Polling::Look), &ready, || {
            if engine::readers_wait() && self.may_be_kept_out() {
                return (false, Detail::KeptOut);
            }
            (true, self.hold(false))
        });
        if !is_in {
            let ready = || {
                let writers_first = self.readers.get() > 0;
                if self.is_free(false) && !writers_first {
                    Readiness::Ready
                } else {
                    Readiness::Blocked
                }
            };
            engine::perform(intent(), &ready, || ((), self.hold(false)));
        }
    }

    /// Whether a reader that comes now is one too many for a writer that waits.
    pub(super) fn may_be_kept_out(&self) -> bool {
        self.readers.get() > 0
            && engine::is_awaited(Kind::WriteLock, self.id())
            && engine::choose(2) == 1
    }

    pub(super) fn try_take(&self, source: Source, for_writing: bool) -> bool {
        let intent = Intent::new(Kind::TryLock, source).on(self.id(), Mode::Try);
        let ready = || if self.is_free(for_writing) { Readiness::Ready } else { Readiness::Idle };
        engine::perform(intent.polling(Polling::Look), &ready, || {
            let free = self.is_free(for_writing) && (for_writing || !self.may_be_kept_out());
            if free {
                self.hold(for_writing);
            } else {
                self.tried.set(true);
            }
            (free, Detail::Success(free))
        })
    }

    pub(super) fn give_back(&self, source: Source, touched: bool, poisons: bool) {
        let intent = Intent::new(Kind::Unlock, source).on(self.id(), Mode::Release);
        engine::perform(intent, &engine::always, || {
            self.writer.set(false);
            if poisons {
                self.poisoned.set(true);
            }
            self.pass_on(self.id(), touched || poisons);
            ((), Detail::GaveBack { touched })
        });
    }

    pub(super) fn give_back_shared(&self, source: Source) {
        let intent = Intent::new(Kind::Unlock, source).on(self.id(), Mode::Leave);
        engine::perform(intent, &engine::always, || {
            engine::ends_to_share();
            self.readers.set(self.readers.get() - 1);
            self.pass_on(self.readers_id(), false);
            ((), Detail::None)
        });
    }

    pub(super) fn pass_on(&self, id: ObjectId, touched: bool) {
        engine::with_memory(|memory, _, thread| memory.release(thread, id));
        if self.tried.take() || touched {
            engine::changed();
        }
    }
}
