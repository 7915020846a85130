//! The stage: a trusted copy of the course that answers are laid over.
//!
//! It holds the course's own manifests, checks and support crates, and of an answer nothing but its
//! `src/**/*.rs`. A file is written only when its content changed, so that cargo rebuilds only what
//! an edit touched.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use crate::answer::Answer;
use crate::course::Course;
use crate::digest::Digest;

mod files;
mod grading;
mod manifest;
mod pristine;

use files::{Files, collect, create_dir, mirror, read};
pub use grading::Grading;
pub(crate) use manifest::with_members;
use pristine::Traces;

/// Where the grader works, inside the target folder.
#[derive(Debug)]
pub struct Stage {
    /// The workspace that cargo builds.
    pub root: PathBuf,
    /// Where cargo puts what it builds.
    pub target: PathBuf,
    /// Where programs of the grader's own lie. No process that has to do with an answer may write
    /// there.
    pub own: PathBuf,
    /// Whether nothing of an answer is there when another comes.
    pub pristine: bool,
    /// Digest of what cargo reads before it builds anything, and of what all exercises share.
    workspace: String,
    /// Digest of everything but the answers, by exercise folder.
    trusted: BTreeMap<String, String>,
    /// What answers leave.
    traces: Arc<Traces>,
    /// Held as long as this grader uses the stage.
    _lock: File,
}

/// The stage could not be set up: a full disk, a read-only folder.
#[derive(Debug)]
pub struct StageError {
    /// The file or folder.
    pub path: PathBuf,
    /// What the operating system said.
    pub error: io::Error,
}

impl Stage {
    /// Copies the course's own files to `home/stage` and waits for the exclusive use of it;
    /// `on_wait` is called if another grader has it. A pristine stage holds nothing of any answer;
    /// another one what was laid last, so that cargo need not build that again.
    ///
    /// # Errors
    /// When a file cannot be read or written.
    pub fn open(
        course: &Course,
        home: &Path,
        pristine: bool,
        on_wait: impl FnOnce(),
    ) -> Result<Self, StageError> {
        create_dir(&home.join("stage"))?;
        // Cargo tells whole paths, without links: so they can be compared.
        let home =
            fs::canonicalize(home).map_err(|error| StageError { path: home.to_owned(), error })?;
        let root = home.join("stage");
        let lock = lock(&home.join("lock"), on_wait)?;
        let files = trusted_files(course)?;
        let (workspace, trusted) = digests(course, &files);
        // Answers that were laid stay, but not those of an exercise that is no more: cargo would
        // take its folder for a package.
        let sources: Vec<PathBuf> = course
            .exercises
            .iter()
            .map(|exercise| Path::new("exercises").join(&exercise.folder).join("src"))
            .collect();
        let keep = |path: &Path| !pristine && sources.iter().any(|src| path.starts_with(src));
        mirror(&root, &files, keep)?;
        let (target, own) = (home.join("target"), home.join("trusted"));
        create_dir(&target)?;
        let traces = Arc::new(Traces::of(course, &root, &target));
        let stage = Self { root, target, own, pristine, workspace, trusted, traces, _lock: lock };
        if pristine {
            stage.clear()?;
        }
        Ok(stage)
    }

    /// Digest of all that the verdicts on this exercise rest on, but for the answer itself.
    pub fn trusted_digest(&self, exercise: &str) -> &str {
        self.trusted.get(exercise).map_or("", String::as_str)
    }

    /// Digest of what all exercises share, and of all manifests: the support crates, and which
    /// versions of which packages are needed.
    pub fn workspace_digest(&self) -> &str {
        &self.workspace
    }

    /// Lays the answer over the stage, in place of whatever was there.
    ///
    /// # Errors
    /// When a file cannot be written.
    pub fn lay(&self, answer: &Answer) -> Result<(), StageError> {
        let folder = self.root.join("exercises").join(&answer.exercise);
        let sources = answer.files.iter().filter(|file| is_source(&file.path));
        let files = sources.map(|file| (file.path.clone(), file.bytes.clone())).collect();
        mirror(&folder, &files, |path| !path.starts_with("src"))
    }

    /// Removes every answer, and all that was built of answers.
    ///
    /// # Errors
    /// When something of it cannot be removed.
    pub fn clear(&self) -> Result<(), StageError> {
        self.traces.clear()
    }

    /// Removes every answer.
    ///
    /// # Errors
    /// When a file cannot be removed.
    pub fn clear_sources(&self) -> Result<(), StageError> {
        self.traces.clear_sources()
    }

    /// A grading: a pristine stage begins and ends it without a trace of any answer.
    ///
    /// # Errors
    /// When what was there cannot be removed.
    pub fn begin(&self) -> Result<Grading, StageError> {
        if self.pristine {
            self.clear()?;
        }
        Ok(Grading::begin(self.pristine.then(|| Arc::clone(&self.traces))))
    }
}

/// Whether a file of an answer is one of its sources. Whoever collected them, nothing else is laid.
fn is_source(path: &Path) -> bool {
    let is_rust = path.extension().is_some_and(|extension| extension == "rs");
    let is_plain = path.components().all(|part| matches!(part, Component::Normal(_)));
    path.starts_with("src") && is_rust && is_plain
}

/// Digest of what all exercises share and of all manifests, and of everything but the answers, by
/// exercise folder.
fn digests(course: &Course, files: &Files) -> (String, BTreeMap<String, String>) {
    // What all exercises share is hashed once.
    let mut shared = Digest::default();
    for (path, bytes) in files.iter().filter(|(path, _)| !path.starts_with("exercises")) {
        shared.add(&path.to_string_lossy(), bytes);
    }
    let of_exercise = |folder: &String| {
        let inside = Path::new("exercises").join(folder);
        let mut digest = shared.clone();
        for (path, bytes) in files.iter().filter(|(path, _)| path.starts_with(&inside)) {
            digest.add(&path.to_string_lossy(), bytes);
        }
        (folder.clone(), digest.hex())
    };
    let folders = course.exercises.iter().map(|exercise| &exercise.folder);
    let trusted = folders.map(of_exercise).collect();
    let mut workspace = shared;
    for (path, bytes) in files.iter().filter(|(path, _)| path.ends_with("Cargo.toml")) {
        workspace.add(&path.to_string_lossy(), bytes);
    }
    (workspace.hex(), trusted)
}

fn lock(path: &Path, on_wait: impl FnOnce()) -> Result<File, StageError> {
    let failed = |error| StageError { path: path.to_owned(), error };
    let file = File::create(path).map_err(failed)?;
    if file.try_lock().is_err() {
        on_wait();
        file.lock().map_err(failed)?;
    }
    Ok(file)
}

/// All that is the course's own: manifests, support crates, checks.
fn trusted_files(course: &Course) -> Result<Files, StageError> {
    let mut files = Files::new();
    let manifest = read(&course.root.join("Cargo.toml"))?;
    files.insert("Cargo.toml".into(), manifest::of_stage(&manifest));
    if let Ok(lock) = fs::read(course.root.join("Cargo.lock")) {
        files.insert("Cargo.lock".into(), lock);
    }
    collect(&course.root, Path::new("support"), &mut files)?;
    for exercise in &course.exercises {
        let folder = Path::new("exercises").join(&exercise.folder);
        for file in ["Cargo.toml", "exercise.toml"] {
            let path = folder.join(file);
            files.insert(path.clone(), read(&course.root.join(path))?);
        }
        for inside in ["tests", "model"] {
            if course.root.join(&folder).join(inside).is_dir() {
                collect(&course.root, &folder.join(inside), &mut files)?;
            }
        }
    }
    if let Some(extra) = &course.extra {
        lay_extra(course, extra, &mut files)?;
    }
    Ok(files)
}

/// A teacher's own checks. They add files, and replace none of the course's.
fn lay_extra(course: &Course, extra: &Path, files: &mut Files) -> Result<(), StageError> {
    let mut own = Files::new();
    for exercise in &course.exercises {
        for inside in ["tests", "model/tests"] {
            let folder = Path::new("exercises").join(&exercise.folder).join(inside);
            if extra.join(&folder).is_dir() {
                collect(extra, &folder, &mut own)?;
            }
        }
    }
    for (path, bytes) in own {
        if files.contains_key(&path) {
            continue;
        }
        // `NN-name/tests/extra_examples.rs` is a test of the package around `tests`; what lies
        // deeper is a module of one.
        let is_rust = path.extension().is_some_and(|extension| extension == "rs");
        let around = path.parent().filter(|folder| is_rust && folder.ends_with("tests"));
        if let (Some(around), Some(name)) = (around.and_then(Path::parent), path.file_stem())
            && let Some(package) = files.get_mut(&around.join("Cargo.toml"))
        {
            *package = manifest::with_test(package, &name.to_string_lossy());
        }
        files.insert(path, bytes);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_sources_are_laid() {
        for path in ["src/lib.rs", "src/bin/guard.rs", "src/a/b.rs"] {
            assert!(is_source(Path::new(path)), "{path}");
        }
        for path in ["tests/examples.rs", "src/../tests/examples.rs", "/src/lib.rs", "src/x.toml"] {
            assert!(!is_source(Path::new(path)), "{path}");
        }
    }
}
