//! One schedule instead of all: the one that failed before, with what the code prints beside its steps.

use std::rc::Rc;

use evidence::interleaving::Step;
use evidence::{Evidence, Interleaving, Outcome, Schedule};

use super::failed;
use crate::capture::Capture;
use crate::engine::{self, Path, Scenario, Script, Session, Settings};
use crate::explain;
use crate::trace::Trace;

mod words;

/// Runs the one execution of `scenario` that `schedule` describes. Where the code takes other steps
/// now, it follows what still fits.
pub(super) fn replay(
    session: &Session,
    scenario: Rc<dyn Scenario>,
    settings: Settings,
    schedule: &str,
    check_file: &str,
) -> Outcome {
    let inconclusive = |because| Outcome::Inconclusive { because, evidence: Vec::new() };
    let Ok(schedule) = Schedule::parse(schedule) else {
        return inconclusive(words::UNREADABLE.to_owned());
    };
    let march = schedule.lag.map(i64::from);
    let settings =
        Settings { march, locate_drops: true, look_inside: true, prints: true, ..settings };
    let check = schedule.check.clone();
    let mut path = Path::new(None).scripted(Script::new(schedule));
    let mut trace = Trace::default();
    let capture = match Capture::begin() {
        Ok(capture) => capture,
        Err(error) => return inconclusive(words::no_capture(&error)),
    };
    let ending = engine::run(session, scenario, &mut path, &mut trace, settings);
    drop(capture);

    let went_well = ending.stop.is_none();
    let departed = path.script().and_then(|script| script.departed(went_well));
    let event =
        |step: usize| trace.steps.get(step).map_or(trace.events.len(), |made| made.event as usize);
    let departed = departed.map(event);
    let limit = ending.stop.as_ref().and_then(|stop| explain::limit(stop, &trace, ending.thread));
    let again = engine::recorded(&trace, &path.outcomes(), march);
    if let Some(because) = limit {
        return inconclusive(because);
    }
    let (fault, table) = explain::explain(&ending, trace, check_file, departed);
    let fits_to = departed.map(|_| fits_to(&table));
    let schedule = named(again, &check);
    match (fault, fits_to) {
        (Some((fault, message)), fits_to) => {
            let note = fits_to.map(|row| Evidence::Note { text: words::fails_otherwise(row) });
            let table = Evidence::Interleaving(Interleaving { schedule, ..table });
            failed(fault, message, note.into_iter().chain([table]).collect())
        }
        (None, None) => Outcome::Passed { evidence: vec![Evidence::Interleaving(table)] },
        (None, Some(row)) => Outcome::Inconclusive {
            because: words::no_longer_fits(row),
            evidence: vec![Evidence::Interleaving(table)],
        },
    }
}

/// The last row, by its number, before the code takes other steps; `None`: it is not shown.
fn fits_to(table: &Interleaving) -> Option<usize> {
    let at = table.rows.iter().position(|row| row.step == Step::Departed)?;
    Some(table.numbers().take(at).flatten().last().unwrap_or(table.omitted))
}

/// Longer schedules nobody copies.
const MAX_SCHEDULE: usize = 4_000;

/// The schedule of this check as text; empty if nobody can ask for it, or it is too long.
pub(super) fn named(schedule: Schedule, check: &str) -> String {
    let text = Schedule { check: check.to_owned(), ..schedule }.to_string();
    if check.is_empty() || text.len() > MAX_SCHEDULE { String::new() } else { text }
}
