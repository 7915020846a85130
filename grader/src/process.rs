//! One supervised process per check.
//!
//! The grader starts its own program once more as a *supervisor*, which starts the check, watches
//! it, and tells what it saw as an [`Observation`]. The supervisor is the sub-reaper of all that the
//! check starts, so whatever a check leaves behind is found, ended and named; and if the grader
//! itself is killed, the supervisor and all below it end as well.

use std::io::{self, Read as _, Write as _};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

use evidence::{Outcome, Request};
use serde::{Deserialize, Serialize};

use crate::cancel::Cancel;

mod capture;
mod family;
mod signals;
mod supervisor;

pub use capture::Captured;
pub use supervisor::{SUBCOMMAND, supervise};

/// What a supervisor is asked to run.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Job {
    /// The test binary.
    pub program: PathBuf,
    /// Its arguments.
    pub args: Vec<String>,
    /// Where it runs.
    pub folder: PathBuf,
    /// All of its environment.
    pub environment: Vec<(String, String)>,
    /// How many processes of the sandbox stand between the supervisor and the check. The innermost
    /// of them tells on standard output how the check ended.
    #[serde(default)]
    pub guards: usize,
    /// What is asked of the check.
    pub request: Request,
    /// When it must be done.
    pub limits: Limits,
}

/// What a check may use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limits {
    /// Wall clock, in milliseconds.
    pub millis: u64,
    /// Resident memory of all its processes together, in bytes.
    pub memory: u64,
    /// What it may print, in bytes.
    pub output: u64,
    /// Processes and threads that it may have at once.
    pub tasks: u64,
}

/// What a process was seen to do.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Observation {
    /// The completion record, if there was one.
    pub outcome: Option<Outcome>,
    /// The last step that the check announced.
    pub last_step: Option<String>,
    /// How the process ended.
    pub end: End,
    /// What it printed.
    pub output: Captured,
    /// The names of the processes that it left running.
    pub left_behind: Vec<String>,
    /// Wall clock, in milliseconds.
    pub millis: u64,
}

/// How a process ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum End {
    /// By itself, with this code.
    Exited(i32),
    /// By this signal, which the supervisor did not send.
    Signalled(i32),
    /// It took too long.
    OverTime,
    /// It took too much memory.
    OverMemory,
    /// It printed too much.
    OverOutput,
    /// It had too many processes or threads.
    OverTasks,
    /// The sandbox could not be set up.
    NotStarted,
}

/// A supervisor at work.
#[derive(Debug)]
pub struct Supervised(Child);

/// Starts a supervisor for this job.
///
/// # Errors
/// When the operating system cannot start it.
pub fn start(job: &Job) -> io::Result<Supervised> {
    // This very program, even if it was rebuilt or moved since it was started.
    let mut child = Command::new("/proc/self/exe")
        .arg(SUBCOMMAND)
        .env_clear()
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()?;
    let mut input = child.stdin.take().expect("it is piped");
    input.write_all(&serde_json::to_vec(job)?)?;
    Ok(Supervised(child))
}

impl Supervised {
    /// The supervisor's process id: ending it (SIGTERM) ends the check and all it started.
    pub fn id(&self) -> u32 {
        self.0.id()
    }

    /// Waits for the check's end; the supervisor keeps the deadline, `cancel` may end it earlier.
    ///
    /// # Errors
    /// When the supervisor itself died or was not understood.
    pub fn wait(mut self, cancel: Option<&Cancel>) -> io::Result<Observation> {
        let held = cancel.map(|cancel| cancel.process(self.id()));
        let mut output = Vec::new();
        self.0.stdout.take().expect("it is piped").read_to_end(&mut output)?;
        drop(held);
        let status = self.0.wait()?;
        serde_json::from_slice(&output).map_err(|_| {
            io::Error::other(format!("the process that watches over the check ended ({status})"))
        })
    }
}
