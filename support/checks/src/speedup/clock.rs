//! CPU clocks and the wall clock. A CPU clock counts only the time in which a processor really
//! worked for the process or the thread, so other programs on the machine do not disturb it.

use std::time::{Duration, Instant};

use nix::time::ClockId;

/// CPU time of all threads of this process, the ended ones included.
pub(crate) fn process() -> Duration {
    now(ClockId::CLOCK_PROCESS_CPUTIME_ID)
}

/// CPU time of the calling thread.
pub(crate) fn this_thread() -> Duration {
    now(ClockId::CLOCK_THREAD_CPUTIME_ID)
}

fn now(clock: ClockId) -> Duration {
    clock.now().expect("every Unix has CPU clocks").into()
}

/// What a piece of work cost.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Cost {
    /// CPU time of the whole process.
    pub cpu: Duration,
    /// Time on the clock on the wall.
    pub wall: Duration,
}

/// Runs `work` and says what it cost.
pub(crate) fn cost<T>(work: impl FnOnce() -> T) -> (T, Cost) {
    let (cpu, start) = (process(), Instant::now());
    let result = work();
    (result, Cost { cpu: process() - cpu, wall: start.elapsed() })
}

/// Milliseconds, as reports show them.
pub(crate) fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}
