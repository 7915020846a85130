//! A session as lines of text, as many as the terminal has. Pure.

use textwrap::core::display_width;

use super::session::{Pane, Session};
use crate::course::Exercise;
use crate::render::human::{self, Detail};
use crate::render::paint::{Paint, Tone, cut};
use crate::render::{brief, hint, list};
use crate::terminal::Style;
use crate::wording::{learner, watch};

/// Lines that are not the pane's: the title, a line below it, the status and the keys.
const FRAME: usize = 4;

/// The screen, line by line. Sees to it that the pane is not scrolled past its end.
pub fn lines(session: &mut Session, style: Style, height: usize) -> Vec<String> {
    let paint = Paint { style };
    let pane = pane(session, paint);
    let room = height.saturating_sub(FRAME).max(1);
    let top = match session.pane {
        // The chosen line is always on the screen.
        Pane::List(at) => session.scroll.clamp((at + 1).saturating_sub(room), at),
        _ => session.scroll,
    };
    session.scroll = top.min(pane.len().saturating_sub(room));
    session.page = room.saturating_sub(1).max(1);
    let below = pane.len().saturating_sub(session.scroll + room);
    let mut lines = vec![title(session, paint), String::new()];
    lines.extend(pane.into_iter().skip(session.scroll).take(room));
    lines.resize(height.saturating_sub(2), String::new());
    lines.push(status(session, paint, below));
    lines.push(keys(session, paint));
    lines
}

fn title(session: &Session, paint: Paint) -> String {
    let exercises = &session.desk.course.exercises;
    let points = exercises.iter().map(|exercise| session.desk.points(exercise)).sum();
    let max = exercises.iter().map(Exercise::max_points).sum();
    let total = learner::total(session.desk.passed(), exercises.len(), points, max);
    let name = session.exercise().map_or(String::new(), learner::title);
    let width = paint.style.width;
    let gap = width.saturating_sub(display_width(&name) + display_width(&total));
    if gap < 2 {
        return paint.tone(Tone::Strong, &cut(&name, width, "~"));
    }
    let total = paint.tone(Tone::Faint, &total);
    format!("{}{}{total}", paint.tone(Tone::Strong, &name), " ".repeat(gap))
}

fn pane(session: &Session, paint: Paint) -> Vec<String> {
    let text = match session.pane {
        Pane::Report if session.trouble.is_some() => {
            paint.wrapped(0, session.trouble.as_deref().unwrap_or_default())
        }
        Pane::Report => match session.report() {
            Some(report) => match &report.exercises[..] {
                [exercise] => brief::render(exercise, paint),
                _ => human::render(report, paint.style, Detail { verbose: false }),
            },
            None => beginning(session, paint),
        },
        Pane::Hints => session.exercise().map_or(String::new(), |exercise| {
            hint::render(exercise, &session.desk.entry(exercise), paint)
        }),
        Pane::List(at) => return choices(session, paint, at),
    };
    text.lines().map(ToOwned::to_owned).collect()
}

fn beginning(session: &Session, paint: Paint) -> String {
    let place = session.exercise().map_or(String::new(), learner::place);
    format!("{}\n{}\n", paint.verbatim(0, &place), watch::NO_REPORT)
}

fn choices(session: &Session, paint: Paint, at: usize) -> Vec<String> {
    let exercises: Vec<&Exercise> = session.desk.course.exercises.iter().collect();
    let style = Style { width: paint.style.width.saturating_sub(2), ..paint.style };
    let rows = list::rows(&session.desk, &exercises, Paint { style });
    let mark = |index| if index == at { "> " } else { "  " };
    rows.iter().enumerate().map(|(index, row)| format!("{}{row}", mark(index))).collect()
}

/// What goes on, what there is to say, or what to do.
fn status(session: &Session, paint: Paint, below: usize) -> String {
    let (tone, text) = match &session.running {
        Some((_, told)) => (Tone::Unsure, told.clone()),
        None if !session.message.is_empty() => (Tone::Strong, session.message.clone()),
        None if below > 0 => (Tone::Faint, watch::more(below)),
        None => (Tone::Faint, watch::SAVE_TO_GRADE.to_owned()),
    };
    let line = text.lines().next().unwrap_or_default();
    paint.tone(tone, &cut(line, paint.style.width, "~"))
}

fn keys(session: &Session, paint: Paint) -> String {
    let keys: &[(&str, &str)] = match session.pane {
        Pane::List(_) => &watch::LIST_KEYS,
        _ => &watch::KEYS,
    };
    let mut line = String::new();
    let mut width = 0;
    for (key, does) in keys {
        width += key.len() + does.len() + 3;
        if width > paint.style.width + 2 {
            break;
        }
        line += &format!("{} {does}  ", paint.tone(Tone::Strong, key));
    }
    line.trim_end().to_owned()
}
