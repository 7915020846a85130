//! What an answer leaves behind, and its removal.
//!
//! An answer leaves its sources on the stage, and in the target folder what cargo made of them:
//! libraries, test programs, what the compiler keeps for the next time, and what cargo remembers to
//! tell whether it must build again. With none of that left, what the next answer gets is its own.
//! What cargo built of the course alone stays.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use super::StageError;
use super::files::remove;
use crate::course::{Course, Exercise, Kind};

/// Where answers leave something.
#[derive(Debug)]
pub(super) struct Traces {
    /// Folders of sources.
    sources: Vec<PathBuf>,
    /// Where cargo builds.
    target: PathBuf,
    crates: Crates,
}

impl Traces {
    /// Of answers to this course on the stage in `root`.
    pub(super) fn of(course: &Course, root: &Path, target: &Path) -> Self {
        let exercises = course.exercises.iter();
        let source = |e: &Exercise| root.join("exercises").join(&e.folder).join("src");
        let (sources, crates) = (exercises.map(source).collect(), Crates::of(course));
        Self { sources, target: target.to_owned(), crates }
    }

    /// Removes all of it.
    ///
    /// # Errors
    /// When something of it cannot be removed.
    pub(super) fn clear(&self) -> Result<(), StageError> {
        self.clear_sources()?;
        clear(&self.target, &self.crates)
    }

    /// Removes the sources.
    ///
    /// # Errors
    /// When a file cannot be removed.
    pub(super) fn clear_sources(&self) -> Result<(), StageError> {
        self.sources.iter().try_for_each(|folder| remove(folder))
    }
}

/// Names of crates that are built of answers.
#[derive(Debug)]
struct Crates(BTreeSet<String>);

impl Crates {
    /// The libraries of all exercises, and the programs that their checks are in.
    fn of(course: &Course) -> Self {
        let libraries = course.exercises.iter().flat_map(Exercise::packages);
        let programs = Kind::ALL.iter().map(|kind| kind.target().to_owned());
        let programs = programs.flat_map(|name| [format!("extra_{name}"), name]);
        Self(libraries.chain(programs).map(|name| name.replace('-', "_")).collect())
    }

    /// Whether cargo made the file or folder of that name from one of them: `librace_fix-HASH.rlib`,
    /// `race-fix-HASH`, `librace_fix.d`.
    fn made(&self, file: &str) -> bool {
        let stem = file.split('.').next().unwrap_or_default();
        let names = [Some(stem), stem.strip_prefix("lib")];
        names.into_iter().flatten().any(|name| {
            let of_hash = name.rsplit_once('-').map(|(name, _)| name);
            [Some(name), of_hash]
                .into_iter()
                .flatten()
                .any(|name| self.0.contains(&name.replace('-', "_")))
        })
    }
}

/// Removes from this target folder all that was built of these crates, and what compilers that were
/// killed left half-written.
///
/// # Errors
/// When something of it cannot be removed.
fn clear(target: &Path, crates: &Crates) -> Result<(), StageError> {
    for profile in profiles(target) {
        for folder in ["", "deps", "incremental", ".fingerprint", "build", "examples"] {
            for path in entries(&profile.join(folder)) {
                let name = path.file_name().unwrap_or_default().to_string_lossy();
                if !crates.made(&name) && !is_unfinished(&name) {
                    continue;
                }
                if fs::symlink_metadata(&path).is_ok_and(|file| file.is_dir()) {
                    remove(&path)?;
                } else {
                    fs::remove_file(&path)
                        .map_err(|error| StageError { path: path.clone(), error })?;
                }
            }
        }
    }
    Ok(())
}

/// Whether a compiler that was killed left the folder of that name: `rmetaq9J4t5`, in which it writes a
/// crate's metadata before it moves them. Nobody builds while an answer's traces are removed, so no
/// compiler needs it any more, and it may be hundreds of megabytes.
fn is_unfinished(file: &str) -> bool {
    file.strip_prefix("rmeta").is_some_and(|rest| {
        rest.len() == 6 && rest.bytes().all(|byte| byte.is_ascii_alphanumeric())
    })
}

/// `target/debug`, and `target/TRIPLE/debug` where a triple is configured.
fn profiles(target: &Path) -> Vec<PathBuf> {
    let near = entries(target);
    let far: Vec<PathBuf> = near.iter().flat_map(|folder| entries(folder)).collect();
    let all = near.into_iter().chain(far);
    all.filter(|folder| folder.join(".fingerprint").is_dir()).collect()
}

/// What is in a folder; nothing if there is none.
fn entries(folder: &Path) -> Vec<PathBuf> {
    fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn crates() -> Crates {
        Crates(["race_fix", "race_fix_model", "examples"].map(str::to_owned).into())
    }

    #[test]
    fn what_was_made_of_answers_is_known_by_its_name() {
        for name in [
            "librace_fix-7a5da0af7a879861.rmeta",
            "race_fix-7a5da0af7a879861.d",
            "race-fix-model-7a5da0af7a879861",
            "examples-313b1d64a6e00c32.049sihe1tiptng798dg4pnhf6.0p1kek6.rcgu.o",
            "race_fix-3o1gdpo0vb5ua",
            "librace_fix.rlib",
        ] {
            assert!(crates().made(name), "{name}");
        }
        for name in ["libsync-7a5da0af7a879861.rlib", "libc-0123", "fix-0123", "race", "deps"] {
            assert!(!crates().made(name), "{name}");
        }
    }

    #[test]
    fn the_rest_of_the_target_folder_stays() {
        let target = tempfile::tempdir().unwrap();
        let made = [
            "deps/examples-1",
            "deps/rmetaq9J4t5/full.rmeta",
            ".fingerprint/race-fix-1/dep",
            "incremental/race_fix-1/s/x",
        ];
        let kept = ["deps/libsync-1.rlib", ".fingerprint/sync-1/dep", "CACHEDIR.TAG"];
        for profile in ["debug", "x86_64-unknown-linux-gnu/debug"] {
            for file in made.iter().chain(&kept) {
                let path = target.path().join(profile).join(file);
                fs::create_dir_all(path.parent().unwrap()).unwrap();
                fs::write(path, "").unwrap();
            }
        }
        clear(target.path(), &crates()).unwrap();
        for profile in ["debug", "x86_64-unknown-linux-gnu/debug"] {
            let is_there = |file: &&str| target.path().join(profile).join(file).exists();
            assert!(!made.iter().any(is_there), "{profile}");
            assert!(kept.iter().all(is_there), "{profile}");
            assert!(!target.path().join(profile).join(".fingerprint/race-fix-1").exists());
        }
        clear(&target.path().join("none"), &crates()).unwrap();
    }
}
