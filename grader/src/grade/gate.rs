//! What is refused before anything is built, and what the model checker need not look at.

use std::collections::BTreeMap;

use evidence::{Evidence, Failure, Fault, Place};

use super::Work;
use crate::answer::{Answer, Refusal};
use crate::build::{BuildError, Site};
use crate::course::Exercise;
use crate::policy::facade::{self, Bypass};
use crate::policy::{flavour, paths, tokens};
use crate::wording;

/// Refusals by exercise folder.
pub(super) type Refused = BTreeMap<String, Vec<Refusal>>;

/// What intake refused, and in strict grading what the words alone show.
pub(super) fn by_words(work: &[&Work<'_>], strict: bool) -> Refused {
    let mut refused = Refused::new();
    for work in work {
        let mut found = work.answer.refused.clone();
        if strict && found.is_empty() {
            found = tokens::refusals(work.answer, work.exercise.manifest.allows_unsafe);
            if work.exercise.has_model {
                found.extend(flavour::refusals(work.answer));
            }
        }
        if !found.is_empty() {
            refused.insert(work.exercise.folder.clone(), found);
        }
    }
    refused
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
pub(super) fn around_the_model(answer: &Answer) -> Option<Failure> {
    let found = facade::bypasses(answer);
    if found.is_empty() {
        return None;
    }
    let mut lines: Vec<&[Bypass]> =
        found.chunk_by(|one, other| (&one.file, one.line) == (&other.file, other.line)).collect();
    let message = wording::facade::hides(&lines);
    lines.truncate(wording::facade::LINES);
    let evidence = lines.iter().map(|line| source(&line[0])).collect();
    Some(Failure { fault: Fault::RealPrimitive, message, evidence })
}

fn source(bypass: &Bypass) -> Evidence {
    let at = Place { file: bypass.shown.clone(), line: bypass.line };
    Evidence::Source { at, text: bypass.text.clone() }
}
