//! Answers: the sources that are graded, wherever they come from.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::course::{Course, Exercise};
use crate::digest::Digest;

/// The sources of one exercise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The exercise's folder name.
    pub exercise: String,
    /// What people call these sources: `solutions/02-race-fix/wrong/load_then_store.rs`.
    pub label: String,
    /// Every `src/**/*.rs`, sorted by path. Empty when there is none.
    pub files: Vec<SourceFile>,
}

/// One source file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceFile {
    /// Relative to the exercise's folder: `src/lib.rs`.
    pub path: PathBuf,
    /// The path that the learner knows it by.
    pub shown: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// Sources that cannot be read.
#[derive(Debug)]
pub struct Unreadable {
    /// The file or folder.
    pub path: PathBuf,
    /// Why.
    pub error: io::Error,
}

impl Answer {
    /// Whether the file that the crate begins with is there.
    pub fn has_root(&self) -> bool {
        self.files.iter().any(|file| file.path == Path::new("src/lib.rs"))
    }

    /// SHA-256 of all sources: a verdict is on these bytes and no others.
    pub fn digest(&self) -> String {
        let mut sources = Digest::default();
        for file in &self.files {
            sources.add(&file.path.to_string_lossy(), &file.bytes);
        }
        sources.hex()
    }

    /// What a learner has written in the checkout.
    ///
    /// # Errors
    /// When a file is there and cannot be read.
    pub fn of_learner(course: &Course, exercise: &Exercise) -> Result<Self, Unreadable> {
        let folder = format!("exercises/{}", exercise.folder);
        Self::of_folder(exercise, &course.root, &folder, &folder)
    }

    /// What a submission holds for this exercise; `None` when it was not handed in.
    ///
    /// # Errors
    /// When a file is there and cannot be read.
    pub fn of_submission(folder: &Path, exercise: &Exercise) -> Result<Option<Self>, Unreadable> {
        let inside = format!("exercises/{}", exercise.folder);
        if !folder.join(&inside).is_dir() {
            return Ok(None);
        }
        let label = folder.join(&inside).display().to_string();
        Self::of_folder(exercise, folder, &inside, &label).map(Some)
    }

    /// What lies in `folder/NN-name/src`: a backup.
    ///
    /// # Errors
    /// When a file is there and cannot be read.
    pub fn of_backup(folder: &Path, exercise: &Exercise) -> Result<Self, Unreadable> {
        Self::of_folder(exercise, folder, &exercise.folder, &exercise.folder)
    }

    fn of_folder(
        exercise: &Exercise,
        root: &Path,
        folder: &str,
        label: &str,
    ) -> Result<Self, Unreadable> {
        let base = root.join(folder);
        let mut files = Vec::new();
        for path in rust_files(&base.join("src"))? {
            let inside = path.strip_prefix(&base).unwrap_or(&path).to_owned();
            let shown = Path::new(label).join(&inside).display().to_string();
            files.push(SourceFile { path: inside, shown, bytes: read(&path)? });
        }
        Ok(Self { exercise: exercise.folder.clone(), label: label.to_owned(), files })
    }

    /// A single file that takes the place of `src/lib.rs`: `file` is relative to the course's root.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn of_file(course: &Course, exercise: &Exercise, file: &str) -> Result<Self, Unreadable> {
        let source = SourceFile {
            path: "src/lib.rs".into(),
            shown: file.to_owned(),
            bytes: read(&course.root.join(file))?,
        };
        Ok(Self { exercise: exercise.folder.clone(), label: file.to_owned(), files: vec![source] })
    }

    /// The reference answer.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn of_reference(course: &Course, exercise: &Exercise) -> Result<Self, Unreadable> {
        Self::of_file(course, exercise, &format!("solutions/{}/lib.rs", exercise.folder))
    }

    /// Every answer in `solutions/NN-name/<folder>`, sorted by file name; none if there is no such
    /// folder.
    ///
    /// # Errors
    /// When a file is there and cannot be read.
    pub fn all_in(
        course: &Course,
        exercise: &Exercise,
        folder: &str,
    ) -> Result<Vec<Self>, Unreadable> {
        let inside = format!("solutions/{}/{folder}", exercise.folder);
        rust_files(&course.root.join(&inside))?
            .iter()
            .map(|path| {
                let inside = path.strip_prefix(&course.root).unwrap_or(path);
                Self::of_file(course, exercise, &inside.display().to_string())
            })
            .collect()
    }
}

/// Every regular `.rs` file below the folder, sorted; none if the folder is missing.
fn rust_files(folder: &Path) -> Result<Vec<PathBuf>, Unreadable> {
    let unreadable = |error| Unreadable { path: folder.to_owned(), error };
    let entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries.map_err(unreadable)?,
    };
    let mut files = Vec::new();
    for entry in entries {
        let entry = entry.map_err(unreadable)?;
        let kind = entry.file_type().map_err(unreadable)?;
        if kind.is_dir() {
            files.extend(rust_files(&entry.path())?);
        } else if kind.is_file() && entry.path().extension().is_some_and(|e| e == "rs") {
            files.push(entry.path());
        }
    }
    files.sort();
    Ok(files)
}

fn read(path: &Path) -> Result<Vec<u8>, Unreadable> {
    fs::read(path).map_err(|error| Unreadable { path: path.to_owned(), error })
}
