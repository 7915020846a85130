//! A silent guard is no wall against signals: whoever ends it ends what it started.

use std::io::{BufRead as _, BufReader, Read as _};
use std::os::unix::process::CommandExt as _;
use std::process::{Command, Stdio};
use std::sync::mpsc;
use std::time::Duration;

use nix::sys::signal::{Signal, kill, killpg};
use nix::unistd::Pid;

#[test]
fn ctrl_c_ends_the_program_as_well() {
    let mut guard = Command::new(env!("CARGO_BIN_EXE_guard"))
        .args(["--silent", "yes", "--", "/bin/sh", "-c", "echo $$; exec sleep 600"])
        .process_group(0)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdout = BufReader::new(guard.stdout.take().unwrap());
    let mut program = String::new();
    stdout.read_line(&mut program).unwrap();
    let program = Pid::from_raw(program.trim().parse().unwrap());
    // As Ctrl-C does with SIGINT, to which a job in the background may have been born deaf.
    killpg(Pid::from_raw(guard.id().cast_signed()), Signal::SIGTERM).unwrap();
    // The program holds the other end of this pipe as long as it runs.
    let (tell, told) = mpsc::channel();
    std::thread::spawn(move || tell.send(stdout.read_to_end(&mut Vec::new()).is_ok()));
    let ended = told.recv_timeout(Duration::from_secs(20));
    let _ = kill(program, Signal::SIGKILL);
    guard.wait().unwrap();
    assert_eq!(ended, Ok(true), "the program runs on");
}
