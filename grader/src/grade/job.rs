//! What a supervisor is told about one check.

use std::fs;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use evidence::Request;

use crate::course::{Check, Exercise, Kind};
use crate::process::{Job, Limits};
use crate::sandbox::Sandbox;

/// Resident memory that all processes of a check may use together.
const MEMORY: u64 = 2 << 30;

/// Processes and threads that a check may have at once.
const TASKS: u64 = 1024;

/// Bytes that a check may print.
const OUTPUT: u64 = 8 << 20;

/// What is asked of every check of a run.
#[derive(Debug, Clone, Copy)]
pub(super) struct Asked<'a> {
    /// Where all randomness comes from.
    pub(super) seed: u64,
    /// The one schedule that is to be run.
    pub(super) replay: Option<&'a str>,
}

/// The job of running `check` from its `binary` on the stage in `root`.
///
/// # Errors
/// When there is no randomness.
pub(super) fn job(
    root: &Path,
    exercise: &Exercise,
    check: &Check,
    binary: &Path,
    asked: Asked<'_>,
    sandbox: Option<&Sandbox>,
) -> io::Result<Job> {
    let inherited = ["PATH", "HOME", "LD_LIBRARY_PATH"];
    let environment = inherited
        .iter()
        .filter_map(|name| Some(((*name).to_owned(), std::env::var(name).ok()?)))
        .collect();
    let mut job = Job {
        program: binary.to_owned(),
        args: [&check.name, "--exact", "--nocapture", "--test-threads=1"]
            .map(ToString::to_string)
            .to_vec(),
        folder: root.to_owned(),
        environment,
        temporary: Some(std::env::temp_dir()),
        guards: 0,
        request: Request {
            nonce: nonce()?,
            check: check.name.clone(),
            seed: asked.seed,
            threads: check.threads,
            threshold: check.threshold,
            replay: asked.replay.map(ToOwned::to_owned),
        },
        limits: Limits {
            millis: check.deadline().as_millis().try_into().unwrap_or(u64::MAX),
            memory: MEMORY,
            output: OUTPUT,
            tasks: TASKS,
        },
    };
    if let Some(sandbox) = sandbox {
        sandbox.enclose(&mut job, sources(root, exercise, check));
    }
    Ok(job)
}

/// What a check may read of the stage: the answer, and for the model checker, which shows lines of
/// it, its own source. No other exercise, and no other check.
fn sources(root: &Path, exercise: &Exercise, check: &Check) -> Vec<PathBuf> {
    let folder = root.join("exercises").join(&exercise.folder);
    let mut sources = vec![folder.join("src")];
    if check.kind == Kind::Model {
        sources.push(folder.join(check.source()));
    }
    sources
}

/// 128 random bits as hexadecimal digits.
fn nonce() -> io::Result<String> {
    let mut bytes = [0; 16];
    fs::File::open("/dev/urandom")?.read_exact(&mut bytes)?;
    Ok(format!("{:032x}", u128::from_le_bytes(bytes)))
}
