//! The reader's side.

use std::io::{self, Read as _, Write as _};

use nix::sys::prctl;
use nix::sys::resource::{Resource, getrlimit, setrlimit};
use nix::sys::signal::Signal;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::{Limits, READY};

/// Files that a reader may have open: a path of folders, and pipes to the programs that it starts.
const FILES: u64 = 64;

/// Takes on the limits, reads the question from standard input, writes the answer to standard output.
///
/// # Errors
/// When a limit cannot be set, or one of the streams fails.
pub fn answer<Q, A>(limits: Limits, work: impl FnOnce(Q) -> A) -> io::Result<()>
where
    Q: DeserializeOwned,
    A: Serialize,
{
    // What we read must not outlive whoever wants to know.
    prctl::set_pdeathsig(Signal::SIGKILL)?;
    limit(Resource::RLIMIT_CORE, 0)?;
    limit(Resource::RLIMIT_FSIZE, 0)?;
    limit(Resource::RLIMIT_NOFILE, FILES)?;
    // The first limit ends with a signal that says so, where it is not caught.
    setrlimit(Resource::RLIMIT_CPU, limits.cpu, limits.cpu + 1)?;
    limit(Resource::RLIMIT_AS, limits.memory)?;
    let mut question = Vec::new();
    io::stdin().read_to_end(&mut question)?;
    let question = serde_json::from_slice(&question)?;
    let mut stdout = io::stdout().lock();
    stdout.write_all(READY)?;
    stdout.flush()?;
    serde_json::to_writer(&mut stdout, &work(question))?;
    stdout.flush()
}

/// Never more than is allowed already: only root may raise a limit.
fn limit(resource: Resource, value: u64) -> io::Result<()> {
    let (_, allowed) = getrlimit(resource)?;
    let value = value.min(allowed);
    Ok(setrlimit(resource, value, value)?)
}
