//! One answer on its way to a report.

use evidence::{Evidence, Failure, Fault};

use crate::answer::{Answer, Refusal};
use crate::build::Crates;
use crate::cache::{Kept, Verdicts};
use crate::course::{Check, Exercise};
use crate::report::{CheckReport, ExerciseReport, Verdict};
use crate::{verdict, wording};

/// One answer on its way to a report.
pub(super) struct Work<'a> {
    pub(super) exercise: &'a Exercise,
    pub(super) answer: &'a Answer,
    pub(super) digest: String,
    pub(super) course: String,
    pub(super) key: String,
    pub(super) known: Verdicts,
    pub(super) checks: Vec<&'a Check>,
}

impl Work<'_> {
    pub(super) fn is_stale(&self) -> bool {
        // A check that is skipped has no verdict of its own: it follows from the one it needs.
        let known = |name: &String| self.known.checks.contains_key(name);
        let fails =
            |name: &String| self.known.checks.get(name).is_some_and(|kept| !kept.verdict.passed());
        let mut barred: Vec<&String> = Vec::new();
        for check in &self.checks {
            if check.needs.iter().any(|need| fails(need) || barred.contains(&need)) {
                barred.push(&check.name);
            } else if !known(&check.name) {
                return true;
            }
        }
        false
    }

    pub(super) fn report(&self, fresh: Option<&Verdicts>) -> ExerciseReport {
        let verdicts = fresh.unwrap_or(&self.known);
        let mut checks: Vec<CheckReport> = Vec::new();
        for check in &self.checks {
            let kept = verdicts.checks.get(&check.name).cloned().unwrap_or_else(|| {
                let need = check.needs.first().map_or("", String::as_str);
                Kept { verdict: Verdict::Skipped { because: wording::needs(need) }, millis: 0 }
            });
            checks.push(CheckReport {
                name: check.name.clone(),
                kind: check.kind,
                promise: check.promise.clone(),
                visibility: check.visibility,
                points: if kept.verdict.passed() { check.points } else { 0 },
                max_points: check.points,
                millis: kept.millis,
                cached: self.known.checks.contains_key(&check.name),
                verdict: kept.verdict,
            });
        }
        ExerciseReport {
            number: self.exercise.number,
            folder: self.exercise.folder.clone(),
            package: self.exercise.package.clone(),
            title: self.exercise.manifest.title.clone(),
            book: self.exercise.manifest.book.clone(),
            answer: self.answer.label.clone(),
            digest: self.digest.clone(),
            course: self.course.clone(),
            weight: 1.0,
            points: checks.iter().map(|check| check.points).sum(),
            max_points: checks.iter().map(|check| check.max_points).sum(),
            warnings: verdicts.warnings.clone(),
            checks,
        }
    }
}

pub(super) fn warnings(crates: Option<&Crates>) -> Vec<String> {
    let warnings = crates.map_or(&[][..], |crates| &crates.warnings);
    warnings.iter().map(|warning| warning.rendered.clone()).collect()
}

/// The verdict on a check of which there is no program. The cause is the same for all such checks
/// of an answer, so it is told once, with the first of them.
pub(super) fn unbuilt(work: &Work<'_>, check: &Check, crates: Option<&Crates>) -> Verdict {
    let built = |check: &Check| crates.is_some_and(|c| c.binaries.contains_key(&*check.target()));
    let first = work.checks.iter().find(|check| !built(check));
    if let Some(first) = first.filter(|first| first.name != check.name) {
        return Verdict::Skipped { because: wording::needs(&first.name) };
    }
    let refused = crates.map_or(&[][..], |crates| &crates.refused);
    if !refused.is_empty() {
        let message = wording::forbidden(refused.len());
        let evidence = refused.iter().map(Refusal::evidence).collect();
        return verdict::failed(Failure { fault: Fault::Forbidden, message, evidence });
    }
    if !work.answer.has_root() {
        let message = wording::missing_source(&format!("exercises/{}", work.exercise.folder));
        let fault = Fault::MissingSource;
        return verdict::failed(Failure { fault, message, evidence: vec![] });
    }
    let errors = crates.map_or(&[][..], |crates| &crates.errors);
    let model_errors = crates.map_or(&[][..], |crates| &crates.model_errors);
    let faults = crates.map_or(&[][..], |crates| &crates.faults);
    if errors.is_empty() && model_errors.is_empty() && !faults.is_empty() {
        return Verdict::GraderFault { because: wording::machine::could_not_build(faults) };
    }
    let (errors, message) = match (errors.len(), model_errors.len()) {
        (0, 0) => return Verdict::GraderFault { because: wording::not_built(check) },
        (0, count) => (model_errors, wording::does_not_compile_in_the_model(count)),
        (count, _) => (errors, wording::does_not_compile(count)),
    };
    let evidence = errors
        .iter()
        .map(|error| Evidence::Compiler { rendered: error.rendered.clone(), at: error.at.clone() })
        .collect();
    verdict::failed(Failure { fault: Fault::CompileError, message, evidence })
}

/// The wanted checks and those that they need, in the order of the list. One pass from the end is
/// enough: a check needs only earlier ones.
pub(super) fn with_needs(all: &[Check], wanted: impl Fn(&Check) -> bool) -> Vec<&Check> {
    let mut chosen: Vec<&Check> = Vec::new();
    for check in all.iter().rev() {
        if wanted(check) || chosen.iter().any(|later| later.needs.contains(&check.name)) {
            chosen.insert(0, check);
        }
    }
    chosen
}
