//! Listens to a check as the grader does: a process of its own with a socket for standard input.

use std::io::{Read, Write};
use std::os::fd::OwnedFd;
use std::os::unix::net::UnixStream;
use std::process::{Command, Stdio};
use std::time::Duration;

use evidence::record::Message;
use evidence::{Outcome, Record, Request, channel};

/// Longer than any sample takes, on any machine.
const LIMIT: Duration = Duration::from_secs(120);

/// How the sample `check` of this test file ends, and what comes on standard error, if it is asked for
/// this schedule and finds these environment variables.
pub fn ends(check: &str, replay: Option<&str>, variables: &[(&str, &str)]) -> (Outcome, String) {
    let (mut ours, theirs) = UnixStream::pair().unwrap();
    ours.set_read_timeout(Some(LIMIT)).unwrap();
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args([check, "--exact", "--ignored", "--nocapture", "--test-threads=1"])
        .env(channel::VARIABLE, "stdin")
        .envs(variables.iter().copied())
        .stdin(OwnedFd::from(theirs))
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stderr = child.stderr.take().unwrap();
    // Read beside the rest: a pipe that is full would keep the process from its end.
    let printed = std::thread::spawn(move || {
        let mut printed = Vec::new();
        stderr.read_to_end(&mut printed).unwrap();
        String::from_utf8_lossy(&printed).into_owned()
    });
    let (nonce, check, replay) = ("a nonce".to_owned(), check.to_owned(), replay.map(Into::into));
    let request = Request { nonce, check, seed: 7, threads: None, threshold: None, replay };
    writeln!(ours, "{}", serde_json::to_string(&request).unwrap()).unwrap();
    let mut lines = String::new();
    ours.read_to_string(&mut lines).expect("the check ends in time");
    child.wait().unwrap();
    let records = lines.lines().map(|line| serde_json::from_str::<Record>(line).unwrap());
    let mut outcomes: Vec<Outcome> = records
        .filter_map(|record| match record.message {
            Message::Done(outcome) => Some(outcome),
            _ => None,
        })
        .collect();
    assert_eq!(outcomes.len(), 1, "a check ends once: {outcomes:?}");
    (outcomes.remove(0), printed.join().unwrap())
}
