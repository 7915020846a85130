//! Rows that are no steps: what threads print, and where the code leaves the schedule.

use std::borrow::Cow;

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
                row: row(printed.thread, &shortened(line), Step::Printed),
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

/// `dbg!` begins with a path that everybody knows: its line is enough.
fn shortened(line: &str) -> Cow<'_, str> {
    let short = || {
        let (place, said) = line.strip_prefix('[')?.split_once("] ")?;
        let (rest, column) = place.rsplit_once(':')?;
        let (file, line) = rest.rsplit_once(':')?;
        let number = |text: &str| !text.is_empty() && text.bytes().all(|it| it.is_ascii_digit());
        let is_place = number(line) && number(column) && file.ends_with(".rs");
        is_place.then(|| format!(":{line} {said}"))
    };
    short().map_or(Cow::Borrowed(line), Cow::Owned)
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
        act: None,
        meanwhile: Vec::new(),
        changes: Vec::new(),
        times: 1,
        folds: 0,
    }
}

/// The rows, each aside where it belongs.
pub(super) fn insert(drafts: Vec<Draft>, asides: Vec<Aside>) -> Vec<Draft> {
    let mut places: Vec<Vec<Draft>> = vec![Vec::new(); drafts.len() + 1];
    for aside in asides {
        places[place(&drafts, &aside)].push(Draft::aside(aside.row));
    }
    let mut rows = Vec::new();
    let mut places = places.into_iter();
    for draft in drafts {
        rows.extend(places.next().into_iter().flatten());
        rows.push(draft);
    }
    rows.extend(places.flatten());
    rows
}

/// Before which of the drafts it stands.
fn place(drafts: &[Draft], aside: &Aside) -> usize {
    let mine = |draft: &Draft| !aside.of_thread || draft.row.lane == aside.row.lane;
    let last = drafts.iter().rposition(|draft| mine(draft) && draft.number < aside.event);
    let next = drafts.iter().position(|draft| mine(draft) && draft.number >= aside.event);
    // A thread without a row of its own: where it was when it printed.
    let other = || drafts.iter().position(|draft| draft.number >= aside.event);
    last.map(|last| last + 1).or(next).or_else(other).unwrap_or(drafts.len())
}

#[cfg(test)]
mod tests {
    use super::shortened;

    #[test]
    fn what_dbg_prints_keeps_its_line_alone() {
        assert_eq!(
            shortened("[a b/model/../src/lib.rs:82:13] self.len() = 0"),
            ":82 self.len() = 0"
        );
        for other in ["[1, 2] = x", "[lib.rs:82] x", "[x.rs:a:1] x", "plain", "[", ""] {
            assert_eq!(shortened(other), other);
        }
    }
}
