//! A schedule to be stepped through: the table, buttons, and beside it how things stand.
//!
//! All moments are drawn here and lie in the page as templates, so that the script has nothing to say
//! of its own. Without it, and on paper, there is the table.

use evidence::Interleaving;
use evidence::interleaving::{ObjectState, Sort, State, ThreadState, render};

use super::escape::{escape, prose};
use crate::render::steps::Steps;
use crate::wording::html;
use crate::wording::steps as says;

/// What makes the buttons work.
pub const SCRIPT: &str = include_str!("stepper.js");

/// How it looks.
pub const STYLE_SHEET: &str = include_str!("stepper.css");

/// The schedule; as a table alone if it was recorded without its states.
pub fn stepper(table: &Interleaving) -> String {
    let drawn = super::evidence::wide(html::INTERLEAVING, &render::html(table));
    let steps = Steps::of(table);
    if steps.states.len() < 2 {
        return drawn;
    }
    let mut text = format!("<div class=\"stepper\">\n{drawn}<div class=\"moment\" hidden>\n");
    text += &format!("<div class=\"controls\" role=\"group\" aria-label=\"{}\">\n", says::STEP);
    for (way, label, key) in says::BUTTONS {
        text += &format!(
            "<button type=\"button\" data-go=\"{way}\" aria-keyshortcuts=\"{key}\">{label}</button>\n"
        );
    }
    text += &format!(
        "</div>\n<p class=\"says\"></p>\n<div class=\"state\"></div>\n\
         <p class=\"quiet\">{}</p>\n</div>\n",
        says::KEYS
    );
    for number in 0..steps.states.len() {
        text += &format!("<template>\n{}</template>\n", moment(&steps, number));
    }
    text + "</div>\n"
}

/// How things stand after so many steps: first what was just done, in a sentence, then the tables.
fn moment(steps: &Steps<'_>, number: usize) -> String {
    let (table, now) = (steps.table, &steps.states[number]);
    let before = &steps.states[number.saturating_sub(1)];
    let last = steps.number(steps.states.len() - 2);
    let heading = match number.checked_sub(1) {
        None => says::heading(0, last),
        Some(row) => says::heading(steps.number(row), last),
    };
    let told: String = match number.checked_sub(1) {
        None => String::new(),
        Some(row) => {
            let switch = steps.switch(row).map(|switch| switch + ". ");
            prose(&(switch.unwrap_or_default() + &steps.told(row)))
        }
    };
    let mut text = format!("<p><strong>{}.</strong> {told}</p>\n", escape(&heading));
    let lanes = 0..table.lanes.len();
    let threads = lanes.filter_map(|lane| thread(table, [before, now], lane));
    text += &group(says::THREADS, says::THREAD_COLUMNS, threads.collect());
    let objects = || (0..table.objects.len()).filter(|&index| is_of_interest(steps, index));
    let locks = objects().filter_map(|index| lock(table, [before, now], index));
    text += &group(says::LOCKS, says::LOCK_COLUMNS, locks.collect());
    let values = objects().filter(|&index| has_value(steps, index));
    let values = values.filter_map(|index| value(table, [before, now], index));
    text + &group(says::VALUES, says::VALUE_COLUMNS, values.collect())
}

/// Whether a row touches the object, or somebody holds it or waits for it: others only fill the page.
fn is_of_interest(steps: &Steps<'_>, index: usize) -> bool {
    let touched = steps.table.rows.iter().any(|row| {
        let act = row.act.as_ref();
        act.is_some_and(|act| act.object == Some(index) || act.lock == Some(index))
    });
    touched
        || steps.states.iter().any(|state| {
            let held = state.objects.get(index).is_some_and(|object| !object.holders.is_empty());
            held || state.waiters(index).next().is_some()
        })
}

/// Whether something is ever known of what the object holds.
fn has_value(steps: &Steps<'_>, index: usize) -> bool {
    steps
        .states
        .iter()
        .filter_map(|state| state.objects.get(index))
        .any(|object| object.value.is_some() || object.changed_by.is_some())
}

/// A line of a table, and whether it has changed in this step.
struct Line {
    cells: [String; 3],
    changed: bool,
}

fn thread(table: &Interleaving, [before, now]: [&State; 2], lane: usize) -> Option<Line> {
    let ThreadState { at, condition: _ } = now.threads.get(lane)?;
    let line = at.as_ref().map_or_else(String::new, |at| says::at(at).replace("line ", ""));
    let cells = [says::thread(table, lane), line, says::stands(table, now, lane)];
    Some(Line { cells, changed: before.threads.get(lane) != now.threads.get(lane) })
}

fn lock(table: &Interleaving, [before, now]: [&State; 2], index: usize) -> Option<Line> {
    let state = now.objects.get(index)?;
    let sort = table.objects[index].sort;
    let waiters = |state: &State| state.waiters(index).collect::<Vec<_>>();
    let has_holder = matches!(sort, Sort::Mutex | Sort::RwLock | Sort::Once);
    if sort == Sort::Atomic {
        return None;
    }
    let holder = |state: &ObjectState| {
        if has_holder { says::holders(state) } else { String::new() }
    };
    let cells = [says::object(table, Some(index)), holder(state), says::waiters(table, now, index)];
    let held = |state: &State| state.objects.get(index).map(|object| object.holders.clone());
    let changed = held(before) != held(now) || waiters(before) != waiters(now);
    Some(Line { cells, changed })
}

fn value(table: &Interleaving, [before, now]: [&State; 2], index: usize) -> Option<Line> {
    let state = now.objects.get(index)?;
    let object = &table.objects[index];
    let was = state.was.as_ref().map_or_else(String::new, |was| {
        says::value(object, &ObjectState { value: Some(was.clone()), ..ObjectState::default() })
    });
    let cells = [says::object(table, Some(index)), says::value(object, state), was];
    let told =
        |state: &ObjectState| (state.value.clone(), state.was.clone(), state.changed_by.clone());
    let changed = before.objects.get(index).map(told) != Some(told(state));
    Some(Line { cells, changed })
}

/// A table; nothing if it has no lines.
fn group(caption: &str, columns: [&str; 3], lines: Vec<Line>) -> String {
    if lines.is_empty() {
        return String::new();
    }
    let mut text = format!("<table>\n<caption>{caption}</caption>\n<thead><tr>");
    for column in columns {
        text += &format!("<th scope=\"col\">{column}</th>");
    }
    text += "</tr></thead>\n<tbody>\n";
    for Line { cells: [name, middle, end], changed } in lines {
        // Colour alone would not reach everybody.
        let (class, mark) = if changed {
            let mark = says::CHANGED;
            (
                " class=\"changed\"",
                format!("<span class=\"mark\" role=\"img\" aria-label=\"{mark}\">▸</span> "),
            )
        } else {
            ("", String::new())
        };
        text += &format!(
            "<tr{class}><th scope=\"row\">{mark}{}</th><td>{}</td><td>{}</td></tr>\n",
            prose(&name),
            prose(&middle),
            prose(&end)
        );
    }
    text + "</tbody>\n</table>\n"
}
