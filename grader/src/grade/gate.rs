//! What is refused before anything is built, and what the model checker need not look at.

use std::collections::BTreeMap;

use evidence::{Evidence, Failure, Fault, Place};

use super::{GradeError, Work};
use crate::answer::{Answer, Refusal};
use crate::apart::Failure as Unread;
use crate::build::{BuildError, Site};
use crate::course::Exercise;
use crate::policy::facade::Bypass;
use crate::policy::{apart, paths};
use crate::report::Verdict;
use crate::{verdict, wording};

/// Refusals by exercise folder.
pub(super) type Refused = BTreeMap<String, Vec<Refusal>>;

/// What intake refused, and in strict grading what the words alone show.
///
/// # Errors
/// When this machine cannot read sources apart.
pub(super) fn by_words(work: &[&Work<'_>], strict: bool) -> Result<Refused, GradeError> {
    let mut refused = Refused::new();
    for work in work {
        let mut found = work.answer.refused.clone();
        if strict && found.is_empty() {
            let manifest = &work.exercise.manifest;
            found = apart::refusals(work.answer, manifest.allows_unsafe, &manifest.nix)
                .map_err(GradeError::Reader)?;
        }
        if !found.is_empty() {
            refused.insert(work.exercise.folder.clone(), found);
        }
    }
    Ok(refused)
}

/// What shows only when names are resolved. The answers lie on the stage; their macros are expanded
/// here for the first time, so this happens inside the sandbox as well.
///
/// # Errors
/// When clippy is not there or fails.
pub(super) fn by_names(
    site: Site<'_>,
    work: &[(&Exercise, &Answer)],
) -> Result<Refused, BuildError> {
    // Inside the stage, where the sandbox lets clippy read it.
    let config = site.stage.root.join(".policy");
    let mut refused = paths::refusals(site, work, &config)?;
    refused.retain(|_, found| !found.is_empty());
    Ok(refused)
}

/// What hides in the answer from the model checker, which then could say nothing of it; `None`: it
/// sees all.
pub(super) fn around_the_model(answer: &Answer) -> Option<Verdict> {
    let found = match apart::bypasses(answer) {
        Ok(found) => found,
        Err(Unread::Broken(because)) => {
            let refused = Refusal { file: answer.label.clone(), line: None, because };
            let (message, evidence) = (wording::forbidden(1), vec![refused.evidence()]);
            return Some(verdict::failed(Failure { fault: Fault::Forbidden, message, evidence }));
        }
        Err(Unread::NotStarted(how)) => {
            return Some(Verdict::GraderFault { because: wording::machine::no_reader(&how) });
        }
    };
    if found.is_empty() {
        return None;
    }
    let mut lines: Vec<&[Bypass]> =
        found.chunk_by(|one, other| (&one.file, one.line) == (&other.file, other.line)).collect();
    let message = wording::facade::hides(&lines);
    lines.truncate(wording::facade::LINES);
    let evidence = lines.iter().map(|line| source(&line[0])).collect();
    Some(verdict::failed(Failure { fault: Fault::RealPrimitive, message, evidence }))
}

fn source(bypass: &Bypass) -> Evidence {
    let at = Place { file: bypass.shown.clone(), line: bypass.line };
    Evidence::Source { at, text: bypass.text.clone() }
}
