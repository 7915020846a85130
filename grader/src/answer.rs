//! Answers: the sources that are graded, wherever they come from.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use evidence::{Evidence, Place};
use serde::{Deserialize, Serialize};

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
    /// Why it is not to be built, whatever it does. Empty for what is trusted.
    pub refused: Vec<Refusal>,
}

/// Something in an answer that is not accepted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refusal {
    /// The path that the learner knows.
    pub file: String,
    /// The line, from 1, if there is one.
    pub line: Option<u32>,
    /// Why, in one sentence.
    pub because: String,
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

impl Refusal {
    /// As it is shown: like a message of the compiler.
    pub fn evidence(&self) -> Evidence {
        let at = self.line.map(|line| Place { file: self.file.clone(), line });
        let place = at.as_ref().map_or(String::new(), |at| format!(":{}", at.line));
        Evidence::Compiler { rendered: format!("{}{place}: {}", self.file, self.because), at }
    }
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

    pub(crate) fn of_folder(
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
        Ok(Self {
            exercise: exercise.folder.clone(),
            label: label.to_owned(),
            files,
            refused: vec![],
        })
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
        Ok(Self {
            exercise: exercise.folder.clone(),
            label: file.to_owned(),
            files: vec![source],
            refused: vec![],
        })
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
