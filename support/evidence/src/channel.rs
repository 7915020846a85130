//! How a check and the grader talk: one socket, line by line in JSON, on the check's standard input.
//!
//! The grader gives each check a stream socket as its standard input and sets [`VARIABLE`]. The
//! check reads one [`Request`] and writes [`Record`]s, the first of them when it begins. Standard output and the exit code are the
//! learner's to use: no verdict comes from them. Without the variable a check runs on its own,
//! under `cargo test`, and panics when its promise is broken.
//!
//! # Nobody else speaks here
//! Whoever has the nonce and the socket could answer in the check's place. So before any of the
//! learner's code runs,
//! - standard input is `/dev/null`, and the socket itself is closed on exec;
//! - the process is not dumpable, and neither are the children that it forks: no process without the
//!   right to trace all others opens their memory or their descriptors by way of `/proc`, nor does this
//!   one open its own. A program that is started anew is dumpable again, and knows nothing.
//!
//! A forked child has both in its copy of our memory. What it writes does not count: the grader asks
//! the kernel who sent each record.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::os::fd::AsFd;
use std::sync::{Mutex, OnceLock};

use nix::unistd::dup2_stdin;

use crate::record::{Message, Record};
use crate::{Outcome, Request, bounds};

/// Set to `stdin` by the grader.
pub const VARIABLE: &str = "LOCKSTEP_CHANNEL";

/// The check's end of the channel.
#[derive(Debug)]
pub struct Channel {
    request: Request,
    stream: Mutex<File>,
}

/// The channel of this process, or `None` when no grader is listening. The first call tells the
/// grader that the check has begun, and must come before any of the learner's code.
///
/// # Panics
/// When the grader announced a channel and the request cannot be read from it.
pub fn channel() -> Option<&'static Channel> {
    static CHANNEL: OnceLock<Option<Channel>> = OnceLock::new();
    CHANNEL
        .get_or_init(|| {
            (std::env::var_os(VARIABLE)?.to_str() == Some("stdin"))
                .then(|| Channel::open().expect("the grader's request comes on standard input"))
        })
        .as_ref()
}

/// Lets no other process look into this one, or into what it forks.
#[cfg(target_os = "linux")]
fn close_to_others() -> io::Result<()> {
    Ok(nix::sys::prctl::set_dumpable(false)?)
}

/// There is no such service here.
#[cfg(not(target_os = "linux"))]
fn close_to_others() -> io::Result<()> {
    Ok(())
}

impl Channel {
    fn open() -> io::Result<Self> {
        close_to_others()?;
        // A duplicate that is closed on exec.
        let stream = File::from(io::stdin().as_fd().try_clone_to_owned()?);
        dup2_stdin(File::open("/dev/null")?)?;
        let mut line = String::new();
        BufReader::with_capacity(1, &stream).take(64 * 1024).read_line(&mut line)?;
        let channel = Self { request: serde_json::from_str(&line)?, stream: Mutex::new(stream) };
        channel.write(Message::Begun);
        Ok(channel)
    }

    /// What the grader asks for.
    pub fn request(&self) -> &Request {
        &self.request
    }

    /// Says what the check is about to do: if it hangs, this is the last thing known of it.
    pub fn step(&self, step: &str) {
        self.write(Message::Step(bounds::shortened(step, bounds::TEXT)));
    }

    /// Says how the check ended.
    pub fn done(&self, outcome: Outcome) {
        self.write(Message::Done(bounds::outcome(outcome)));
    }

    fn write(&self, message: Message) {
        let record = Record { nonce: self.request.nonce.clone(), message };
        let mut line = serde_json::to_string(&record).expect("a record is plain data");
        line.push('\n');
        // A grader that is gone is no reason to fail: nobody reads the verdict any more.
        let mut stream = self.stream.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        let _ = stream.write_all(line.as_bytes());
    }
}
