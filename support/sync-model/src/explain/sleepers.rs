//! All that are left sleep, or wait for the end of those who do: whose mistake is it?

use std::collections::HashSet;

use evidence::Fault;

use super::Case;
use crate::trace::{Detail, Event, Kind, Pending};

/// The fault, and what happened.
pub(super) fn asleep(case: &Case<'_>, sleepers: &[&Pending]) -> (Fault, String) {
    let name = |thread: usize| format!("`{}`", case.trace.name(thread));
    let names: Vec<String> = sleepers.iter().map(|pending| name(pending.thread)).collect();
    let names = names.join(" and ");
    let one = sleepers.len() == 1;
    let (sleep, they, them) = if one { ("sleeps", "it", "it") } else { ("sleep", "they", "them") };
    let fault = if sleepers.iter().any(|sleeper| missed(case, sleeper)) {
        Fault::LostWakeup
    } else if sleepers.iter().all(|sleeper| alone(case, sleeper)) {
        Fault::SelfDeadlock
    } else {
        Fault::Deadlock
    };
    let why = match fault {
        Fault::LostWakeup => match sleepers.iter().find_map(|sleeper| woken_instead(case, sleeper))
        {
            Some(other) => format!(
                "for ever: the notification that came after {they} fell asleep woke {}, and no other one \
                 came.",
                name(other)
            ),
            None => format!(
                "for ever: whoever could have woken {them} has gone on, and no notification came after \
                 {they} fell asleep."
            ),
        },
        Fault::SelfDeadlock => {
            "until another thread changes something, and there is no other.".to_owned()
        }
        _ => format!("for ever: {}", nobody_left(case, sleepers, them)),
    };
    (fault, format!("{names} {sleep} {why}"))
}

/// Why nobody wakes them.
fn nobody_left(case: &Case<'_>, sleepers: &[&Pending], them: &str) -> String {
    let stuck: HashSet<usize> = case.trace.pending.iter().map(|pending| pending.thread).collect();
    let are_done = stuck.len() < case.trace.names.len();
    let others_wait = stuck.len() > sleepers.len();
    match (are_done, others_wait) {
        (false, _) => format!("all who could wake {them} wait for {them} themselves."),
        (true, true) => format!(
            "nobody is left to wake {them}. The threads that are not done wait for {them} themselves."
        ),
        (true, false) => format!("nobody is left to wake {them}. All other threads are done."),
    }
}

/// Whether another thread changed what this one had read, after it had read it, or told it so while it
/// did not yet listen: it should have been woken.
fn missed(case: &Case<'_>, sleeper: &Pending) -> bool {
    let events = &case.trace.events;
    let mine = |event: &Event| event.thread == sleeper.thread;
    let asleep = events.iter().rposition(mine).unwrap_or(0);
    // What it looked at before it fell asleep, and when: under a lock it looked at what the lock protects.
    let looked = |object| events.iter().rposition(|event| mine(event) && looks_at(event, object));
    let mut others = events.iter().enumerate().filter(|(_, event)| !mine(event));
    others.any(|(index, event)| match (event.kind, event.detail) {
        (Kind::NotifyOne | Kind::NotifyAll, Detail::Woken { count, .. }) => {
            let last_look = events[..asleep].iter().rposition(|event| {
                mine(event) && (event.kind == Kind::Load || looks_at(event, sleeper.also))
            });
            event.object == sleeper.object
                && (index > asleep || (count == 0 && Some(index) > last_look))
        }
        (Kind::Unlock | Kind::Wait, Detail::GaveBack { touched }) => {
            let lock = if event.kind == Kind::Unlock { event.object } else { event.also };
            touched && index > asleep && lock.is_some() && lock == sleeper.also
        }
        (
            Kind::Store | Kind::Update | Kind::CompareExchange,
            Detail::Wrote(_) | Detail::Replaced { .. },
        ) => looked(event.object).is_some_and(|look| index > look),
        _ => false,
    })
}

/// Whether this is a look at what the object holds.
fn looks_at(event: &Event, object: Option<crate::engine::ObjectId>) -> bool {
    let looks = matches!(
        event.kind,
        Kind::Load | Kind::Update | Kind::CompareExchange | Kind::Lock | Kind::TryLock
    );
    object.is_some()
        && ((looks && event.object == object) || (event.kind == Kind::Wake && event.also == object))
}

/// The thread that was woken, after this one fell asleep, by a notification for one alone.
fn woken_instead(case: &Case<'_>, sleeper: &Pending) -> Option<usize> {
    let events = &case.trace.events;
    let asleep = events.iter().rposition(|event| event.thread == sleeper.thread)?;
    events[asleep..].iter().rev().find_map(|event| match event.detail {
        Detail::Woken { count: 1, first: Some(thread) }
            if event.object == sleeper.object && thread != sleeper.thread =>
        {
            Some(thread)
        }
        _ => None,
    })
}

/// Whether this thread itself has made what it sleeps on as it is: no other one ever touched it.
fn alone(case: &Case<'_>, sleeper: &Pending) -> bool {
    let (own, others): (Vec<&Event>, Vec<&Event>) =
        case.trace.events.iter().partition(|event| event.thread == sleeper.thread);
    let shared = [sleeper.object, sleeper.also];
    let met = others.iter().any(|event| {
        event.object.is_some() && (shared.contains(&event.object) || shared.contains(&event.also))
    });
    let changed = own.iter().any(|event| {
        matches!(event.detail, Detail::GaveBack { touched: true })
            || matches!(event.kind, Kind::Store | Kind::Update)
    });
    changed && !met
}
