//! What of a learner's text gets into a report: so much of it, and nothing in it that is not what it
//! looks like. Whatever is rendered or exported rests on this.

use evidence::bounds::{self, TEXT, shortened};

use super::{CheckReport, ExerciseReport, Report, Verdict};
use crate::text::harmless;

/// Bytes of all the compiler's warnings of one answer.
const WARNINGS: usize = 128 * 1024;

impl Report {
    /// The report with every text that an answer may have had a hand in bounded and harmless. It changes
    /// nothing any more in a report that was made by [`Report::new`].
    #[must_use]
    pub fn bounded(mut self) -> Self {
        self.exercises = self.exercises.into_iter().map(exercise).collect();
        self
    }
}

fn exercise(mut exercise: ExerciseReport) -> ExerciseReport {
    exercise.answer = text(&exercise.answer);
    exercise.warnings = warnings(exercise.warnings);
    exercise.checks = exercise.checks.into_iter().map(check).collect();
    exercise
}

fn check(check: CheckReport) -> CheckReport {
    CheckReport { verdict: verdict(check.verdict), ..check }
}

/// The verdict with every text in it bounded and harmless.
#[must_use]
pub fn verdict(verdict: Verdict) -> Verdict {
    let all = |evidence| bounds::all(evidence, harmless);
    match verdict {
        Verdict::Passed { evidence } => Verdict::Passed { evidence: all(evidence) },
        Verdict::Failed(mut failed) => {
            failed.failure.message = text(&failed.failure.message);
            failed.failure.evidence = all(failed.failure.evidence);
            Verdict::Failed(failed)
        }
        Verdict::Inconclusive { because, evidence } => {
            Verdict::Inconclusive { because: text(&because), evidence: all(evidence) }
        }
        Verdict::Skipped { because } => Verdict::Skipped { because: text(&because) },
        Verdict::GraderFault { because } => Verdict::GraderFault { because: text(&because) },
    }
}

/// The first of these warnings, harmless, and how many more there are.
pub fn warnings(all: Vec<String>) -> Vec<String> {
    let clean: Vec<String> = all.iter().map(|warning| text(warning)).collect();
    if clean.iter().map(String::len).sum::<usize>() <= WARNINGS {
        return clean;
    }
    let mut room = WARNINGS - 128;
    let mut fits = |warning: &String| match room.checked_sub(warning.len()) {
        Some(less) => {
            room = less;
            true
        }
        None => false,
    };
    let mut kept: Vec<String> = clean.iter().take_while(|warning| fits(warning)).cloned().collect();
    kept.push(bounds::more(clean.len() - kept.len()));
    kept
}

fn text(text: &str) -> String {
    shortened(&harmless(&shortened(text, TEXT)), TEXT)
}

#[cfg(test)]
mod tests {
    use evidence::{Evidence, Failure, Fault};

    use super::*;

    #[test]
    fn what_is_bounded_stays_as_it_is() {
        for hostile in ["a b\n", "\u{202e}\t", "\u{e0041}", "&<'\""] {
            let message = hostile.repeat(500_000);
            let panic = Evidence::Panic { message: message.clone(), at: None };
            let evidence = vec![panic; 12];
            let failure = Failure { fault: Fault::Panic, message: message.clone(), evidence };
            let bounded = verdict(crate::verdict::failed(failure));
            let json = serde_json::to_string(&bounded).unwrap();
            assert!(json.len() < 256 * 1024, "{hostile:?}: {}", json.len());
            assert_eq!(verdict(bounded.clone()), bounded, "{hostile:?}");
            let told = warnings(vec![message; 100]);
            assert!(told.iter().map(String::len).sum::<usize>() <= WARNINGS);
            assert!(told.last().unwrap().starts_with("… and 9"), "{:?}", told.last());
            assert_eq!(warnings(told.clone()), told);
        }
    }
}
