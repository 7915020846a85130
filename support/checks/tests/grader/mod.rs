//! Listens to a check as the grader does: a process of its own with a socket for standard input.
#![allow(dead_code)] // Each test file uses its part.

use std::io::{Read, Write};
use std::os::fd::OwnedFd;
use std::os::unix::net::UnixStream;
use std::process::{Command, Stdio};
use std::time::Duration;

use evidence::record::Message;
use evidence::{Failure, Fault, Outcome, Record, Request, channel};

/// Longer than any sample takes, on any machine.
const LIMIT: Duration = Duration::from_secs(120);

/// What a check told.
pub struct Told {
    pub begun: bool,
    pub steps: Vec<String>,
    pub outcomes: Vec<Outcome>,
}

impl Told {
    /// The one outcome.
    pub fn outcome(mut self) -> Outcome {
        assert_eq!(self.outcomes.len(), 1, "a check tells one outcome: {:?}", self.outcomes);
        self.outcomes.remove(0)
    }

    /// The failure that it must have been.
    pub fn failure(self) -> Failure {
        match self.outcome() {
            Outcome::Failed(failure) => failure,
            other => panic!("a failure expected, {other:?} found"),
        }
    }

    /// The fault that it must have found.
    pub fn fault(self) -> Fault {
        self.failure().fault
    }
}

/// Runs the sample `check` of this test file.
pub fn told_by(check: &str) -> Told {
    told_with(check, &request(check, 7), &[])
}

/// The request that the grader would send.
pub fn request(check: &str, seed: u64) -> Request {
    let (nonce, check) = ("a nonce".to_owned(), check.to_owned());
    Request { nonce, check, seed, threads: None, threshold: None, replay: None }
}

/// Runs a sample with this request and these environment variables.
pub fn told_with(check: &str, request: &Request, variables: &[(&str, &str)]) -> Told {
    let (mut ours, theirs) = UnixStream::pair().unwrap();
    ours.set_read_timeout(Some(LIMIT)).unwrap();
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args([check, "--exact", "--ignored", "--nocapture", "--test-threads=1"])
        .env(channel::VARIABLE, "stdin")
        .envs(variables.iter().copied())
        .stdin(OwnedFd::from(theirs))
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    writeln!(ours, "{}", serde_json::to_string(request).unwrap()).unwrap();
    let mut lines = String::new();
    ours.read_to_string(&mut lines).expect("the check ends in time");
    child.wait().unwrap();
    let mut told = Told { begun: false, steps: Vec::new(), outcomes: Vec::new() };
    for line in lines.lines() {
        let record: Record = serde_json::from_str(line).unwrap();
        assert_eq!(record.nonce, request.nonce);
        match record.message {
            Message::Begun => told.begun = true,
            Message::Step(step) => told.steps.push(step),
            Message::Done(outcome) => told.outcomes.push(outcome),
        }
    }
    told
}
