//! One supervised process per check.
//!
//! The grader starts its own program once more as a *supervisor*, which starts the check, watches
//! it, and tells what it saw as an [`Observation`]. The supervisor is the sub-reaper of all that the
//! check starts, so whatever a check leaves behind is found, ended and named; and if the grader
//! itself is killed, the supervisor and all below it end as well.
//!
//! Outside of a sandbox a check may send its supervisor any signal, so the grader relies on none of
//! what comes from there: an observation counts only from a supervisor that ended as it should, and
//! only if it is all that was said; one that says nothing in time is ended.

use std::io::{self, Read as _, Write as _};
use std::os::fd::AsFd as _;
use std::path::PathBuf;
use std::process::{Child, ChildStdout, Command, Stdio};

use evidence::{Outcome, Request};
use nix::errno::Errno;
use nix::poll::{PollFd, PollFlags, PollTimeout, poll};
use serde::{Deserialize, Serialize};

use crate::cancel::Cancel;

mod capture;
pub mod compilers;
mod family;
mod records;
mod scratch;
mod signals;
mod supervisor;
pub mod warden;

pub use capture::Captured;
pub(crate) use scratch::Scratch;
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
    /// Where the folder for its temporary files is made, which goes with it; `None` where the sandbox
    /// gives it one.
    #[serde(default)]
    pub temporary: Option<PathBuf>,
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
    /// Whether the check was found and began.
    pub begun: bool,
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
    /// The names of the processes below it that could not be ended.
    pub unending: Vec<String>,
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

/// Seconds that a supervisor has beyond its check's deadline, to end what the check started.
const PATIENCE: u64 = 30;

/// A supervisor at work.
#[derive(Debug)]
pub struct Supervised {
    supervisor: Child,
    /// When it must have told what it saw.
    seconds: u64,
}

/// Starts a supervisor for this job.
///
/// # Errors
/// When the operating system cannot start it.
pub fn start(job: &Job) -> io::Result<Supervised> {
    // This very program, even if it was rebuilt or moved since it was started.
    let mut supervisor = Command::new("/proc/self/exe")
        .arg(SUBCOMMAND)
        .env_clear()
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()?;
    let mut input = supervisor.stdin.take().expect("it is piped");
    input.write_all(&serde_json::to_vec(job)?)?;
    Ok(Supervised { supervisor, seconds: job.limits.millis / 1000 + PATIENCE })
}

impl Supervised {
    /// The supervisor's process id: ending it (SIGTERM) ends the check and all it started.
    pub fn id(&self) -> u32 {
        self.supervisor.id()
    }

    /// Waits for the check's end; the supervisor keeps the deadline, `cancel` may end it earlier.
    ///
    /// # Errors
    /// When the supervisor itself died, was stopped or was not understood.
    pub fn wait(mut self, cancel: Option<&Cancel>) -> io::Result<Observation> {
        let held = cancel.map(|cancel| cancel.process(self.id()));
        let mut stdout = self.supervisor.stdout.take().expect("it is piped");
        let told = read_within(self.seconds, &mut stdout);
        if told.is_err() {
            // It may have been stopped: what it watches over is still found below it, and nothing
            // else would end that.
            family::kill_below(self.id());
            let _ = self.supervisor.kill();
        }
        drop(held);
        let status = self.supervisor.wait()?;
        let told = told?;
        // A check that kills its supervisor could have written to this pipe before.
        if !status.success() {
            let ended = format!("the process that watches over the check ended ({status})");
            return Err(io::Error::other(ended));
        }
        serde_json::from_slice(&told).map_err(|_| {
            io::Error::other("the process that watches over the check talked nonsense")
        })
    }
}

/// All that comes before the end. The seconds are counted while this process runs: they stand still
/// while a job is stopped at the terminal (Ctrl-Z), supervisor and all.
fn read_within(seconds: u64, stdout: &mut ChildStdout) -> io::Result<Vec<u8>> {
    let mut all = Vec::new();
    let mut left = seconds;
    while left > 0 {
        let mut ready = [PollFd::new(stdout.as_fd(), PollFlags::POLLIN)];
        match poll(&mut ready, PollTimeout::from(1000u16)) {
            Ok(0) => left -= 1,
            Err(Errno::EINTR) => {}
            Err(error) => return Err(error.into()),
            Ok(_) => {
                let mut bytes = [0; 64 * 1024];
                match stdout.read(&mut bytes)? {
                    0 => return Ok(all),
                    length => all.extend_from_slice(&bytes[..length]),
                }
            }
        }
    }
    let silent = format!("the process that watches over the check said nothing for {seconds} s");
    Err(io::Error::new(io::ErrorKind::TimedOut, silent))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SEEN: &str = r#"{"begun":true,"outcome":null,"last_step":null,"end":{"Exited":0},
        "output":{"head":[],"tail":[],"total":0},"left_behind":[],"unending":[],"millis":1}"#;

    /// What is made of a supervisor that does this.
    fn wait(script: &str) -> io::Result<Observation> {
        let mut shell = Command::new("sh");
        let shell = shell.args(["-c", script]).env("SEEN", SEEN).stdout(Stdio::piped());
        Supervised { supervisor: shell.spawn()?, seconds: 2 }.wait(None)
    }

    #[test]
    fn only_a_supervisor_that_ended_well_and_said_one_thing_is_believed() {
        assert_eq!(wait("echo $SEEN").unwrap().end, End::Exited(0));
        for forged in ["echo $SEEN; kill -9 $$", "echo $SEEN; exit 4", "echo $SEEN; echo $SEEN", ""]
        {
            assert!(wait(forged).is_err(), "{forged}");
        }
    }

    #[test]
    fn a_supervisor_that_was_stopped_is_ended_with_all_below_it() {
        // Whoever holds the pipe's other end is still there.
        let (mut ours, theirs) = io::pipe().unwrap();
        let mut shell = Command::new("sh");
        let shell = shell.args(["-c", "setsid sleep 600 & kill -STOP $$"]);
        let supervisor = shell.stdin(theirs).stdout(Stdio::piped()).spawn().unwrap();
        // The command holds the other end as well.
        *shell = Command::new("true");
        let seen = Supervised { supervisor, seconds: 1 }.wait(None);
        assert_eq!(seen.unwrap_err().kind(), io::ErrorKind::TimedOut);
        let (tell, told) = std::sync::mpsc::channel();
        std::thread::spawn(move || tell.send(ours.read_to_end(&mut Vec::new()).is_ok()));
        assert_eq!(told.recv_timeout(std::time::Duration::from_secs(20)), Ok(true));
    }
}
