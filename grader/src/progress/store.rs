//! The journal's file: `.lockstep/progress.toml` in the course.
//!
//! A change is made under a lock, on what the file says at that moment, so that two graders at once
//! lose nothing. It is written aside and moved into place, so that a full disk or a crash leaves the
//! old file as it was. A file that cannot be understood is moved out of the way, never overwritten.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::Journal;
use crate::course::Course;

/// The folder in the course that holds what is the learner's own and is not a source.
pub const FOLDER: &str = ".lockstep";

const HEADING: &str = "\
# What `cargo grade` remembers of your work: one table for each exercise.
# You may read it, edit it or delete it. Without it your work counts as not graded yet.

";

/// Where the journal is kept.
#[derive(Debug, Clone)]
pub struct Store {
    folder: PathBuf,
}

/// What was found in the file.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// What is remembered.
    pub journal: Journal,
    /// Where a file went that could not be understood.
    pub broken: Option<PathBuf>,
}

#[derive(Serialize, Deserialize)]
struct Document {
    version: u32,
    #[serde(default)]
    exercises: Journal,
}

impl Store {
    /// The store of this course.
    pub fn of(course: &Course) -> Self {
        Self { folder: course.root.join(FOLDER) }
    }

    fn file(&self) -> PathBuf {
        self.folder.join("progress.toml")
    }

    /// What is remembered now.
    ///
    /// # Errors
    /// When the file is there and cannot be read, or is broken and cannot be moved away.
    pub fn load(&self) -> io::Result<Found> {
        match self.read()? {
            Some(journal) => Ok(Found { journal, broken: None }),
            // Another grader may be about to replace it: look again under the lock.
            None => {
                let _lock = self.lock()?;
                self.load_or_move_aside()
            }
        }
    }

    /// What the file says; `None` if it cannot be understood.
    fn read(&self) -> io::Result<Option<Journal>> {
        let bytes = match fs::read(self.file()) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                return Ok(Some(Journal::default()));
            }
            bytes => bytes?,
        };
        let document = String::from_utf8(bytes).ok().and_then(|text| toml::from_str(&text).ok());
        Ok(match document {
            Some(Document { version: 1, exercises }) => Some(exercises),
            _ => None,
        })
    }

    /// To be called under the lock.
    fn load_or_move_aside(&self) -> io::Result<Found> {
        if let Some(journal) = self.read()? {
            return Ok(Found { journal, broken: None });
        }
        let broken = free_name(&self.folder);
        fs::rename(self.file(), &broken)?;
        Ok(Found { journal: Journal::default(), broken: Some(broken) })
    }

    fn lock(&self) -> io::Result<File> {
        fs::create_dir_all(&self.folder)?;
        let lock = File::create(self.folder.join("lock"))?;
        lock.lock()?;
        Ok(lock)
    }

    /// Changes what is remembered; returns what was found broken before.
    ///
    /// # Errors
    /// When the file cannot be read or written: then it is as it was.
    pub fn change(&self, change: impl FnOnce(&mut Journal)) -> io::Result<Option<PathBuf>> {
        let _lock = self.lock()?;
        let Found { mut journal, broken } = self.load_or_move_aside()?;
        let before = journal.clone();
        change(&mut journal);
        if journal != before || broken.is_some() {
            self.write(journal)?;
        }
        Ok(broken)
    }

    fn write(&self, journal: Journal) -> io::Result<()> {
        let document = Document { version: 1, exercises: journal };
        let text = toml::to_string(&document).map_err(io::Error::other)?;
        let temporary = self.folder.join("progress.toml.new");
        let mut file = File::create(&temporary)?;
        file.write_all(HEADING.as_bytes())?;
        file.write_all(text.as_bytes())?;
        // Without this a power cut may leave an empty file under the final name.
        file.sync_all()?;
        fs::rename(temporary, self.file())
    }
}

/// A name for a broken file that takes no other file's place.
fn free_name(folder: &Path) -> PathBuf {
    let mut number = 1;
    loop {
        let path = folder.join(format!("progress.broken-{number}.toml"));
        if !path.exists() {
            return path;
        }
        number += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::progress::{Entry, Solution};
    use evidence::Fault;

    fn store(home: &tempfile::TempDir) -> Store {
        Store { folder: home.path().join(FOLDER) }
    }

    #[test]
    fn what_is_written_is_read_back() {
        let home = tempfile::tempdir().unwrap();
        let entry = Entry {
            points: 4,
            graded: "ab".into(),
            passed: String::new(),
            check: Some("b".into()),
            fault: Some(Fault::LostUpdate),
            hints: vec!["x".into()],
            solution: Some(Solution::Asked),
        };
        assert_eq!(store(&home).load().unwrap(), Found::default());
        store(&home).change(|journal| *journal.entry_mut("race-fix") = entry.clone()).unwrap();
        assert_eq!(store(&home).load().unwrap().journal.entry("race-fix"), entry);
        let text = fs::read_to_string(store(&home).file()).unwrap();
        assert!(text.starts_with("# What `cargo grade` remembers"), "{text}");
        assert!(text.contains("[exercises.race-fix]\npoints = 4\n"), "{text}");
    }

    #[test]
    fn a_broken_file_is_kept_aside() {
        let home = tempfile::tempdir().unwrap();
        for (number, broken) in ["no toml", "version = 2", "\0"].into_iter().enumerate() {
            fs::create_dir_all(home.path().join(FOLDER)).unwrap();
            fs::write(store(&home).file(), broken).unwrap();
            let aside = store(&home).change(|journal| journal.entry_mut("a").points = 1).unwrap();
            let aside = aside.expect("it was broken");
            assert!(aside.ends_with(format!("progress.broken-{}.toml", number + 1)));
            assert_eq!(fs::read_to_string(aside).unwrap(), broken);
            assert_eq!(store(&home).load().unwrap().journal.entry("a").points, 1);
        }
    }

    /// Each change is made on what the one before left.
    #[test]
    fn two_graders_at_once_lose_nothing() {
        let home = tempfile::tempdir().unwrap();
        std::thread::scope(|scope| {
            for name in ["a", "b"] {
                let store = store(&home);
                scope.spawn(move || {
                    for _ in 0..20 {
                        store.change(|journal| journal.entry_mut(name).points += 1).unwrap();
                        store.change(|journal| journal.entry_mut("both").points += 1).unwrap();
                    }
                });
            }
        });
        let journal = store(&home).load().unwrap().journal;
        let points = ["a", "b", "both"].map(|name| journal.entry(name).points);
        assert_eq!(points, [20, 20, 40]);
    }

    #[test]
    fn what_cannot_be_written_leaves_the_file_as_it_was() {
        let home = tempfile::tempdir().unwrap();
        store(&home).change(|journal| journal.entry_mut("a").points = 1).unwrap();
        // A folder in the way of the temporary file fails for every user, root included.
        fs::create_dir(home.path().join(FOLDER).join("progress.toml.new")).unwrap();
        assert!(store(&home).change(|journal| journal.entry_mut("a").points = 2).is_err());
        assert_eq!(store(&home).load().unwrap().journal.entry("a").points, 1);
    }
}
