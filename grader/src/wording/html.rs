//! What the report as a web page says beyond the report itself.

use evidence::Speedup;

use crate::report::{CheckReport, ExerciseReport, Help, Report};

pub(crate) const TITLE: &str = "Lockstep report";
pub(crate) const PROGRESS: &str = "Points reached";
pub(crate) const OVERVIEW: &str = "All exercises of this report";
pub(crate) const COLUMNS: [&str; 4] = ["Exercise", "Checks", "Points", "First fault"];
pub(crate) const PASSED: &str = "passed";
pub(crate) const FAILED: &str = "failed";
pub(crate) const SKIPPED: &str = "skipped";
pub(crate) const UNDECIDED: &str = "inconclusive";
pub(crate) const GRADER_FAULT: &str = "not your fault";
pub(crate) const WARNING: &str = "The compiler warns:";
pub(crate) const COMPILER: &str = "The compiler says:";
pub(crate) const INTERLEAVING: &str = "The turns that the threads took";
pub(crate) const ROUNDS: &str = "What each round measured";
pub(crate) const ROUND: &str = "round";

pub(crate) fn points(report: &Report) -> String {
    let passed = report.exercises.iter().filter(|exercise| exercise.passed()).count();
    super::learner::total(passed, report.exercises.len(), report.points, report.max_points)
}

pub(crate) fn sources(exercise: &ExerciseReport) -> String {
    format!(
        "{} of {} points for {}. Chapter: book/src/{}",
        exercise.points, exercise.max_points, exercise.answer, exercise.book
    )
}

pub(crate) fn worth(check: &CheckReport) -> String {
    let points = if check.max_points == 1 { "point" } else { "points" };
    format!("({}, {} of {} {points})", check.kind, check.points, check.max_points)
}

pub(crate) fn meaning(help: &Help) -> String {
    format!("What this means: {} {}", help.meaning, super::learner::more_in_book(&help.page))
}

pub(crate) fn made_by(report: &Report) -> String {
    let grader = &report.grader;
    format!(
        "Graded by lockstep {} with {} on {} CPUs; sandbox: {}. To repeat it: --seed {}.",
        grader.version, grader.toolchain, grader.cpus, grader.sandbox, report.seed
    )
}

pub(crate) fn needed(threshold: f64) -> String {
    format!("needed: {threshold:.2}")
}

pub(crate) fn chart(measured: &Speedup) -> String {
    let rounds: Vec<String> =
        measured.rounds.iter().map(|round| format!("{:.2}", round.balance())).collect();
    format!(
        "Work by busiest thread, round by round: {}. Needed: {:.2}.",
        rounds.join(", "),
        measured.threshold
    )
}
