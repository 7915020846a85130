//! The stage: a trusted copy of the course that answers are laid over.
//!
//! It holds the course's own manifests, checks and support crates, and of an answer nothing but its
//! `src/**/*.rs`. A file is written only when its content changed, so that cargo rebuilds only what
//! an edit touched.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use crate::answer::Answer;
use crate::course::Course;
use crate::digest::Digest;

/// Where the grader works, inside the target folder.
#[derive(Debug)]
pub struct Stage {
    /// The workspace that cargo builds.
    pub root: PathBuf,
    /// Where cargo puts what it builds.
    pub target: PathBuf,
    /// Digest of everything but the answers, by exercise folder.
    trusted: BTreeMap<String, String>,
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

type Files = BTreeMap<PathBuf, Vec<u8>>;

impl Stage {
    /// Copies the course's own files to `home/stage` and waits for the exclusive use of it;
    /// `on_wait` is called if another grader has it.
    ///
    /// # Errors
    /// When a file cannot be read or written.
    pub fn open(course: &Course, home: &Path, on_wait: impl FnOnce()) -> Result<Self, StageError> {
        let root = home.join("stage");
        create_dir(&root)?;
        let lock = lock(&home.join("lock"), on_wait)?;
        let files = trusted_files(course)?;
        // What all exercises share is hashed once.
        let mut shared = Digest::default();
        for (path, bytes) in files.iter().filter(|(path, _)| !path.starts_with("exercises")) {
            shared.add(&path.to_string_lossy(), bytes);
        }
        let mut trusted = BTreeMap::new();
        for exercise in &course.exercises {
            let folder = Path::new("exercises").join(&exercise.folder);
            let mut digest = shared.clone();
            for (path, bytes) in files.iter().filter(|(path, _)| path.starts_with(&folder)) {
                digest.add(&path.to_string_lossy(), bytes);
            }
            trusted.insert(exercise.folder.clone(), digest.hex());
        }
        // Answers that were laid stay, but not those of an exercise that is no more: cargo would
        // take its folder for a package.
        let sources: Vec<PathBuf> = course
            .exercises
            .iter()
            .map(|exercise| Path::new("exercises").join(&exercise.folder).join("src"))
            .collect();
        mirror(&root, &files, |path| sources.iter().any(|source| path.starts_with(source)))?;
        Ok(Self { target: home.join("target"), root, trusted, _lock: lock })
    }

    /// Digest of all that the verdicts on this exercise rest on, but for the answer itself.
    pub fn trusted_digest(&self, exercise: &str) -> &str {
        self.trusted.get(exercise).map_or("", String::as_str)
    }

    /// Lays the answer over the stage, in place of whatever was there.
    ///
    /// # Errors
    /// When a file cannot be written.
    pub fn lay(&self, answer: &Answer) -> Result<(), StageError> {
        let folder = self.root.join("exercises").join(&answer.exercise);
        let files = answer.files.iter().map(|f| (f.path.clone(), f.bytes.clone())).collect();
        mirror(&folder, &files, |path| !path.starts_with("src"))
    }
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
    files.insert("Cargo.toml".into(), stage_manifest(&manifest));
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
        files.entry(path).or_insert(bytes);
    }
    Ok(())
}

/// The root manifest, with the stage's members instead of the course's.
fn stage_manifest(manifest: &[u8]) -> Vec<u8> {
    manifest_with(manifest, &["support/*", "exercises/*", "exercises/*/model"])
}

/// The root manifest with these members.
pub(crate) fn manifest_with(manifest: &[u8], members: &[&str]) -> Vec<u8> {
    let text = String::from_utf8_lossy(manifest);
    // A manifest that does not parse goes on as it is: cargo says best what is wrong with it.
    let Ok(mut table) = text.parse::<toml::Table>() else { return manifest.to_vec() };
    if let Some(toml::Value::Table(workspace)) = table.get_mut("workspace") {
        let members: Vec<toml::Value> = members.iter().map(|&member| member.into()).collect();
        workspace.insert("members".into(), members.into());
        workspace.remove("default-members");
    }
    table.to_string().into_bytes()
}

fn collect(root: &Path, folder: &Path, files: &mut Files) -> Result<(), StageError> {
    let path = root.join(folder);
    let failed = |error| StageError { path: path.clone(), error };
    for entry in fs::read_dir(&path).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        let inside = folder.join(entry.file_name());
        let kind = entry.file_type().map_err(failed)?;
        // Beside a manifest it is what cargo builds; elsewhere it is a module that is called so.
        let is_built = entry.file_name() == "target" && path.join("Cargo.toml").is_file();
        if kind.is_dir() && !is_built {
            collect(root, &inside, files)?;
        } else if kind.is_file() {
            files.insert(inside, read(&entry.path())?);
        }
    }
    Ok(())
}

/// Makes `root` hold these files and no others, but for those that `keep` names.
fn mirror(root: &Path, files: &Files, keep: impl Fn(&Path) -> bool) -> Result<(), StageError> {
    let mut present = Files::new();
    if root.is_dir() {
        collect(root, Path::new(""), &mut present)?;
    }
    for (path, bytes) in files {
        if present.get(path) != Some(bytes) {
            let path = root.join(path);
            create_dir(path.parent().unwrap_or(root))?;
            fs::write(&path, bytes).map_err(|error| StageError { path, error })?;
        }
    }
    for path in present.keys().filter(|path| !files.contains_key(*path) && !keep(path)) {
        let path = root.join(path);
        fs::remove_file(&path).map_err(|error| StageError { path: path.clone(), error })?;
        // A folder goes with its last file: the first one that is not empty ends it.
        let mut folders = path.ancestors().skip(1).take_while(|folder| *folder != root);
        while folders.next().is_some_and(|folder| fs::remove_dir(folder).is_ok()) {}
    }
    Ok(())
}

fn create_dir(path: &Path) -> Result<(), StageError> {
    fs::create_dir_all(path).map_err(|error| StageError { path: path.to_owned(), error })
}

fn read(path: &Path) -> Result<Vec<u8>, StageError> {
    fs::read(path).map_err(|error| StageError { path: path.to_owned(), error })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(list: &[(&str, &str)]) -> Files {
        list.iter().map(|(path, text)| (path.into(), text.as_bytes().to_vec())).collect()
    }

    #[test]
    fn mirroring_writes_only_what_changed_and_removes_the_rest() {
        let home = tempfile::tempdir().unwrap();
        let root = home.path();
        mirror(root, &files(&[("a", "1"), ("src/b", "2"), ("c/d", "3")]), |_| false).unwrap();
        let written = fs::metadata(root.join("a")).unwrap().modified().unwrap();
        mirror(root, &files(&[("a", "1"), ("c/d", "4")]), |p| p.starts_with("src")).unwrap();
        assert_eq!(fs::metadata(root.join("a")).unwrap().modified().unwrap(), written);
        assert_eq!(fs::read_to_string(root.join("c/d")).unwrap(), "4");
        assert!(root.join("src/b").exists(), "kept");
        mirror(root, &files(&[("a", "1")]), |_| false).unwrap();
        assert!(!root.join("src").exists() && !root.join("c").exists(), "folders go as well");
    }

    #[test]
    fn a_module_may_be_called_target() {
        let home = tempfile::tempdir().unwrap();
        let root = home.path();
        let module = "src/target/mod.rs";
        mirror(root, &files(&[("Cargo.toml", ""), (module, "1")]), |_| false).unwrap();
        create_dir(&root.join("target/debug")).unwrap();
        fs::write(root.join("target/debug/x"), "built").unwrap();
        let written = fs::metadata(root.join(module)).unwrap().modified().unwrap();
        mirror(root, &files(&[("Cargo.toml", ""), (module, "1")]), |_| false).unwrap();
        assert_eq!(fs::metadata(root.join(module)).unwrap().modified().unwrap(), written);
        mirror(root, &files(&[("Cargo.toml", "")]), |_| false).unwrap();
        assert!(!root.join("src").exists() && root.join("target/debug/x").exists());
    }

    #[test]
    fn the_stage_has_its_own_members() {
        let manifest =
            stage_manifest(b"[workspace]\nmembers = [\"grader\"]\ndefault-members = []\n");
        let table: toml::Table = String::from_utf8(manifest).unwrap().parse().unwrap();
        assert_eq!(table["workspace"]["members"][0].as_str(), Some("support/*"));
        assert!(table["workspace"].get("default-members").is_none());
    }
}
