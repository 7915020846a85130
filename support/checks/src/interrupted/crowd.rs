//! Threads that do the same at the same time, and the first thing that goes wrong with one of them.

use std::panic::{self, AssertUnwindSafe};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::sync::{Arc, Barrier};
use std::thread;
use std::time::Duration;

use crate::{Fault, panics, require};

/// How often to look whether anybody is left who could go on.
const GLANCE: Duration = Duration::from_millis(100);

/// How many looks must find all threads asleep, and find that none has run since the look before.
const GLANCES: u32 = 10;

/// Runs `work(0)`, `work(1)` and so on in `threads` threads that begin at the same time; it returns when
/// all of them have returned.
///
/// # Panics
/// With the payload of the first thread that panics, at once: the others may wait for it for ever. With
/// [`Fault::Hang`] if all that are left sleep and nobody is left to wake them: no thread has used CPU time
/// for a second, and none waits for a CPU. (So `work` must not wait with a time limit of that size.)
pub fn crowd(threads: usize, work: impl Fn(usize) + Send + Sync + 'static) {
    let (work, begin) = (Arc::new(work), Arc::new(Barrier::new(threads)));
    let (tell, told) = mpsc::channel();
    for number in 0..threads {
        let (work, begin, tell) = (Arc::clone(&work), Arc::clone(&begin), tell.clone());
        thread::spawn(move || {
            panics::hush_this_thread();
            // The receiver is gone only when the check has failed.
            let _ = tell.send((number, Event::Begun(Sleeper::this_thread())));
            begin.wait();
            let ended = panic::catch_unwind(AssertUnwindSafe(|| work(number)));
            // What the answer keeps for this thread, it drops before the round is over.
            drop(work);
            let _ = tell.send((number, Event::Ended(ended)));
        });
    }
    drop(tell);
    let mut watch = Watch::default();
    loop {
        match told.recv_timeout(GLANCE) {
            Ok((number, Event::Begun(sleeper))) => watch.at_work.push((number, sleeper)),
            Ok((_, Event::Ended(Err(payload)))) => panic::resume_unwind(payload),
            Ok((number, Event::Ended(Ok(())))) => watch.at_work.retain(|(at, _)| *at != number),
            Err(RecvTimeoutError::Timeout) => watch.look(threads),
            Err(RecvTimeoutError::Disconnected) => return,
        }
    }
}

enum Event {
    Begun(Sleeper),
    Ended(thread::Result<()>),
}

/// The threads that have not returned.
#[derive(Default)]
struct Watch {
    at_work: Vec<(usize, Sleeper)>,
    /// The CPU time that all of them had used at the last look, if all slept.
    asleep: Option<Duration>,
    glances: u32,
}

impl Watch {
    fn look(&mut self, threads: usize) {
        let used: Option<Duration> = self.at_work.iter().map(|(_, sleeper)| sleeper.used()).sum();
        let same = used.is_some() && used == self.asleep;
        self.glances = if same { self.glances + 1 } else { 0 };
        self.asleep = used;
        require!(
            Fault::Hang,
            self.glances < GLANCES,
            "{} of {threads} real threads sleep inside of a call, and nobody is left who would wake \
             them. They are real threads, so there is no schedule to show",
            self.at_work.len()
        );
    }
}

/// A thread, by the number that the system knows it by.
#[cfg(target_os = "linux")]
struct Sleeper(i32);

#[cfg(target_os = "linux")]
impl Sleeper {
    fn this_thread() -> Self {
        Self(nix::unistd::gettid().as_raw())
    }

    /// The CPU time that it has used, if it sleeps.
    fn used(&self) -> Option<Duration> {
        use crate::speedup::census;
        census::cpu(self.0).filter(|_| census::is_asleep(self.0))
    }
}

/// Other systems do not tell who sleeps: there the grader's deadline must do.
#[cfg(not(target_os = "linux"))]
struct Sleeper;

#[cfg(not(target_os = "linux"))]
impl Sleeper {
    fn this_thread() -> Self {
        Self
    }

    fn used(&self) -> Option<Duration> {
        None
    }
}
