//! Reading what others wrote, in a process of its own with limits.
//!
//! An archive, a repository or a source can be made so that reading it takes all memory, all time or
//! all of the stack. The grader starts its own program once more as a *reader*, which limits itself
//! before it touches anything. However a reader ends, one submission is to blame, and the grader goes
//! on.

use std::io::{self, Read as _, Write as _};
use std::os::fd::AsFd as _;
use std::os::unix::process::{CommandExt as _, ExitStatusExt as _};
use std::path::PathBuf;
use std::process::{Child, ChildStdout, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use nix::errno::Errno;
use nix::poll::{PollFd, PollFlags, PollTimeout, poll};
use nix::sys::signal::{Signal, killpg};
use nix::unistd::Pid;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::sandbox::Sandbox;
use crate::{intake, policy};

mod limited;
pub mod wire;

pub use limited::answer;

/// What a reader may use.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Bytes of address space, for it and for each program that it starts.
    pub memory: u64,
    /// Seconds of CPU, likewise.
    pub cpu: u64,
    /// How long it may take.
    pub wall: Duration,
    /// Bytes that it may answer.
    pub said: usize,
}

/// There is no answer.
#[derive(Debug)]
pub enum Failure {
    /// The machine could not start a reader; how that went.
    NotStarted(String),
    /// What was read is to blame; what it did to the reader.
    Broken(String),
}

/// How readers are started.
#[derive(Debug, Clone)]
pub struct Reader<'a> {
    /// The grader's program.
    pub program: PathBuf,
    /// What stands between a reader and the machine, if anything does.
    pub sandbox: Option<&'a Sandbox>,
}

/// Said before anything is read: what goes wrong from here on is not the machine's fault.
const READY: &[u8] = b"ready\n";

/// How a Rust program ends that panicked.
const PANICKED: i32 = 101;

/// Does what a hidden subcommand asks for, if this is one; the exit code.
pub fn main(subcommand: &str) -> Option<io::Result<()>> {
    match subcommand {
        intake::SUBCOMMAND => Some(intake::read()),
        policy::apart::SUBCOMMAND => Some(policy::apart::read()),
        _ => None,
    }
}

impl<'a> Reader<'a> {
    /// Readers that are this very program, even if it was rebuilt or moved since it was started.
    pub fn new(sandbox: Option<&'a Sandbox>) -> Self {
        let own = PathBuf::from("/proc/self/exe");
        // Inside of a sandbox that would be another program.
        let named = sandbox.and_then(|_| std::env::current_exe().ok());
        Self { program: named.unwrap_or(own), sandbox }
    }

    /// Asks a new reader for what `subcommand` stands for. In a sandbox it may read these files and
    /// folders, and write nothing.
    ///
    /// # Errors
    /// When there is no answer.
    pub fn ask<A: DeserializeOwned>(
        &self,
        subcommand: &str,
        question: &impl Serialize,
        readable: Vec<PathBuf>,
        limits: Limits,
    ) -> Result<A, Failure> {
        let mut command = match self.sandbox {
            Some(sandbox) => sandbox.reader(&self.program, subcommand, readable),
            None => {
                let mut command = Command::new(&self.program);
                command.arg(subcommand);
                command
            }
        };
        command.env_clear().envs(std::env::var_os("PATH").map(|path| ("PATH", path)));
        let started = |error: io::Error| Failure::NotStarted(error.to_string());
        let question = serde_json::to_vec(question).map_err(|error| started(error.into()))?;
        let child = start(&mut command).map_err(started)?;
        let (told, status) = converse(child, &question, limits).map_err(started)?;
        understand(told, status, limits)
    }
}

fn start(command: &mut Command) -> io::Result<Child> {
    command
        .process_group(0)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
}

/// What a reader said, and why that is all.
struct Told {
    bytes: Vec<u8>,
    end: Heard,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Heard {
    All,
    TooMuch,
    TooLate,
}

/// Tells the reader what to do and hears it out. Afterwards neither it nor what it started is left.
fn converse(mut child: Child, question: &[u8], limits: Limits) -> io::Result<(Told, ExitStatus)> {
    let mut stdin = child.stdin.take().expect("it is piped");
    let mut stdout = child.stdout.take().expect("it is piped");
    let group = Pid::from_raw(child.id().cast_signed());
    let told = std::thread::scope(|scope| {
        // One that does not listen must not hold us up. Whether it heard all shows in its answer.
        scope.spawn(move || stdin.write_all(question));
        let told = hear(&mut stdout, limits);
        // Its own end is not changed by this any more, if it has said all.
        let _ = killpg(group, Signal::SIGKILL);
        told
    });
    Ok((told?, child.wait()?))
}

/// All that is said before the end, in time. What is there already is heard even if it is late: we
/// may have been stopped ourselves.
fn hear(stdout: &mut ChildStdout, limits: Limits) -> io::Result<Told> {
    let deadline = Instant::now() + limits.wall;
    let mut bytes = Vec::new();
    let mut buffer = vec![0; 64 * 1024];
    let end = loop {
        let left = deadline.saturating_duration_since(Instant::now());
        let mut ready = [PollFd::new(stdout.as_fd(), PollFlags::POLLIN)];
        match poll(&mut ready, PollTimeout::try_from(left).unwrap_or(PollTimeout::MAX)) {
            Ok(0) if left.is_zero() => break Heard::TooLate,
            Ok(0) | Err(Errno::EINTR) => continue,
            Err(error) => return Err(error.into()),
            Ok(_) => {}
        }
        match stdout.read(&mut buffer)? {
            0 => break Heard::All,
            length => bytes.extend_from_slice(&buffer[..length]),
        }
        if bytes.len() > limits.said + READY.len() {
            break Heard::TooMuch;
        }
    };
    Ok(Told { bytes, end })
}

fn understand<A: DeserializeOwned>(
    told: Told,
    status: ExitStatus,
    limits: Limits,
) -> Result<A, Failure> {
    let Some(answer) = told.bytes.strip_prefix(READY) else {
        return Err(Failure::NotStarted(format!("it ended before it began ({status})")));
    };
    let mebibytes = |bytes: u64| bytes >> 20;
    let broken = match told.end {
        Heard::TooLate => format!("reading it takes more than {} s", limits.wall.as_secs()),
        Heard::TooMuch => {
            format!("more than {} MiB come of reading it", mebibytes(limits.said as u64))
        }
        Heard::All if status.success() => match serde_json::from_slice(answer) {
            Ok(answer) => return Ok(answer),
            Err(_) => "it made the program that reads it talk nonsense".into(),
        },
        Heard::All if status.code() == Some(PANICKED) => {
            "it broke the program that reads it".into()
        }
        Heard::All if status.signal() == Some(Signal::SIGXCPU as i32) => {
            format!("reading it takes more than {} s of CPU time", limits.cpu)
        }
        Heard::All => format!(
            "reading it takes more than {} MiB of memory, {} s of CPU time or all of the stack",
            mebibytes(limits.memory),
            limits.cpu
        ),
    };
    Err(Failure::Broken(broken))
}

#[cfg(test)]
mod tests;
