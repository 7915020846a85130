//! The grader's own program in the sandbox: the guard.
//!
//! It is built of the course's own sources, while no answer lies on the stage, in a target folder of
//! its own, and copied to a place that is named after the workspace. Neither builds of answers nor
//! checks may write there: inside the sandbox the one writable folder is the target folder of
//! answers, or the check's own temporary folder. So it is enough to compare it once in each grading,
//! before the first program of an answer runs; what is compared is the digest that was taken when it
//! was built. What this does not hold against is an answer that was run without a sandbox: it may do
//! all that the person may who ran it.

use std::fs::{self, Permissions};
use std::io;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::cargo::without_ours;
use super::{BuildError, cargo, follow};
use crate::digest::Digest;
use crate::stage::Stage;
use crate::wording::machine;

/// The guard, as it was built of the stage's own sources. The first time this downloads what the
/// stage's packages need, and builds it. The stage's `Cargo.lock` becomes what cargo makes of the
/// course's: inside the sandbox cargo cannot write it.
///
/// # Errors
/// When cargo cannot be started or fails, or the program cannot be put in its place.
pub fn guard(stage: &Stage) -> Result<PathBuf, BuildError> {
    let place = stage.own.join(format!("guard-{}", &stage.workspace_digest()[..16]));
    let lock = stage.root.join("Cargo.lock");
    match compare(&place) {
        Ok(true) => {
            let kept = place.with_extension("lock");
            fs::copy(&kept, &lock).map_err(|error| failed(&kept, &error))?;
            return Ok(place);
        }
        // Somebody changed it, and may have changed what it is built of: nothing of it is kept.
        Ok(false) => fs::remove_dir_all(&stage.own).map_err(|error| failed(&stage.own, &error))?,
        Err(_) => {}
    }
    build(stage)?;
    // Of other versions of the course. What stays takes room, and no harm.
    for entry in fs::read_dir(&stage.own).into_iter().flatten().flatten() {
        if entry.file_name().to_string_lossy().starts_with("guard-") {
            let _ = fs::remove_file(entry.path());
        }
    }
    let built = stage.own.join("target/debug/guard");
    install(&built, &lock, &place).map_err(|error| failed(&place, &error))?;
    Ok(place)
}

fn failed(path: &Path, error: &io::Error) -> BuildError {
    BuildError::Machine(machine::not_copied(path, error))
}

fn build(stage: &Stage) -> Result<(), BuildError> {
    let mut fetch = Command::new(cargo());
    fetch.args(["fetch", "--quiet"]);
    let mut build = Command::new(cargo());
    build.args(["build", "--quiet", "--package", "guard", "--bin", "guard", "--target-dir"]);
    build.arg(stage.own.join("target"));
    for mut command in [fetch, build] {
        without_ours(&mut command);
        // Every grading reads all of the program.
        command.env("CARGO_PROFILE_DEV_STRIP", "symbols");
        let output = command.current_dir(&stage.root).output();
        let output = output.map_err(|error| BuildError::NoCargo(cargo(), error))?;
        if !output.status.success() {
            return Err(BuildError::Cargo(follow(&output.stderr[..], |_| {})));
        }
    }
    Ok(())
}

/// Puts the program in its place, and beside it the versions of what was downloaded, and the digest
/// of both.
fn install(built: &Path, lock: &Path, place: &Path) -> io::Result<()> {
    let beside = place.with_extension("part");
    fs::copy(built, &beside)?;
    fs::set_permissions(&beside, Permissions::from_mode(0o555))?;
    fs::rename(beside, place)?;
    fs::copy(lock, place.with_extension("lock"))?;
    fs::write(place.with_extension("sha256"), digest(place)?)
}

/// Whether the program is the one that was built.
fn compare(place: &Path) -> io::Result<bool> {
    Ok(digest(place)? == fs::read_to_string(place.with_extension("sha256"))?)
}

fn digest(place: &Path) -> io::Result<String> {
    let mut digest = Digest::default();
    digest.add("guard", &fs::read(place)?);
    digest.add("lock", &fs::read(place.with_extension("lock"))?);
    Ok(digest.hex())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_changed_is_not_what_was_built() {
        let home = tempfile::tempdir().unwrap();
        let [built, lock, place] = ["built", "lock", "guard-1"].map(|name| home.path().join(name));
        assert!(compare(&place).is_err(), "there is none");
        fs::write(&built, "one").unwrap();
        fs::write(&lock, "two").unwrap();
        for changed in [place.clone(), place.with_extension("lock")] {
            install(&built, &lock, &place).unwrap();
            assert!(compare(&place).unwrap());
            fs::remove_file(&changed).unwrap();
            fs::write(&changed, "three").unwrap();
            assert!(!compare(&place).unwrap(), "{}", changed.display());
        }
    }
}
