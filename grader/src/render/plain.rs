//! The report as sentences, one after the other: for screen readers and logs. Nothing is said by
//! colour, by a symbol or by its place on the line.

use evidence::{Evidence, Interleaving};

use super::evidence as draw;
use super::paint::Paint;
use super::replay;
use super::steps::Steps;
use crate::report::{CheckReport, ExerciseReport, Failed, Report, Verdict};
use crate::terminal::Style;
use crate::wording::{learner, plain as says, steps as words};

/// The report, read from top to bottom.
pub fn render(report: &Report) -> String {
    let paint = Paint { style: Style::plain() };
    let mut text = String::new();
    for exercise in &report.exercises {
        text += &paint.wrapped(0, &says::exercise(exercise));
        for check in &exercise.checks {
            text += &other(check, paint);
        }
        if let Some((check, failed)) = exercise.first_failure() {
            text += &failure(exercise, check, failed, paint);
        }
        text.push('\n');
    }
    let passed = report.exercises.iter().filter(|exercise| exercise.passed()).count();
    let all = report.exercises.len();
    text + &paint.wrapped(0, &learner::total(passed, all, report.points, report.max_points))
}

/// What is neither passed, nor failed, nor just waiting.
fn other(check: &CheckReport, paint: Paint) -> String {
    match &check.verdict {
        Verdict::Inconclusive { because, evidence } => {
            paint.wrapped(0, &says::undecided(&check.name, because)) + &all(evidence, paint)
        }
        Verdict::GraderFault { because } => {
            paint.wrapped(0, &says::undecided(&check.name, because))
        }
        _ => String::new(),
    }
}

fn all(evidence: &[Evidence], paint: Paint) -> String {
    evidence.iter().map(|seen| self::seen(seen, paint)).collect()
}

pub(super) fn seen(seen: &Evidence, paint: Paint) -> String {
    match seen {
        Evidence::Interleaving(table) => steps(table, paint),
        other => draw::text(paint, other),
    }
}

pub(super) fn failure(
    exercise: &ExerciseReport,
    check: &CheckReport,
    failed: &Failed,
    paint: Paint,
) -> String {
    let mut text = paint.wrapped(0, &says::failed(check, failed));
    text += &paint.wrapped(0, &failed.failure.message);
    text += &all(&failed.failure.evidence, paint);
    text += &replay::invitation(paint, exercise, failed);
    text += &paint.wrapped(0, &says::meaning(failed));
    text + &paint.wrapped(0, &learner::more_in_book(&failed.help.page))
}

fn steps(table: &Interleaving, paint: Paint) -> String {
    let steps = Steps::of(table);
    let mut text = paint.wrapped(0, &says::turns(table));
    if let Some(omission) = table.omission() {
        text += &paint.wrapped(0, &words::repeated(&omission));
    }
    for (index, row) in table.rows.iter().enumerate() {
        if let Some(switch) = steps.switch(index) {
            text += &paint.wrapped(0, &format!("{switch}."));
        }
        let told = steps.told(index);
        let numbered = || format!("{}. {told}", steps.number(index));
        text += &paint.wrapped(0, &if row.step.is_one() { numbered() } else { told.clone() });
        if let Some(repetition) = row.repetition() {
            text += &paint.wrapped(0, &words::repeated(&repetition));
        }
    }
    text
}
