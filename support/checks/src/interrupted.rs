//! Real threads that are stopped at random moments.
//!
//! A model checker sees every order of steps, but only of an answer that behaves there as it does
//! elsewhere. So the same promises are also checked with the standard library's own threads and
//! locks, in the very build that examples run: there is nothing by which an answer could tell. What
//! makes races show is that, again and again, a thread which runs is stopped where it is, between any
//! two instructions, while the others go on.
//!
//! No clock decides anything: there are so many rounds of so many turns, and more of them while too few
//! stops have hit.

mod crowd;
#[cfg(target_os = "linux")]
mod stop;

mod dice;

#[cfg(target_os = "linux")]
use std::sync::Arc;
#[cfg(target_os = "linux")]
use std::sync::atomic::{AtomicBool, Ordering};
#[cfg(target_os = "linux")]
use std::thread::{self, JoinHandle};
#[cfg(target_os = "linux")]
use std::time::Duration;

pub use crowd::crowd;
pub use dice::Dice;

/// Rounds of a check, at least.
const ROUNDS: u64 = 30;
/// And at most, where the machine is too busy to stop threads often: there it stops them by itself.
const MOST_ROUNDS: u64 = 90;
/// How many stops are enough.
const STOPS: u64 = 1_000;

/// Calls `round` again and again, with 0, 1 and so on. Meanwhile, the threads that it starts are stopped
/// at random moments. (Where the system has no way to do so, outside Linux, they just run.)
///
/// # Panics
/// As `round` does; nobody is stopped any more then.
pub fn interrupted(mut round: impl FnMut(u64)) {
    let interrupter = Interrupter::begin();
    for number in 0..MOST_ROUNDS {
        if number >= ROUNDS && interrupter.stops() >= STOPS {
            break;
        }
        round(number);
    }
}

/// A thread that stops others; it ends when this is dropped.
#[cfg(target_os = "linux")]
struct Interrupter {
    ended: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
    before: u64,
}

#[cfg(target_os = "linux")]
impl Interrupter {
    fn begin() -> Self {
        stop::install(crate::seed());
        let ended = Arc::new(AtomicBool::new(false));
        // Who was there before has nothing to do with the answer: the check, and the test harness.
        let bystanders = crate::speedup::census::threads().unwrap_or_default();
        let work = {
            let ended = Arc::clone(&ended);
            move || {
                let mut dice = Dice::new(u64::MAX, 0);
                while !ended.load(Ordering::Relaxed) {
                    stop_somebody(&bystanders, &mut dice);
                    thread::sleep(Duration::from_micros(dice.roll(60)));
                }
            }
        };
        Self { ended, thread: Some(thread::spawn(work)), before: stop::stops() }
    }

    fn stops(&self) -> u64 {
        stop::stops() - self.before
    }
}

#[cfg(target_os = "linux")]
impl Drop for Interrupter {
    fn drop(&mut self) {
        self.ended.store(true, Ordering::Relaxed);
        // It does nothing that could fail, and a failed check has better things to tell.
        let _ = self.thread.take().map(JoinHandle::join);
    }
}

/// Stops one thread that runs. One that sleeps is in the middle of nothing.
#[cfg(target_os = "linux")]
fn stop_somebody(bystanders: &[i32], dice: &mut Dice) {
    use crate::speedup::census;
    let me = nix::unistd::gettid().as_raw();
    let mut threads = census::threads().unwrap_or_default();
    threads.retain(|thread| *thread != me && !bystanders.contains(thread));
    while !threads.is_empty() {
        let thread = threads.swap_remove(dice.roll(threads.len() as u64) as usize);
        if !census::is_asleep(thread) {
            return stop::stop(thread);
        }
    }
}

/// Other systems have no such signals: threads just run.
#[cfg(not(target_os = "linux"))]
struct Interrupter;

#[cfg(not(target_os = "linux"))]
impl Interrupter {
    fn begin() -> Self {
        Self
    }

    fn stops(&self) -> u64 {
        STOPS
    }
}
