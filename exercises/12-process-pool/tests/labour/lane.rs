//! All workers on one CPU, where they get equal parts of it, whatever else the machine does.

pub use system::Lane;

#[cfg(target_os = "linux")]
mod system {
    use nix::sched::{CpuSet, sched_getaffinity, sched_getcpu, sched_setaffinity};
    use nix::unistd::Pid;

    /// While this lives, this thread and all threads and processes that it starts share one CPU.
    ///
    /// It is a help, not a condition: where the system refuses, they stay where they are.
    pub struct Lane {
        all: Option<CpuSet>,
    }

    impl Lane {
        /// Moves this thread to the CPU on which it runs now.
        pub fn enter() -> Self {
            let all = sched_getaffinity(Pid::from_raw(0)).ok();
            let mut one = CpuSet::new();
            if sched_getcpu().is_ok_and(|cpu| one.set(cpu).is_ok()) {
                assign(Some(one));
            }
            Self { all }
        }
    }

    impl Drop for Lane {
        fn drop(&mut self) {
            assign(self.all);
        }
    }

    fn assign(cpus: Option<CpuSet>) {
        if let Some(cpus) = cpus {
            let _ = sched_setaffinity(Pid::from_raw(0), &cpus);
        }
    }
}

#[cfg(not(target_os = "linux"))]
mod system {
    /// Other systems have no such lane: all stay where they are.
    pub struct Lane;

    impl Lane {
        /// Does nothing.
        pub fn enter() -> Self {
            Self
        }
    }
}
