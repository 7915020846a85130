//! The report: every verdict of a run, versioned. Every renderer and export is a function of it.

use evidence::{Evidence, Failure, Fault};
use serde::{Deserialize, Serialize};

use crate::course::{Kind, Visibility};
use crate::exit::Exit;

pub mod bounds;

/// The version of this format; `grader/schema/report-1.schema.json` describes it.
pub const SCHEMA: &str = "lockstep-report/1";

/// All verdicts of one run.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Report {
    /// [`SCHEMA`].
    pub schema: String,
    /// What graded.
    pub grader: GraderInfo,
    /// Where all randomness came from; repeat the run with `--seed`.
    pub seed: u64,
    /// Points of all checks that passed.
    pub points: u32,
    /// Points of all checks.
    pub max_points: u32,
    /// What the whole is worth, from 0 to 1: the weighted points out of those that there are.
    pub score: f64,
    /// In the order of their numbers.
    pub exercises: Vec<ExerciseReport>,
}

/// What graded, and on what.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GraderInfo {
    /// The grader's version.
    pub version: String,
    /// The compiler, as `rustc --version` says.
    pub toolchain: String,
    /// CPUs that this process may use.
    pub cpus: usize,
    /// What stood between the answer and the machine: `none` when learning locally.
    pub sandbox: String,
    /// What an answer was allowed to use: `open` when learning locally, `strict` for marks.
    pub policy: String,
}

/// The verdicts on one exercise.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ExerciseReport {
    /// The number that its folder starts with.
    pub number: u32,
    /// `02-race-fix`.
    pub folder: String,
    /// `race-fix`.
    pub package: String,
    /// Its name for people.
    pub title: String,
    /// Its page in the book, relative to `book/src`.
    pub book: String,
    /// Which sources were graded.
    pub answer: String,
    /// SHA-256 of these sources.
    pub digest: String,
    /// SHA-256 of all else that the verdicts rest on: the course's checks, manifests and crates.
    pub course: String,
    /// How much a point of this exercise counts in the score.
    pub weight: f64,
    /// Points of the checks that passed.
    pub points: u32,
    /// Points of all checks.
    pub max_points: u32,
    /// What compiled with a warning: the compiler's messages.
    pub warnings: Vec<String>,
    /// In the order of `exercise.toml`.
    pub checks: Vec<CheckReport>,
}

/// The verdict on one check.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CheckReport {
    /// The check's name.
    pub name: String,
    /// How it was checked.
    pub kind: Kind,
    /// What it promises.
    pub promise: String,
    /// Who may see how it ended.
    pub visibility: Visibility,
    /// `max_points` if it passed, else 0.
    pub points: u32,
    /// What it is worth.
    pub max_points: u32,
    /// How it ended.
    #[serde(flatten)]
    pub verdict: Verdict,
    /// Wall clock of the process, in milliseconds; 0 if none ran.
    pub millis: u64,
    /// Whether the verdict is from an earlier run on the very same sources.
    pub cached: bool,
}

/// How a check ended.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "verdict", rename_all = "kebab-case")]
pub enum Verdict {
    /// It keeps its promise.
    Passed {
        /// What was seen.
        evidence: Vec<Evidence>,
    },
    /// It breaks its promise.
    Failed(Failed),
    /// It says nothing new until another check passes.
    Skipped {
        /// Why, in one sentence.
        because: String,
    },
    /// This machine, now, cannot tell. Never counts against the learner.
    Inconclusive {
        /// Why, in one sentence.
        because: String,
        /// What was seen.
        evidence: Vec<Evidence>,
    },
    /// The grader or the machine is at fault. Never counts against the learner.
    GraderFault {
        /// Why, in one sentence.
        because: String,
    },
}

/// A broken promise, with what helps to mend it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Failed {
    /// What kind of mistake it is, what happened, and what was seen.
    #[serde(flatten)]
    pub failure: Failure,
    /// What this kind of mistake means.
    pub help: Help,
}

/// What a kind of mistake means.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Help {
    /// The fault's name for people.
    pub title: String,
    /// What it means, in a few sentences.
    pub meaning: String,
    /// Its page in the built book: `faults.html#lost-update`.
    pub page: String,
}

impl Verdict {
    /// Whether it passed.
    pub fn passed(&self) -> bool {
        matches!(self, Verdict::Passed { .. })
    }

    /// The fault, if it failed.
    pub fn fault(&self) -> Option<Fault> {
        match self {
            Verdict::Failed(failed) => Some(failed.failure.fault),
            _ => None,
        }
    }
}

impl ExerciseReport {
    /// Whether every check passed.
    pub fn passed(&self) -> bool {
        self.checks.iter().all(|check| check.verdict.passed())
    }

    /// The first check that failed: the one to look at.
    pub fn first_failure(&self) -> Option<(&CheckReport, &Failed)> {
        self.checks.iter().find_map(|check| match &check.verdict {
            Verdict::Failed(failed) => Some((check, failed)),
            _ => None,
        })
    }
}

impl Report {
    /// A report on these exercises, bounded and harmless: see [`bounds`].
    pub fn new(grader: GraderInfo, seed: u64, exercises: Vec<ExerciseReport>) -> Self {
        let report = Self {
            schema: SCHEMA.into(),
            grader,
            seed,
            points: exercises.iter().map(|e| e.points).sum(),
            max_points: exercises.iter().map(|e| e.max_points).sum(),
            score: score(&exercises),
            exercises,
        };
        report.bounded()
    }

    /// Makes a point of each exercise count as much as `weight` says of its folder.
    pub fn weigh(&mut self, weight: impl Fn(&str) -> f64) {
        for exercise in &mut self.exercises {
            exercise.weight = weight(&exercise.folder);
        }
        self.score = score(&self.exercises);
    }

    /// How the grader should end when this score, from 0 to 1, is enough. What this machine could
    /// not decide may still decide it.
    pub fn exit_from(&self, enough: f64) -> Exit {
        let undecided = |e: &ExerciseReport| {
            let open = |v: &Verdict| matches!(v, Verdict::Inconclusive { .. });
            e.checks.iter().filter(|c| open(&c.verdict)).map(|c| c.max_points).sum()
        };
        let possible = self.score + share(&self.exercises, undecided);
        match self.exit() {
            Exit::Fault => Exit::Fault,
            // Sums of fractions are not exact.
            _ if self.score + 1e-9 >= enough => Exit::Passed,
            _ if possible + 1e-9 >= enough => Exit::Inconclusive,
            _ => Exit::Failed,
        }
    }

    /// How the grader should end: a fault of the grader outweighs a failure, and a failure what is
    /// undecided.
    pub fn exit(&self) -> Exit {
        let any = |is: fn(&Verdict) -> bool| {
            self.exercises.iter().flat_map(|e| &e.checks).any(|check| is(&check.verdict))
        };
        if any(|v| matches!(v, Verdict::GraderFault { .. })) {
            Exit::Fault
        } else if any(|v| matches!(v, Verdict::Failed(_))) {
            Exit::Failed
        } else if any(|v| matches!(v, Verdict::Inconclusive { .. } | Verdict::Skipped { .. })) {
            Exit::Inconclusive
        } else {
            Exit::Passed
        }
    }
}

fn score(exercises: &[ExerciseReport]) -> f64 {
    share(exercises, |exercise| exercise.points)
}

/// The weighted share of all points that these are, from 0 to 1.
fn share(exercises: &[ExerciseReport], points: impl Fn(&ExerciseReport) -> u32) -> f64 {
    let sum = |points: &dyn Fn(&ExerciseReport) -> u32| -> f64 {
        exercises.iter().map(|e| f64::from(points(e)) * e.weight).sum()
    };
    let all = sum(&|e| e.max_points);
    if all > 0.0 { sum(&points) / all } else { 0.0 }
}
