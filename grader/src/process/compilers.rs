//! The compilers of a build: whose answer each of them works on, what they use together, and when that
//! is enough.

use std::collections::BTreeMap;
use std::fs;
use std::time::Duration;

use nix::sys::signal::Signal;

use super::family::{self, Member};

/// How often they are to be looked at.
pub const TICK: Duration = Duration::from_millis(250);

/// CPU seconds that all compilers of one answer may use in one build, unless somebody says otherwise:
/// two flavours of it and its checks take a few.
pub const SECONDS: u64 = 60;

/// Resident memory of all compilers of one answer at the same time, in bytes. At most half of the
/// machine's: nobody else is to suffer.
const MEMORY: u64 = 4 << 30;

/// Bytes that all compilers of one answer may write in one build, files and messages together.
const WRITTEN: u64 = 1 << 30;

/// A compiler that has used next to no CPU time for so long, and did not even wait for any, waits for
/// something that does not come.
const IDLE: Duration = Duration::from_secs(90);

/// What the compilers of one answer have used.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
struct Used {
    cpu: Duration,
    memory: u64,
    written: u64,
    idle: Duration,
}

impl Used {
    /// Which limit this is beyond, in words.
    fn beyond(&self, seconds: u64, memory: u64) -> Option<String> {
        let mib = |bytes: u64| format!("{} MiB", bytes >> 20);
        if self.cpu > Duration::from_secs(seconds) {
            Some(format!("used more than {seconds} s of CPU time"))
        } else if self.memory > memory {
            Some(format!("used more than {} of memory", mib(memory)))
        } else if self.written > WRITTEN {
            Some(format!("wrote more than {}", mib(WRITTEN)))
        } else if self.idle > IDLE {
            Some(format!("waited {} s for something that did not come", IDLE.as_secs()))
        } else {
            None
        }
    }
}

/// What one process and all below it have used so far.
#[derive(Debug, Clone, Copy)]
struct Tree {
    answer: usize,
    cpu: Duration,
    written: u64,
    /// How often it was looked at, one tick after the other. (The clock goes on while a job is stopped at
    /// the terminal.)
    looks: u32,
}

/// The answers that are built, and what their compilers have used.
#[derive(Debug)]
pub struct Compilers {
    /// The folders of the exercises.
    folders: Vec<String>,
    /// CPU seconds, and bytes of resident memory, for each answer.
    seconds: u64,
    memory: u64,
    /// By id, also those that have ended. An id that comes again in one build adds up to more, not less.
    trees: BTreeMap<i32, Tree>,
    ended: Vec<bool>,
}

impl Compilers {
    /// None so far, of these exercises; each answer may use so many CPU seconds.
    pub fn new(folders: Vec<String>, seconds: u64) -> Self {
        let ended = vec![false; folders.len()];
        Self { folders, seconds, memory: MEMORY.min(machine() / 2), trees: BTreeMap::new(), ended }
    }

    /// Ends the compilers of answers that are beyond a limit, now and from now on. Returns the folders of
    /// those that are so for the first time, each with what they did, in words.
    pub fn look(&mut self) -> Vec<(String, String)> {
        let members = family::members();
        let mut used = vec![Used::default(); self.folders.len()];
        let mut roots: Vec<(usize, Vec<Member>)> = Vec::new();
        for root in &members {
            let Some(answer) = self.answer(root.id) else { continue };
            let tree = family::below_one_of(&members, root);
            let memory = family::memory(&tree);
            let idle = self.take(answer, root.id, &tree);
            used[answer].memory += memory;
            used[answer].idle = used[answer].idle.max(idle);
            roots.push((answer, tree));
        }
        for tree in self.trees.values() {
            used[tree.answer].cpu += tree.cpu;
            used[tree.answer].written += tree.written;
        }
        let mut told = Vec::new();
        for (answer, used) in used.iter().enumerate().filter(|(answer, _)| !self.ended[*answer]) {
            if let Some(why) = used.beyond(self.seconds, self.memory) {
                told.push((answer, why));
            }
        }
        told.iter().for_each(|(answer, _)| self.ended[*answer] = true);
        roots.iter().filter(|(answer, _)| self.ended[*answer]).for_each(|(_, tree)| end(tree));
        told.into_iter().map(|(answer, why)| (self.folders[answer].clone(), why)).collect()
    }

    /// The answer that this process compiles: the compiler is told which file to begin with.
    fn answer(&self, id: i32) -> Option<usize> {
        if let Some(known) = self.trees.get(&id) {
            return Some(known.answer);
        }
        let line = fs::read(format!("/proc/{id}/cmdline")).ok()?;
        let words = || line.split(|&byte| byte == 0).map(String::from_utf8_lossy);
        // Cargo and the sandbox are told of the stage alone. A compiler's name comes first.
        words().any(|word| word == "--crate-name").then_some(())?;
        self.folders.iter().position(|folder| {
            let within = format!("exercises/{folder}/");
            words().any(|word| word.ends_with(".rs") && word.contains(&within))
        })
    }

    /// Takes in what the process and all below it have used; how long they have done nothing at all.
    fn take(&mut self, answer: usize, id: i32, tree: &[Member]) -> Duration {
        let (cpu, written) = (family::cpu(tree), tree.iter().filter_map(written).sum());
        let known = self.trees.entry(id).or_insert(Tree { answer, cpu, written, looks: 0 });
        known.looks += 1;
        known.cpu = known.cpu.max(cpu);
        known.written = known.written.max(written);
        let waited: Duration = tree.iter().map(waited).sum();
        let busy = cpu + waited;
        // Who waits for the processor or for a disk may still come to its end.
        (TICK * known.looks).saturating_sub(busy * 20)
    }
}

/// Ends a compiler and all below it. The signal is that of the limit of CPU time: the answer took too much.
fn end(tree: &[Member]) {
    for (depth, member) in tree.iter().enumerate() {
        family::send(member, if depth == 0 { Signal::SIGXCPU } else { Signal::SIGKILL });
    }
}

/// Bytes that the process has written, also by way of pipes; `None` if that is not told.
fn written(member: &Member) -> Option<u64> {
    let io = fs::read_to_string(format!("/proc/{}/io", member.id)).ok()?;
    io.lines().find_map(|line| line.strip_prefix("wchar: "))?.parse().ok()
}

/// How long the threads of the process waited for a processor, or wait for a disk.
fn waited(member: &Member) -> Duration {
    let threads = fs::read_dir(format!("/proc/{}/task", member.id)).into_iter().flatten().flatten();
    threads
        .map(|thread| {
            let read = |file| fs::read_to_string(thread.path().join(file)).unwrap_or_default();
            // Time on a processor, time in line for one, both in nanoseconds.
            let nanos = read("schedstat").split(' ').nth(1).and_then(|it| it.parse().ok());
            let disk = read("stat").rsplit_once(") ").is_some_and(|(_, it)| it.starts_with('D'));
            if disk { IDLE } else { Duration::from_nanos(nanos.unwrap_or(0)) }
        })
        .sum()
}

/// Memory of the machine, in bytes.
fn machine() -> u64 {
    let known = fs::read_to_string("/proc/meminfo").unwrap_or_default();
    let kib = known.lines().find_map(|line| line.strip_prefix("MemTotal:"));
    let kib = kib.and_then(|it| it.trim().strip_suffix(" kB")?.parse::<u64>().ok());
    kib.map_or(u64::MAX, |kib| kib * 1024)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_limit_has_its_words() {
        let used = Used::default();
        assert_eq!(used.beyond(SECONDS, 1 << 20), None);
        let words = [
            (
                Used { cpu: Duration::from_secs(2 * SECONDS), ..used },
                "used more than 60 s of CPU time",
            ),
            (Used { memory: 2 << 20, ..used }, "used more than 1 MiB of memory"),
            (Used { written: WRITTEN + 1, ..used }, "wrote more than 1024 MiB"),
            (Used { idle: IDLE * 2, ..used }, "waited 90 s for something that did not come"),
        ];
        for (used, said) in words {
            assert_eq!(used.beyond(SECONDS, 1 << 20).as_deref(), Some(said));
        }
    }
}
