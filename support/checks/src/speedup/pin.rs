//! All workers on one CPU.
//!
//! Whatever else the machine does, the threads that share one CPU get equal parts of it. So the
//! CPU time of each worker says how the *answer* hands out its work, and not which worker happened
//! to share its CPU with a stranger.

#[cfg(not(target_os = "linux"))]
pub(crate) use elsewhere::Lane;
#[cfg(target_os = "linux")]
pub(crate) use linux::Lane;

#[cfg(target_os = "linux")]
mod linux {
    use nix::sched::{CpuSet, sched_getaffinity, sched_getcpu, sched_setaffinity};
    use nix::unistd::Pid;

    /// The CPU that all workers are to share, and the CPUs that they may use otherwise.
    ///
    /// It is a help, not a condition: where the system refuses, threads stay where they are.
    #[derive(Debug, Clone, Copy)]
    pub(crate) struct Lane {
        all: Option<CpuSet>,
        one: Option<CpuSet>,
    }

    impl Lane {
        /// The CPU on which this thread runs now.
        pub fn here() -> Self {
            Self { all: sched_getaffinity(Pid::from_raw(0)).ok(), one: this_cpu() }
        }

        /// Moves a thread into the lane; 0 is the calling one.
        pub fn enter(&self, thread: i32) {
            assign(thread, self.one);
        }

        /// Lets a thread use all CPUs again; 0 is the calling one.
        pub fn leave(&self, thread: i32) {
            assign(thread, self.all);
        }
    }

    fn this_cpu() -> Option<CpuSet> {
        let mut set = CpuSet::new();
        set.set(sched_getcpu().ok()?).ok()?;
        Some(set)
    }

    fn assign(thread: i32, cpus: Option<CpuSet>) {
        if let Some(cpus) = cpus {
            let _ = sched_setaffinity(Pid::from_raw(thread), &cpus);
        }
    }
}

#[cfg(not(target_os = "linux"))]
mod elsewhere {
    /// Other systems have no such lane: threads stay where they are.
    #[derive(Debug, Clone, Copy)]
    pub(crate) struct Lane;

    impl Lane {
        pub fn here() -> Self {
            Self
        }

        pub fn enter(&self, _thread: i32) {}

        pub fn leave(&self, _thread: i32) {}
    }
}
