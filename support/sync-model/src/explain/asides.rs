//! Rows that are no steps: what threads print, and where the code leaves the schedule.

use evidence::interleaving::{Row, Step};

use super::rows::Draft;
use super::{Case, words};

/// No more lines are shown of all that is printed, the last ones.
const MAX_LINES: usize = 100;

/// Of one line.
const MAX_CHARACTERS: usize = 200;

/// A row, and where it belongs.
pub(super) struct Aside {
    row: Row,
    /// How many events there were before it.
    event: usize,
    /// It belongs to its thread's steps; else it is a place in the whole.
    of_thread: bool,
}

/// All of them, in order.
pub(super) fn of(case: &Case<'_>) -> Vec<Aside> {
    let printed = case.trace.printed.iter();
    let mut asides: Vec<Aside> = printed
        .flat_map(|printed| {
            let lines = printed.text.lines().map(|line| line.trim_end_matches('\r'));
            lines.map(|line| Aside {
                row: row(printed.thread, line, Step::Printed),
                event: printed.event,
                of_thread: true,
            })
        })
        .collect();
    asides.drain(..asides.len().saturating_sub(MAX_LINES));
    asides.extend(case.departed.map(|event| {
        let mut next = case.order.iter().zip(&case.trace.events).filter(|(old, _)| **old >= event);
        let thread = next.next().map_or(case.thread, |(_, event)| event.thread);
        Aside { row: row(thread, words::DEPARTED, Step::Departed), event, of_thread: false }
    }));
    asides
}

fn row(lane: usize, text: &str, step: Step) -> Row {
    let text = text.chars().take(MAX_CHARACTERS).collect();
    Row {
        lane,
        file: String::new(),
        line: 0,
        text,
        value: String::new(),
        note: String::new(),
        step,
        scenario: false,
        times: 1,
        folds: 0,
    }
}

/// The rows, each aside where it belongs.
pub(super) fn insert(drafts: Vec<Draft>, asides: Vec<Aside>) -> Vec<Row> {
    let mut places: Vec<Vec<Row>> = vec![Vec::new(); drafts.len() + 1];
    for aside in asides {
        places[place(&drafts, &aside)].push(aside.row);
    }
    let mut rows = Vec::new();
    let mut places = places.into_iter();
    for draft in drafts {
        rows.extend(places.next().into_iter().flatten());
        rows.push(draft.row);
    }
    rows.extend(places.flatten());
    rows
}

/// Before which of the drafts it stands.
fn place(drafts: &[Draft], aside: &Aside) -> usize {
    let mine = |draft: &Draft| !aside.of_thread || draft.row.lane == aside.row.lane;
    let last = drafts.iter().rposition(|draft| mine(draft) && draft.event < aside.event);
    let next = drafts.iter().position(|draft| mine(draft) && draft.event >= aside.event);
    // A thread without a row of its own: where it was when it printed.
    let other = || drafts.iter().position(|draft| draft.event >= aside.event);
    last.map(|last| last + 1).or(next).or_else(other).unwrap_or(drafts.len())
}
