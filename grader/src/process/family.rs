//! All processes below this one, however they were started.
//!
//! A sub-reaper inherits the orphans among its descendants, so that a walk over `/proc` from this
//! process downwards finds daemons as well.

use std::collections::HashMap;
use std::fs;
use std::time::{Duration, Instant};

use nix::errno::Errno;
use nix::sys::signal::{Signal, kill};
use nix::sys::wait::{WaitPidFlag, WaitStatus, waitpid};
use nix::unistd::{Pid, SysconfVar, sysconf};

/// A living process.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// Its id.
    pub id: i32,
    /// Its name, as the kernel knows it.
    pub name: String,
    /// The process that answers for it.
    pub parent: i32,
    /// How many threads it has.
    threads: u64,
    /// Its resident memory, in pages.
    pages: u64,
}

/// Every living process below this one; zombies, which cannot do anything any more, not counted.
pub fn members() -> Vec<Member> {
    let mut children: HashMap<i32, Vec<Member>> = HashMap::new();
    for entry in fs::read_dir("/proc").into_iter().flatten().flatten() {
        let id = entry.file_name().to_str().and_then(|name| name.parse().ok());
        if let Some((parent, member)) = id.and_then(read) {
            children.entry(parent).or_default().push(member);
        }
    }
    let mut found = children.remove(&Pid::this().as_raw()).unwrap_or_default();
    let mut next = 0;
    while let Some(member) = found.get(next) {
        found.extend(children.remove(&member.id).unwrap_or_default());
        next += 1;
    }
    found.retain(|member| member.pages > 0);
    found
}

/// Reads `/proc/ID/stat`: the parent and the process. A zombie has no pages.
fn read(id: i32) -> Option<(i32, Member)> {
    let stat = fs::read_to_string(format!("/proc/{id}/stat")).ok()?;
    // The name is in parentheses and may itself hold any character.
    let (start, rest) = stat.rsplit_once(") ")?;
    let name = start.split_once('(')?.1.to_owned();
    let fields: Vec<&str> = rest.split(' ').collect();
    // proc_pid_stat(5): after the name come state, ppid, …; num_threads and rss are fields 20 and 24
    // of the whole line.
    let number = |field: usize| fields.get(field)?.parse().ok();
    let (threads, pages) = (number(17)?, number(21)?);
    let parent = fields.get(1)?.parse().ok()?;
    Some((parent, Member { id, name, parent, threads, pages }))
}

/// Resident memory of these processes together, in bytes.
pub fn memory(members: &[Member]) -> u64 {
    let page = sysconf(SysconfVar::PAGE_SIZE).ok().flatten().unwrap_or(4096);
    members.iter().map(|member| member.pages).sum::<u64>() * page.unsigned_abs()
}

/// Threads of these processes together.
pub fn tasks(members: &[Member]) -> u64 {
    members.iter().map(|member| member.threads).sum()
}

/// Ends every process below this one and reaps it. Returns those that were still alive after
/// `grace`, which is for processes that are ending by themselves.
pub fn end_all(grace: Duration) -> Vec<Member> {
    let begin = Instant::now();
    let mut ended: Vec<Member> = Vec::new();
    let mut pause = Duration::from_millis(1);
    loop {
        let reaped = reap();
        let living = members();
        if living.is_empty() && reaped == Reaped::NoneLeft {
            return ended;
        }
        if begin.elapsed() >= grace {
            for member in living {
                let _ = kill(Pid::from_raw(member.id), Signal::SIGKILL);
                if !ended.iter().any(|known| known.id == member.id) {
                    ended.push(member);
                }
            }
        }
        if begin.elapsed() >= grace + Duration::from_secs(5) {
            // Only a process that the kernel holds (uninterruptible sleep) survives SIGKILL so long.
            return ended;
        }
        std::thread::sleep(pause);
        pause = (pause * 2).min(Duration::from_millis(20));
    }
}

#[derive(PartialEq, Eq)]
enum Reaped {
    SomeLeft,
    NoneLeft,
}

fn reap() -> Reaped {
    loop {
        match waitpid(None, Some(WaitPidFlag::WNOHANG)) {
            Ok(WaitStatus::StillAlive) => return Reaped::SomeLeft,
            Err(Errno::ECHILD) => return Reaped::NoneLeft,
            Ok(_) | Err(_) => {}
        }
    }
}
