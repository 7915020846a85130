//! What is given up, in layers. Each holds for all processes below; what a kernel lacks is left out,
//! and the grader is told which layers hold.

use std::io;

use landlock::{
    ABI, Access as _, AccessFs, CompatLevel, Compatible as _, Ruleset, RulesetAttr as _,
    RulesetCreatedAttr as _, RulesetError, RulesetStatus, Scope, path_beneath_rules,
};
use nix::sys::prctl;
use nix::sys::resource::{Resource, setrlimit};

use crate::order::Order;
use crate::{capabilities, syscalls};

/// Applies every layer that this kernel has, and names them.
///
/// # Errors
/// When a limit cannot be set or a privilege not given up: the kernel always has these.
pub fn apply(order: &Order) -> io::Result<Vec<&'static str>> {
    let mut layers = vec!["rlimits"];
    limit(order)?;
    prctl::set_no_new_privs()?;
    capabilities::give_up()?;
    if restrict_files(order).is_ok_and(|held| held) {
        layers.push("landlock");
    }
    if syscalls::deny(order.shared) {
        layers.push("seccomp");
    }
    Ok(layers)
}

fn limit(order: &Order) -> io::Result<()> {
    let set = |resource, value: u64| setrlimit(resource, value, value);
    set(Resource::RLIMIT_CORE, 0)?;
    set(Resource::RLIMIT_MEMLOCK, 64 * 1024)?;
    set(Resource::RLIMIT_MSGQUEUE, 0)?;
    if let Some(seconds) = order.cpu {
        // The first limit sends SIGXCPU, which can be caught; the second kills.
        setrlimit(Resource::RLIMIT_CPU, seconds, seconds + 1)?;
    }
    if let Some(bytes) = order.file {
        set(Resource::RLIMIT_FSIZE, bytes)?;
    }
    if let Some(bytes) = order.memory {
        set(Resource::RLIMIT_AS, bytes)?;
    }
    if let Some(files) = order.files {
        set(Resource::RLIMIT_NOFILE, files)?;
    }
    if let Some(tasks) = order.tasks {
        set(Resource::RLIMIT_NPROC, tasks + elsewhere())?;
    }
    Ok(())
}

/// The tasks that count against the limit and are not ours: in a namespace of our own there are
/// none, elsewhere at most all that the machine has.
fn elsewhere() -> u64 {
    if std::process::id() == 1 {
        return 0;
    }
    let load = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    let tasks = load.split(' ').nth(3).and_then(|field| field.split_once('/'));
    tasks.and_then(|(_, all)| all.parse().ok()).unwrap_or(0)
}

/// Landlock: no file but those that are listed, no signal and no abstract socket out of here.
fn restrict_files(order: &Order) -> Result<bool, RulesetError> {
    if order.read.is_empty() {
        return Ok(false);
    }
    let abi = ABI::V6;
    let (all, read) = (AccessFs::from_all(abi), AccessFs::from_read(abi));
    let status = Ruleset::default()
        .set_compatibility(CompatLevel::BestEffort)
        .handle_access(all)?
        .scope(Scope::AbstractUnixSocket | Scope::Signal)?
        .create()?
        .add_rules(path_beneath_rules(&order.read, read))?
        .add_rules(path_beneath_rules(&order.write, all))?
        .restrict_self()?;
    Ok(status.ruleset != RulesetStatus::NotEnforced)
}
