//! What a row says of its step.

use super::{Case, source};
use crate::engine::Stop;
use crate::trace::{Detail, Event, Kind, Reason, Trace};

/// The words of a row.
pub(super) struct Words {
    /// The operation, as it stands in the source.
    pub text: String,
    /// What it read or wrote.
    pub value: String,
    /// What to notice.
    pub note: String,
}

/// The words for the event with this number.
pub(super) fn of(case: &Case<'_>, index: usize, event: &Event) -> Words {
    let (value, note) = match event.kind {
        Kind::CellRead | Kind::CellWrite => (String::new(), race_note(case, index)),
        Kind::Panic => (String::new(), panic_note(case, event)),
        _ => outcome(event, case.trace),
    };
    Words { text: text(case, event), value, note }
}

fn text(case: &Case<'_>, event: &Event) -> String {
    let expression = || source::expression(event.source);
    match (event.kind, event.detail) {
        (Kind::Note, Detail::Text(words)) => case.trace.texts[words].clone(),
        (Kind::Panic, Detail::Text(panic)) => {
            let panicked = &case.trace.panics[panic];
            source::expression_at(&panicked.file, panicked.line, panicked.column)
                .unwrap_or_else(|| "panics".to_owned())
        }
        (Kind::Unlock, _) => source::receiver(event.source)
            .map_or_else(|| "unlock".to_owned(), |lock| format!("unlock {lock}")),
        (Kind::Wake, _) => "wakes up and locks again".to_owned(),
        (Kind::ArcDrop, _) => dropped("Arc", event),
        (Kind::WeakDrop, _) => dropped("Weak", event),
        (kind, _) => expression().unwrap_or_else(|| format!("{kind:?}").to_lowercase()),
    }
}

/// Where it was dropped is not always known: then the row stands where it was made.
fn dropped(what: &str, event: &Event) -> String {
    let made = if event.dropped_at.is_some() { "" } else { " made here" };
    format!("drop the {what}{made}")
}

/// The value that was read or written, and what to notice.
fn outcome(event: &Event, trace: &Trace) -> (String, String) {
    let value = |value: String| (value, String::new());
    let note = |note: &str| (String::new(), note.to_owned());
    match (event.kind, event.detail) {
        (_, Detail::Read { value: seen, newest: None }) => value(format!("→ {seen}")),
        (_, Detail::Read { value: seen, newest: Some(newest) }) => {
            (format!("→ {seen}"), format!("an old value: the newest is {newest}"))
        }
        (_, Detail::Wrote(new)) => value(format!("⇒ {new}")),
        (_, Detail::Replaced { old, new }) => value(format!("→ {old} ⇒ {new}")),
        (_, Detail::Refused(old)) => (format!("→ {old}"), "not as expected: unchanged".to_owned()),
        (_, Detail::KeptOut) => note("others read, and a writer waits: it goes first"),
        (_, Detail::Poisoned) => note("poisoned: a thread panicked while it held this"),
        (Kind::Wait, _) => note("unlocks and sleeps"),
        (Kind::Wake | Kind::Park, Detail::Woke(reason)) => note(match reason {
            Reason::Notified => "",
            Reason::NotifiedLate => "woken, just as the time is over",
            Reason::TimedOut => "the time is over",
            Reason::Spurious => "nobody woke it: a spurious wake-up",
        }),
        (Kind::Unpark, _) => note(""),
        (_, Detail::Woken { count: 0, .. } | Detail::Woken { first: None, .. }) => {
            note("nobody is waiting")
        }
        (_, Detail::Woken { count: 1, first: Some(thread) }) => {
            note(&format!("wakes {}", trace.name(thread)))
        }
        (_, Detail::Woken { count, .. }) => note(&format!("wakes {count} threads")),
        (Kind::ArcDrop, Detail::Success(true)) => note("the last one: the value goes too"),
        (Kind::ArcGetMut | Kind::ArcTake | Kind::ArcUpgrade, Detail::Success(success)) => {
            value(if success { "→ Some" } else { "→ None" }.to_owned())
        }
        (Kind::ArcMakeMut, Detail::Success(false)) => {
            note("has other owners: goes on with a clone")
        }
        (Kind::IsFinished | Kind::IsPoisoned, Detail::Success(done)) => value(format!("→ {done}")),
        (Kind::TryLock | Kind::Send | Kind::Receive | Kind::ArcUnwrap, Detail::Success(true)) => {
            value("→ Ok".to_owned())
        }
        (Kind::TryLock | Kind::Send | Kind::Receive | Kind::ArcUnwrap, Detail::Success(false)) => {
            value("→ Err".to_owned())
        }
        _ => note(""),
    }
}

fn race_note(case: &Case<'_>, index: usize) -> String {
    let first = matches!(case.stop, Stop::DataRace { earlier } if *earlier == index);
    let note = if first {
        "races with the other access"
    } else {
        "nothing orders this after the other access"
    };
    note.to_owned()
}

/// Short, because the message stands above the table.
fn panic_note(case: &Case<'_>, event: &Event) -> String {
    let is_last = match (case.stop, event.detail) {
        (Stop::Panic(last), Detail::Text(panic)) => *last == panic,
        _ => false,
    };
    if is_last { "fails here".to_owned() } else { "panics".to_owned() }
}
