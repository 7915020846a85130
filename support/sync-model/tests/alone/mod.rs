//! A test in a process of its own: one that ends its process, or never comes to an end.

use std::io::Read;
use std::process::{Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

/// When such a process is ended. On an idle machine all of them end within seconds.
const DEADLINE: Duration = Duration::from_secs(120);

/// How this test ends, and what it says on standard error.
pub fn run(test: &str) -> (ExitStatus, String) {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--ignored", "--exact", test, "--nocapture"])
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stderr = child.stderr.take().unwrap();
    // Read beside the wait: a pipe that is full would keep the process from its end.
    let said = std::thread::spawn(move || {
        let mut said = String::new();
        stderr.read_to_string(&mut said).unwrap();
        said
    });
    let deadline = Instant::now() + DEADLINE;
    let status = loop {
        match child.try_wait().unwrap() {
            Some(status) => break status,
            None if Instant::now() > deadline => {
                child.kill().unwrap();
                panic!("{test} did not end");
            }
            None => std::thread::sleep(Duration::from_millis(20)),
        }
    };
    (status, said.join().unwrap())
}

/// What this test says, which ends with this code.
pub fn said_by(test: &str, code: i32) -> String {
    let (status, said) = run(test);
    assert_eq!(status.code(), Some(code), "{status}: {said}");
    said
}
