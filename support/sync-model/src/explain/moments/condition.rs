//! Whether a thread goes on, and if not, why.

use evidence::interleaving::{Act, Condition};

use super::super::{acts, source};
use super::{Moments, Next};
use crate::engine::{ObjectId, Stop, ThreadId};
use crate::trace::{Detail, Kind};

impl Moments<'_> {
    pub(super) fn condition(&self, thread: ThreadId) -> Condition {
        if !self.started.contains(&thread) {
            return Condition::NotStarted;
        }
        if let Some(&(condvar, false)) = self.asleep.get(&thread) {
            return self.waits(Some(condvar), |object| Condition::Sleeps { object });
        }
        match self.next(thread) {
            Some(next) => self.before(thread, &next),
            None if self.fails(thread) => Condition::Failed,
            None => Condition::Done,
        }
    }

    /// Whether the schedule ends with this thread, which has come to its end there.
    fn fails(&self, thread: ThreadId) -> bool {
        let nobody_does = matches!(
            self.case.stop,
            None | Some(Stop::Deadlock | Stop::Livelock | Stop::Endless | Stop::Leak { .. })
        );
        thread == self.case.thread && !nobody_does && !self.done.contains(&thread)
    }

    fn waits(&self, object: Option<ObjectId>, how: impl FnOnce(usize) -> Condition) -> Condition {
        self.objects.find(object).map_or(Condition::Ready { next: None }, how)
    }

    /// Of a thread that is about to do this.
    fn before(&self, thread: ThreadId, next: &Next) -> Condition {
        let waits = |id| {
            self.waits(id, |object| {
                // A thread that wakes up stands at the condition variable, not at its lock.
                let here = Some(next.source).filter(|_| id == next.object);
                let called = here.and_then(|at| self.objects.called_otherwise(object, at));
                Condition::Waits { object, called }
            })
        };
        match next.kind {
            Kind::Lock | Kind::WriteLock if self.is_held(next.object) => waits(next.object),
            Kind::ReadLock if self.keeps_out(thread, next) => waits(next.object),
            Kind::Wake if self.is_held(next.also) => waits(next.also),
            Kind::Join => self.joins(next),
            Kind::Receive if self.finds_nothing(next) => waits(next.object),
            Kind::Send if self.finds_no_room(next) => waits(next.object),
            Kind::HandOver if self.has_item_left(thread, next) => waits(next.object),
            Kind::BarrierLeave if self.at_barrier.contains_key(&thread) => waits(next.object),
            Kind::Once if self.finds_another_at_it(thread, next) => waits(next.object),
            Kind::Park if next.object.is_some_and(|token| !self.tokens.contains(&token)) => {
                Condition::Parked
            }
            Kind::Sleep => Condition::Pauses,
            _ => Condition::Ready { next: self.about_to(thread) },
        }
    }

    /// What it is about to do that others may notice.
    fn about_to(&self, thread: ThreadId) -> Option<Act> {
        let (events, seen) = &self.lanes[thread];
        let coming = events[*seen..].iter().map(|&event| &self.case.trace.events[event]);
        let mut telling = coming.skip_while(|event| acts::says_nothing(event.kind));
        let next = match telling.next() {
            Some(event) => Next::from(event),
            None => self.pending(thread)?,
        };
        acts::intended(&next, self)
    }

    fn is_held(&self, lock: Option<ObjectId>) -> bool {
        lock.and_then(|lock| self.holds.get(&lock)).is_some_and(|held| !held.is_empty())
    }

    fn keeps_out(&self, thread: ThreadId, next: &Next) -> bool {
        let held = next.object.and_then(|lock| self.holds.get(&lock)).into_iter().flatten();
        let mut bars = held.filter(|hold| {
            // A writer that goes on as a reader waits for nobody.
            let goes_on = hold.thread == thread && next.detail.is_some();
            (!hold.shared && !goes_on) || self.kept_out.contains(&thread)
        });
        bars.next().is_some()
    }

    fn joins(&self, next: &Next) -> Condition {
        let lives = &self.case.trace.lives;
        let target = lives.iter().find(|(object, _)| Some(*object) == next.object);
        match target {
            Some((_, thread)) if !self.done.contains(thread) => {
                Condition::Joins { thread: self.case.trace.name(*thread) }
            }
            _ => Condition::Ready { next: None },
        }
    }

    /// How many items or threads are there.
    fn count(&self, object: Option<ObjectId>) -> usize {
        let value = self.objects.find(object).and_then(|object| self.values[object].value.as_ref());
        value.and_then(|value| value.parse().ok()).unwrap_or(0)
    }

    fn finds_nothing(&self, next: &Next) -> bool {
        let gives_up = next.detail == Some(Detail::Success(false)) || only_tries(next);
        !gives_up && self.count(next.object) == 0
    }

    fn finds_no_room(&self, next: &Next) -> bool {
        let gives_up = next.detail == Some(Detail::Success(false)) || only_tries(next);
        let room =
            self.objects.find(next.object).and_then(|object| self.objects.table[object].room);
        !gives_up && room.is_some_and(|room| self.count(next.object) >= room)
    }

    /// Whether nobody has taken what the thread hands over; unless it takes it back.
    fn has_item_left(&self, thread: ThreadId, next: &Next) -> bool {
        let items = next.object.and_then(|channel| self.items.get(&channel));
        let takes_back = next.detail == Some(Detail::Success(false));
        !takes_back && items.is_some_and(|items| items.contains(&thread))
    }

    fn finds_another_at_it(&self, thread: ThreadId, next: &Next) -> bool {
        let looks = source::method(next.source)
            .is_some_and(|method| ["get", "is_completed"].contains(&&*method));
        let at_it = next.object.and_then(|once| self.doing_once.get(&once));
        !looks && at_it.is_some_and(|other| *other != thread)
    }
}

/// Whether it does not wait.
fn only_tries(next: &Next) -> bool {
    source::method(next.source).is_some_and(|method| method.starts_with("try_"))
}
