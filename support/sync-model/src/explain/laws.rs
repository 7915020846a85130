//! What must be true of the moments of every execution, because the engine let it happen.

use evidence::interleaving::{Condition, State};

use super::moments::Moments;
use super::objects::Objects;
use super::{Case, linearise};
use crate::engine::{Ending, Stop};
use crate::trace::{Detail, Event, Kind, Trace};

/// Goes through an execution in the order in which it is told: who makes a step could make it, what is
/// read is what is there, and nobody can go on in a deadlock.
pub(crate) fn hold(ending: &Ending, mut trace: Trace) -> Result<(), String> {
    let stop = ending.stop.clone().unwrap_or(Stop::Livelock);
    let order = linearise::fewest_switches(&trace.events, 0);
    let stop = linearise::renumbered(&stop, &order);
    trace.events = order.iter().map(|&index| trace.events[index]).collect();
    let (order, thread) = (&order[..], ending.thread);
    let case =
        Case { stop: Some(&stop), trace: &trace, order, departed: None, thread, check_file: "" };
    let objects = Objects::of(&case, 0);
    let mut moments = Moments::new(&case, &objects);
    let threads: Vec<usize> = (0..trace.names.len()).collect();
    for event in &trace.events {
        let state = moments.state(&threads, "");
        could(event, &state).map_err(|why| format!("{why}\n{event:?}\n{state:#?}"))?;
        let known =
            objects.find(event.object).and_then(|object| state.objects[object].value.clone());
        agrees(event, known).map_err(|why| format!("{why}\n{event:?}\n{state:#?}"))?;
        moments.step();
    }
    let end = moments.state(&threads, "");
    if stop == Stop::Deadlock {
        let goes_on =
            |thread: &&usize| matches!(end.threads[**thread].condition, Condition::Ready { .. });
        if let Some(thread) = threads.iter().find(goes_on) {
            return Err(format!("{thread} can go on in a deadlock\n{end:#?}"));
        }
    }
    Ok(())
}

fn could(event: &Event, state: &State) -> Result<(), String> {
    let by_itself = matches!(
        event.detail,
        Detail::Woke(crate::trace::Reason::TimedOut | crate::trace::Reason::Spurious)
    );
    match &state.threads[event.thread].condition {
        Condition::Ready { .. } | Condition::Pauses => Ok(()),
        Condition::Sleeps { .. } | Condition::Parked if by_itself => Ok(()),
        other => Err(format!("{} makes a step, and should not: {other:?}", event.thread)),
    }
}

fn agrees(event: &Event, known: Option<String>) -> Result<(), String> {
    let seen = match (event.kind, event.detail) {
        (_, Detail::Read { value, newest: None }) => value,
        (_, Detail::Replaced { old, .. } | Detail::Refused(old)) => old,
        (Kind::Receive, Detail::Success(true)) if known.as_deref() == Some("0") => {
            return Err("something is received that is not there".to_owned());
        }
        _ => return Ok(()),
    };
    if known == Some(seen.to_string()) {
        return Ok(());
    }
    Err(format!("{seen} is read, and {known:?} is known"))
}
