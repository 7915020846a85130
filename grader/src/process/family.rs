//! All processes below a process, however they were started.
//!
//! A sub-reaper inherits the orphans among its descendants, so that a walk over `/proc` from a
//! supervisor downwards finds daemons as well.

use std::collections::HashMap;
use std::fs;
use std::time::{Duration, Instant};

use nix::errno::Errno;
use nix::sys::signal::{Signal, kill};
use nix::sys::wait::{WaitPidFlag, WaitStatus, waitpid};
use nix::unistd::{Pid, SysconfVar, sysconf};

/// How long SIGKILL is sent again to whatever is there. Only a process that the kernel holds
/// (uninterruptible sleep), or one of many that fork faster than they are found, survives so long.
const KILLING: Duration = Duration::from_secs(5);

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
    /// CPU time that it has used, with the children that it has reaped, in the kernel's ticks.
    ticks: u64,
}

/// What [`end_all`] did.
#[derive(Debug, Default)]
pub struct Ended {
    /// The processes that had to be killed.
    pub ended: Vec<Member>,
    /// Those of them that are there all the same.
    pub unending: Vec<Member>,
}

/// Every living process below this one; zombies, which cannot do anything any more, not counted.
pub fn members() -> Vec<Member> {
    below(Pid::this().as_raw())
}

fn below(top: i32) -> Vec<Member> {
    let mut children: HashMap<i32, Vec<(Member, bool)>> = HashMap::new();
    for entry in fs::read_dir("/proc").into_iter().flatten().flatten() {
        let id = entry.file_name().to_str().and_then(|name| name.parse().ok());
        if let Some((member, alive)) = id.and_then(read) {
            children.entry(member.parent).or_default().push((member, alive));
        }
    }
    let mut found = children.remove(&top).unwrap_or_default();
    let mut next = 0;
    while let Some((member, _)) = found.get(next) {
        found.extend(children.remove(&member.id).unwrap_or_default());
        next += 1;
    }
    found.into_iter().filter(|(_, alive)| *alive).map(|(member, _)| member).collect()
}

/// Reads `/proc/ID/stat`: the process, and whether it is alive.
fn read(id: i32) -> Option<(Member, bool)> {
    let stat = fs::read_to_string(format!("/proc/{id}/stat")).ok()?;
    // The name is in parentheses and may itself hold any character.
    let (start, rest) = stat.rsplit_once(") ")?;
    let name = start.split_once('(')?.1.to_owned();
    let fields: Vec<&str> = rest.split(' ').collect();
    // proc_pid_stat(5): after the name come state, ppid, …; num_threads and rss are fields 20 and 24
    // of the whole line.
    let number = |field: usize| fields.get(field)?.parse().ok();
    let (threads, mut pages) = (number(17)?, number(21)?);
    let parent = fields.get(1)?.parse().ok()?;
    // utime, stime, cutime and cstime are fields 14 to 17 of the whole line.
    let ticks = (11..15).filter_map(number).sum();
    let ended = matches!(fields.first(), Some(&("Z" | "X")));
    // The state and the memory are the main thread's: without it, the others go on.
    let alive = !ended || threads > 1;
    if ended && alive {
        pages = pages_of_threads(id);
    }
    Some((Member { id, name, parent, threads, pages, ticks }, alive))
}

/// The resident memory of a process whose main thread has ended, as its other threads know it.
fn pages_of_threads(id: i32) -> u64 {
    let threads = fs::read_dir(format!("/proc/{id}/task")).into_iter().flatten().flatten();
    let pages = |statm: String| statm.split(' ').nth(1)?.parse().ok();
    threads
        .filter_map(|thread| fs::read_to_string(thread.path().join("statm")).ok())
        .filter_map(pages)
        .max()
        .unwrap_or(0)
}

/// One of these processes and all of them that are below it, itself first.
pub fn below_one_of(all: &[Member], top: &Member) -> Vec<Member> {
    let mut found = vec![top.clone()];
    let mut next = 0;
    while let Some(parent) = found.get(next).map(|member| member.id) {
        found.extend(all.iter().filter(|member| member.parent == parent).cloned());
        next += 1;
    }
    found
}

/// Resident memory of these processes together, in bytes.
pub fn memory(members: &[Member]) -> u64 {
    let page = sysconf(SysconfVar::PAGE_SIZE).ok().flatten().unwrap_or(4096);
    members.iter().map(|member| member.pages).sum::<u64>() * page.unsigned_abs()
}

/// CPU time that these processes have used together, with the children that they have reaped.
pub fn cpu(members: &[Member]) -> Duration {
    let second = sysconf(SysconfVar::CLK_TCK).ok().flatten().unwrap_or(100).unsigned_abs();
    let ticks = members.iter().map(|member| member.ticks).sum::<u64>();
    Duration::from_millis(ticks * 1000 / second)
}

/// Threads of these processes together.
pub fn tasks(members: &[Member]) -> u64 {
    members.iter().map(|member| member.threads).sum()
}

/// Ends every process below this one and reaps it. `grace` is for processes that are ending by
/// themselves: those that are still there afterwards are killed.
pub fn end_all(grace: Duration) -> Ended {
    let begin = Instant::now();
    let mut ended: Vec<Member> = Vec::new();
    let mut pause = Duration::from_millis(1);
    loop {
        let reaped = reap();
        let living = members();
        if living.is_empty() && reaped == Reaped::NoneLeft {
            return Ended { ended, unending: Vec::new() };
        }
        if begin.elapsed() >= grace + KILLING {
            return Ended { ended, unending: living };
        }
        if begin.elapsed() >= grace {
            for member in living {
                kill_one(&member);
                if !ended.iter().any(|known| known.id == member.id) {
                    ended.push(member);
                }
            }
        }
        std::thread::sleep(pause);
        pause = (pause * 2).min(Duration::from_millis(20));
    }
}

/// Kills every process below another one, which is left to reap them.
pub fn kill_below(supervisor: u32) {
    let begin = Instant::now();
    while begin.elapsed() < KILLING {
        let living = below(supervisor.cast_signed());
        if living.is_empty() {
            return;
        }
        living.iter().for_each(kill_one);
        std::thread::sleep(Duration::from_millis(5));
    }
}

fn kill_one(member: &Member) {
    send(member, Signal::SIGKILL);
}

/// Sends the signal to the process, which may have gone by itself.
pub fn send(member: &Member, signal: Signal) {
    let _ = kill(Pid::from_raw(member.id), signal);
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn memory_is_known_by_the_threads_as_well() {
        assert!(pages_of_threads(Pid::this().as_raw()) > 0);
        assert_eq!(pages_of_threads(i32::MAX), 0);
    }
}
