//! The table: which steps are shown, and in what words.

use std::collections::HashMap;

use evidence::Interleaving;
use evidence::interleaving::{Lane, Row, Step};

use super::diagnosis::is_scenario;
use super::moments::Moments;
use super::objects::Objects;
use super::ownership::{self, Holds, Obstacle};
use super::{Case, asides, normalised, source, words};
use crate::engine::Stop;
use crate::trace::{Detail, Event, Kind, Pending};

/// Beyond this many rows the ones go first that say least.
const COMFORTABLE_ROWS: usize = 16;

/// No table is longer: the rows at the end matter most.
const MAX_ROWS: usize = 20;

/// A row, and how much it matters.
#[derive(Clone)]
pub(super) struct Draft {
    pub(super) row: Row,
    /// The event that it tells; for those who are stuck at the end, the one after the last.
    event: usize,
    /// The number that its event had before they were put in order.
    pub(super) number: usize,
    importance: Importance,
}

impl Draft {
    /// A row that is no step.
    pub(super) fn aside(row: Row) -> Self {
        Draft { row, event: 0, number: 0, importance: Importance::High }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Importance {
    /// An unlock: the next lock implies it.
    Low,
    /// A lock: what is done under it implies it.
    Middle,
    High,
}

/// The schedule as a table.
pub(super) fn table(case: &Case<'_>) -> Interleaving {
    let holds = ownership::holds(case.trace);
    let prelude = prelude(&case.trace.events);
    let mut drafts: Vec<Draft> = case
        .trace
        .events
        .iter()
        .enumerate()
        .filter(|(index, event)| *index >= prelude || outlasts_its_call(event, &holds))
        .filter_map(|(index, event)| happened(case, index, event, &holds))
        .collect();
    drafts.extend(stuck(case, &holds));
    let asides = asides::of(case);
    for least in [Importance::Low, Importance::Middle] {
        if drafts.len() > COMFORTABLE_ROWS {
            drafts.retain(|draft| draft.importance > least);
        }
    }
    drafts = fold(asides::insert(drafts, asides), true);
    if steps(&drafts) > COMFORTABLE_ROWS {
        drafts = fold(drafts, false);
    }
    let omitted = steps(&drafts).saturating_sub(MAX_ROWS);
    while steps(&drafts) > MAX_ROWS {
        drafts.remove(0);
    }
    Interleaving { omitted, ..with_states(case, drafts) }
}

/// The rows that are steps.
fn steps(drafts: &[Draft]) -> usize {
    drafts.iter().filter(|draft| draft.row.step.is_one()).count()
}

/// How many events belong to calls of a generated scenario that are over before its threads start: the calls
/// alone say what they did.
fn prelude(events: &[Event]) -> usize {
    let first = events.iter().position(|event| event.kind == Kind::Spawn).unwrap_or(0);
    events[..first].iter().rposition(|event| event.kind == Kind::Return).unwrap_or(0)
}

/// Whether it says more than that it belongs to a call: it is the call's end, or a lock that stays held.
fn outlasts_its_call(event: &Event, holds: &Holds) -> bool {
    let locks = matches!(event.kind, Kind::Lock | Kind::ReadLock | Kind::WriteLock);
    event.kind == Kind::Return || (locks && importance(event, holds) == Importance::High)
}

/// The row of an event, if it is worth one.
fn happened(case: &Case<'_>, index: usize, event: &Event, holds: &Holds) -> Option<Draft> {
    if !is_shown(case, index, event) {
        return None;
    }
    let words = words::of(case, index, event);
    let (file, line) = place(case, event);
    let broken = matches!(event.kind, Kind::Panic | Kind::CellRead | Kind::CellWrite);
    let row = Row {
        lane: event.thread,
        scenario: is_scenario(case, file),
        file: normalised(file),
        line,
        text: words.text,
        value: words.value,
        note: words.note,
        step: if broken { Step::Broken } else { Step::Done },
        act: None,
        meanwhile: Vec::new(),
        changes: Vec::new(),
        times: 1,
        folds: 0,
    };
    Some(Draft {
        row,
        event: index,
        number: case.order[index],
        importance: importance(event, holds),
    })
}

/// The file and the line of an event.
pub(super) fn place<'a>(case: &Case<'a>, event: &Event) -> (&'a str, u32) {
    match (event.kind, event.detail) {
        (Kind::Panic, Detail::Text(panic)) => {
            let panicked = &case.trace.panics[panic];
            (panicked.file.as_str(), panicked.line)
        }
        _ => (event.source.file(), event.dropped_at.unwrap_or(event.source.line())),
    }
}

/// What beginners look at. Threads begin and end by themselves, and a step that only lets time pass or
/// others go first explains nothing, unless it is where a thread is stuck.
fn is_shown(case: &Case<'_>, index: usize, event: &Event) -> bool {
    match event.kind {
        Kind::Start | Kind::Exit | Kind::Spawn | Kind::Join | Kind::Now => false,
        Kind::Yield | Kind::Sleep | Kind::BarrierLeave | Kind::OnceDone | Kind::Close => false,
        Kind::ReceiverComes => false,
        Kind::CellRead | Kind::CellWrite => match case.stop {
            Some(Stop::DataRace { earlier }) => {
                index == *earlier || index + 1 == case.trace.events.len()
            }
            _ => false,
        },
        _ => true,
    }
}

fn importance(event: &Event, holds: &Holds) -> Importance {
    match event.kind {
        Kind::Unlock => Importance::Low,
        Kind::Lock | Kind::ReadLock | Kind::WriteLock => {
            let mut held = event.object.and_then(|lock| holds.get(&lock)).into_iter().flatten();
            // A lock that is held to the end is what somebody waits for.
            let stays = held.any(|hold| std::ptr::eq(hold.since, event.source));
            if stays { Importance::High } else { Importance::Middle }
        }
        _ => Importance::High,
    }
}

/// The rows of those who are stuck at the end.
fn stuck(case: &Case<'_>, holds: &Holds) -> Vec<Draft> {
    if !matches!(case.stop, Some(Stop::Deadlock | Stop::Livelock | Stop::Endless)) {
        return Vec::new();
    }
    let waits: Vec<(&Pending, Obstacle)> = case
        .trace
        .pending
        .iter()
        .map(|pending| (pending, ownership::obstacle(pending, holds, case.trace)))
        .collect();
    // Whoever waits for the end of a thread that is stuck itself explains nothing.
    let others = waits.iter().any(|(_, obstacle)| !matches!(obstacle, Obstacle::Thread(_)));
    let shown = waits.into_iter().filter(|(_, obstacle)| match obstacle {
        Obstacle::None => false,
        Obstacle::Thread(_) => !others,
        _ => true,
    });
    shown.map(|(pending, obstacle)| stuck_row(case, pending, obstacle)).collect()
}

fn stuck_row(case: &Case<'_>, pending: &Pending, obstacle: Obstacle) -> Draft {
    let note = match obstacle {
        Obstacle::Lock(hold) if hold.thread == pending.thread => {
            format!("waits for itself: holds it since :{}", hold.since.line())
        }
        Obstacle::Lock(hold) => format!(
            "waits for {}, who holds it since :{}",
            case.trace.name(hold.thread),
            hold.since.line()
        ),
        Obstacle::Thread(thread) => {
            format!("waits for ever for the end of {}", case.trace.name(thread))
        }
        Obstacle::Sleep => "sleeps for ever".to_owned(),
        Obstacle::Poll => "goes round for ever".to_owned(),
        Obstacle::None => String::new(),
    };
    let file = pending.source.file();
    let text = source::expression(pending.source).unwrap_or_else(|| format!("{:?}", pending.kind));
    let row = Row {
        lane: pending.thread,
        scenario: is_scenario(case, file),
        file: normalised(file),
        line: pending.source.line(),
        text,
        value: String::new(),
        note,
        step: Step::Stuck,
        act: None,
        meanwhile: Vec::new(),
        changes: Vec::new(),
        times: 1,
        folds: 0,
    };
    let event = case.trace.events.len();
    Draft { row, importance: Importance::High, event, number: usize::MAX }
}

/// Folds rows that repeat, up to twelve together, three times or more. With `values`, only rows with
/// the same values count as the same; without, the values of the last round are shown.
fn fold(rows: Vec<Draft>, values: bool) -> Vec<Draft> {
    let same = |a: &Row, b: &Row| {
        (a.lane, a.line, &a.text, &a.note) == (b.lane, b.line, &b.text, &b.note)
            && (a.folds, b.folds) == (0, 0)
            && (!values || a.value == b.value)
    };
    let mut out: Vec<Draft> = Vec::new();
    let mut at = 0;
    while at < rows.len() {
        let repetition = (1..=12).find_map(|period| {
            let times = (1..)
                .take_while(|times| {
                    let next = at + times * period;
                    next + period <= rows.len()
                        && (0..period).all(|i| same(&rows[at + i].row, &rows[next + i].row))
                })
                .count()
                + 1;
            (times >= 3).then_some((period, times))
        });
        let Some((period, times)) = repetition else {
            out.push(rows[at].clone());
            at += 1;
            continue;
        };
        let end = at + period * times;
        out.extend_from_slice(&rows[end - period..end]);
        let last = &mut out.last_mut().expect("a period has rows").row;
        (last.folds, last.times) = (period as u32, times as u32);
        at = end;
    }
    out
}

/// Keeps the lanes that have rows, and says how things stand after each of them.
fn with_states(case: &Case<'_>, drafts: Vec<Draft>) -> Interleaving {
    let mut threads: Vec<usize> = drafts.iter().map(|draft| draft.row.lane).collect();
    threads.sort_unstable();
    threads.dedup();
    let lanes = threads.iter().map(|&thread| Lane { name: case.trace.name(thread) }).collect();
    let file = home(&drafts);
    let first = drafts.iter().find(|draft| draft.row.step.is_one()).map_or(0, |draft| draft.event);
    let objects = Objects::of(case, first);
    let mut moments = Moments::new(case, &objects);
    moments.go_to(first);
    let start = moments.state(&threads, &file);
    let (mut before, mut rows) = (start.clone(), Vec::new());
    let last = drafts.iter().rposition(|draft| draft.row.step.is_one());
    for (index, Draft { mut row, event, .. }) in drafts.into_iter().enumerate() {
        row.lane = threads.iter().position(|&thread| thread == row.lane).expect("it has a row");
        if row.step.is_one() {
            moments.go_to(event);
            let reached = moments.state(&threads, &file);
            row.meanwhile = before.changes(&reached);
            if event < case.trace.events.len() {
                row.act = moments.step();
            }
            if Some(index) == last {
                moments.go_to(case.trace.events.len());
            }
            before = moments.state(&threads, &file);
            row.changes = reached.changes(&before);
        }
        rows.push(row);
    }
    let schedule = String::new();
    Interleaving { lanes, rows, file, omitted: 0, schedule, objects: objects.table, start }
}

/// The learner's file from which most rows are.
fn home(drafts: &[Draft]) -> String {
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for draft in drafts.iter().filter(|draft| !draft.row.scenario && draft.row.step.is_one()) {
        *counts.entry(&draft.row.file).or_default() += 1;
    }
    let most = counts.into_iter().max_by_key(|&(file, count)| (count, std::cmp::Reverse(file)));
    most.map_or_else(String::new, |(file, _)| file.to_owned())
}
