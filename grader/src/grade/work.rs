//! One answer on its way to a report.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use evidence::{Evidence, Failure, Fault, bounds};

use super::gate;
use crate::answer::{Answer, Refusal};
use crate::build::{Crates, Diagnostic};
use crate::cache::{Kept, Verdicts};
use crate::course::{Check, Exercise, Visibility};
use crate::report::{CheckReport, ExerciseReport, Verdict};
use crate::{verdict, wording};

/// Errors of the compiler that are told of one answer.
const ERRORS: usize = 20;

/// One answer on its way to a report.
pub(super) struct Work<'a> {
    pub(super) exercise: &'a Exercise,
    pub(super) answer: &'a Answer,
    pub(super) digest: String,
    pub(super) course: String,
    pub(super) key: String,
    pub(super) known: Verdicts,
    pub(super) checks: Vec<&'a Check>,
    /// The verdict on what hides from the model checker, once somebody has asked.
    pub(super) hidden: OnceLock<Option<Verdict>>,
}

impl Work<'_> {
    pub(super) fn is_stale(&self) -> bool {
        let waiting = self.waiting(&self.known);
        self.checks.iter().any(|check| {
            !self.known.checks.contains_key(&check.name) && !waiting.contains_key(&*check.name)
        })
    }

    /// Why the model checker would not see what this answer does. Looked for when the answer
    /// compiles: before that, the compiler has more to say.
    pub(super) fn hidden(&self, crates: Option<&Crates>) -> Option<&Verdict> {
        let compiles = |crates: &Crates| {
            crates.errors.is_empty() && crates.refused.is_empty() && crates.faults.is_empty()
        };
        crates.filter(|crates| compiles(crates))?;
        self.hidden.get_or_init(|| gate::around_the_model(self.answer)).as_ref()
    }

    /// The checks that say nothing new for now, each with the first one that it waits for.
    fn waiting(&self, verdicts: &Verdicts) -> BTreeMap<&str, &Check> {
        let mut waiting = BTreeMap::new();
        for &check in &self.checks {
            let bars = |need: &&&Check| {
                let kept = verdicts.checks.get(&need.name);
                kept.is_some_and(|kept| bars(&kept.verdict)) || waiting.contains_key(&*need.name)
            };
            let need = |name: &String| self.checks.iter().find(|check| check.name == *name);
            if let Some(&need) = check.needs.iter().filter_map(need).find(bars) {
                waiting.insert(&*check.name, need);
            }
        }
        waiting
    }

    pub(super) fn report(&self, fresh: Option<&Verdicts>) -> ExerciseReport {
        let verdicts = fresh.unwrap_or(&self.known);
        let waiting = self.waiting(verdicts);
        let mut checks: Vec<CheckReport> = Vec::new();
        for check in &self.checks {
            let kept = match (verdicts.checks.get(&check.name), waiting.get(&*check.name)) {
                (Some(kept), _) => kept.clone(),
                (None, Some(need)) => Kept { verdict: skipped(need), millis: 0 },
                (None, None) => unreachable!("a check has a verdict, or waits for one that failed"),
            };
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

/// Whether checks that need one with this verdict have to wait.
pub(super) fn bars(verdict: &Verdict) -> bool {
    matches!(verdict, Verdict::Failed(_) | Verdict::GraderFault { .. })
}

fn skipped(need: &Check) -> Verdict {
    Verdict::Skipped { because: wording::needs(need) }
}

pub(super) fn warnings(crates: Option<&Crates>) -> Vec<String> {
    let Some(Crates { warnings, more: [_, _, more], .. }) = crates else { return Vec::new() };
    let more = (*more > 0).then(|| bounds::more(*more));
    warnings.iter().map(|warning| warning.rendered.clone()).chain(more).collect()
}

/// The verdict on a check of which there is no program. The cause is the same for all such checks
/// of an answer, so it is told once, with the first of them that learners see.
pub(super) fn unbuilt(work: &Work<'_>, check: &Check, crates: Option<&Crates>) -> Verdict {
    let built = |check: &Check| crates.is_some_and(|c| c.binaries.contains_key(&check.source()));
    let without = || work.checks.iter().filter(|check| !built(check));
    // Learners must see it, so not with a check that is hidden from them.
    let visible = without().find(|check| check.visibility == Visibility::Visible);
    if let Some(first) = visible.or(without().next()).filter(|first| first.name != check.name) {
        return skipped(first);
    }
    let refused = crates.map_or(&[][..], |crates| &crates.refused);
    if !refused.is_empty() {
        let message = wording::forbidden(refused.len());
        let evidence = refused.iter().map(Refusal::evidence).collect();
        return verdict::failed(Failure { fault: Fault::Forbidden, message, evidence });
    }
    if let Some(breach) = crates.and_then(|crates| crates.breach.clone()) {
        return verdict::failed(breach);
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
    let [more, more_model, _] = crates.map_or([0; 3], |crates| crates.more);
    let (errors, more, message) = match (errors.len(), model_errors.len()) {
        (0, 0) => return Verdict::GraderFault { because: wording::not_built(check) },
        (0, count) => {
            let message = wording::does_not_compile_in_the_model(count + more_model);
            (model_errors, more_model, message)
        }
        (count, _) => (errors, more, wording::does_not_compile(count + more)),
    };
    let compiler = |error: &Diagnostic| {
        let (rendered, at) = (error.rendered.clone(), error.at.clone());
        Evidence::Compiler { rendered, at }
    };
    // The first ones matter: each may be long, and there is room for what follows from them as well.
    let more = more + errors.len().saturating_sub(ERRORS);
    let more = (more > 0).then(|| Evidence::Note { text: bounds::more(more) });
    let evidence = errors.iter().take(ERRORS).map(compiler).chain(more).collect();
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::answer::SourceFile;

    /// Checks `a`, `b`, `c`, …, each with its needs and whether it is hidden.
    fn exercise(checks: &[(&str, bool)]) -> Exercise {
        let mut toml = String::from("title='t'\nchapter='c'\nbook='b'\n");
        for (name, (needs, hidden)) in ('a'..).zip(checks) {
            let needs: Vec<String> = needs.chars().map(|need| format!("'{need}'")).collect();
            let visibility = if *hidden { "hidden" } else { "visible" };
            toml += &format!(
                "[[checks]]\nname='{name}'\nkind='example'\npoints=1\npromise='p'\nneeds=[{}]\nvisibility='{visibility}'\n",
                needs.join(",")
            );
        }
        Exercise::parse("02-race-fix", &toml, false).unwrap()
    }

    fn with_work<T>(exercise: &Exercise, known: Verdicts, test: impl FnOnce(&Work<'_>) -> T) -> T {
        let file = SourceFile { path: "src/lib.rs".into(), shown: "lib.rs".into(), bytes: vec![] };
        let (exercise_name, label) = (exercise.folder.clone(), String::new());
        let answer =
            Answer { exercise: exercise_name, label, files: vec![file], refused: Vec::new() };
        let checks = exercise.manifest.checks.iter().collect();
        let (digest, course, key, hidden) = Default::default();
        test(&Work { exercise, answer: &answer, digest, course, key, known, checks, hidden })
    }

    fn failed() -> Verdict {
        let fault = Fault::WrongAnswer;
        verdict::failed(Failure { fault, message: String::new(), evidence: vec![] })
    }

    #[test]
    fn what_waits_says_for_what_and_names_nothing_that_is_hidden() {
        let exercise = exercise(&[("", false), ("", true), ("ab", false), ("c", false)]);
        let passed = Verdict::Passed { evidence: vec![] };
        let reasons = |a: &Verdict, b: &Verdict| {
            let kept = |verdict: &Verdict| Kept { verdict: verdict.clone(), millis: 1 };
            let checks = [("a".to_owned(), kept(a)), ("b".to_owned(), kept(b))].into();
            with_work(&exercise, Verdicts { warnings: vec![], checks }, |work| {
                assert!(!work.is_stale());
                let reasons = work.report(None).checks.into_iter().skip(2).map(|c| c.verdict);
                reasons
                    .map(|verdict| match verdict {
                        Verdict::Skipped { because } => because,
                        other => panic!("{other:?}"),
                    })
                    .collect::<Vec<_>>()
            })
        };
        let (hidden, c) = ("needs another check to pass first", "needs `c` to pass first");
        assert_eq!(reasons(&passed, &failed()), [hidden, c]);
        assert_eq!(reasons(&failed(), &passed), ["needs `a` to pass first", c]);
    }

    #[test]
    fn a_compile_error_is_told_where_learners_see_it() {
        let exercise = exercise(&[("", true), ("", false), ("", false)]);
        let error = Diagnostic {
            message: "mismatched types".into(),
            rendered: "error: mismatched types".into(),
            at: None,
            code: None,
        };
        let crates = Crates { errors: vec![error], ..Crates::default() };
        let told = with_work(&exercise, Verdicts::default(), |work| {
            let told = work.checks.iter().map(|check| unbuilt(work, check, Some(&crates)));
            told.map(|verdict| matches!(verdict, Verdict::Failed(_))).collect::<Vec<_>>()
        });
        assert_eq!(told, [false, true, false]);
    }
}
