//! The report for a person at a terminal: a table, then the first fault of each exercise.

use evidence::{Evidence, Fault};
use textwrap::core::display_width;

use super::evidence as draw;
use super::paint::{Paint, Tone, cut};
use super::replay;
use crate::report::{CheckReport, ExerciseReport, Failed, Report, Verdict};
use crate::terminal::Style;
use crate::wording::learner;

/// What to show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Detail {
    /// Every check with its time and what was seen, not only the first fault.
    pub verbose: bool,
}

/// Pieces of evidence shown for one fault: of a compiler's many messages, the first ones matter.
const SHOWN: usize = 3;

/// Refusals shown: each has to be mended, and none follows from another.
const REFUSALS: usize = 20;

/// The report as text, no line wider than the terminal.
pub fn render(report: &Report, style: Style, detail: Detail) -> String {
    let paint = Paint { style };
    let mut text = table(paint, report);
    for exercise in &report.exercises {
        text += &checks(paint, exercise, detail, report.exercises.len() == 1);
        if let Some((check, failed)) = exercise.first_failure() {
            text += &failure(paint, exercise, check, failed);
        }
    }
    text + &closing(paint, report)
}

fn table(paint: Paint, report: &Report) -> String {
    let titles = report.exercises.iter().map(|exercise| display_width(&title(exercise))).max();
    let room = paint.style.width.saturating_sub(33).max(12);
    let width = titles.unwrap_or(8).clamp(8, room);
    let mut lines = vec![format!("  {:width$}  checks   points", "exercise")];
    for exercise in &report.exercises {
        lines.push(row(paint, exercise, width));
    }
    if report.exercises.len() > 1 {
        let points = format!("{}/{}", report.points, report.max_points);
        lines.push(format!("  {:width$}  {:>6}  {points:>7}", "total", ""));
    }
    let mut text = String::new();
    for line in lines {
        text += line.trim_end();
        text.push('\n');
    }
    text
}

fn title(exercise: &ExerciseReport) -> String {
    format!("{:02} {}", exercise.number, exercise.title)
}

fn row(paint: Paint, exercise: &ExerciseReport, width: usize) -> String {
    let passed = exercise.checks.iter().filter(|check| check.verdict.passed()).count();
    let title = cut(&title(exercise), width, "…");
    let padding = " ".repeat(width - display_width(&title).min(width));
    let checks = format!("{passed}/{}", exercise.checks.len());
    let points = format!("{}/{}", exercise.points, exercise.max_points);
    let (tone, remark) = state(exercise);
    let line = format!("{title}{padding}  {checks:>6}  {points:>7}  ");
    let left = paint.style.width.saturating_sub(display_width(&line) + 2);
    format!("{} {line}{}", paint.mark(tone), paint.tone(tone, &cut(&remark, left, "…")))
}

/// The tone of an exercise, and the word that says why.
fn state(exercise: &ExerciseReport) -> (Tone, String) {
    let is = |test: fn(&Verdict) -> bool| exercise.checks.iter().any(|c| test(&c.verdict));
    if is(|v| matches!(v, Verdict::GraderFault { .. })) {
        (Tone::Unsure, "grader fault".into())
    } else if let Some((_, failed)) = exercise.first_failure() {
        (Tone::Bad, failed.failure.fault.id().into())
    } else if is(|v| matches!(v, Verdict::Inconclusive { .. })) {
        (Tone::Unsure, "inconclusive".into())
    } else {
        (Tone::Good, String::new())
    }
}

fn checks(paint: Paint, exercise: &ExerciseReport, detail: Detail, only: bool) -> String {
    let mut text = String::new();
    for check in &exercise.checks {
        let telling =
            matches!(check.verdict, Verdict::Inconclusive { .. } | Verdict::GraderFault { .. });
        // Those that wait for others are counted in the end; a list of them says nothing new.
        let waits = matches!(check.verdict, Verdict::Skipped { .. });
        if detail.verbose || (only && !waits) || telling {
            text += &one_check(paint, check, detail);
        }
    }
    if text.is_empty() {
        return text;
    }
    format!("\n{}\n{text}", paint.tone(Tone::Strong, &exercise.answer))
}

fn one_check(paint: Paint, check: &CheckReport, detail: Detail) -> String {
    let (tone, because) = match &check.verdict {
        Verdict::Passed { .. } => (Tone::Good, None),
        Verdict::Failed(_) => (Tone::Bad, None),
        Verdict::Skipped { because } => (Tone::Faint, Some(because)),
        Verdict::Inconclusive { because, .. } | Verdict::GraderFault { because } => {
            (Tone::Unsure, Some(because))
        }
    };
    let time = match (detail.verbose, check.cached) {
        (true, true) => format!(" ({}, known from an earlier run)", check.kind),
        (true, false) => format!(" ({}, {} ms)", check.kind, check.millis),
        _ => String::new(),
    };
    let name = paint.verbatim(0, &format!("{}{time}", check.name));
    let mut text = format!("{} {name}", paint.mark(tone));
    text += &paint.wrapped(4, &check.promise);
    if let Some(because) = because {
        text += &paint.wrapped(4, &format!("{}: {because}", word(&check.verdict)));
    }
    text + &seen(paint, &check.verdict, detail)
}

/// What was seen in a check that did not fail. What speaks against an answer without deciding is
/// shown to everybody; how far the search went, to those who ask for more.
fn seen(paint: Paint, verdict: &Verdict, detail: Detail) -> String {
    let (seen, always) = match verdict {
        Verdict::Passed { evidence } => (evidence, false),
        Verdict::Inconclusive { evidence, .. } => (evidence, true),
        _ => return String::new(),
    };
    let telling = |seen: &&Evidence| always && !matches!(seen, Evidence::Search(_));
    let shown = seen.iter().filter(|seen| detail.verbose || telling(seen));
    shown.map(|seen| draw::text(paint, seen)).collect()
}

fn word(verdict: &Verdict) -> &'static str {
    match verdict {
        Verdict::Passed { .. } => "passed",
        Verdict::Failed(_) => "failed",
        Verdict::Skipped { .. } => "skipped",
        Verdict::Inconclusive { .. } => "inconclusive",
        Verdict::GraderFault { .. } => "not your fault",
    }
}

/// A fault in full: what broke, what was seen, what it means.
pub(super) fn failure(
    paint: Paint,
    exercise: &ExerciseReport,
    check: &CheckReport,
    failed: &Failed,
) -> String {
    let failure = &failed.failure;
    let heading = format!("{}: {}", exercise.folder, failed.help.title);
    let mut text = format!("\n{} {}", paint.mark(Tone::Bad), paint.verbatim(0, &heading));
    let broken = format!("{} ({}): {}", check.name, check.kind, check.promise);
    text += &paint.wrapped(2, &broken);
    text += "\n";
    text += &paint.wrapped(2, &sentence(&failure.message));
    // How far the search went is of interest only where nothing was found.
    let telling = failure.evidence.iter().filter(|seen| !matches!(seen, Evidence::Search(_)));
    let most = if failure.fault == Fault::Forbidden { REFUSALS } else { SHOWN };
    for seen in telling.take(most) {
        text += "\n";
        text += &match seen {
            // The panic's message is the failure's: its place is what is new.
            Evidence::Panic { message, at: Some(at) } if *message == failure.message => {
                paint.wrapped(2, &format!("at {}:{}", at.file, at.line))
            }
            seen => draw::text(paint, seen),
        };
    }
    if let more @ 1.. = failure.evidence.len().saturating_sub(most) {
        text += &paint.wrapped(2, &format!("… and {more} more"));
    }
    text += "\n";
    let invitation = replay::invitation(paint, exercise, failed);
    if !invitation.is_empty() {
        text += &format!("{invitation}\n");
    }
    text += &paint.wrapped(2, &format!("What this means: {}", failed.help.meaning));
    let more = learner::more_in_book(&failed.help.page);
    text + &paint.wrapped(2, &more)
}

/// The message with a capital letter and a full stop.
pub(super) fn sentence(message: &str) -> String {
    let mut characters = message.chars();
    let first = characters.next().map_or(String::new(), |c| c.to_uppercase().to_string());
    let rest = characters.as_str();
    let stop = if message.ends_with(['.', '!', '?', ':', '`']) || message.contains('\n') {
        ""
    } else {
        "."
    };
    format!("{first}{rest}{stop}")
}

fn closing(paint: Paint, report: &Report) -> String {
    let skipped = report.exercises.iter().flat_map(|exercise| &exercise.checks);
    let skipped = skipped.filter(|check| matches!(check.verdict, Verdict::Skipped { .. })).count();
    let mut text = String::new();
    if skipped > 0 {
        let checks = if skipped == 1 { "check waits" } else { "checks wait" };
        text +=
            &paint.wrapped(0, &format!("{skipped} more {checks} until those that they need pass."));
    }
    let next = report.exercises.iter().find(|exercise| exercise.first_failure().is_some());
    if let Some(next) = next
        && next.answer == format!("exercises/{}", next.folder)
    {
        let folder = &next.folder;
        text += &paint.wrapped(
            0,
            &format!(
                "Next: read exercises/{folder}/README.md, edit exercises/{folder}/src/lib.rs, then run `cargo grade {}`.",
                next.number
            ),
        );
    } else if next.is_none() && report.exercises.iter().all(ExerciseReport::passed) {
        text += &format!("{}\n", paint.tone(Tone::Good, "Every check passed."));
    }
    if text.is_empty() { text } else { format!("\n{text}") }
}
