//! The warden: a process that starts cargo and outlives all that cargo starts.
//!
//! Like a check's supervisor it is the grader's own program, started once more. It sets the limits that
//! hold for each compiler, watches what the compilers of each answer use together, and when cargo is
//! done, or was too long about it, or the grader is gone, it ends whatever is left. Cargo's words pass
//! by it untouched; its own begin with [`SAYS`].

use std::io;
use std::os::unix::process::ExitStatusExt as _;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use nix::errno::Errno;
use nix::poll::{PollFd, PollFlags, PollTimeout, poll};
use nix::sys::prctl;
use nix::sys::resource::{Resource, getrlimit, setrlimit};
use nix::sys::signal::Signal;

use super::compilers::{Compilers, TICK};
use super::family;
use super::signals::Signals;

/// The hidden subcommand that makes the grader a warden.
pub const SUBCOMMAND: &str = "__build";

/// How the warden's own lines begin. After it come the folder of an exercise, a colon, and what its
/// compilers were ended for.
pub const SAYS: &str = "lockstep-warden: ";

/// The exit code when the whole took too long by the clock.
pub const TOO_LONG: u8 = 124;

/// The exit code when the command could not be started.
pub const NOT_STARTED: u8 = 127;

/// How long a build may take by the clock, however busy the machine is: answers are judged by their CPU
/// time. Counted in ticks, which stand still while a job is stopped at the terminal.
const CLOCK: Duration = Duration::from_secs(30 * 60);

/// Bytes of one file.
const FILE: u64 = 2 << 30;
/// Bytes of address space of one process. Compilers reserve more than they use, for each of their
/// threads; inside the sandbox there is less.
const SPACE: u64 = 16 << 30;

/// A command that runs this one under a warden. `folders` are those of the exercises that it builds,
/// `seconds` the CPU time that the compilers of each may use.
pub fn wrap(command: &Command, folders: &[&str], seconds: u64) -> Command {
    let mut wrapped = Command::new("/proc/self/exe");
    wrapped.arg(SUBCOMMAND).arg(seconds.to_string()).args(folders).arg("--");
    wrapped.arg(command.get_program()).args(command.get_args());
    for (name, value) in command.get_envs() {
        match value {
            Some(value) => wrapped.env(name, value),
            None => wrapped.env_remove(name),
        };
    }
    if let Some(folder) = command.get_current_dir() {
        wrapped.current_dir(folder);
    }
    wrapped
}

/// Runs the command in the arguments: CPU seconds for each answer, folders of exercises, `--`, the
/// program, its arguments. Returns the exit code.
///
/// # Errors
/// When there is no such command, or it cannot be started or limited.
pub fn keep(mut arguments: impl Iterator<Item = String>) -> io::Result<u8> {
    let seconds = arguments.next().and_then(|text| text.parse().ok());
    let seconds: u64 = seconds.ok_or(io::ErrorKind::InvalidInput)?;
    let folders = arguments.by_ref().take_while(|argument| argument != "--").collect();
    let program = arguments.next().ok_or(io::ErrorKind::InvalidInput)?;
    prctl::set_child_subreaper(true)?;
    prctl::set_pdeathsig(Signal::SIGTERM)?;
    limit(seconds)?;
    let signals = Signals::block()?;
    let mut command = Command::new(program);
    command.args(arguments).stdin(Stdio::null());
    let Ok(child) = signals.let_through(|| command.spawn()) else { return Ok(NOT_STARTED) };
    let code = watch(child, Compilers::new(folders, seconds), &signals);
    family::end_all(Duration::ZERO);
    code
}

/// What holds for each process below.
fn limit(seconds: u64) -> io::Result<()> {
    let limits = [
        (Resource::RLIMIT_CORE, 0),
        (Resource::RLIMIT_CPU, seconds),
        (Resource::RLIMIT_FSIZE, FILE),
        (Resource::RLIMIT_AS, SPACE),
    ];
    for (resource, value) in limits {
        // There may be a lower limit already, which nobody may raise.
        let (_, most) = getrlimit(resource)?;
        let value = value.min(most);
        setrlimit(resource, value, most)?;
    }
    Ok(())
}

fn watch(mut child: Child, mut compilers: Compilers, signals: &Signals) -> io::Result<u8> {
    let mut looked = Instant::now();
    let mut clock = Duration::ZERO;
    loop {
        wait(signals)?;
        let stopped = signals.terminated();
        if let Some(status) = child.try_wait()? {
            return Ok(code(status));
        }
        if stopped {
            return Ok(128 + Signal::SIGTERM as u8);
        }
        if clock > CLOCK {
            return Ok(TOO_LONG);
        }
        if looked.elapsed() >= TICK {
            for (folder, why) in compilers.look() {
                eprintln!("{SAYS}{folder}: {why}");
            }
            clock += TICK;
            looked = Instant::now();
        }
    }
}

/// Waits for a signal, such as the one that tells of cargo's end, or for the next tick.
fn wait(signals: &Signals) -> io::Result<()> {
    use std::os::fd::AsFd as _;
    let mut ready = [PollFd::new(signals.as_fd(), PollFlags::POLLIN)];
    match poll(&mut ready, PollTimeout::try_from(TICK).unwrap_or(PollTimeout::ZERO)) {
        Ok(_) | Err(Errno::EINTR) => Ok(()),
        Err(error) => Err(error.into()),
    }
}

fn code(status: ExitStatus) -> u8 {
    let code = status.code().unwrap_or_else(|| 128 + status.signal().unwrap_or(0));
    u8::try_from(code).unwrap_or(u8::MAX)
}
