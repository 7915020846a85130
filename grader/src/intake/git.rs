//! A submission as a bare Git repository on this machine: `DIR.git`, `file:///…`, `…#revision`.
//!
//! Git is asked for one tree and nothing else. A repository brings its own configuration, which can
//! name programs: every setting by which reading a tree starts one is overridden.

use std::io::{self, Read as _};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use super::IntakeError;

/// How long git may take for a tree.
pub const PATIENCE: Duration = Duration::from_secs(60);

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

/// Has `read` read the tree of a revision as a tar stream, as far as it wants to.
///
/// # Errors
/// When git is missing, cannot read the tree, or is not done after `patience`.
pub fn read_tar(
    repository: &Path,
    revision: &str,
    patience: Duration,
    read: impl FnOnce(&mut ChildStdout),
) -> Result<(), IntakeError> {
    let failed = |why: String| IntakeError::Git(repository.to_owned(), why);
    if revision.starts_with('-') {
        return Err(failed(format!("`{revision}` is not a revision")));
    }
    let mut git = archive(repository, revision).map_err(|error| failed(error.to_string()))?;
    let mut stdout = git.stdout.take().expect("it is piped");
    let mut stderr = git.stderr.take().expect("it is piped");
    let (ended, end) = mpsc::channel();
    let (end, status) = thread::scope(|scope| {
        // Git is ended when nobody reads any more, or when it has had its time.
        let watch = scope.spawn(move || {
            let end = end.recv_timeout(patience).unwrap_or(End::TooLate);
            if end != End::OfStream {
                // Else it has ended by itself, which is as well.
                let _ = git.kill();
            }
            (end, git.wait())
        });
        read(&mut stdout);
        // A reader stops at the archive's end, and git fills up its last block.
        let filler = io::copy(&mut stdout.by_ref().take(BLOCK), &mut io::sink());
        let is_all = filler.is_ok_and(|read| read < BLOCK);
        // Nobody hears it if git is ended already.
        let _ = ended.send(if is_all { End::OfStream } else { End::OfReading });
        watch.join().expect("it cannot panic")
    });
    match (end, status) {
        (End::OfReading, _) => Ok(()),
        (End::TooLate, _) => {
            Err(failed(format!("git was not done after {} s", patience.as_secs())))
        }
        (End::OfStream, Ok(status)) if status.success() => Ok(()),
        (End::OfStream, Ok(_)) => {
            let mut said = Vec::new();
            let _ = stderr.by_ref().take(BLOCK).read_to_end(&mut said);
            Err(failed(String::from_utf8_lossy(&said).trim().to_owned()))
        }
        (End::OfStream, Err(error)) => Err(failed(error.to_string())),
    }
}

/// More than git fills up an archive with, and more than it says when it fails.
const BLOCK: u64 = 64 * 1024;

/// How reading ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    /// All was read.
    OfStream,
    /// The reader had seen enough.
    OfReading,
    /// Git took too long.
    TooLate,
}

fn archive(repository: &Path, revision: &str) -> io::Result<Child> {
    Command::new("git")
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
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
}

#[cfg(test)]
mod tests {
    use nix::sys::stat::Mode;
    use nix::unistd::mkfifo;
    use tempfile::TempDir;

    use super::*;

    /// A bare repository with a file of so many bytes that do not pack.
    fn repository(bytes: usize) -> TempDir {
        let home = tempfile::tempdir().unwrap();
        let mut word = 1_u64;
        let mut noise = || {
            word = word.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            word.to_be_bytes()[0]
        };
        let noise: Vec<u8> = std::iter::repeat_with(&mut noise).take(bytes).collect();
        std::fs::write(home.path().join("noise"), noise).unwrap();
        let git = |arguments: &[&str]| {
            let status = Command::new("git").args(arguments).current_dir(home.path()).status();
            assert!(status.is_ok_and(|status| status.success()), "git {arguments:?}");
        };
        git(&["init", "-q", "."]);
        git(&["add", "noise"]);
        git(&["-c", "user.name=a", "-c", "user.email=a@example.org", "commit", "-qm", "a"]);
        git(&["clone", "-q", "--bare", ".", "a.git"]);
        home
    }

    #[test]
    fn a_reader_that_has_seen_enough_ends_git() {
        let home = repository(4 << 20);
        let path = home.path().join("a.git");
        let mut seen = [0; 512];
        let read = read_tar(&path, "HEAD", PATIENCE, |tar| tar.read_exact(&mut seen).unwrap());
        assert!(read.is_ok() && seen.starts_with(b"pax_global_header"), "{read:?}");
        let error = read_tar(&path, "missing", PATIENCE, |_| {}).unwrap_err();
        assert!(matches!(error, IntakeError::Git(_, why) if why.contains("missing")));
    }

    #[test]
    fn a_repository_that_keeps_git_waiting_is_given_up() {
        let home = repository(1);
        let path = home.path().join("a.git");
        // Git waits for somebody to write to it.
        let refs = path.join("packed-refs");
        let _ = std::fs::remove_file(&refs);
        mkfifo(&refs, Mode::S_IRUSR | Mode::S_IWUSR).unwrap();
        let patience = Duration::from_millis(100);
        let error = read_tar(&path, "missing", patience, |tar| {
            let _ = io::copy(tar, &mut io::sink());
        });
        assert!(matches!(error, Err(IntakeError::Git(_, why)) if why.contains("not done")));
    }
}
