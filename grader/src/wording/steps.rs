//! A schedule in words, step by step. Names of threads and objects stand between backquotes.

use evidence::Interleaving;
use evidence::interleaving::{Act, Condition, Deed, Object, ObjectState, Row, Sort, Spot, State};

use super::plain::spoken;
use phrase::{Phrase, phrase};

mod phrase;

pub(crate) const STEP: &str = "Step through the turns";
pub(crate) const BUTTONS: [(&str, &str, &str); 4] = [
    ("first", "First", "Home"),
    ("back", "Back", "ArrowLeft"),
    ("forward", "Forward", "ArrowRight"),
    ("last", "Last", "End"),
];
pub(crate) const KEYS: &str =
    "Keys, once a button has the focus: ← and → go one step, Home and End to the first and last.";
pub(crate) const THREADS: &str = "Threads";
pub(crate) const THREAD_COLUMNS: [&str; 3] = ["Thread", "Line", "State"];
pub(crate) const LOCKS: &str = "Who holds what, and who waits";
pub(crate) const LOCK_COLUMNS: [&str; 3] = ["Object", "Holder", "Waiting"];
pub(crate) const VALUES: &str = "Values";
pub(crate) const VALUE_COLUMNS: [&str; 3] = ["Object", "Now", "Before"];
pub(crate) const CHANGED: &str = "changed";
pub(crate) const NOBODY: &str = "nobody";

/// What the row says, without its number: "`adder` sets `self.count` to 1 (was 1), line 24".
pub(crate) fn told(table: &Interleaving, row: &Row) -> String {
    let name = thread(table, row.lane);
    let what = match &row.act {
        Some(act) if act.deed == Deed::Fails => fails(&name, row),
        Some(act) => {
            let Phrase { present, rest, .. } = phrase(table, act);
            format!("{name} {present} {rest}{}", remark(act, row))
        }
        None => format!("{name}: {}", by_text(row)),
    };
    format!("{what}, {}", place(table, row))
}

/// What panics by itself, as arithmetic does, has no text.
fn fails(name: &str, row: &Row) -> String {
    let verb = if row.note == "panics" || row.text.is_empty() { "panics" } else { "fails" };
    let what = if row.text.is_empty() { String::new() } else { format!(" at `{}`", row.text) };
    format!("{name} {verb}{what}")
}

/// A row of which only the text is known.
fn by_text(row: &Row) -> String {
    // A call is code; "drop the Arc" is not.
    let text = if row.text.contains('(') { format!("`{}`", row.text) } else { row.text.clone() };
    let mut parts = vec![text, spoken(&row.value), row.note.clone()];
    parts.retain(|part| !part.is_empty());
    parts.join(", ")
}

/// What is to be noticed and is not said by the act itself.
fn remark(act: &Act, row: &Row) -> String {
    let is_new = match act.deed {
        Deed::Takes | Deed::Shares | Deed::WakesUp | Deed::Parks => true,
        Deed::NotifiesOne | Deed::NotifiesAll => act.who.is_empty(),
        _ => false,
    };
    if is_new && !row.note.is_empty() { format!(" ({})", row.note) } else { String::new() }
}

fn place(table: &Interleaving, row: &Row) -> String {
    let name = row.file.rsplit('/').next().unwrap_or_default();
    let file = if row.file == table.file { String::new() } else { name.to_owned() };
    at(&Spot { line: row.line, file, scenario: row.scenario })
}

/// "line 24", "line 18 of the check", "line 5 of queue.rs".
pub(crate) fn at(spot: &Spot) -> String {
    let line = spot.line;
    match (spot.scenario, &*spot.file) {
        (true, _) => format!("line {line} of the check"),
        (false, "") => format!("line {line}"),
        (false, file) => format!("line {line} of {file}"),
    }
}

/// A thread that is interrupted: "`main` stopped before it sets `self.count` to 1".
pub(crate) fn stopped(table: &Interleaving, lane: usize, next: &Act) -> String {
    let Phrase { present, rest, .. } = phrase(table, next);
    format!("{} stopped before it {present} {rest}", thread(table, lane))
}

/// A thread that cannot go on: "`main` waits for `self.current`, which `back` holds".
pub(crate) fn waits(table: &Interleaving, state: &State, lane: usize) -> String {
    format!("{} {}", thread(table, lane), stands(table, state, lane))
}

/// A row of a thread that never goes on, without its number.
pub(crate) fn stuck(table: &Interleaving, state: &State, row: &Row) -> String {
    let name = thread(table, row.lane);
    let obstacle = state.threads.get(row.lane).and_then(|thread| match thread.condition {
        Condition::Waits { .. }
        | Condition::Sleeps { .. }
        | Condition::Parked
        | Condition::Joins { .. } => Some(standing(table, state, row.lane)),
        _ => None,
    });
    let what = match obstacle {
        Some((verb, rest)) => format!("{name} {verb} for ever{rest}"),
        None => format!("{name}: {}", by_text(row)),
    };
    format!("{what}, {}", place(table, row))
}

/// How a thread stands: "waits for `self.items`, which `T1` holds".
pub(crate) fn stands(table: &Interleaving, state: &State, lane: usize) -> String {
    let (verb, rest) = standing(table, state, lane);
    format!("{verb}{rest}")
}

/// The same, in two parts between which it can be said for how long.
fn standing(table: &Interleaving, state: &State, lane: usize) -> (&'static str, String) {
    // A record is read as it comes: nothing says that it has a state for each lane.
    let Some(thread) = state.threads.get(lane) else { return ("runs", String::new()) };
    match &thread.condition {
        Condition::NotStarted => ("has not been started", String::new()),
        Condition::Ready { next: None } => ("runs", String::new()),
        Condition::Ready { next: Some(act) } => {
            let Phrase { infinitive, rest, .. } = phrase(table, act);
            ("is about to", format!(" {infinitive} {rest}"))
        }
        Condition::Waits { object: index, called } => {
            let name = called_there(table, Some(*index), called.as_deref());
            ("waits", awaited(table, state, lane, (*index, &name)))
        }
        Condition::Sleeps { object: condvar } => {
            ("sleeps", format!(" in {}", object(table, Some(*condvar))))
        }
        Condition::Parked => ("is parked", String::new()),
        Condition::Pauses => ("lets time pass", String::new()),
        Condition::Joins { thread } => ("waits", format!(" for the end of `{thread}`")),
        Condition::Failed => ("fails here", String::new()),
        Condition::Done => ("is done", String::new()),
    }
}

fn awaited(
    table: &Interleaving,
    state: &State,
    lane: usize,
    (index, name): (usize, &str),
) -> String {
    let holders = state.objects.get(index).map_or(&[][..], |object| &object.holders);
    let me = table.lanes.get(lane).map(|lane| &lane.name);
    match (table.objects.get(index).map(|object| object.sort), holders) {
        (Some(Sort::Channel), _) => {
            let value = state.objects.get(index).and_then(|object| object.value.as_deref());
            let is_empty = value == Some("0");
            format!(" because {name} is {}", if is_empty { "empty" } else { "full" })
        }
        (Some(Sort::Barrier), _) => format!(" for the others at {name}"),
        (_, []) => format!(" for {name}"),
        (_, [holder]) if Some(holder) == me => format!(" for {name}, which it holds itself"),
        (_, [holder]) => format!(" for {name}, which `{holder}` holds"),
        (_, many) => format!(" for {name}, which {} hold", listed(many)),
    }
}

/// Who holds it.
pub(crate) fn holders(state: &ObjectState) -> String {
    match (&state.holders[..], state.shared) {
        ([], _) => NOBODY.to_owned(),
        (holders, true) => format!("{}, to read", listed(holders)),
        (holders, false) => listed(holders),
    }
}

/// Who waits for it, or sleeps in it.
pub(crate) fn waiters(table: &Interleaving, state: &State, index: usize) -> String {
    let names: Vec<String> =
        state.waiters(index).filter_map(|lane| Some(table.lanes.get(lane)?.name.clone())).collect();
    let sleep = table.objects.get(index).is_some_and(|object| object.sort == Sort::Condvar);
    match (&names[..], sleep) {
        ([], _) => NOBODY.to_owned(),
        (names, false) => listed(names),
        ([name], true) => format!("`{name}` sleeps"),
        (names, true) => format!("{} sleep", listed(names)),
    }
}

/// The object's value.
pub(crate) fn value(object: &Object, state: &ObjectState) -> String {
    let value = state.value.as_deref();
    match (object.sort, value, object.room) {
        (Sort::Channel, Some("1"), None) => "1 item".to_owned(),
        (Sort::Channel, Some(count), None) => format!("{count} items"),
        (Sort::Channel, Some(count), Some(room)) => format!("{count} of {room} items"),
        (Sort::Barrier, Some(count), Some(room)) => format!("{count} of {room} wait"),
        (Sort::Once, Some("true"), _) => "done".to_owned(),
        (Sort::Once, Some(_), _) => "not done".to_owned(),
        (_, Some(value), _) => value.to_owned(),
        (_, None, _) => match &state.changed_by {
            Some(thread) => format!("changed by `{thread}`"),
            None => "unchanged".to_owned(),
        },
    }
}

/// Before the first step, or the step's number.
pub(crate) fn heading(number: usize, last: usize) -> String {
    if number == 0 {
        "Before the first step".to_owned()
    } else {
        format!("Step {number} of {last}")
    }
}

/// What is said of rows that repeat or are left out, as a sentence.
pub(crate) fn repeated(repetition: &str) -> String {
    let mut letters = repetition.chars();
    let first = letters.next().into_iter().flat_map(char::to_uppercase);
    format!("{}{}.", first.collect::<String>(), letters.as_str())
}

/// The object's name; `None`: it has none of its own.
pub(crate) fn object(table: &Interleaving, index: Option<usize>) -> String {
    match index.and_then(|index| table.objects.get(index)) {
        Some(object) if !object.name.is_empty() => format!("`{}`", object.name),
        Some(object) => nameless(object.sort).to_owned(),
        None => "it".to_owned(),
    }
}

/// The same, by what it is called where a thread meets it.
fn called_there(table: &Interleaving, index: Option<usize>, called: Option<&str>) -> String {
    let name = object(table, index);
    called.map_or(name.clone(), |called| format!("`{called}` (also {name})"))
}

fn nameless(sort: Sort) -> &'static str {
    match sort {
        Sort::Mutex | Sort::RwLock => "a lock",
        Sort::Condvar => "a condition variable",
        Sort::Atomic => "an atomic",
        Sort::Channel => "a channel",
        Sort::Barrier => "a barrier",
        Sort::Once => "what is done once",
    }
}

pub(crate) fn thread(table: &Interleaving, lane: usize) -> String {
    table.lanes.get(lane).map_or_else(String::new, |lane| format!("`{}`", lane.name))
}

fn listed(names: &[String]) -> String {
    let quoted: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    match quoted.as_slice() {
        [] => String::new(),
        [one] => one.clone(),
        [some @ .., last] => format!("{} and {last}", some.join(", ")),
    }
}
