//! An exercise as the course has it, and backups of what a reset takes away.
//!
//! Git knows the original. A learner's commits change an exercise's `src/`; only the course's own
//! change its task, its checks or its manifests. So in the newest commit that changed one of those,
//! `src/` is as the course has it, however the learner's work was merged or rebased since.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::answer::{Answer, SourceFile, Unreadable};
use crate::course::{Course, Exercise};
use crate::progress::store;

/// What of an exercise is the course's own.
const OF_THE_COURSE: [&str; 5] = ["exercise.toml", "README.md", "Cargo.toml", "tests", "model"];

/// Why something could not be brought back.
#[derive(Debug)]
pub enum Lost {
    /// Git does not have the original; why, in words.
    NoOriginal(String),
    /// There is no backup.
    NoBackup,
    /// A source cannot be read.
    Source(Unreadable),
    /// A file cannot be read or written.
    File(PathBuf, io::Error),
}

impl From<Unreadable> for Lost {
    fn from(error: Unreadable) -> Self {
        Lost::Source(error)
    }
}

/// The exercise's sources as the course has them.
///
/// # Errors
/// [`Lost::NoOriginal`] without Git, outside a repository, or for an exercise that was never
/// committed.
pub fn find(course: &Course, exercise: &Exercise) -> Result<Answer, Lost> {
    let folder = format!("exercises/{}", exercise.folder);
    let owned = OF_THE_COURSE.map(|file| format!("./{folder}/{file}"));
    let mut log = vec!["log", "-1", "--format=%H", "--"];
    log.extend(owned.iter().map(String::as_str));
    let commit = text(git(&course.root, &log)?);
    if commit.is_empty() {
        return Err(Lost::NoOriginal("no commit holds the exercise".into()));
    }
    let source = format!("./{folder}/src");
    let names = git(&course.root, &["ls-tree", "-r", "-z", "--name-only", &commit, &source])?;
    let mut files = Vec::new();
    for name in String::from_utf8_lossy(&names).split('\0').filter(|name| name.ends_with(".rs")) {
        let bytes = git(&course.root, &["show", &format!("{commit}:./{name}")])?;
        let inside = name.strip_prefix(&format!("{folder}/")).unwrap_or(name);
        files.push(SourceFile { path: inside.into(), shown: name.to_owned(), bytes });
    }
    if files.is_empty() {
        return Err(Lost::NoOriginal(format!("commit {} has no sources of it", &commit[..12])));
    }
    Ok(Answer { exercise: exercise.folder.clone(), label: folder, files, refused: vec![] })
}

fn git(root: &Path, arguments: &[&str]) -> Result<Vec<u8>, Lost> {
    let output = Command::new("git")
        .arg("-C")
        .arg(root)
        .args(arguments)
        .stdin(Stdio::null())
        .output()
        .map_err(|error| Lost::NoOriginal(format!("git could not be started ({error})")))?;
    if output.status.success() {
        return Ok(output.stdout);
    }
    Err(Lost::NoOriginal(format!("git says: {}", text(output.stderr))))
}

fn text(bytes: Vec<u8>) -> String {
    String::from_utf8_lossy(&bytes).trim().to_owned()
}

/// Backups, one folder for each reset: `.lockstep/backups/0001/02-race-fix/src/…`.
#[derive(Debug)]
pub struct Backups(PathBuf);

impl Backups {
    /// Those of the course.
    pub fn of(course: &Course) -> Self {
        Self(course.root.join(store::FOLDER).join("backups"))
    }

    /// Puts these sources in place of what is there, which is kept. Nothing is taken away before
    /// all of it is kept.
    ///
    /// # Errors
    /// When a file cannot be read or written.
    pub fn replace(&self, course: &Course, answers: &[Answer]) -> Result<(), Lost> {
        let number = self.numbers().last().map_or(1, |last| last + 1);
        for answer in answers {
            if let Some(exercise) = course.exercises.iter().find(|e| e.folder == answer.exercise) {
                let present = Answer::of_learner(course, exercise)?;
                write(&self.folder(number).join(&answer.exercise), &present.files)?;
            }
        }
        for answer in answers {
            let folder = course.root.join("exercises").join(&answer.exercise);
            write(&folder, &answer.files)?;
            remove_others(course, answer)?;
        }
        Ok(())
    }

    /// Exchanges what is there of these exercises with the newest backup that has any of them, and
    /// returns what was in it: doing it twice changes nothing.
    ///
    /// # Errors
    /// [`Lost::NoBackup`], or when a file cannot be read or written.
    pub fn undo(&self, course: &Course, exercises: &[Exercise]) -> Result<Vec<Answer>, Lost> {
        let has = |folder: &Path, exercise: &Exercise| folder.join(&exercise.folder).is_dir();
        let mut folders = self.numbers().into_iter().rev().map(|number| self.folder(number));
        let folder = folders
            .find(|folder| exercises.iter().any(|exercise| has(folder, exercise)))
            .ok_or(Lost::NoBackup)?;
        let kept: Vec<Answer> = exercises
            .iter()
            .filter(|exercise| has(&folder, exercise))
            .map(|exercise| {
                Answer::of_folder(exercise, &folder, &exercise.folder, &exercise.folder)
            })
            .collect::<Result<_, _>>()?;
        self.replace(course, &kept)?;
        for answer in &kept {
            let used = folder.join(&answer.exercise);
            fs::remove_dir_all(&used).map_err(|error| Lost::File(used, error))?;
        }
        // It stays as long as it holds other exercises.
        let _ = fs::remove_dir(&folder);
        Ok(kept)
    }

    fn folder(&self, number: u32) -> PathBuf {
        self.0.join(format!("{number:04}"))
    }

    fn numbers(&self) -> Vec<u32> {
        let names = fs::read_dir(&self.0).into_iter().flatten().flatten();
        let mut numbers: Vec<u32> =
            names.filter_map(|entry| entry.file_name().to_str()?.parse().ok()).collect();
        numbers.sort_unstable();
        numbers
    }
}

fn write(folder: &Path, files: &[SourceFile]) -> Result<(), Lost> {
    // An empty backup says that there was nothing.
    let failed = |path: &Path, error| Lost::File(path.to_owned(), error);
    fs::create_dir_all(folder).map_err(|error| failed(folder, error))?;
    for file in files {
        let path = folder.join(&file.path);
        let parent = path.parent().unwrap_or(folder);
        fs::create_dir_all(parent).map_err(|error| failed(parent, error))?;
        fs::write(&path, &file.bytes).map_err(|error| failed(&path, error))?;
    }
    Ok(())
}

/// Removes every source that is not among the answer's.
fn remove_others(course: &Course, answer: &Answer) -> Result<(), Lost> {
    let Some(exercise) = course.exercises.iter().find(|e| e.folder == answer.exercise) else {
        return Ok(());
    };
    for file in Answer::of_learner(course, exercise)?.files {
        if !answer.files.iter().any(|kept| kept.path == file.path) {
            let path = course.root.join(&file.shown);
            fs::remove_file(&path).map_err(|error| Lost::File(path, error))?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const TOML: &str = "title='t'\nchapter='c'\nbook='b'\n[[checks]]\nname='a'\nkind='example'\npoints=1\npromise='p'";

    struct Repository(tempfile::TempDir);

    impl Repository {
        fn new() -> Self {
            let repository = Self(tempfile::tempdir().unwrap());
            repository.write("Cargo.toml", "");
            repository.write("exercises/02-race/exercise.toml", TOML);
            repository.write("exercises/02-race/src/lib.rs", "stub");
            repository.git(&["init", "-q", "-b", "main"]);
            repository.commit();
            repository
        }

        fn write(&self, file: &str, text: &str) {
            let path = self.0.path().join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }

        fn read(&self, file: &str) -> String {
            fs::read_to_string(self.0.path().join("exercises/02-race/src").join(file))
                .unwrap_or_default()
        }

        fn git(&self, arguments: &[&str]) {
            let identity = ["-c", "user.name=x", "-c", "user.email=x@example.org"];
            let status = Command::new("git")
                .current_dir(self.0.path())
                .args(identity)
                .args(arguments)
                .status();
            assert!(status.unwrap().success());
        }

        fn commit(&self) {
            self.git(&["add", "."]);
            self.git(&["commit", "-q", "-m", "x"]);
        }

        fn course(&self) -> Course {
            Course::load(self.0.path()).unwrap()
        }

        fn original(&self) -> Answer {
            let course = self.course();
            find(&course, &course.exercises[0]).unwrap()
        }
    }

    #[test]
    fn the_original_is_the_courses_whatever_a_learner_commits() {
        let repository = Repository::new();
        repository.write("exercises/02-race/src/lib.rs", "mine");
        repository.commit();
        assert_eq!(repository.original().files[0].bytes, b"stub");
    }

    #[test]
    fn an_update_of_the_course_brings_its_own_original() {
        let repository = Repository::new();
        repository.git(&["checkout", "-q", "-b", "course"]);
        repository.write("exercises/02-race/src/lib.rs", "new stub");
        repository.write("exercises/02-race/README.md", "# New");
        repository.commit();
        repository.git(&["checkout", "-q", "main"]);
        repository.write("exercises/02-race/src/lib.rs", "mine");
        repository.commit();
        repository.git(&["merge", "-q", "-X", "ours", "-m", "x", "course"]);
        assert_eq!(repository.read("lib.rs"), "mine");
        assert_eq!(repository.original().files[0].bytes, b"new stub");
    }

    #[test]
    fn a_reset_is_undone_and_the_undoing_as_well() {
        let repository = Repository::new();
        repository.write("exercises/02-race/src/lib.rs", "mine");
        repository.write("exercises/02-race/src/more.rs", "more");
        let course = repository.course();
        let backups = Backups::of(&course);
        let undo = || {
            let kept = backups.undo(&course, &course.exercises)?;
            Ok::<_, Lost>(kept.into_iter().map(|answer| answer.exercise).collect::<Vec<_>>())
        };
        assert!(matches!(undo(), Err(Lost::NoBackup)));
        backups.replace(&course, &[repository.original()]).unwrap();
        assert_eq!(
            (repository.read("lib.rs"), repository.read("more.rs")),
            ("stub".into(), String::new())
        );
        for (lib, more) in [("mine", "more"), ("stub", ""), ("mine", "more")] {
            assert_eq!(undo().unwrap(), ["02-race"]);
            assert_eq!((&*repository.read("lib.rs"), &*repository.read("more.rs")), (lib, more));
        }
    }

    #[test]
    fn one_of_two_resets_is_undone() {
        let repository = Repository::new();
        repository.write("exercises/03-lock/exercise.toml", TOML);
        repository.write("exercises/03-lock/src/lib.rs", "stub");
        repository.commit();
        repository.write("exercises/02-race/src/lib.rs", "mine");
        repository.write("exercises/03-lock/src/lib.rs", "mine too");
        let course = repository.course();
        let lock = || repository.read("../../03-lock/src/lib.rs");
        let backups = Backups::of(&course);
        let originals: Vec<_> =
            course.exercises.iter().map(|exercise| find(&course, exercise).unwrap()).collect();
        backups.replace(&course, &originals).unwrap();
        backups.undo(&course, &course.exercises[..1]).unwrap();
        assert_eq!((repository.read("lib.rs"), lock()), ("mine".into(), "stub".into()));
        backups.undo(&course, &course.exercises[1..]).unwrap();
        assert_eq!((repository.read("lib.rs"), lock()), ("mine".into(), "mine too".into()));
    }

    #[test]
    fn without_a_repository_it_says_so() {
        let home = tempfile::tempdir().unwrap();
        let folder = home.path().join("exercises/02-race");
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join("exercise.toml"), TOML).unwrap();
        let course = Course::load(home.path()).unwrap();
        let found = find(&course, &course.exercises[0]);
        let Err(Lost::NoOriginal(why)) = found else { panic!("found") };
        assert!(why.contains("git"), "{why}");
    }
}
