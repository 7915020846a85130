//! Tasks tell where they run, and wait until the check lets them go on.
//!
//! The checked code starts the workers and decides which descriptors they keep, so the check cannot
//! hand them a pipe of its own. What always works is a name: three FIFOs in a folder, which a task
//! opens wherever it runs, in a thread or in any process.

use std::fs::{self, File, OpenOptions};
use std::io::{Read, Write};
use std::os::fd::AsFd;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use evidence::{Fault, require};
use nix::fcntl::OFlag;
use nix::poll::{PollFd, PollFlags, PollTimeout, poll};
use nix::sys::stat::Mode;
use nix::unistd::{mkdtemp, mkfifo};
use serde::{Deserialize, Serialize};

use crate::PATIENCE;

/// The check's side: sees who arrives, and lets them pass.
#[derive(Debug)]
pub struct Turnstile {
    folder: PathBuf,
    /// The process that made the folder and removes it.
    owner: u32,
    arrivals: File,
    unread: Vec<u8>,
    gate: File,
    presence: File,
}

/// A task's side: goes to the workers as part of an argument.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ticket {
    folder: PathBuf,
}

/// A task has arrived at the turnstile.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arrival {
    /// The task, as it calls itself.
    pub task: u64,
    /// The process that it runs in.
    pub process: u64,
    /// What else it has to say: a number of its own.
    pub note: u64,
}

const ARRIVALS: &str = "arrivals";
const GATE: &str = "gate";
const PRESENCE: &str = "presence";

impl Default for Turnstile {
    fn default() -> Self {
        Self::new()
    }
}

impl Turnstile {
    /// A turnstile that is shut.
    ///
    /// # Panics
    /// When there is no room for a temporary folder.
    pub fn new() -> Self {
        let template = std::env::temp_dir().join("turnstile-XXXXXX");
        let folder = mkdtemp(&template).expect("a temporary folder");
        for name in [ARRIVALS, GATE, PRESENCE] {
            mkfifo(&folder.join(name), Mode::S_IRUSR | Mode::S_IWUSR).expect("a FIFO");
        }
        // Opened for both: then no open blocks, and the end of one writer is not the end of file.
        let both = |name: &str| {
            let opened = OpenOptions::new().read(true).write(true).open(folder.join(name));
            opened.expect("a FIFO that has just been made")
        };
        let presence = OpenOptions::new()
            .read(true)
            .custom_flags(OFlag::O_NONBLOCK.bits())
            .open(folder.join(PRESENCE))
            .expect("a FIFO that has just been made");
        let (arrivals, gate) = (both(ARRIVALS), both(GATE));
        Self { folder, owner: std::process::id(), arrivals, unread: Vec::new(), gate, presence }
    }

    /// A ticket for a task.
    pub fn ticket(&self) -> Ticket {
        Ticket { folder: self.folder.clone() }
    }

    /// The next task that arrives; `None` if none comes within `limit`.
    ///
    /// # Panics
    /// When the FIFO breaks.
    pub fn next_within(&mut self, limit: Duration) -> Option<Arrival> {
        let deadline = Instant::now() + limit;
        loop {
            if let Some(end) = self.unread.iter().position(|&byte| byte == b'\n') {
                let line: Vec<u8> = self.unread.drain(..=end).collect();
                return Some(Arrival::parse(&line));
            }
            let left = deadline.saturating_duration_since(Instant::now());
            if !is_ready(&self.arrivals, PollFlags::POLLIN, left) {
                return None;
            }
            let mut bytes = [0; 4096];
            let count = self.arrivals.read(&mut bytes).expect("arrivals can be read");
            self.unread.extend_from_slice(&bytes[..count]);
        }
    }

    /// The next `count` tasks that arrive.
    ///
    /// # Panics
    /// With `fault` if they have not come within [`PATIENCE`]; `expected` says what was expected.
    pub fn expect(&mut self, count: usize, fault: Fault, expected: &str) -> Vec<Arrival> {
        let deadline = Instant::now() + PATIENCE;
        (0..count)
            .map(|came| {
                let next = self.next_within(deadline.saturating_duration_since(Instant::now()));
                next.unwrap_or_else(|| {
                    require!(fault, false, "{expected}: {came} of {count} came in {PATIENCE:?}");
                    unreachable!("the requirement above never holds")
                })
            })
            .collect()
    }

    /// All tasks that have arrived by now.
    pub fn arrived(&mut self) -> Vec<Arrival> {
        std::iter::from_fn(|| self.next_within(Duration::ZERO)).collect()
    }

    /// Lets `count` tasks pass, now or when they come.
    ///
    /// # Panics
    /// When the FIFO breaks.
    pub fn admit(&mut self, count: usize) {
        self.gate.write_all(&vec![b'.'; count]).expect("the gate can be opened");
    }

    /// Takes back the passes that nobody has used.
    ///
    /// # Panics
    /// When the FIFO breaks.
    pub fn shut(&mut self) {
        while is_ready(&self.gate, PollFlags::POLLIN, Duration::ZERO) {
            let _ = self.gate.read(&mut [0; 64]).expect("the gate can be read");
        }
    }

    /// Whether every process that called [`Ticket::stay`] is gone, within [`PATIENCE`].
    ///
    /// Ask only after one of them has told so by arriving.
    pub fn is_deserted(&self) -> bool {
        is_ready(&self.presence, PollFlags::empty(), PATIENCE)
    }
}

impl Drop for Turnstile {
    fn drop(&mut self) {
        // A forked child holds a copy of this value, and the folder is not the child's.
        if std::process::id() == self.owner {
            // A folder that cannot be removed is left to the system.
            let _ = fs::remove_dir_all(&self.folder);
        }
    }
}

impl Ticket {
    /// Tells the check that `task` is being run, by which process.
    ///
    /// # Panics
    /// When the turnstile is gone.
    pub fn arrive(&self, task: u64) {
        self.tell(task, 0);
    }

    /// Like [`arrive`](Self::arrive), with a number for the check.
    ///
    /// # Panics
    /// When the turnstile is gone.
    pub fn tell(&self, task: u64, note: u64) {
        let line = format!("{task} {} {note}\n", std::process::id());
        // So short a line is written in one piece, whoever else is writing (PIPE_BUF).
        let written = self.open(ARRIVALS, true).write_all(line.as_bytes());
        written.expect("the check reads the arrivals");
    }

    /// Waits until the check lets one more task pass.
    ///
    /// # Panics
    /// When the turnstile is gone.
    pub fn pass(&self) {
        // An end of file means that the check is gone: there is nothing left to wait for.
        let _ = self.open(GATE, false).read(&mut [0]).expect("the gate can be read");
    }

    /// Shows from now on that this process is there, until it ends.
    ///
    /// # Panics
    /// When the turnstile is gone.
    pub fn stay(&self) {
        // Closed by the kernel, when the process is gone.
        std::mem::forget(self.open(PRESENCE, true));
    }

    fn open(&self, name: &str, write: bool) -> File {
        let path: &Path = &self.folder.join(name);
        let opened = OpenOptions::new().read(!write).write(write).open(path);
        opened.expect("the turnstile outlives its tasks")
    }
}

impl Arrival {
    fn parse(line: &[u8]) -> Self {
        let text = std::str::from_utf8(line).expect("tickets write text");
        let mut numbers = text.split_whitespace().map(|number| number.parse().ok());
        let mut next = || numbers.next().flatten().expect("tickets write three numbers");
        Self { task: next(), process: next(), note: next() }
    }
}

fn is_ready(file: &File, events: PollFlags, limit: Duration) -> bool {
    let deadline = Instant::now() + limit;
    loop {
        let left = deadline.saturating_duration_since(Instant::now()).as_millis();
        let left = PollTimeout::try_from(left).unwrap_or(PollTimeout::MAX);
        match poll(&mut [PollFd::new(file.as_fd(), events)], left) {
            Err(nix::errno::Errno::EINTR) => {}
            ready => return ready.expect("a FIFO can be polled") > 0,
        }
    }
}
