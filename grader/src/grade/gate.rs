//! What is refused before anything is built.

use std::collections::BTreeMap;

use super::Work;
use crate::answer::{Answer, Refusal};
use crate::build::{BuildError, Site};
use crate::course::Exercise;
use crate::policy::{paths, tokens};

/// Refusals by exercise folder.
pub(super) type Refused = BTreeMap<String, Vec<Refusal>>;

/// What intake refused, and in strict grading what the words alone show.
pub(super) fn by_words(work: &[&Work<'_>], strict: bool) -> Refused {
    let mut refused = Refused::new();
    for work in work {
        let mut found = work.answer.refused.clone();
        if strict && found.is_empty() {
            found = tokens::refusals(work.answer, work.exercise.manifest.allows_unsafe);
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
