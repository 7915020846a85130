//! Children: how they end, what they keep, and that they never come back.

use std::fs::File;
use std::io::{self, PipeReader, Read, Write};
use std::os::fd::{AsRawFd, RawFd};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use fork::{Child, Ended};
use nix::sys::signal::Signal;

/// Far more than any of these children needs: it costs time only when one hangs.
const PATIENCE: Duration = Duration::from_secs(20);

/// One test at a time: a child of one test would inherit the pipes of all others and keep them open,
/// and two such children can wait for each other for ever. It is the very mistake that the exercises
/// are about.
fn alone() -> MutexGuard<'static, ()> {
    static ALONE: Mutex<()> = Mutex::new(());
    ALONE.lock().unwrap_or_else(PoisonError::into_inner)
}

fn end(mut child: Child) -> Ended {
    let ended = child.wait_timeout(PATIENCE).unwrap();
    ended.unwrap_or_else(|| {
        child.kill(Signal::SIGKILL).unwrap();
        panic!("the child hangs")
    })
}

/// Reads to the end of a pipe: an end comes only when nobody holds the other end any more.
fn rest(mut from: PipeReader) -> Vec<u8> {
    let mut bytes = Vec::new();
    from.read_to_end(&mut bytes).unwrap();
    bytes
}

#[test]
fn a_child_ends_with_the_status_of_its_body() {
    let _alone = alone();
    assert_eq!(end(fork::child(|| 42).unwrap()), Ended::Exited(42));
}

#[test]
fn a_panic_ends_the_child_and_goes_no_further() {
    let _alone = alone();
    struct Hostile;
    impl Drop for Hostile {
        fn drop(&mut self) {
            panic!("a payload that panics when it is dropped");
        }
    }
    let child = fork::child(|| std::panic::resume_unwind(Box::new(Hostile))).unwrap();
    assert_eq!(end(child), Ended::Exited(fork::PANICKED));
}

#[test]
fn a_killed_child_says_so_and_stays_reaped() {
    let _alone = alone();
    let mut child = fork::child(|| {
        loop {
            thread::park();
        }
    })
    .unwrap();
    assert_eq!(child.try_wait().unwrap(), None);
    assert_eq!(child.wait_timeout(Duration::from_millis(5)).unwrap(), None);
    child.kill(Signal::SIGKILL).unwrap();
    assert_eq!(child.wait().unwrap(), Ended::Killed(Signal::SIGKILL));
    // The second wait remembers, and a second kill cannot hit a stranger.
    assert_eq!(child.wait_timeout(Duration::MAX).unwrap(), Ended::Killed(Signal::SIGKILL).into());
    child.kill(Signal::SIGKILL).unwrap();
}

#[test]
fn wait_timeout_wakes_up_for_the_end() {
    let _alone = alone();
    let (gate, opener) = io::pipe().unwrap();
    let (mut child, opener) = fork::split(opener, gate, |gate| {
        rest(gate);
        7
    })
    .unwrap();
    let waiter = thread::spawn(move || child.wait_timeout(PATIENCE).unwrap());
    drop(opener);
    assert_eq!(waiter.join().unwrap(), Some(Ended::Exited(7)));
}

#[test]
fn split_leaves_each_process_its_own_half() {
    let _alone = alone();
    let (from, to) = io::pipe().unwrap();
    let (child, from) = fork::split(from, to, |mut to| {
        to.write_all(b"Hello").unwrap();
        0
    })
    .unwrap();
    // The end of the text shows that the parent holds no writing end.
    assert_eq!(rest(from), b"Hello");
    assert_eq!(end(child), Ended::Exited(0));

    let (from, to) = io::pipe().unwrap();
    let (child, mut to) = fork::split(to, from, |from| rest(from).len() as u8).unwrap();
    to.write_all(b"Hi").unwrap();
    drop(to);
    // The child saw the end too, so it holds no writing end either.
    assert_eq!(end(child), Ended::Exited(2));
}

#[test]
fn child_with_keeps_what_it_is_told_to_keep() {
    let _alone = alone();
    let (from, mut to) = io::pipe().unwrap();
    let (other, held) = io::pipe().unwrap();
    let (gate, opener) = io::pipe().unwrap();
    let keep: [RawFd; 2] = [to.as_raw_fd(), gate.as_raw_fd()];
    let child = fork::child_with(&keep, move || {
        to.write_all(b"kept").unwrap();
        drop(to);
        rest(gate);
        0
    })
    .unwrap();
    assert_eq!(rest(from), b"kept");
    // The child still lives, and holds neither this writing end ..
    drop(held);
    assert_eq!(rest(other), b"");
    // .. nor this one: otherwise it would wait for itself.
    drop(opener);
    assert_eq!(end(child), Ended::Exited(0));
}

#[test]
fn a_released_descriptor_keeps_its_number() {
    let _alone = alone();
    let (from, to) = io::pipe().unwrap();
    let released = from.as_raw_fd();
    let child = fork::child_with(&[], move || {
        let kept_number = fork::open_descriptors().unwrap().contains(&released);
        let empty = rest(from).is_empty();
        let next = File::open("/dev/null").unwrap().as_raw_fd();
        u8::from(kept_number && empty && next != to.as_raw_fd())
    })
    .unwrap();
    assert_eq!(end(child), Ended::Exited(1));
}

#[test]
fn open_descriptors_come_and_go() {
    let _alone = alone();
    let child = fork::child(|| {
        let before = fork::open_descriptors().unwrap();
        let pipe = io::pipe().unwrap();
        let during = fork::open_descriptors().unwrap();
        let ours = [pipe.0.as_raw_fd(), pipe.1.as_raw_fd()];
        drop(pipe);
        let after = fork::open_descriptors().unwrap();
        u8::from(
            ours.iter().all(|fd| during.contains(fd) && !before.contains(fd)) && after == before,
        )
    });
    assert_eq!(end(child.unwrap()), Ended::Exited(1));
}

#[test]
fn nothing_outlives_a_killed_owner_that_holds_the_lifeline() {
    let _alone = alone();
    let (from, to) = io::pipe().unwrap();
    let (owner, mut from) = fork::split(from, to, |to| {
        let (lifeline, _held) = io::pipe().unwrap();
        let keep = [lifeline.as_raw_fd(), to.as_raw_fd()];
        let worker = fork::child_with(&keep, move || {
            fork::exit_on_hangup(&lifeline).unwrap();
            (&to).write_all(b"!").unwrap();
            loop {
                thread::park(); // busy, so that only the lifeline can end it
            }
        });
        worker.unwrap().wait().map_or(1, |_| 2)
    })
    .unwrap();
    from.read_exact(&mut [0]).unwrap();
    owner.kill(Signal::SIGKILL).unwrap();
    assert_eq!(rest(from), b"", "the worker holds the other end until it is gone");
    assert_eq!(end(owner), Ended::Killed(Signal::SIGKILL));
}

#[test]
fn children_can_allocate_and_start_threads_while_the_parent_is_busy() {
    let _alone = alone();
    static STOP: AtomicBool = AtomicBool::new(false);
    thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                // Always inside the allocator, so that most forks happen while its locks are held.
                while !STOP.load(Ordering::Relaxed) {
                    drop(std::hint::black_box(vec![0_u8; 100_000]));
                    drop(std::hint::black_box(Box::new(1)));
                }
            });
        }
        let ends: Vec<_> = (0..100)
            .map(|round: u8| {
                let child = fork::child(move || {
                    let text = format!("{round}").repeat(1000);
                    thread::spawn(move || (text.len() / 1000) as u8).join().unwrap()
                });
                end(child.unwrap())
            })
            .collect();
        STOP.store(true, Ordering::Relaxed);
        for (round, ended) in ends.into_iter().enumerate() {
            assert_eq!(ended, Ended::Exited(round.to_string().len() as u8));
        }
    });
}

#[test]
fn a_signal_interrupts_a_wait_without_ending_it() {
    let _alone = alone();
    let child = fork::child(|| {
        fork::signals::interrupt_calls(Signal::SIGUSR1).unwrap();
        let (gate, opener) = io::pipe().unwrap();
        let (mut sleeper, opener) = fork::split(opener, gate, |gate| {
            rest(gate);
            9
        })
        .unwrap();
        let me = nix::unistd::getpid();
        let caller = fork::child(move || {
            // The signals go on until the wait is over, so some of them hit it.
            (0..50).for_each(|_| {
                nix::sys::signal::kill(me, Signal::SIGUSR1).unwrap();
                thread::sleep(Duration::from_micros(200));
            });
            drop(opener);
            0
        });
        let ended = sleeper.wait_timeout(PATIENCE);
        let called = caller.unwrap().wait();
        u8::from(ended.unwrap() == Some(Ended::Exited(9)) && called.is_ok())
    });
    assert_eq!(end(child.unwrap()), Ended::Exited(1));
}

#[test]
fn restored_sigpipe_kills() {
    let _alone = alone();
    let child = fork::child(|| {
        fork::signals::restore_default(Signal::SIGPIPE).unwrap();
        let (from, mut to) = io::pipe().unwrap();
        drop(from);
        to.write_all(b"x").map_or(1, |()| 2)
    });
    assert_eq!(end(child.unwrap()), Ended::Killed(Signal::SIGPIPE));
}

#[test]
fn a_deadline_is_kept() {
    let _alone = alone();
    let mut child = fork::child(|| {
        loop {
            thread::park();
        }
    })
    .unwrap();
    let start = Instant::now();
    assert_eq!(child.wait_timeout(Duration::from_millis(30)).unwrap(), None);
    assert!(start.elapsed() >= Duration::from_millis(30));
    child.kill(Signal::SIGKILL).unwrap();
    child.wait().unwrap();
}
