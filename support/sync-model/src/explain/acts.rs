//! What a thread did or is about to do, as data.

use evidence::interleaving::{Act, Deed, ObjectState};

use super::moments::{Moments, Next};
use super::{owners, ownership};
use crate::once::Progress;
use crate::trace::{Detail, Event, Kind, Value};

/// What is known around an event.
pub(super) struct Told {
    /// Its object before it.
    pub before: Option<ObjectState>,
    /// Its object after it.
    pub after: Option<ObjectState>,
    /// Who held its object before it.
    pub holders: Vec<String>,
    /// Whom it wakes.
    pub woken: Vec<String>,
}

/// What was done; `None`: nothing that is told in words of its own.
pub(super) fn done(event: &Event, moments: &Moments<'_>, told: Told) -> Option<Act> {
    let deed = deed(event, moments)?;
    let act = Act { who: told.woken, ..new(deed, &Next::from(event), moments) };
    let was = told.before.and_then(|state| state.value);
    let now = told.after.and_then(|state| state.value);
    Some(match (deed, event.detail) {
        (_, Detail::Read { value, newest }) => {
            let newest = newest.map(|newest| newest.to_string());
            Act { value: Some(value.to_string()), was: newest, ..act }
        }
        (_, Detail::Wrote(value)) => Act { value: Some(value.to_string()), was, ..act },
        (_, Detail::Replaced { old, new }) => {
            Act { value: Some(new.to_string()), was: Some(old.to_string()), ..act }
        }
        (_, Detail::Refused(value)) => Act { value: Some(value.to_string()), ..act },
        (Deed::GivesBackChanged, _) => Act { value: now, was, ..act },
        (Deed::Sends | Deed::Receives, _) => Act { value: now, ..act },
        (Deed::FindsHeld, _) => Act { who: told.holders, ..act },
        _ => act,
    })
}

fn deed(event: &Event, moments: &Moments<'_>) -> Option<Deed> {
    let reads = || ownership::reads(event);
    Some(match (event.kind, event.detail) {
        (_, Detail::Refused(_)) => Deed::LeavesAlone,
        (Kind::ReadLock, Detail::KeptOut) => return None,
        (Kind::TryLock, Detail::Success(false)) => Deed::FindsHeld,
        (Kind::TryLock, _) if reads() => Deed::Shares,
        (Kind::TryLock, _) => Deed::Takes,
        (Kind::Unlock, Detail::GaveBack { touched: true }) => Deed::GivesBackChanged,
        (Kind::Send, Detail::Success(false)) => Deed::CannotSend,
        (Kind::Receive, Detail::Success(false)) => Deed::ReceivesNothing,
        (Kind::BarrierArrive, Detail::Success(true)) => Deed::ArrivesLast,
        (Kind::Once, _) => once(event, moments),
        (Kind::CompareExchange, _) => Deed::Updates,
        (Kind::Panic, _) => Deed::Fails,
        (kind, _) => intended_deed(kind)?,
    })
}

fn once(event: &Event, moments: &Moments<'_>) -> Deed {
    let is = |progress: Progress| moments.inside(event) == Some(Value::Int(progress as i128));
    if is(Progress::Done) {
        Deed::FindsDone
    } else if is(Progress::Running) && moments.begins_once(event) {
        Deed::Begins
    } else {
        Deed::FindsUndone
    }
}

/// What is about to be done.
pub(super) fn intended(next: &Next, moments: &Moments<'_>) -> Option<Act> {
    let act = new(intended_deed(next.kind)?, next, moments);
    Some(Act { value: next.writes.map(|value| value.to_string()), ..act })
}

fn new(deed: Deed, next: &Next, moments: &Moments<'_>) -> Act {
    let (object, lock) = (moments.objects.find(next.object), moments.objects.find(next.also));
    let called = object.and_then(|object| moments.objects.called_otherwise(object, next.source));
    Act { deed, object, called, lock, value: None, was: None, who: Vec::new() }
}

fn intended_deed(kind: Kind) -> Option<Deed> {
    Some(match kind {
        Kind::Load => Deed::Reads,
        Kind::Store => Deed::Writes,
        Kind::Update => Deed::Updates,
        Kind::CompareExchange => Deed::Exchanges,
        Kind::Lock | Kind::WriteLock => Deed::Takes,
        Kind::ReadLock => Deed::Shares,
        Kind::TryLock => Deed::Tries,
        Kind::Unlock => Deed::GivesBack,
        Kind::Wait => Deed::FallsAsleep,
        Kind::Wake => Deed::WakesUp,
        Kind::NotifyOne => Deed::NotifiesOne,
        Kind::NotifyAll => Deed::NotifiesAll,
        Kind::Send => Deed::Sends,
        Kind::Receive => Deed::Receives,
        Kind::BarrierArrive => Deed::Arrives,
        Kind::Once => Deed::Comes,
        Kind::Park => Deed::Parks,
        Kind::Unpark => Deed::Unparks,
        _ => return None,
    })
}

/// Whether a step of this kind says nothing of what a thread is about to do.
pub(super) fn says_nothing(kind: Kind) -> bool {
    let passes = matches!(
        kind,
        Kind::CellRead | Kind::CellWrite | Kind::Now | Kind::Note | Kind::Spawn | Kind::Yield
    );
    passes || owners::comes_or_goes(kind)
}
