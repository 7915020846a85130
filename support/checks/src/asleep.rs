//! Whether a thread that waits sleeps, or burns CPU time until its turn comes.

use std::path::PathBuf;
use std::sync::mpsc;
use std::time::{Duration, Instant};
use std::{fs, panic, thread};

use crate::{Fault, panics, require, step, within};

/// How long a thread must be seen asleep, without a break, to count as at rest.
const REST: Duration = Duration::from_millis(100);

/// How often it may wake up within [`REST`] all the same. A look every 20 ms costs nothing; a look
/// every millisecond is a spin with pauses.
const WAKES: u64 = 5;

/// How often to look.
const GLANCE: Duration = Duration::from_millis(10);

/// How long to try. An honest answer sleeps within microseconds, however busy the machine is: its
/// thread needs the processor once. So this costs time only where the check fails.
const LIMIT: Duration = Duration::from_secs(5);

/// Runs `wait`, which must block, in a thread of its own; runs `wake`, which must end the wait,
/// once that thread sleeps; and gives back what `wait` returns.
///
/// No clock decides whether the thread sleeps: the kernel says whether it is asleep, and how often
/// it woke up. A thread that spins is never seen asleep, even if the machine is too busy to let it
/// run. Where the kernel does not tell (outside Linux), `wake` comes after a short pause.
///
/// # Panics
/// With [`Fault::WrongAnswer`] if `wait` returns before `wake` is called, with
/// [`Fault::BusyWaiting`] if its thread does not come to rest, with [`Fault::Hang`] if it does not
/// return after `wake`, and with the payload of `wait` if it panics.
pub fn waits_asleep<T: Send + 'static>(
    wait: impl FnOnce() -> T + Send + 'static,
    wake: impl FnOnce(),
) -> T {
    step("a thread waits: it must sleep");
    let (introduce, introduced) = mpsc::channel();
    let waiter = thread::spawn(move || {
        panics::hush_this_thread();
        // The check is gone only when it has failed.
        let _ = introduce.send(Sleeper::this_thread());
        wait()
    });
    let sleeper = introduced.recv().expect("the thread says who it is before anything else");
    let rested = sleeper.comes_to_rest(|| waiter.is_finished());
    if !waiter.is_finished() {
        require!(
            Fault::BusyWaiting,
            rested,
            "the thread that waits was still busy after {LIMIT:?}: it must sleep until another \
             thread wakes it"
        );
        step("the waiting thread is woken");
        wake();
        return within(LIMIT, move || waiter.join())
            .unwrap_or_else(|payload| panic::resume_unwind(payload));
    }
    if let Err(payload) = waiter.join() {
        panic::resume_unwind(payload);
    }
    require!(Fault::WrongAnswer, false, "the call returned at once, although it had to wait");
    unreachable!("the requirement above never holds")
}

/// A thread of this process, as the kernel sees it.
struct Sleeper {
    /// Its file of facts; `None` where there is none.
    status: Option<PathBuf>,
}

/// What the kernel says of a thread at one moment.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Glance {
    asleep: bool,
    /// How often the thread went to sleep so far.
    sleeps: u64,
}

impl Sleeper {
    fn this_thread() -> Self {
        let thread = fs::read_link("/proc/thread-self").ok();
        Self { status: thread.map(|thread| PathBuf::from("/proc").join(thread).join("status")) }
    }

    /// Whether the thread was asleep all through [`REST`], before [`LIMIT`] is over or the thread
    /// has `ended`.
    fn comes_to_rest(&self, ended: impl Fn() -> bool) -> bool {
        let start = Instant::now();
        let mut asleep_since: Option<(Instant, u64)> = None;
        while start.elapsed() < LIMIT && !ended() {
            let Some(glance) = self.glance() else {
                thread::sleep(REST);
                return true;
            };
            asleep_since = match asleep_since {
                Some((since, sleeps)) if glance.asleep && glance.sleeps <= sleeps + WAKES => {
                    if since.elapsed() >= REST {
                        return true;
                    }
                    Some((since, sleeps))
                }
                _ => glance.asleep.then(|| (Instant::now(), glance.sleeps)),
            };
            thread::sleep(GLANCE);
        }
        false
    }

    fn glance(&self) -> Option<Glance> {
        read(&fs::read_to_string(self.status.as_ref()?).ok()?)
    }
}

/// Reads the values of `State:`, which begins with `S` for a sleeper, and `voluntary_ctxt_switches:`.
fn read(status: &str) -> Option<Glance> {
    let value = |name: &str| status.lines().find_map(|line| line.strip_prefix(name)).map(str::trim);
    Some(Glance {
        asleep: value("State:")?.starts_with('S'),
        sleeps: value("voluntary_ctxt_switches:").and_then(|n| n.parse().ok()).unwrap_or(0),
    })
}

#[cfg(test)]
mod tests {
    use std::panic::{AssertUnwindSafe, catch_unwind};
    use std::sync::Arc;
    use std::sync::atomic::{AtomicBool, Ordering};

    use super::*;
    use evidence::Broken;

    /// Waits for a flag with `pause` between two looks; the fault that this is called.
    fn fault_of_polling(pause: fn()) -> Option<Fault> {
        let flag = Arc::new(AtomicBool::new(false));
        let wait = {
            let flag = Arc::clone(&flag);
            move || {
                while !flag.load(Ordering::SeqCst) {
                    pause();
                }
            }
        };
        let wake = || flag.store(true, Ordering::SeqCst);
        let result = catch_unwind(AssertUnwindSafe(|| waits_asleep(wait, wake)));
        flag.store(true, Ordering::SeqCst);
        result.err().map(|payload| payload.downcast::<Broken>().expect("a named fault").fault)
    }

    #[test]
    fn a_thread_that_sleeps_is_woken_and_gives_its_result() {
        let (send, receive) = mpsc::channel();
        assert_eq!(waits_asleep(move || receive.recv(), || send.send(7).unwrap()), Ok(7));
    }

    #[test]
    fn a_thread_that_spins_is_caught_whatever_it_does_between_two_looks() {
        let pauses: [fn(); 3] =
            [std::hint::spin_loop, thread::yield_now, || thread::sleep(Duration::from_millis(1))];
        let found = thread::scope(|scope| {
            pauses
                .map(|pause| scope.spawn(move || fault_of_polling(pause)))
                .map(|polling| polling.join().unwrap())
        });
        assert_eq!(found, [Some(Fault::BusyWaiting); 3]);
    }

    #[test]
    fn a_call_that_does_not_wait_is_caught() {
        let result = catch_unwind(|| waits_asleep(|| (), || ()));
        let broken = result.unwrap_err().downcast::<Broken>().unwrap();
        assert_eq!(broken.fault, Fault::WrongAnswer);
    }

    #[test]
    fn the_kernel_is_read_as_it_writes() {
        let status = "Name:\tcheck\nState:\tS (sleeping)\nvoluntary_ctxt_switches:\t12\n\
                      nonvoluntary_ctxt_switches:\t3\n";
        assert_eq!(read(status), Some(Glance { asleep: true, sleeps: 12 }));
        assert_eq!(read("State:\tR (running)\n"), Some(Glance { asleep: false, sleeps: 0 }));
        assert_eq!(read(""), None);
    }
}
