//! What each object holds.

use evidence::interleaving::Sort;

use super::Moments;
use crate::once::Progress;
use crate::trace::{Began, Detail, Event, Kind, Value};

impl Moments<'_> {
    /// The values with which everything begins.
    pub(super) fn begin(&mut self) {
        for (index, object) in self.objects.table.iter().enumerate() {
            self.values[index].value = match object.sort {
                Sort::Channel | Sort::Barrier => Some("0".to_owned()),
                Sort::Once => Some(false.to_string()),
                _ => None,
            };
        }
        for (object, made) in &self.case.trace.began {
            if let (Some(index), Began::With(value)) = (self.objects.find(Some(*object)), made) {
                self.values[index].value = Some(value.to_string());
            }
        }
        // What a lock protects is seen first by whoever takes it first.
        for event in self.case.trace.events.iter().rev() {
            let takes =
                matches!(event.kind, Kind::Lock | Kind::TryLock | Kind::ReadLock | Kind::WriteLock);
            let inside = event.inside.filter(|_| takes).map(|value| self.case.trace.values[value]);
            if let (Some(index), Some(value)) = (self.objects.find(event.object), inside) {
                self.values[index].value = Some(value.to_string());
            }
        }
    }

    pub(super) fn follow_items(&mut self, event: &Event) {
        let Some(channel) = event.object else { return };
        let went_well = event.detail != Detail::Success(false);
        let items = self.items.entry(channel).or_default();
        match event.kind {
            Kind::Send if went_well => items.push_back(event.thread),
            Kind::Receive if went_well => drop(items.pop_front()),
            // It takes its item back.
            Kind::HandOver if !went_well => items.retain(|thread| *thread != event.thread),
            _ => {}
        }
    }

    pub(super) fn follow_once(&mut self, event: &Event) {
        let Some(once) = event.object else { return };
        match event.kind {
            Kind::Once if self.inside(event) == Some(Value::Int(Progress::Running as i128)) => {
                self.doing_once.entry(once).or_insert(event.thread);
            }
            Kind::OnceDone => {
                self.doing_once.remove(&once);
            }
            _ => {}
        }
    }

    /// Whether the thread of this event is the one that does what is done once.
    pub(in crate::explain) fn begins_once(&self, event: &Event) -> bool {
        event.object.and_then(|once| self.doing_once.get(&once)) == Some(&event.thread)
    }

    /// What the object of this event holds after it.
    pub(in crate::explain) fn inside(&self, event: &Event) -> Option<Value> {
        event.inside.map(|value| self.case.trace.values[value])
    }

    /// Whether the event, which is yet to come, gives away what was written.
    pub(super) fn wrote(&self, event: &Event) -> bool {
        let held = event.object.and_then(|lock| self.holds.get(&lock)).into_iter().flatten();
        // A writer goes on as a reader.
        let mut own = held.filter(|hold| hold.thread == event.thread && !hold.shared);
        match event.detail {
            Detail::Wrote(_) | Detail::Replaced { .. } => true,
            Detail::GaveBack { touched } => touched,
            _ => event.kind == Kind::ReadLock && own.next().is_some(),
        }
    }

    pub(super) fn follow_value(&mut self, event: &Event, wrote: bool) {
        // A step of a condition variable tells what its lock holds.
        let object = if event.kind == Kind::Wait || event.kind == Kind::Wake {
            event.also
        } else {
            event.object
        };
        let Some(index) = self.objects.find(object) else { return };
        let inside = self.inside(event);
        let sort = self.objects.table[index].sort;
        let name = self.case.trace.name(event.thread);
        let state = &mut self.values[index];
        let now = match (sort, inside) {
            (Sort::Once, Some(value)) => {
                Some((value == Value::Int(Progress::Done as i128)).to_string())
            }
            (_, value) => value.map(|value| value.to_string()),
        };
        match now {
            None if wrote => state.changed_by = Some(name),
            Some(now) if wrote || state.value.as_ref() != Some(&now) => {
                // What nobody wrote was changed where no other thread could see it.
                let counts = matches!(sort, Sort::Channel | Sort::Barrier | Sort::Once);
                let before = state.value.replace(now);
                state.was = if wrote || counts { before } else { None };
            }
            _ => {}
        }
    }
}
