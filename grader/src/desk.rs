//! A learner's desk: the course, the sources that lie in it now, and what is remembered of them.

use std::collections::BTreeMap;
use std::io;
use std::path::PathBuf;

use crate::answer::{Answer, Unreadable};
use crate::course::{Course, Exercise};
use crate::progress::store::{Found, Store};
use crate::progress::{Entry, Journal, Standing, ladder};
use crate::report::Report;

/// What a command for learners works on.
#[derive(Debug)]
pub struct Desk {
    /// The course.
    pub course: Course,
    store: Store,
    journal: Journal,
    /// By exercise folder.
    digests: BTreeMap<String, String>,
    /// What is wrong with the file that remembers, if anything is.
    pub trouble: Option<Trouble>,
}

/// The desk works, but not everything is remembered.
#[derive(Debug)]
pub enum Trouble {
    /// The file could not be understood and was moved here.
    SetAside(PathBuf),
    /// The file cannot be read or written.
    Unusable(io::Error),
}

impl Desk {
    /// Looks at the sources and at what is remembered.
    ///
    /// # Errors
    /// When a source is there and cannot be read.
    pub fn open(course: Course) -> Result<Self, Unreadable> {
        let store = Store::of(&course);
        let (found, trouble) = match store.load() {
            Ok(Found { journal, broken }) => (journal, broken.map(Trouble::SetAside)),
            Err(error) => (Journal::default(), Some(Trouble::Unusable(error))),
        };
        let mut desk = Self { course, store, journal: found, digests: BTreeMap::new(), trouble };
        for exercise in &desk.course.exercises {
            let digest = Answer::of_learner(&desk.course, exercise)?.digest();
            desk.journal.adopt(&desk.course, exercise, &digest);
            desk.digests.insert(exercise.folder.clone(), digest);
        }
        Ok(desk)
    }

    fn digest(&self, exercise: &Exercise) -> &str {
        self.digests.get(&exercise.folder).map_or("", String::as_str)
    }

    /// Where the learner stands with the exercise.
    pub fn standing(&self, exercise: &Exercise) -> Standing {
        self.entry(exercise).standing(self.digest(exercise))
    }

    /// Points of the sources as they are now, as far as is known.
    pub fn points(&self, exercise: &Exercise) -> u32 {
        self.entry(exercise).points_of(self.digest(exercise))
    }

    /// What is remembered of the exercise.
    pub fn entry(&self, exercise: &Exercise) -> Entry {
        self.journal.entry(&exercise.package)
    }

    /// The first exercise that does not pass yet.
    pub fn next(&self) -> Option<&Exercise> {
        self.course.exercises.iter().find(|exercise| self.standing(exercise) != Standing::Passed)
    }

    /// The first exercise after this one that does not pass yet, round the course.
    pub fn next_after(&self, folder: &str) -> Option<&Exercise> {
        let all = &self.course.exercises;
        let here = all.iter().position(|exercise| exercise.folder == folder).map_or(0, |i| i + 1);
        let (before, after) = all.split_at(here);
        after.iter().chain(before).find(|exercise| self.standing(exercise) != Standing::Passed)
    }

    /// Exercises that pass as they are now.
    pub fn passed(&self) -> usize {
        let passed = |exercise: &&Exercise| self.standing(exercise) == Standing::Passed;
        self.course.exercises.iter().filter(passed).count()
    }

    /// Takes one step up the ladder of hints, if there is one left.
    ///
    /// # Errors
    /// When it could not be remembered. It was taken all the same.
    pub fn climb(&mut self, exercise: &Exercise) -> io::Result<()> {
        let entry = self.entry(exercise);
        let Some(hint) = ladder::next(&exercise.manifest.hints, &entry) else { return Ok(()) };
        let id = ladder::id(hint);
        let remembered = self.change(exercise, |entry| entry.hints.push(id.clone()));
        if remembered.is_err() {
            self.journal.entry_mut(&exercise.package).hints.push(id);
        }
        remembered
    }

    /// Changes what is remembered of one exercise.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn change(
        &mut self,
        exercise: &Exercise,
        change: impl FnOnce(&mut Entry),
    ) -> io::Result<()> {
        let digest = self.digest(exercise).to_owned();
        let (course, journal) = (&self.course, &mut self.journal);
        self.store.change(|current| {
            current.adopt(course, exercise, &digest);
            change(current.entry_mut(&exercise.package));
            journal.clone_from(current);
        })?;
        Ok(())
    }
}

/// Remembers the verdicts on a learner's own work.
///
/// # Errors
/// When they could not be remembered, or the file was broken: the verdicts stand all the same.
pub fn remember(course: &Course, report: &Report) -> Result<(), Trouble> {
    let changed = Store::of(course).change(|journal| {
        for graded in &report.exercises {
            let exercise = course.exercises.iter().find(|e| e.folder == graded.folder);
            if let Some(exercise) = exercise {
                journal.adopt(course, exercise, &graded.digest);
            }
        }
        journal.note(report);
    });
    match changed {
        Ok(None) => Ok(()),
        Ok(Some(broken)) => Err(Trouble::SetAside(broken)),
        Err(error) => Err(Trouble::Unusable(error)),
    }
}
