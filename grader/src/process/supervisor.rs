//! The supervisor: a process that starts one check and outlives all that the check starts.

use std::fs::File;
use std::io::{self, Read as _, Write as _};
use std::os::fd::{AsFd as _, OwnedFd};
use std::os::unix::process::{CommandExt as _, ExitStatusExt as _};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use evidence::channel;
use nix::fcntl::{FcntlArg, OFlag, fcntl};
use nix::poll::{PollFd, PollFlags, PollTimeout, poll};
use nix::sys::prctl;
use nix::sys::resource::{Resource, setrlimit};
use nix::sys::signal::Signal;

use super::records::{Records, Told};
use super::scratch::Scratch;
use super::signals::Signals;
use super::{Captured, End, Job, Observation, family};

/// The hidden subcommand that makes the grader a supervisor.
pub const SUBCOMMAND: &str = "__supervise";

/// How often memory is looked at.
const TICK: Duration = Duration::from_millis(25);

/// How long a process that the check started may take to end by itself after the check.
const GRACE: Duration = Duration::from_millis(500);

/// Reads a [`Job`] from standard input, runs it, writes the [`Observation`] to standard output.
///
/// # Errors
/// When the job cannot be read or started: the exit code then tells the grader.
pub fn supervise() -> io::Result<()> {
    let mut text = Vec::new();
    io::stdin().read_to_end(&mut text)?;
    let job: Job = serde_json::from_slice(&text)?;
    // The check runs as the same user: without this it could write into our pipe to the grader by
    // way of /proc, and read the nonce out of our memory.
    prctl::set_dumpable(false)?;
    prctl::set_child_subreaper(true)?;
    prctl::set_pdeathsig(Signal::SIGTERM)?;
    setrlimit(Resource::RLIMIT_CORE, 0, 0)?;
    let signals = Signals::block()?;
    let scratch = job.temporary.as_deref().map(Scratch::new).transpose()?;
    let mut watch = signals.let_through(|| Watch::start(&job, scratch.as_ref()))?;
    let end = watch.until_end(&job, &signals)?;
    let observation = watch.finish(end);
    drop(scratch);
    io::stdout().write_all(&serde_json::to_vec(&observation)?)
}

/// A check that is being watched.
struct Watch {
    child: Child,
    begin: Instant,
    records: Records,
    stdout: Source,
    stderr: Source,
    output: Captured,
    guards: Guards,
}

impl Watch {
    fn start(job: &Job, scratch: Option<&Scratch>) -> io::Result<Self> {
        let (mut records, theirs) = Records::open(&job.request)?;
        let begin = Instant::now();
        let mut child = Command::new(&job.program)
            .args(&job.args)
            .current_dir(&job.folder)
            .env_clear()
            .envs(job.environment.iter().map(|(name, value)| (name, value)))
            .envs(scratch.map(|scratch| ("TMPDIR", scratch.path())))
            .env(channel::VARIABLE, "stdin")
            .stdin(Stdio::from(theirs))
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .process_group(0)
            .spawn()?;
        // Behind the sandbox's own processes it has a number that nobody tells us.
        if job.guards == 0 {
            records.listen_to(child.id());
        }
        let stdout = OwnedFd::from(child.stdout.take().expect("it is piped"));
        let stderr = OwnedFd::from(child.stderr.take().expect("it is piped"));
        Ok(Self {
            child,
            begin,
            records,
            stdout: Source::new(stdout)?,
            stderr: Source::new(stderr)?,
            output: Captured::default(),
            guards: Guards { count: job.guards, said: Vec::new() },
        })
    }

    /// Watches the check until it ends or must be ended. Of its records, those count that it has sent
    /// by then: a process that it leaves behind may come to have its number.
    fn until_end(&mut self, job: &Job, signals: &Signals) -> io::Result<End> {
        let end = self.watch(job, signals)?;
        self.records.drain_to_the_end();
        Ok(end)
    }

    fn watch(&mut self, job: &Job, signals: &Signals) -> io::Result<End> {
        let deadline = Duration::from_millis(job.limits.millis);
        let mut looked = self.begin;
        loop {
            self.wait(signals)?;
            self.records.drain();
            self.read();
            // The end of the process comes first: a check that is done in time is in time.
            if let Some(end) = self.guards.end_of_check() {
                return Ok(end);
            }
            if let Some(status) = self.child.try_wait()? {
                self.read();
                return Ok(self.guards.end(status));
            }
            if self.output.total > job.limits.output || self.records.is_flooded() {
                return Ok(End::OverOutput);
            }
            if self.begin.elapsed() > deadline || signals.terminated() {
                return Ok(End::OverTime);
            }
            if looked.elapsed() >= TICK {
                looked = Instant::now();
                let members = family::members();
                if family::memory(&members) > job.limits.memory {
                    return Ok(End::OverMemory);
                }
                if family::tasks(&members) > job.limits.tasks {
                    return Ok(End::OverTasks);
                }
            }
        }
    }

    /// Waits for output, a record, the end of a process, or the next tick.
    fn wait(&self, signals: &Signals) -> io::Result<()> {
        let sources = [&self.stdout, &self.stderr];
        let mut ready = vec![PollFd::new(signals.as_fd(), PollFlags::POLLIN)];
        if !self.records.ended {
            ready.push(PollFd::new(self.records.as_fd(), PollFlags::POLLIN));
        }
        for source in sources.iter().filter(|source| !source.ended) {
            ready.push(PollFd::new(source.file.as_fd(), PollFlags::POLLIN));
        }
        match poll(&mut ready, PollTimeout::try_from(TICK).unwrap_or(PollTimeout::ZERO)) {
            Ok(_) | Err(nix::errno::Errno::EINTR) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }

    fn read(&mut self) {
        let output = &mut self.output;
        let said = &mut self.guards.said;
        match self.guards.count {
            0 => self.stdout.drain(|bytes| output.add(bytes)),
            _ => self.stdout.drain(|bytes| said.extend_from_slice(bytes)),
        }
        self.stderr.drain(|bytes| output.add(bytes));
    }

    fn finish(mut self, end: End) -> Observation {
        let millis = self.begin.elapsed().as_millis().try_into().unwrap_or(u64::MAX);
        let killed = !matches!(end, End::Exited(_) | End::Signalled(_));
        // What a killed check had running is no fault of its own.
        let top = i32::try_from(self.child.id()).unwrap_or(0);
        let left = family::end_all(if killed { Duration::ZERO } else { GRACE });
        let unending = left.unending.into_iter().map(|member| member.name).collect();
        self.read();
        let Told { begun, last_step, outcome } = self.records.told;
        Observation {
            begun,
            outcome,
            last_step,
            end,
            output: self.output,
            left_behind: if killed {
                Vec::new()
            } else {
                self.guards.names_without(top, left.ended)
            },
            unending,
            millis,
        }
    }
}

/// The processes of the sandbox around a check, and what the innermost one says.
struct Guards {
    count: usize,
    said: Vec<u8>,
}

impl Guards {
    /// How the check ended, once that was said.
    fn end_of_check(&self) -> Option<End> {
        let said = std::str::from_utf8(&self.said).ok()?;
        said.lines().filter(|_| said.ends_with('\n')).find_map(|line| {
            let (word, number) = line.split_once(' ')?;
            match word {
                "exited" => number.parse().ok().map(End::Exited),
                "signalled" => number.parse().ok().map(End::Signalled),
                _ => None,
            }
        })
    }

    /// What it means that the outermost process ended like this.
    fn end(&self, status: ExitStatus) -> End {
        match self.end_of_check() {
            Some(end) => end,
            None if self.count > 0 && !self.said.starts_with(b"ready") => End::NotStarted,
            None => ended(status),
        }
    }

    /// The names of the processes that are not the sandbox's own: those are a chain, from `top`.
    fn names_without(&self, top: i32, left: Vec<family::Member>) -> Vec<String> {
        let mut own = Vec::new();
        for depth in 0..self.count {
            let parent = own.last().copied();
            own.extend(match depth {
                0 => Some(top),
                _ => left.iter().find(|m| Some(m.parent) == parent).map(|m| m.id),
            });
        }
        left.into_iter().filter(|m| !own.contains(&m.id)).map(|m| m.name).collect()
    }
}

fn ended(status: ExitStatus) -> End {
    match status.signal() {
        Some(signal) => End::Signalled(signal),
        None => End::Exited(status.code().unwrap_or(-1)),
    }
}

/// One end of a pipe or socket that is read without waiting.
struct Source {
    file: File,
    ended: bool,
}

impl Source {
    fn new(end: OwnedFd) -> io::Result<Self> {
        fcntl(&end, FcntlArg::F_SETFL(OFlag::O_NONBLOCK))?;
        Ok(Self { file: File::from(end), ended: false })
    }

    /// Takes what is there now, at most a mebibyte, so that a flood does not starve the clock.
    fn drain(&mut self, mut take: impl FnMut(&[u8])) {
        let mut buffer = [0; 64 * 1024];
        for _ in 0..16 {
            match self.file.read(&mut buffer) {
                Ok(0) => self.ended = true,
                Ok(length) => take(&buffer[..length]),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => return,
                Err(_) => self.ended = true,
            }
            if self.ended {
                return;
            }
        }
    }
}
