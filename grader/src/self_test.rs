//! `cargo grade self-test`: the course graded by its own grader.
//!
//! The stub compiles without warnings and fails; the reference and every other right answer pass
//! everything; every wrong answer fails the check that it names with the fault that it names.

use std::path::Path;

use evidence::{Evidence, Interleaving};

use crate::answer::{Answer, Unreadable};
use crate::course::{Check, Course, Exercise};
use crate::exit::Exit;
use crate::grade::{GradeError, Grader};
use crate::report::{CheckReport, ExerciseReport, Verdict};
use crate::rules::{self, Expectation, RULES};

/// What was found.
#[derive(Debug, Default)]
pub struct Findings {
    /// One line for each exercise.
    pub exercises: Vec<Tally>,
    /// Everything that is not as it should be.
    pub problems: Vec<String>,
    /// What the grader or the machine is at fault for.
    pub faults: Vec<String>,
    /// The interleavings that break the wrong answers.
    pub traces: Vec<Trace>,
}

/// The interleaving that breaks a wrong answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trace {
    /// `02-race-fix/load_then_store`.
    pub name: String,
    /// What was found.
    pub interleaving: Interleaving,
}

/// How many answers of an exercise were graded.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Tally {
    /// The exercise's folder.
    pub folder: String,
    /// Answers that should pass.
    pub right: usize,
    /// Answers that should fail.
    pub wrong: usize,
    /// Checks that this machine could not decide.
    pub inconclusive: usize,
}

impl Findings {
    /// How the grader ends, as after any other grading.
    pub fn exit(&self) -> Exit {
        if !self.faults.is_empty() {
            Exit::Fault
        } else if !self.problems.is_empty() {
            Exit::Failed
        } else if self.exercises.iter().any(|tally| tally.inconclusive > 0) {
            Exit::Inconclusive
        } else {
            Exit::Passed
        }
    }
}

/// What should come of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    Stub,
    Right,
    Wrong,
}

/// Checks the repository's rules and grades every answer of these exercises.
///
/// # Errors
/// When an answer cannot be read, or nothing could be graded.
pub fn run(
    course: &Course,
    exercises: &[&Exercise],
    grader: &Grader<'_>,
) -> Result<Result<Findings, GradeError>, Unreadable> {
    let mut findings = Findings::default();
    let mut queues = Vec::new();
    for exercise in exercises {
        for rule in RULES {
            for problem in (rule.check)(course, exercise) {
                findings.problems.push(format!("{}: {problem} ({})", exercise.folder, rule.reason));
            }
        }
        let queue = answers(course, exercise)?;
        let count = |role| queue.iter().filter(|(is, _)| *is == role).count();
        findings.exercises.push(Tally {
            folder: exercise.folder.clone(),
            right: count(Role::Right),
            wrong: count(Role::Wrong),
            inconclusive: 0,
        });
        queues.push(queue);
    }
    // One round grades one answer of each exercise, so that a single cargo call builds them all.
    let rounds = queues.iter().map(Vec::len).max().unwrap_or(0);
    for round in 0..rounds {
        let now: Vec<&(Role, Answer)> =
            queues.iter().filter_map(|queue| queue.get(round)).collect();
        let answers: Vec<Answer> = now.iter().map(|(_, answer)| answer.clone()).collect();
        // Of a wrong answer the check that must catch it is of interest, and what comes before it.
        let wanted = |answer: &Answer, check: &Check| {
            let exercise = exercises.iter().find(|exercise| exercise.folder == answer.exercise);
            exercise
                .and_then(|exercise| expected(exercise, answer))
                .is_none_or(|expected| expected.check == check.name)
        };
        let report = match grader.grade_where(&answers, wanted) {
            Ok(report) => report,
            Err(error) => return Ok(Err(error)),
        };
        for (graded, (role, answer)) in report.exercises.iter().zip(now) {
            judge(&mut findings, exercises, *role, answer, graded);
        }
    }
    Ok(Ok(findings))
}

fn answers(course: &Course, exercise: &Exercise) -> Result<Vec<(Role, Answer)>, Unreadable> {
    let mut all = vec![
        (Role::Stub, Answer::of_learner(course, exercise)?),
        (Role::Right, Answer::of_reference(course, exercise)?),
    ];
    for (role, folder) in [(Role::Right, "also"), (Role::Wrong, "wrong")] {
        let answers = Answer::all_in(course, exercise, folder)?;
        all.extend(answers.into_iter().map(|answer| (role, answer)));
    }
    Ok(all)
}

fn judge(
    findings: &mut Findings,
    exercises: &[&Exercise],
    role: Role,
    answer: &Answer,
    graded: &ExerciseReport,
) {
    let label = &answer.label;
    for warning in &graded.warnings {
        findings.problems.push(format!("{label} compiles with a warning:\n{warning}"));
    }
    for check in &graded.checks {
        if let Verdict::GraderFault { because } = &check.verdict {
            findings.faults.push(format!("{label}: {}: {because}", check.name));
        }
    }
    let problem = match role {
        Role::Stub => stub_problem(graded),
        Role::Right => right_problem(graded),
        Role::Wrong => {
            findings.traces.extend(trace(answer, graded));
            let exercise = exercises.iter().find(|exercise| exercise.folder == graded.folder);
            exercise.and_then(|exercise| wrong_problem(exercise, answer, graded))
        }
    };
    findings.problems.extend(problem.map(|problem| format!("{label}: {problem}")));
    if let Some(tally) = findings.exercises.iter_mut().find(|t| t.folder == graded.folder) {
        tally.inconclusive += graded.checks.iter().filter(|check| is_undecided(check)).count();
    }
}

fn is_undecided(check: &CheckReport) -> bool {
    matches!(check.verdict, Verdict::Inconclusive { .. })
}

fn stub_problem(graded: &ExerciseReport) -> Option<String> {
    match graded.first_failure() {
        None => Some("the stub passes: there is nothing to do".into()),
        Some((_, failed)) if failed.failure.fault == evidence::Fault::CompileError => {
            Some("the stub does not compile".into())
        }
        Some(_) => None,
    }
}

fn right_problem(graded: &ExerciseReport) -> Option<String> {
    let (check, failed) = graded.first_failure()?;
    let failure = &failed.failure;
    Some(format!("is right, and fails {} ({}): {}", check.name, failure.fault, failure.message))
}

/// What a wrong answer's first line announces. One that cannot be read is reported by its rule.
fn expected(exercise: &Exercise, answer: &Answer) -> Option<Expectation> {
    let source = String::from_utf8_lossy(&answer.files.first()?.bytes);
    rules::expectation(exercise, &source).ok()
}

fn wrong_problem(exercise: &Exercise, answer: &Answer, graded: &ExerciseReport) -> Option<String> {
    let expected = expected(exercise, answer)?;
    let check = graded.checks.iter().find(|check| check.name == expected.check)?;
    if check.verdict.fault() == Some(expected.fault) || is_undecided(check) {
        return None;
    }
    let instead = graded
        .checks
        .iter()
        .filter_map(|check| Some(format!("{} ({})", check.name, check.verdict.fault()?)))
        .collect::<Vec<_>>();
    let instead = if instead.is_empty() { "nothing".into() } else { instead.join(", ") };
    Some(format!("should fail {} ({}), and fails {instead}", expected.check, expected.fault))
}

/// The interleaving of the answer's first failure, if it has one.
fn trace(answer: &Answer, graded: &ExerciseReport) -> Option<Trace> {
    let (_, failed) = graded.first_failure()?;
    let interleaving = failed.failure.evidence.iter().find_map(|seen| match seen {
        Evidence::Interleaving(interleaving) => Some(interleaving.as_table()),
        _ => None,
    })?;
    let stem = Path::new(&answer.label).file_stem()?.to_string_lossy();
    Some(Trace { name: format!("{}/{stem}", graded.folder), interleaving })
}

/// What was found, as text.
pub fn text(findings: &Findings) -> String {
    let mut text = String::from("exercise                 right  wrong  inconclusive\n");
    for tally in &findings.exercises {
        let Tally { folder, right, wrong, inconclusive } = tally;
        text += &format!("{folder:<24} {right:>5}  {wrong:>5}  {inconclusive:>12}\n");
    }
    let problems = || findings.problems.iter().chain(&findings.faults);
    for problem in problems() {
        text += &format!("\n✗ {problem}\n");
    }
    match problems().count() {
        0 => {
            text += "\nEvery stub fails, every right answer passes, every wrong answer fails as it says.\n";
            if findings.exit() == Exit::Inconclusive {
                text += "Of what is inconclusive this machine could tell neither.\n";
            }
        }
        1 => text += "\n1 problem.\n",
        count => text += &format!("\n{count} problems.\n"),
    }
    text
}
