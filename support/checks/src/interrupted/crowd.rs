//! Threads that do the same at the same time, and the first thing that goes wrong with one of them.

use std::panic::{self, AssertUnwindSafe};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::sync::{Arc, Barrier};
use std::thread;
use std::time::Duration;

use super::Dice;
use super::stop::Stopped;
use crate::{Fault, panics, require};

/// How often to look whether anybody is left who could go on.
const GLANCE: Duration = Duration::from_millis(100);
/// After so many looks at a round, nobody is stopped any more: who is stopped is not at rest.
const SUSPICIOUS: u32 = 5;
/// After so many looks that found all threads asleep, and that none had run since the look before, it
/// is certain.
const CERTAIN: u32 = 8;

/// Runs `work(0)`, `work(1)` and so on in `threads` threads that begin at the same time; it returns when
/// all of them have returned. Meanwhile, each of them is stopped at random moments.
///
/// # Panics
/// With the payload of the first thread that panics, at once: the others may wait for it for ever. With
/// [`Fault::Hang`] if all that are left sleep and nobody is left to wake them: no thread has used CPU time
/// for most of a second, and none waits for a CPU. (So `work` must not wait with a time limit of that
/// size.)
pub fn crowd(threads: usize, work: impl Fn(usize) + Send + Sync + 'static) {
    let (work, begin) = (Arc::new(work), Arc::new(Barrier::new(threads + 1)));
    let (tell, told) = mpsc::channel();
    for number in 0..threads {
        let (work, begin, tell) = (Arc::clone(&work), Arc::clone(&begin), tell.clone());
        thread::spawn(move || {
            panics::hush_this_thread();
            // The receiver is gone only when the check has failed.
            let _ = tell.send((number, Event::Begun(this_thread())));
            begin.wait();
            let ended = panic::catch_unwind(AssertUnwindSafe(|| work(number)));
            // What the answer keeps for this thread, it drops before the round is over.
            drop(work);
            let _ = tell.send((number, Event::Ended(ended)));
        });
    }
    drop(tell);
    watch(threads, &told, &begin);
}

enum Event {
    Begun(i32),
    Ended(thread::Result<()>),
}

fn watch(threads: usize, told: &Receiver<(usize, Event)>, begin: &Barrier) {
    let mut watch = Watch { threads, at_work: Vec::new(), asleep: None, looks: 0, still: 0 };
    let mut dice = Dice::new(0, threads);
    loop {
        match told.recv_timeout(GLANCE) {
            Ok((number, Event::Begun(thread))) => {
                let stopped = Stopped::thread(thread, &mut dice);
                watch.at_work.push(AtWork { number, thread, stopped });
                if watch.at_work.len() == threads {
                    begin.wait();
                }
            }
            Ok((_, Event::Ended(Err(payload)))) => panic::resume_unwind(payload),
            Ok((number, Event::Ended(Ok(())))) => watch.at_work.retain(|at| at.number != number),
            Err(RecvTimeoutError::Timeout) => watch.look(),
            Err(RecvTimeoutError::Disconnected) => return,
        }
    }
}

/// A thread that has not returned.
struct AtWork {
    number: usize,
    /// As the system knows it.
    thread: i32,
    stopped: Option<Stopped>,
}

struct Watch {
    threads: usize,
    at_work: Vec<AtWork>,
    /// The CPU time that all of them had used at the last look, if all slept.
    asleep: Option<Duration>,
    looks: u32,
    /// Looks since somebody ran.
    still: u32,
}

impl Watch {
    fn look(&mut self) {
        self.looks += 1;
        if self.looks == SUSPICIOUS {
            self.at_work.iter_mut().for_each(|at| at.stopped = None);
        }
        let used: Option<Duration> = self.at_work.iter().map(|at| used_if_asleep(at.thread)).sum();
        let still = used.is_some() && used == self.asleep;
        self.still = if still { self.still + 1 } else { 0 };
        self.asleep = used;
        require!(
            Fault::Hang,
            self.still < CERTAIN,
            "{} of {} real threads sleep inside of a call, and nobody is left who would wake them. \
             They were stopped at random moments: there is no schedule to show",
            self.at_work.len(),
            self.threads
        );
    }
}

#[cfg(target_os = "linux")]
fn this_thread() -> i32 {
    nix::unistd::gettid().as_raw()
}

/// The CPU time that a thread has used, if it sleeps.
#[cfg(target_os = "linux")]
fn used_if_asleep(thread: i32) -> Option<Duration> {
    use crate::speedup::census;
    census::cpu(thread).filter(|_| census::is_asleep(thread))
}

#[cfg(not(target_os = "linux"))]
fn this_thread() -> i32 {
    0
}

/// Other systems do not tell: there the grader's deadline must do.
#[cfg(not(target_os = "linux"))]
fn used_if_asleep(_thread: i32) -> Option<Duration> {
    None
}
