//! One schedule that was run again: what became of it.

use evidence::{Evidence, Interleaving};

use super::evidence as draw;
use super::human;
use super::paint::{Paint, Tone};
use super::plain;
use crate::report::{CheckReport, ExerciseReport, Failed, Report, Verdict};
use crate::terminal::Style;
use crate::wording::{plain as says, replay as wording};

/// The command that replays this failure, with a line above it that says so; empty if there is none.
///
/// A schedule stands in one line, however long: what is broken in two cannot be copied. Before it a shell
/// lets a line end with a backslash.
pub(super) fn invitation(paint: Paint, exercise: &ExerciseReport, failed: &Failed) -> String {
    let Some(schedule) = schedule(failed) else { return String::new() };
    let schedule = crate::text::harmless(schedule);
    let mut command = format!("    {}\n", wording::command(exercise.number, &schedule));
    if command.trim_end().len() > paint.style.width {
        let broken = wording::command(exercise.number, &format!("\\\n      {schedule}"));
        command = format!("    {broken}\n");
    }
    paint.wrapped(2, wording::invitation(exercise)) + &command
}

/// What replays it.
pub(crate) fn schedule(failed: &Failed) -> Option<&str> {
    let schedule = failed.failure.evidence.iter().find_map(|seen| match seen {
        Evidence::Interleaving(table) => Some(&*table.schedule),
        _ => None,
    });
    schedule.filter(|schedule| !schedule.is_empty())
}

/// What became of the schedule `asked`; with `sentences` for screen readers.
pub fn render(report: &Report, asked: &str, style: Style, sentences: bool) -> String {
    let paint = Paint { style: if sentences { Style::plain() } else { style } };
    let mut text = String::new();
    for exercise in &report.exercises {
        for check in &exercise.checks {
            text += &one(paint, exercise, check, asked, sentences);
        }
        text += "\n";
        text += &paint.wrapped(0, &wording::only_one(exercise.number));
    }
    text.trim_start_matches('\n').to_owned()
}

fn one(
    paint: Paint,
    exercise: &ExerciseReport,
    check: &CheckReport,
    asked: &str,
    sentences: bool,
) -> String {
    let show = |seen: &Evidence| {
        if sentences { plain::seen(seen, paint) } else { draw::text(paint, seen) }
    };
    let all = |seen: &[Evidence]| -> String {
        seen.iter().map(|seen| format!("\n{}", show(seen))).collect()
    };
    match &check.verdict {
        Verdict::Failed(failed) => {
            let failed = without_schedule(failed, asked);
            if sentences {
                plain::failure(exercise, check, &failed, paint)
            } else {
                human::failure(paint, exercise, check, &failed)
            }
        }
        Verdict::Passed { evidence } => {
            heading(paint, Tone::Good, check, wording::PASSES_NOW) + &all(evidence)
        }
        Verdict::Inconclusive { because, evidence } if sentences => {
            paint.wrapped(0, &says::undecided(&check.name, because)) + &all(evidence)
        }
        Verdict::Inconclusive { because, evidence } => {
            heading(paint, Tone::Unsure, check, because) + &all(evidence)
        }
        Verdict::Skipped { because } | Verdict::GraderFault { because } => {
            heading(paint, Tone::Unsure, check, because)
        }
    }
}

fn heading(paint: Paint, tone: Tone, check: &CheckReport, said: &str) -> String {
    let title = paint.wrapped(2, &format!("{} ({}): {}", check.name, check.kind, check.promise));
    format!(
        "{} {}\n{}",
        paint.mark(tone),
        title.trim_start(),
        paint.wrapped(2, &human::sentence(said))
    )
}

/// Who has just asked for a schedule need not be told how.
fn without_schedule(failed: &Failed, asked: &str) -> Failed {
    let mut failed = failed.clone();
    for seen in &mut failed.failure.evidence {
        if let Evidence::Interleaving(Interleaving { schedule, .. }) = seen
            && schedule == asked
        {
            schedule.clear();
        }
    }
    failed
}
