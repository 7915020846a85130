//! What the threads share, by the names that the learner gave it.

use std::collections::{HashMap, HashSet};

use evidence::interleaving::{Object, Sort};

use super::diagnosis::is_scenario;
use super::{Case, source};
use crate::engine::ObjectId;
use crate::trace::{Began, Kind, Source};

/// The objects of a table.
pub(super) struct Objects {
    index: HashMap<ObjectId, usize>,
    pub table: Vec<Object>,
}

/// What is known of an object before it is named.
struct Known {
    id: ObjectId,
    sort: Sort,
    /// What it was called, and at how many places; in the check's own file they count less.
    names: Vec<(String, u32)>,
    /// What the other end of a channel is called.
    other_end: Option<String>,
}

/// A line of the learner's own counts for more than all of a check's.
const OWN: u32 = 1_000_000;

impl Objects {
    /// The objects of the events from this one on, and of what threads were about to do at the end.
    pub(super) fn of(case: &Case<'_>, first: usize) -> Self {
        let mut known: Vec<Known> = Vec::new();
        let trace = case.trace;
        let late: HashSet<ObjectId> = trace.events[first.min(trace.events.len())..]
            .iter()
            .flat_map(|event| [event.object, event.also])
            .chain(trace.pending.iter().flat_map(|pending| [pending.object, pending.also]))
            .flatten()
            .collect();
        let events = trace.events.iter().map(|event| (event.kind, event.object, event.source));
        let pending =
            trace.pending.iter().map(|pending| (pending.kind, pending.object, pending.source));
        // A thread that goes round comes to the same place thousands of times: it is looked up once.
        let mut places = HashSet::new();
        for (kind, object, source) in events.chain(pending) {
            let Some(id) = object.filter(|id| late.contains(id)) else { continue };
            if places.insert((id, kind, std::ptr::from_ref(source))) {
                note(case, &mut known, id, kind, source);
            }
        }
        let room = |id| {
            trace.began.iter().find_map(|(object, made)| match made {
                Began::For(room) if *object == id => Some(*room),
                _ => None,
            })
        };
        let mut table: Vec<Object> = Vec::new();
        for object in &known {
            let name = distinct(object.name(), &table);
            table.push(Object { name, sort: object.sort, room: room(object.id) });
        }
        let index = known.iter().enumerate().map(|(index, object)| (object.id, index)).collect();
        Self { index, table }
    }

    /// The object's place in the table.
    pub(super) fn find(&self, object: Option<ObjectId>) -> Option<usize> {
        self.index.get(&object?).copied()
    }

    /// What the object is called at this place, if that is not its name in the table.
    pub(super) fn called_otherwise(&self, object: usize, at: Source) -> Option<String> {
        let Object { name, sort, .. } = &self.table[object];
        // A channel has two ends, and both are in its name.
        let here = source::receiver(at).filter(|_| *sort != Sort::Channel)?;
        let numbered = name.strip_prefix(&here).is_some_and(|rest| rest.starts_with(" #"));
        (*name != here && !numbered).then_some(here)
    }
}

fn note(case: &Case<'_>, known: &mut Vec<Known>, id: ObjectId, kind: Kind, source: Source) {
    let Some(sort) = sort(kind, source) else { return };
    let at = known.iter().position(|object| object.id == id).unwrap_or_else(|| {
        known.push(Known { id, sort, names: Vec::new(), other_end: None });
        known.len() - 1
    });
    let object = &mut known[at];
    // Where an end of a channel is dropped it has no name.
    let Some(name) = source::receiver(source).filter(|_| kind != Kind::Close) else { return };
    if matches!(kind, Kind::Receive | Kind::ReceiverComes) {
        object.other_end.get_or_insert(name);
        return;
    }
    let weight = if is_scenario(case, source.file()) { 1 } else { OWN };
    match object.names.iter_mut().find(|(known, _)| *known == name) {
        Some((_, count)) => *count += weight,
        None => object.names.push((name, weight)),
    }
}

/// What the object of such a step is; `None`: nothing that has a state of its own to show, or another
/// step says it.
fn sort(kind: Kind, source: Source) -> Option<Sort> {
    match kind {
        Kind::Lock => Some(Sort::Mutex),
        Kind::ReadLock | Kind::WriteLock => Some(Sort::RwLock),
        Kind::TryLock => {
            let is_mutex = source::method(source).is_none_or(|method| method == "try_lock");
            Some(if is_mutex { Sort::Mutex } else { Sort::RwLock })
        }
        Kind::Wait | Kind::Wake | Kind::NotifyOne | Kind::NotifyAll => Some(Sort::Condvar),
        Kind::Send | Kind::HandOver | Kind::ReceiverComes | Kind::Receive | Kind::Close => {
            Some(Sort::Channel)
        }
        Kind::BarrierArrive | Kind::BarrierLeave => Some(Sort::Barrier),
        Kind::Once | Kind::OnceDone => Some(Sort::Once),
        kind if kind.is_of_an_atomic() => Some(Sort::Atomic),
        _ => None,
    }
}

impl Known {
    fn name(&self) -> String {
        // The first of those that are used most.
        let most = self.names.iter().rev().max_by_key(|(_, count)| *count);
        match (most, &self.other_end) {
            (Some((name, _)), Some(other)) if name != other => format!("{name} → {other}"),
            (Some((name, _)), _) => name.clone(),
            (None, Some(name)) => name.clone(),
            (None, None) => String::new(),
        }
    }
}

/// The name, with a number if another object is called the same.
fn distinct(name: String, others: &[Object]) -> String {
    let taken = |name: &str| others.iter().any(|other| other.name == name);
    if name.is_empty() || !taken(&name) {
        return name;
    }
    let numbered = (2..).map(|number| format!("{name} #{number}"));
    numbered.into_iter().find(|name| !taken(name)).expect("there is always another number")
}
