//! What is remembered of a learner's work between runs: verdicts, hints shown, solutions read.
//!
//! An exercise is known by its package, whatever its number. That it passed is tied to the digest of
//! the sources that passed: after an edit it has to pass again.

use std::collections::BTreeMap;

use evidence::Fault;
use serde::{Deserialize, Serialize};

use crate::course::{Course, Exercise};
use crate::report::{ExerciseReport, Report};

pub mod ladder;
pub mod store;

/// Everything that is remembered, by package.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Journal(pub BTreeMap<String, Entry>);

/// What is remembered of one exercise.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Entry {
    /// Points that the sources graded last are worth.
    pub points: u32,
    /// SHA-256 of the sources graded last; empty before the first time.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub graded: String,
    /// SHA-256 of the sources that passed every check; empty if none did.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub passed: String,
    /// The first check that failed last.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub check: Option<String>,
    /// The fault that it showed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fault: Option<Fault>,
    /// The hints shown, by a short digest of their text: hints may be reordered.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub hints: Vec<String>,
    /// Whether the solution was asked for, or seen, before the exercise passed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub solution: Option<Solution>,
}

/// How far a learner went for the solution before passing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Solution {
    /// Asked once; asking again shows it.
    Asked,
    /// Seen.
    SeenBeforePassing,
}

/// Where a learner stands with an exercise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    /// Never graded.
    New,
    /// Graded as it is now: it passes every check.
    Passed,
    /// Passed once, and was edited since.
    Edited,
    /// Does not pass yet; what was wrong when it was last graded.
    Open(Option<Fault>),
}

impl Entry {
    /// Where a learner stands whose sources have this digest now.
    pub fn standing(&self, digest: &str) -> Standing {
        if !self.passed.is_empty() && self.passed == digest {
            Standing::Passed
        } else if !self.passed.is_empty() && self.graded == self.passed {
            Standing::Edited
        } else if self.graded.is_empty() {
            Standing::New
        } else {
            Standing::Open(self.fault)
        }
    }

    /// Points of the sources with this digest, as far as is known.
    pub fn points_of(&self, digest: &str) -> u32 {
        if self.graded == digest { self.points } else { 0 }
    }

    fn note(&mut self, graded: &ExerciseReport) {
        self.points = graded.points;
        self.graded.clone_from(&graded.digest);
        let failure = graded.first_failure();
        self.check = failure.map(|(check, _)| check.name.clone());
        self.fault = failure.map(|(_, failed)| failed.failure.fault);
        if graded.passed() {
            self.passed.clone_from(&graded.digest);
        }
    }
}

impl Journal {
    /// What is remembered of the exercise.
    pub fn entry(&self, package: &str) -> Entry {
        self.0.get(package).cloned().unwrap_or_default()
    }

    /// The same, to be changed.
    pub fn entry_mut(&mut self, package: &str) -> &mut Entry {
        self.0.entry(package.to_owned()).or_default()
    }

    /// Takes in the verdicts on a learner's own work.
    pub fn note(&mut self, report: &Report) {
        for graded in &report.exercises {
            self.entry_mut(&graded.package).note(graded);
        }
    }

    /// Gives an exercise whose package was renamed what is remembered under its old name: an entry
    /// that no exercise of the course claims, on the very sources that lie there now.
    pub fn adopt(&mut self, course: &Course, exercise: &Exercise, digest: &str) {
        if self.0.contains_key(&exercise.package) {
            return;
        }
        let claimed = |package: &str| course.exercises.iter().any(|e| e.package == package);
        let orphan = self.0.iter().find(|(package, entry)| {
            !claimed(package) && [&entry.passed, &entry.graded].contains(&&digest.to_owned())
        });
        if let Some(package) = orphan.map(|(package, _)| package.clone())
            && let Some(entry) = self.0.remove(&package)
        {
            self.0.insert(exercise.package.clone(), entry);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(graded: &str, passed: &str) -> Entry {
        let fault = Some(Fault::Deadlock);
        Entry { graded: graded.into(), passed: passed.into(), fault, points: 3, ..Entry::default() }
    }

    #[test]
    fn passing_is_tied_to_the_sources() {
        assert_eq!(entry("", "").standing("a"), Standing::New);
        assert_eq!(entry("a", "a").standing("a"), Standing::Passed);
        assert_eq!(entry("a", "a").standing("b"), Standing::Edited);
        assert_eq!(entry("b", "a").standing("b"), Standing::Open(Some(Fault::Deadlock)));
        assert_eq!(entry("b", "a").standing("a"), Standing::Passed, "undone by hand");
        assert_eq!((entry("a", "").points_of("a"), entry("a", "").points_of("b")), (3, 0));
    }

    #[test]
    fn a_renamed_exercise_keeps_its_entry() {
        let toml = "title='t'\nchapter='c'\nbook='b'\n[[checks]]\nname='a'\nkind='example'\npoints=1\npromise='p'";
        let home = tempfile::tempdir().unwrap();
        let folder = home.path().join("exercises/07-new-name");
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(folder.join("exercise.toml"), toml).unwrap();
        let course = Course::load(home.path()).unwrap();
        let exercise = course.exercises[0].clone();
        let mut journal = Journal::default();
        journal.0.insert("old-name".into(), entry("a", "a"));
        journal.adopt(&course, &exercise, "other");
        assert_eq!(journal.entry("new-name"), Entry::default());
        journal.adopt(&course, &exercise, "a");
        assert_eq!(journal.entry("new-name"), entry("a", "a"));
        assert_eq!(journal.entry("old-name"), Entry::default());
    }
}
