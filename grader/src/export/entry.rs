//! What is said of one check, in harmless text: what every format begins with.

use evidence::{Evidence, Place};

use crate::course::Visibility;
use crate::render::evidence as draw;
use crate::render::paint::Paint;
use crate::render::replay;
use crate::report::{CheckReport, ExerciseReport, Report, Verdict};
use crate::terminal::Style;
use crate::text::harmless;
use crate::wording::replay as replay_words;

/// Who reads it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Audience {
    /// Learners: of a check that is not visible to them, they see its points and nothing else.
    Learner,
    /// Teachers, or a platform that hides by itself what learners may not see.
    Teacher,
}

/// How a check ended, as most formats know it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// It keeps its promise.
    Passed,
    /// It breaks its promise.
    Failed,
    /// It waits for another check.
    Skipped,
    /// The machine could not tell.
    Inconclusive,
    /// The grader is at fault.
    Error,
}

/// One check of one exercise.
#[derive(Debug, Clone)]
pub struct Entry<'a> {
    /// The exercise.
    pub exercise: &'a ExerciseReport,
    /// The check; its name and promise are not for everybody's eyes, see [`Entry::name`].
    pub check: &'a CheckReport,
    /// How it ended.
    pub state: State,
    /// Its name.
    pub name: String,
    /// What it promises.
    pub promise: String,
    /// What kind of mistake it is: a fault's id, or the state's name.
    pub reason: &'static str,
    /// What happened, in a sentence or two; empty when it passed.
    pub message: String,
    /// What was seen, in lines of at most 100 columns; may be empty.
    pub details: String,
    /// Where in the answer, if known; the path is relative to the repository.
    pub place: Option<Place>,
}

const PLAIN: Paint = Paint { style: Style { width: 100, colour: false, unicode: true } };

/// Every check of the report, in order.
pub fn entries(report: &Report, audience: Audience) -> Vec<Entry<'_>> {
    report
        .exercises
        .iter()
        .flat_map(|exercise| exercise.checks.iter().map(move |check| (exercise, check)))
        .map(|(exercise, check)| Entry::new(exercise, check, audience))
        .collect()
}

impl<'a> Entry<'a> {
    fn new(exercise: &'a ExerciseReport, check: &'a CheckReport, audience: Audience) -> Self {
        let (state, reason, message) = match &check.verdict {
            Verdict::Passed { .. } => (State::Passed, "passed", ""),
            Verdict::Failed(f) => (State::Failed, f.failure.fault.id(), &*f.failure.message),
            Verdict::Skipped { because } => (State::Skipped, "skipped", &**because),
            Verdict::Inconclusive { because, .. } => {
                (State::Inconclusive, "inconclusive", &**because)
            }
            Verdict::GraderFault { because } => (State::Error, "grader-fault", &**because),
        };
        let secret = audience == Audience::Learner && check.visibility != Visibility::Visible;
        if secret {
            return Self {
                exercise,
                check,
                state,
                name: format!("hidden_{}", position(exercise, check)),
                promise: "A check that is not shown.".into(),
                reason: if state == State::Failed { "failed" } else { reason },
                message: String::new(),
                details: String::new(),
                place: None,
            };
        }
        Self {
            exercise,
            check,
            state,
            name: harmless(&check.name),
            promise: harmless(&check.promise),
            reason,
            message: harmless(message),
            details: details(exercise.number, &check.verdict),
            place: place(&check.verdict, &exercise.folder),
        }
    }

    /// A name that no other check of the report has.
    pub fn id(&self) -> String {
        format!("{}/{}", self.exercise.folder, self.name)
    }

    /// Which check of its exercise it is, from 1.
    pub fn position(&self) -> usize {
        position(self.exercise, self.check)
    }

    /// Where in the answer: its first line if nothing better is known.
    pub fn place_or_root(&self) -> Place {
        let root = || format!("exercises/{}/src/lib.rs", self.exercise.folder);
        let place = self.place.clone().unwrap_or_else(|| Place { file: root(), line: 1 });
        Place { line: place.line.max(1), ..place }
    }

    /// The message and what was seen, as one text; the promise when there is nothing to tell.
    pub fn text(&self) -> String {
        let parts = [&*self.message, &*self.details];
        let said: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        if said.is_empty() { self.promise.clone() } else { said.join("\n\n") }
    }
}

fn position(exercise: &ExerciseReport, check: &CheckReport) -> usize {
    exercise.checks.iter().position(|known| known.name == check.name).unwrap_or(0) + 1
}

fn details(number: u32, verdict: &Verdict) -> String {
    let seen = match verdict {
        Verdict::Failed(failed) => &failed.failure.evidence[..],
        Verdict::Inconclusive { evidence, .. } => evidence,
        Verdict::Passed { .. } | Verdict::Skipped { .. } | Verdict::GraderFault { .. } => &[],
    };
    let mut text: String = seen.iter().map(|evidence| draw::text(PLAIN, evidence)).collect();
    if let Verdict::Failed(failed) = verdict {
        if let Some(schedule) = replay::schedule(failed) {
            let command = replay_words::command(number, schedule);
            text += &format!("{} {command}\n", replay_words::AGAIN);
        }
        let help = &failed.help;
        if !help.meaning.is_empty() {
            text += &PLAIN.wrapped(0, &format!("What this means: {}", help.meaning));
        }
        text += &PLAIN.wrapped(0, &format!("More: book/src/{}", help.page));
    }
    harmless(text.trim_end())
}

/// The first place that the evidence names in the answer's own sources.
fn place(verdict: &Verdict, folder: &str) -> Option<Place> {
    let Verdict::Failed(failed) = verdict else { return None };
    let sources = format!("exercises/{folder}/src/");
    failed.failure.evidence.iter().filter_map(at).find_map(|place| {
        let start = place.file.find(&sources)?;
        Some(Place { file: harmless(&place.file[start..]), line: place.line })
    })
}

/// Where the evidence points to.
pub(crate) fn at(evidence: &Evidence) -> Option<Place> {
    match evidence {
        Evidence::Panic { at, .. } | Evidence::Compiler { at, .. } => at.clone(),
        Evidence::Source { at, .. } => Some(at.clone()),
        Evidence::Counterexample(found) => found.at.clone(),
        // The last step is the one that breaks the promise.
        Evidence::Interleaving(table) => {
            let row = table.rows.iter().rev().find(|row| !row.scenario && row.step.is_one())?;
            Some(Place { file: row.file.clone(), line: row.line })
        }
        _ => None,
    }
}
