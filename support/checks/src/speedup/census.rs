//! The threads of this process, seen from outside: `/proc/self/task` and their CPU clocks.

use std::collections::HashMap;
use std::fs;
use std::io;
use std::time::Duration;

use nix::time::ClockId;
use nix::unistd::gettid;

/// The number of a thread, as the system knows it.
pub(crate) type Thread = i32;

/// All threads, with the CPU time that each has used.
#[derive(Debug, Clone, Default)]
pub(crate) struct Census(HashMap<Thread, Duration>);

impl Census {
    /// The threads as they are now, without the calling one.
    pub fn take() -> io::Result<Self> {
        let me = gettid().as_raw();
        let threads = threads()?.into_iter().filter(|&thread| thread != me);
        Ok(Self(threads.filter_map(|thread| Some((thread, cpu(thread)?))).collect()))
    }

    /// What each thread has used since `earlier`; threads that are new count from zero.
    pub fn since<'a>(&'a self, earlier: &'a Self) -> impl Iterator<Item = (Thread, Duration)> + 'a {
        self.0.iter().map(|(thread, cpu)| {
            let before = earlier.0.get(thread).copied().unwrap_or_default();
            (*thread, cpu.saturating_sub(before))
        })
    }
}

fn threads() -> io::Result<Vec<Thread>> {
    let names = fs::read_dir("/proc/self/task")?.map(|entry| Ok(entry?.file_name()));
    let names = names.collect::<io::Result<Vec<_>>>()?;
    Ok(names.iter().filter_map(|name| name.to_str()?.parse().ok()).collect())
}

/// The CPU time of `thread`; `None` if it has ended.
pub(crate) fn cpu(thread: Thread) -> Option<Duration> {
    // Linux numbers the CPU clocks of threads: the id's complement, then "per thread" (4) and
    // "as scheduled" (2).
    let clock = ClockId::from_raw((!thread << 3) | 4 | 2);
    clock.now().ok().map(Duration::from)
}

/// Whether all threads but the calling one and `except` are asleep: waiting for something other
/// than a CPU. A thread that the machine only has no time for is not asleep.
pub(crate) fn all_asleep_except(except: Thread) -> bool {
    let me = gettid().as_raw();
    let Ok(threads) = threads() else { return false };
    threads.into_iter().filter(|&thread| thread != me && thread != except).all(is_asleep)
}

/// Whether the thread waits for something other than a CPU, or has ended.
pub(crate) fn is_asleep(thread: Thread) -> bool {
    // The state follows the name, which may itself hold spaces and brackets.
    let Ok(stat) = fs::read_to_string(format!("/proc/self/task/{thread}/stat")) else {
        return true; // It has ended.
    };
    let state = stat.rsplit_once(") ").and_then(|(_, rest)| rest.chars().next());
    matches!(state, Some('S' | 'Z' | 'X'))
}
