//! A submission as a bare Git repository on this machine: `DIR.git`, `file:///…`, `…#revision`.
//!
//! Git is asked for one tree and nothing else. A repository brings its own configuration, which can
//! name programs: every setting by which reading a tree starts one is overridden.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::IntakeError;

/// The path without `file://` and without `#revision`.
pub fn local_path(submission: &Path) -> PathBuf {
    let Some(text) = submission.to_str() else { return submission.to_owned() };
    if submission.exists() {
        return submission.to_owned();
    }
    let text = text.strip_prefix("file://").unwrap_or(text);
    PathBuf::from(text.split_once('#').map_or(text, |(path, _)| path))
}

/// What is asked for after `#`, else `HEAD`.
pub fn revision(submission: &Path) -> String {
    let text = submission.to_str().filter(|_| !submission.exists());
    text.and_then(|text| text.split_once('#')).map_or("HEAD", |(_, revision)| revision).to_owned()
}

/// Whether the folder is a repository without a working tree.
pub fn is_bare(path: &Path) -> bool {
    path.join("HEAD").is_file() && path.join("objects").is_dir() && path.join("refs").is_dir()
}

/// The tree of a revision, as a tar stream.
///
/// # Errors
/// When git is missing or cannot read it.
pub fn tar(repository: &Path, revision: &str) -> Result<Vec<u8>, IntakeError> {
    let failed = |why: String| IntakeError::Git(repository.to_owned(), why);
    if revision.starts_with('-') {
        return Err(failed(format!("`{revision}` is not a revision")));
    }
    let output = Command::new("git")
        .args(["-c", "core.fsmonitor=", "-c", "core.hooksPath=/dev/null"])
        .args(["-c", "protocol.allow=never", "-c", "safe.directory=*"])
        .arg("--git-dir")
        .arg(repository)
        .args(["archive", "--format=tar", revision])
        .env_clear()
        .envs(std::env::var_os("PATH").map(|path| ("PATH", path)))
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_NO_LAZY_FETCH", "1")
        .env("GIT_NO_REPLACE_OBJECTS", "1")
        .stdin(Stdio::null())
        .output()
        .map_err(|error| failed(error.to_string()))?;
    if output.status.success() {
        Ok(output.stdout)
    } else {
        Err(failed(String::from_utf8_lossy(&output.stderr).trim().to_owned()))
    }
}
