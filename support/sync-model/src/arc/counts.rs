//! How many own a value, and what the owners' steps have to do with each other.
//!
//! Two objects of the model stand for the counts, so that no step competes with more than it must:
//!
//! | step | numbers | last owner |
//! | --- | --- | --- |
//! | clone, downgrade, drop of a `Weak` | shares | – |
//! | drop of an `Arc` | shares | shares; takes, if dropping the value runs code |
//! | `strong_count`, `weak_count` | looks | – |
//! | `try_unwrap`, `into_inner`, `upgrade` | shares | looks |
//! | `get_mut`, `make_mut` | looks | looks |
//!
//! Who clones has an owner in hand, so the value stays whatever the others do: clones and drops never
//! compete. Two drops compete only if it can be seen on which thread the value's destructor runs.
//! Whoever looks competes with all.

use std::panic::Location;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use super::alive;
use crate::engine::{self, Identity, Intent, Mode, ObjectId, Polling};
use crate::trace::{Detail, Kind, Source, Value};

/// Who owns one value.
pub(super) struct Counts {
    /// `None`: it was made outside of a model, and is never watched.
    identities: Option<[Identity; 2]>,
    // Atomics of the standard library: a value may outlive its model and be dropped on any thread.
    strong: AtomicUsize,
    weak: AtomicUsize,
    /// Whether somebody looked, and may look again.
    looked: AtomicBool,
    /// Whether dropping the value runs code.
    has_destructor: bool,
    ticket: Option<alive::Ticket>,
}

/// The objects of the model.
#[derive(Debug, Clone, Copy)]
struct Ids {
    /// The numbers. What dropped `Weak`s did is passed on here.
    numbers: ObjectId,
    /// Who is the last owner. What dropped `Arc`s did is passed on here.
    last: ObjectId,
}

/// What a step has to do with the steps of others: a row of the table above.
#[derive(Debug, Clone, Copy)]
pub(super) enum Meets {
    /// It comes or goes, and does not care who else does.
    Shares,
    /// It may have been the last owner.
    Leaves,
    /// It looks at the numbers.
    Counts,
    /// It asks for the last owner.
    Decides,
    /// It asks whether it is the only one, `Weak`s included.
    Alone,
}

impl Counts {
    /// For a value with `strong` owners, made here.
    pub(super) fn new(strong: usize, has_destructor: bool, source: Source) -> Arc<Self> {
        let running = engine::is_running();
        let identities = || [Identity::new(), Identity::new()];
        Arc::new(Self {
            identities: running.then(identities),
            strong: AtomicUsize::new(strong),
            weak: AtomicUsize::new(0),
            looked: AtomicBool::new(false),
            has_destructor,
            ticket: running.then(|| alive::enter(source)),
        })
    }

    pub(super) fn strong(&self) -> usize {
        self.strong.load(Ordering::Relaxed)
    }

    pub(super) fn weak(&self) -> usize {
        self.weak.load(Ordering::Relaxed)
    }

    /// `None` where nobody watches: outside of a model, or when a thread drops what it has because it
    /// failed. A step would cut it off in the middle, and leave the real thread panicking.
    fn ids(&self) -> Option<Ids> {
        let [numbers, last] = self.identities.as_ref()?;
        (engine::is_running() && !engine::is_over())
            .then(|| Ids { numbers: numbers.find().0, last: last.find().0 })
    }

    /// Makes a step, where a model runs; else `effect` happens plainly.
    pub(super) fn step<R>(
        &self,
        meets: Meets,
        kind: Kind,
        source: Source,
        effect: impl FnOnce() -> (R, Detail),
    ) -> R {
        let Some(Ids { numbers, last }) = self.ids() else { return effect().0 };
        let intent = Intent::new(kind, source);
        let leaves = if self.has_destructor { Mode::Write } else { Mode::Read };
        let intent = match meets {
            Meets::Shares => intent.on(numbers, Mode::Read),
            Meets::Leaves => intent.on(numbers, Mode::Read).beside(last, leaves),
            Meets::Counts => intent.on(numbers, Mode::Try),
            Meets::Decides => intent.on(numbers, Mode::Read).beside(last, Mode::Try),
            Meets::Alone => intent.on(numbers, Mode::Try).beside(last, Mode::Try),
        };
        let looks = matches!(meets, Meets::Counts | Meets::Decides | Meets::Alone);
        let intent = if looks { intent.polling(Polling::Look) } else { intent };
        engine::perform(intent, &engine::always, || {
            let outcome = effect();
            if looks {
                self.looked.store(true, Ordering::Relaxed);
            }
            outcome
        })
    }

    /// A number, and the step that looks at it.
    pub(super) fn count(&self, source: Source, number: impl FnOnce(&Self) -> usize) -> usize {
        self.step(Meets::Counts, Kind::ArcCount, source, || {
            let number = number(self);
            (number, Detail::Read { value: Value::Int(number as i128), newest: None })
        })
    }

    /// Within a step: one more.
    pub(super) fn come(&self, side: Side) {
        self.number(side).fetch_add(1, Ordering::Relaxed);
        self.changed();
    }

    /// Within a step: one less. Whether it was the last of the owners.
    pub(super) fn go(&self, side: Side) -> bool {
        let was_last = self.number(side).fetch_sub(1, Ordering::Relaxed) == 1;
        self.pass_on(side);
        self.changed();
        let ends = was_last && side == Side::Strong;
        if ends {
            self.ticket.iter().copied().for_each(alive::leave);
        }
        ends
    }

    /// Within a step: a `new_cyclic` has its value now.
    pub(super) fn begin(&self) {
        self.strong.store(1, Ordering::Relaxed);
    }

    /// Within a step: what the calling thread did so far comes before whoever takes over.
    fn pass_on(&self, side: Side) {
        if let Some(ids) = self.ids() {
            let object = ids.of(side);
            engine::with_memory(|memory, _, thread| memory.release(thread, object));
        }
    }

    /// Within a step: what the calling thread does next comes after all that dropped owners did.
    pub(super) fn take_over(&self, side: Side) {
        if let Some(ids) = self.ids() {
            let object = ids.of(side);
            engine::with_memory(|memory, _, thread| memory.acquire(thread, object));
        }
    }

    /// Within a step: the calling thread has got what it asked for.
    pub(super) fn progress(&self) {
        if self.ids().is_some() {
            engine::changed();
        }
    }

    /// Within a step. To come and go alone is no progress: a thread that polls may do it for ever.
    fn changed(&self) {
        if self.looked.swap(false, Ordering::Relaxed) {
            self.progress();
        }
    }

    fn number(&self, side: Side) -> &AtomicUsize {
        match side {
            Side::Strong => &self.strong,
            Side::Weak => &self.weak,
        }
    }
}

impl Ids {
    fn of(self, side: Side) -> ObjectId {
        match side {
            Side::Strong => self.last,
            Side::Weak => self.numbers,
        }
    }
}

/// Which of the two kinds of pointers it is. As wide as a pointer, so that a pointer has no padding:
/// threads that own the same are compared byte by byte.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(usize)]
pub(super) enum Side {
    Strong,
    Weak,
}

/// One pointer's part in the counts: to drop it is the step of dropping the pointer. It is declared
/// before the value, so that it is dropped first, and no step comes between the two.
pub(super) struct Hold {
    /// `None`: it gave its part up already.
    counts: Option<Arc<Counts>>,
    pub(super) side: Side,
    /// Where the pointer was made: `Drop` does not know its caller.
    source: Source,
}

impl Hold {
    /// Of a pointer that is counted already.
    pub(super) fn new(counts: Arc<Counts>, side: Side, source: Source) -> Self {
        Self { counts: Some(counts), side, source }
    }

    /// Of the first owner of a new value.
    pub(super) fn first(has_destructor: bool, source: Source) -> Self {
        Self::new(Counts::new(1, has_destructor, source), Side::Strong, source)
    }

    pub(super) fn counts(&self) -> &Counts {
        self.shared()
    }

    pub(super) fn shared_counts(&self) -> Arc<Counts> {
        Arc::clone(self.shared())
    }

    fn shared(&self) -> &Arc<Counts> {
        self.counts.as_ref().expect("who gives its part up is dropped at once")
    }

    /// Of one more pointer; a step.
    pub(super) fn another(counts: &Arc<Counts>, side: Side, source: Source) -> Self {
        counts.step(Meets::Shares, Kind::ArcClone, source, || {
            counts.come(side);
            (Self::new(Arc::clone(counts), side, source), Detail::None)
        })
    }

    /// Gives up its part, which a step has taken away: to drop it is no step any more.
    pub(super) fn spend(mut self) {
        self.counts = None;
    }

    /// Holds a new value, because a step has taken its part in the old one away.
    pub(super) fn renew(&mut self, source: Source) {
        self.counts = Some(Counts::new(1, self.counts().has_destructor, source));
        self.source = source;
    }
}

impl Drop for Hold {
    fn drop(&mut self) {
        let Some(counts) = self.counts.take() else { return };
        match self.side {
            Side::Weak => counts.step(Meets::Shares, Kind::WeakDrop, self.source, || {
                counts.go(Side::Weak);
                ((), Detail::None)
            }),
            Side::Strong => counts.step(Meets::Leaves, Kind::ArcDrop, self.source, || {
                let last = counts.go(Side::Strong);
                // Nothing can tell who was last if no destructor runs: then drops do not compete, and
                // nobody may rely on having been the last.
                if last && counts.has_destructor {
                    counts.take_over(Side::Strong);
                }
                ((), Detail::Success(last))
            }),
        }
    }
}

/// The place of the caller's caller, for functions that are `#[track_caller]`.
#[track_caller]
pub(super) fn here() -> Source {
    Location::caller()
}
