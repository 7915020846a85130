//! What is refused before anything is built, and what the model checker need not look at.

use std::collections::BTreeMap;
use std::fs;

use evidence::{Evidence, Failure, Fault, Place};

use super::{GradeError, Work};
use crate::answer::{Answer, Refusal};
use crate::apart::Failure as Unread;
use crate::build::{BuildError, Built, Crates, Site};
use crate::contract::{self, Findings};
use crate::course::Exercise;
use crate::policy::facade::Bypass;
use crate::policy::tokens::{Terms, Words};
use crate::policy::{apart, paths};
use crate::report::Verdict;
use crate::stage::Stage;
use crate::{verdict, wording};

/// Refusals by exercise folder.
pub(super) type Refused = BTreeMap<String, Vec<Refusal>>;

/// What is refused before anything is built.
#[derive(Default)]
pub(super) struct ByWords {
    pub(super) refused: Refused,
    /// Where the words could not be read: refused if the compiler can read them.
    pub(super) unread: Refused,
}

impl ByWords {
    /// Adds what is refused to what was built. What the compiler found wrong is told in its words.
    pub(super) fn add_to(self, built: &mut Built) {
        for (folder, refused) in self.unread {
            let is_fine = |crates: &&mut Crates| {
                crates.errors.is_empty() && crates.refused.is_empty() && crates.faults.is_empty()
            };
            if let Some(crates) = built.get_mut(&folder).filter(is_fine) {
                *crates = Crates { refused, ..Crates::default() };
            }
        }
        for (folder, refused) in self.refused {
            built.insert(folder, Crates { refused, ..Crates::default() });
        }
    }
}

/// What intake refused, and in strict grading what the words alone show.
///
/// # Errors
/// When this machine cannot read sources apart.
pub(super) fn by_words(work: &[&Work<'_>], strict: bool) -> Result<ByWords, GradeError> {
    let mut all = ByWords::default();
    for work in work {
        let mut found = Words { refused: work.answer.refused.clone(), unread: Vec::new() };
        if strict && found.refused.is_empty() {
            let terms = Terms::of(work.exercise);
            found = apart::refusals(work.answer, terms).map_err(GradeError::Reader)?;
        }
        let folder = || work.exercise.folder.clone();
        if !found.refused.is_empty() {
            all.refused.insert(folder(), found.refused);
        } else if !found.unread.is_empty() {
            all.unread.insert(folder(), found.unread);
        }
    }
    Ok(all)
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
    let mut refused = paths::refusals(site, work)?;
    for (exercise, answer) in work {
        let Some(found) = refused.get_mut(&exercise.folder) else { continue };
        // Where the words show it too, no model check runs, and the verdict says what to write.
        if found.iter().any(paths::is_unseen)
            && apart::bypasses(answer).is_ok_and(|bypasses| !bypasses.is_empty())
        {
            found.retain(|refusal| !paths::is_unseen(refusal));
        }
    }
    refused.retain(|_, found| !found.is_empty());
    Ok(refused)
}

/// Sees whether the answer breaks its contract. What of it was built is not run then: no check could
/// believe its types.
pub(super) fn by_contract(
    stage: &Stage,
    exercise: &Exercise,
    answer: &Answer,
    crates: &mut Crates,
) {
    let file = stage.root.join("exercises").join(&exercise.folder).join(contract::FILE);
    let text = || fs::read_to_string(file).unwrap_or_default();
    let Some(findings) = Findings::of(crates, answer, text) else { return };
    if findings.break_the_contract() {
        crates.binaries.clear();
    }
    // Without a reader, or where it broke over the answer, the compiler's own words stand.
    crates.breach = apart::breach(answer, findings).ok().flatten();
    if crates.breach.is_some() {
        crates.binaries.clear();
    }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::build::Diagnostic;

    /// What we cannot take apart the compiler must find wrong as well: else it saw what we did not.
    #[test]
    fn what_could_not_be_read_is_refused_if_it_compiles() {
        let refusal = Refusal { file: "lib.rs".into(), line: Some(1), because: "unread".into() };
        let unread = || ["a", "b"].map(|folder| (folder.to_owned(), vec![refusal.clone()])).into();
        let error = Diagnostic {
            message: "unclosed delimiter".into(),
            rendered: "error: unclosed delimiter".into(),
            at: None,
            code: None,
        };
        let compiles =
            Crates { binaries: [("example".into(), "x".into())].into(), ..Crates::default() };
        let fails = Crates { errors: vec![error], ..Crates::default() };
        let mut built: Built = [("a".into(), compiles), ("b".into(), fails.clone())].into();
        ByWords { unread: unread(), ..ByWords::default() }.add_to(&mut built);
        let refused = Crates { refused: vec![refusal.clone()], ..Crates::default() };
        assert_eq!(built, [("a".into(), refused), ("b".into(), fails)].into());
    }
}
