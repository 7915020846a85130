//! The first process of the sandbox.
//!
//! ```text
//! guard [--cpu SECONDS] [--file BYTES] [--memory BYTES] [--tasks N] [--files N]
//!       [--read PATH]… [--write PATH]… [--write-named VARIABLE]… [--shared yes] [--silent yes]
//!       -- PROGRAM ARGUMENT…
//! ```
//!
//! It gives up what nothing below it may do (see [`layers`]), starts the program, and reaps whatever
//! the program leaves behind. It is what a PID namespace needs as its process 1: no process inside
//! can end it, stop it or look into it. Standard output is for its own words, which the program
//! never gets hold of: `ready LAYER…`, then `exited CODE` or `signalled NUMBER`. What the program
//! prints, on either stream, goes to standard error. A silent guard leaves the streams and the
//! process group alone, so that Ctrl-C reaches the program, and ends with it.

use std::io::{self, Write as _};
use std::os::fd::AsFd as _;
use std::os::unix::process::CommandExt as _;
use std::process::{Command, ExitCode, Stdio};

use nix::errno::Errno;
use nix::sys::prctl;
use nix::sys::signal::Signal;
use nix::sys::wait::{WaitStatus, waitpid};
use nix::unistd::Pid;

mod capabilities;
mod layers;
mod order;
mod syscalls;

use order::Order;

fn main() -> ExitCode {
    match Order::parse(std::env::args().skip(1)).map(|order| keep(&order)) {
        Some(Ok(code)) => ExitCode::from(code),
        Some(Err(error)) => {
            eprintln!("guard: {error}");
            ExitCode::from(71)
        }
        None => {
            eprintln!("guard: these are not the arguments that the grader gives");
            ExitCode::from(70)
        }
    }
}

fn keep(order: &Order) -> io::Result<u8> {
    // Nobody may read the memory or the descriptors of this process.
    prctl::set_dumpable(false)?;
    prctl::set_pdeathsig(Signal::SIGKILL)?;
    // Without a PID namespace, orphans come here all the same.
    prctl::set_child_subreaper(true)?;
    let layers = layers::apply(order)?;
    let mut command = Command::new(&order.program);
    command.args(&order.arguments);
    if order.silent {
        let status = command.status()?;
        return Ok(status.code().map_or(72, |code| u8::try_from(code).unwrap_or(72)));
    }
    say(&format!("ready {}", layers.join(" ")))?;
    let output = || -> io::Result<Stdio> { Ok(io::stderr().as_fd().try_clone_to_owned()?.into()) };
    let child = command.process_group(0).stdout(output()?).stderr(output()?).spawn()?;
    let child = i32::try_from(child.id()).map_err(io::Error::other)?;
    reap_all(Pid::from_raw(child))?;
    Ok(0)
}

/// Waits until no process is left. The end of the program itself is told at once.
fn reap_all(program: Pid) -> io::Result<()> {
    loop {
        match waitpid(None, None) {
            Ok(WaitStatus::Exited(id, code)) if id == program => say(&format!("exited {code}"))?,
            Ok(WaitStatus::Signaled(id, signal, _)) if id == program => {
                say(&format!("signalled {}", signal as i32))?;
            }
            Err(Errno::ECHILD) => return Ok(()),
            Ok(_) | Err(_) => {}
        }
    }
}

fn say(words: &str) -> io::Result<()> {
    let mut stdout = io::stdout().lock();
    writeln!(stdout, "{words}")?;
    stdout.flush()
}
