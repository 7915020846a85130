//! One exercise on a screen that may be small: the first fault, then every check in one line.

use super::human;
use super::paint::{Paint, Tone};
use crate::report::{CheckReport, ExerciseReport, Verdict};

/// The verdicts on one exercise, the first fault on top.
pub fn render(exercise: &ExerciseReport, paint: Paint) -> String {
    let mut text = String::new();
    if let Some((check, failed)) = exercise.first_failure() {
        text += human::failure(paint, exercise, check, failed).trim_start_matches('\n');
        text.push('\n');
    }
    for warning in &exercise.warnings {
        text += &paint.verbatim(0, warning.trim_end());
        text.push('\n');
    }
    for check in &exercise.checks {
        text += &line(check, paint);
    }
    text
}

fn line(check: &CheckReport, paint: Paint) -> String {
    let (tone, remark) = match &check.verdict {
        Verdict::Passed { .. } => (Tone::Good, ""),
        Verdict::Failed(failed) => (Tone::Bad, failed.failure.fault.id()),
        Verdict::Skipped { because } => (Tone::Faint, &**because),
        Verdict::Inconclusive { because, .. } | Verdict::GraderFault { because } => {
            (Tone::Unsure, &**because)
        }
    };
    let indented = paint.verbatim(2, &format!("{}  {remark}", check.name));
    format!("{} {}", paint.mark(tone), indented.trim_start())
}
