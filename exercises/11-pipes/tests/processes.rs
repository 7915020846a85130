//! Two processes that talk, fall silent and die.

mod company;
mod contract;

use std::os::unix::net::UnixStream;
use std::time::{Duration, Instant};

use checks::{Fault, process, require, seed, step, within};
use company::{closed, got, pair, sent};
use nix::sys::signal::Signal;
use pipes as answer;
use pipes::{Connection, PipeError, read_frame, write_frame};
use witness::{Dice, PATIENCE, Peer, descriptors};

/// The article's program: `Hello` goes one way, `Hi` the other.
#[test]
fn hello_and_hi() {
    process(|| {
        within(PATIENCE, || {
            let (mine, theirs) = pair();
            let (peer, mut mine) = Peer::start(mine, theirs, |mut theirs: Connection| {
                let heard: String = got(theirs.recv(), "the greeting");
                sent(theirs.send("Hi"));
                // To stay until the answer has been heard: what a farewell does is checked later.
                got::<String>(theirs.recv(), "the farewell");
                heard
            });
            step("say Hello to the other process, and hear its answer");
            sent(mine.send("Hello"));
            let answer: String = got(mine.recv(), "the answer");
            sent(mine.send("Bye"));
            assert_eq!((peer.finish().as_str(), answer.as_str()), ("Hello", "Hi"));
        });
    });
}

/// The classic mistake: a copy of the other end stays open somewhere, so nobody ever hangs up.
#[test]
fn no_descriptor_is_left_behind() {
    process(|| {
        let before = descriptors::now();
        let (mut mine, theirs) = pair();
        let inherited = descriptors::inheritable().since(&before);
        require!(
            Fault::LeakedDescriptor,
            inherited.is_empty(),
            "a program that you start would inherit the descriptors {inherited:?}: mark them close-on-exec"
        );
        drop(theirs);
        step("receive, after the other end has been dropped");
        let (done, hung_up) = std::sync::mpsc::channel();
        std::thread::spawn(move || {
            closed(mine.recv(), "the other end was dropped");
            drop(mine);
            done.send(())
        });
        require!(
            Fault::LeakedDescriptor,
            hung_up.recv_timeout(PATIENCE) != Err(std::sync::mpsc::RecvTimeoutError::Timeout),
            "the other end was dropped, and recv still waits: a copy of it must be open somewhere"
        );
        drop(std::iter::repeat_with(pair).take(20).collect::<Vec<_>>());
        before.require_no_growth("20 pairs that were dropped");
    });
}

#[test]
fn closed_when_the_peer_is_gone() {
    process(|| {
        within(PATIENCE, || {
            let (mine, theirs) = pair();
            let (peer, mut mine) = Peer::start(mine, theirs, |mut theirs: Connection| {
                sent(theirs.send(&1));
                sent(theirs.send(&2));
            });
            peer.finish();
            step("receive what the other process sent before it ended");
            assert_eq!(got(mine.recv::<i32>(), "the first value"), 1);
            assert_eq!(got(mine.recv::<i32>(), "the second value"), 2);
            step("receive from a process that has ended");
            closed(mine.recv(), "the other process has ended");
            closed(mine.recv(), "the other process has ended, and recv was called again");
            closed(mine.send("anybody there?"), "the other process has ended");

            let (mine, theirs) = pair();
            let (peer, mut mine) = Peer::start(mine, theirs, |mut theirs: Connection| {
                sent(theirs.send("my last words"));
            });
            peer.finish();
            step("send to a process that has ended, and then receive what it had sent");
            closed(mine.send("anybody there?"), "the other process has ended");
            assert_eq!(got(mine.recv::<String>(), "its last words"), "my last words");
            closed(mine.recv(), "the other process has ended");
        });
    });
}

/// The other side never read what we sent it. A socket reports that in a way of its own.
#[test]
fn closed_when_the_peer_left_its_mail_unread() {
    process(|| {
        within(PATIENCE, || {
            let (mut mine, theirs) = pair();
            sent(mine.send("read me"));
            let (peer, mut mine) = Peer::start(mine, theirs, |mut theirs: Connection| {
                sent(theirs.send("I won't"));
            });
            peer.finish();
            step("receive from a process that has ended without reading");
            assert_eq!(got(mine.recv::<String>(), "its last words"), "I won't");
            closed(mine.recv(), "the other process has ended");
            closed(mine.send("hello?"), "the other process has ended");
        });
    });
}

/// More than any kernel keeps for a reader: whoever sends it waits until somebody reads.
fn long_text() -> String {
    "x".repeat(8 << 20)
}

/// In an ordinary program, a write to a pipe that nobody reads is deadly (SIGPIPE).
#[test]
fn dead_peer_is_no_death_sentence() {
    process(|| {
        let (mine, theirs) = pair();
        let (peer, mine) = Peer::start(mine, theirs, |mut theirs: Connection| {
            let_sigpipe_kill();
            closed(theirs.recv(), "the other side was dropped");
            closed(theirs.send("still there?"), "the other side was dropped");
            closed(theirs.send("still there?"), "the other side was dropped");
        });
        drop(mine);
        require_alive(peer, "a process that sends to a dead peer");

        step("drop a connection while the other process sends 8 MiB to it");
        let (mine, theirs) = pair();
        let (peer, mine) = Peer::start(mine, theirs, |mut theirs: Connection| {
            let_sigpipe_kill();
            closed(theirs.send(&long_text()), "the other side was dropped in the middle");
        });
        require_rest(&peer);
        drop(mine);
        require_alive(peer, "a process whose peer dies while it sends");
    });
}

/// Rust programs ignore SIGPIPE from the start. Not every program does.
fn let_sigpipe_kill() {
    fork::signals::restore_default(Signal::SIGPIPE).expect("SIGPIPE has a default");
}

fn require_alive(peer: Peer<()>, who: &str) {
    let ended = peer.ended();
    require!(
        Fault::Crashed,
        ended.is_ok(),
        "{who} should get Closed, but it {}",
        ended.map_or_else(|ended| ended.to_string(), |()| String::new())
    );
}

fn require_rest(peer: &Peer<()>) {
    let rests = peer.comes_to_rest();
    require!(Fault::BusyWaiting, rests, "nobody reads, so send has to wait, and it does not sleep");
}

/// A connection that breaks within a message is another thing than one that was hung up. A socket whose
/// peer left its mail unread tells of that first, so `Closed` is not wrong there.
#[test]
fn killed_within_a_frame_is_truncated() {
    process(|| {
        within(PATIENCE * 2, || {
            for unread in [false, true] {
                let (mine, theirs) = pair();
                let (peer, mut mine) = Peer::start(mine, theirs, |mut theirs: Connection| {
                    sent(theirs.send(&long_text()));
                    // The check's side may take in what comes while it sends its mail.
                    loop {
                        std::thread::park();
                    }
                });
                require_rest(&peer);
                if unread {
                    sent(mine.send("mail that it never reads"));
                }
                peer.signal(Signal::SIGKILL);
                require!(Fault::EndedEarly, peer.ended().is_err(), "it was killed while it sent");
                step("receive from a process that was killed in the middle of a frame");
                let cut = mine.recv::<String>();
                let told = matches!(cut, Err(PipeError::Truncated))
                    || unread && matches!(cut, Ok(_) | Err(PipeError::Closed));
                require!(
                    Fault::WrongAnswer,
                    told,
                    "the sender was killed within a frame: Truncated expected, {cut:?} found"
                );
            }
        });
    });
}

/// Whoever reads a frame reads all of it, also if nothing can be made of it.
#[test]
fn a_wrong_type_costs_one_frame() {
    process(|| {
        within(PATIENCE, || {
            let (mine, theirs) = pair();
            let (peer, mut mine) = Peer::start(mine, theirs, |mut theirs: Connection| {
                // Its first byte tells that it is no number.
                sent(theirs.send(&[long_text()]));
                sent(theirs.send(&7));
            });
            step("receive a list of 8 MiB as a number, and the number behind it");
            let list = mine.recv::<u32>();
            require!(
                Fault::WrongAnswer,
                matches!(list, Err(PipeError::Decode(_))),
                "a list was received as a number: Decode expected, {list:?} found"
            );
            assert_eq!(got(mine.recv::<u32>(), "the number behind the list"), 7);
            peer.finish();
        });
    });
}

#[test]
fn poll_tells_whether_recv_would_block() {
    process(|| {
        within(PATIENCE, || {
            let poll = |connection: &Connection, timeout| got(connection.poll(timeout), "poll");
            let (mut mine, theirs) = pair();
            step("poll where there is nothing");
            assert!(!poll(&theirs, Duration::ZERO), "poll(0), and nothing has been sent");
            for short in [900, 1_900, 30_000].map(Duration::from_micros) {
                let start = Instant::now();
                assert!(!poll(&theirs, short), "poll({short:?}), and nothing has been sent");
                let waited = start.elapsed();
                assert!(waited >= short, "poll({short:?}) gave up after {waited:?}");
            }

            step("poll where there are two values");
            sent(mine.send(&1));
            sent(mine.send(&2));
            let mut theirs = theirs;
            assert!(poll(&theirs, Duration::ZERO), "poll(0), and two values have been sent");
            assert!(poll(&theirs, Duration::MAX), "poll(MAX), and two values have been sent");
            assert_eq!(got(theirs.recv::<i32>(), "the first value"), 1);
            assert!(
                poll(&theirs, Duration::ZERO),
                "poll(0), and one of two values is still to come"
            );
            assert_eq!(got(theirs.recv::<i32>(), "the second value"), 2);
            assert!(!poll(&theirs, Duration::ZERO), "poll(0), and both values have been received");

            step("poll where the other side is gone");
            drop(mine);
            assert!(poll(&theirs, Duration::MAX), "poll, and the other side is gone");
        });
    });
}

/// The kernel counts milliseconds in 31 bits.
#[test]
fn long_waits_are_long() {
    process(|| {
        for timeout in [1 << 31, 1 << 32, u64::MAX].map(Duration::from_millis) {
            let (mine, theirs) = pair();
            let (peer, mut mine) = Peer::start(mine, theirs, move |mut theirs: Connection| {
                let ready = got(theirs.poll(timeout), "poll");
                require!(Fault::WrongAnswer, ready, "poll({timeout:?}) gave up before its time");
                got::<String>(theirs.recv(), "what ended the wait");
            });
            step(format!("send to a process in poll({timeout:?})"));
            let told = peer.comes_to_rest().then(|| mine.send("at last"));
            peer.finish();
            told.into_iter().for_each(sent);
        }
    });
}

/// Signals come when they like. No call may fail, or return early, because of one.
#[test]
fn signals_do_not_disturb() {
    process(|| {
        within(PATIENCE * 2, || {
            let (mine, theirs) = pair();
            let (peer, mut mine) = Peer::start(mine, theirs, |mut theirs: Connection| {
                fork::signals::interrupt_calls(Signal::SIGUSR1).expect("a handler for SIGUSR1");
                sent(theirs.send("ready"));
                let first: u32 = got(theirs.recv(), "recv, interrupted by signals");
                sent(theirs.send("polling"));
                let ready = got(theirs.poll(PATIENCE), "poll, interrupted by signals");
                require!(
                    Fault::WrongAnswer,
                    ready,
                    "a signal came, and poll gave up before its time"
                );
                let second: u32 = got(theirs.recv(), "the second number");
                sent(theirs.send(&"x".repeat(4 << 20)));
                first + second
            });
            // Some of so many signals hit the other process while it waits.
            let pester = || {
                for _ in 0..40 {
                    peer.signal(Signal::SIGUSR1);
                    std::thread::sleep(Duration::from_micros(500));
                }
            };
            step("send signals to a process that is in recv, in poll and in send");
            got(mine.recv::<String>(), "ready");
            pester();
            sent(mine.send(&20));
            got(mine.recv::<String>(), "polling");
            pester();
            sent(mine.send(&22));
            pester();
            let large: String = got(mine.recv(), "4 MiB");
            assert_eq!((large.len(), peer.finish()), (4 << 20, 42));
        });
    });
}

/// A `poll` that begins its time anew after each signal never ends if they come often enough.
#[test]
fn signals_do_not_prolong_poll() {
    process(|| {
        within(PATIENCE * 2, || {
            let (mine, theirs) = pair();
            let (peer, mut mine) = Peer::start(mine, theirs, |mut theirs: Connection| {
                fork::signals::interrupt_calls(Signal::SIGUSR1).expect("a handler for SIGUSR1");
                sent(theirs.send("polling"));
                let ready = got(theirs.poll(Duration::from_millis(500)), "poll");
                sent(theirs.send(&ready));
            });
            got::<String>(mine.recv(), "polling");
            step("send a signal every few milliseconds to a process in poll(500 ms)");
            let start = Instant::now();
            while !got(mine.poll(Duration::from_millis(5)), "poll") {
                let late = start.elapsed() > PATIENCE / 2;
                require!(Fault::Hang, !late, "poll(500 ms) with signals never came to an end");
                peer.signal(Signal::SIGUSR1);
            }
            assert!(!got(mine.recv::<bool>(), "what poll said"), "nothing had been sent");
            peer.finish();
        });
    });
}

/// A frame beyond the kernel's buffer goes only as fast as the other side listens. Each process
/// reads and writes side by side, so that both directions are full at once.
#[test]
fn both_sides_may_talk_at_once() {
    process(|| {
        within(PATIENCE, || {
            let (mine, theirs) = UnixStream::pair().expect("a pair of sockets");
            let (peer, mine) =
                Peer::start(mine, theirs, |theirs| talk_and_listen(&theirs, "b", "a"));
            step("send frames of 1 MiB while the other process sends frames of 1 MiB");
            let whole = talk_and_listen(&mine, "a", "b");
            assert!(whole, "a frame came out changed");
            assert!(peer.finish(), "a frame came out changed in the other process");
        });
    });
}

/// Writes three large frames of one letter while it reads three of another; whether they were whole.
fn talk_and_listen(stream: &UnixStream, says: &str, hears: &str) -> bool {
    let text = |letter: &str, round: usize| letter.repeat((1 << 20) + round).into_bytes();
    std::thread::scope(|scope| {
        scope.spawn(|| {
            (0..3).for_each(|round| sent(write_frame(&mut &*stream, &text(says, round))));
        });
        (0..3).all(|round| {
            let frame = got(read_frame(&mut &*stream), "1 MiB");
            frame.is_some_and(|frame| frame == text(hears, round))
        })
    })
}

/// A process can be killed between any two instructions. What came before is whole; then it is over.
#[test]
fn killed_peer_garbles_nothing() {
    process(|| {
        let mut dice = Dice::new(seed());
        within(PATIENCE * 2, move || {
            for _ in 0..60 {
                let largest = [10, 5_000, 300_000][dice.roll(3)];
                let before = dice.roll(12);
                listen_to_a_killed_process(largest, before);
                talk_to_a_killed_process(largest, before);
            }
        });
    });
}

/// Message `number`: its length tells it apart from its neighbours.
fn message(number: usize, largest: usize) -> String {
    char::from(b'a' + (number % 26) as u8).to_string().repeat(number * 7919 % largest)
}

fn listen_to_a_killed_process(largest: usize, before: usize) {
    step("listen to a process that is killed while it sends");
    let (mine, theirs) = pair();
    let (peer, mut mine) = Peer::start(mine, theirs, move |mut theirs: Connection| {
        (0..).find(|&number| theirs.send(&message(number, largest)).is_err())
    });
    let mut next = 0;
    let end = loop {
        if next == before {
            peer.signal(Signal::SIGKILL);
        }
        match mine.recv::<String>() {
            Ok(text) => assert!(text == message(next, largest), "message {next} came out changed"),
            Err(error) => break error,
        }
        next += 1;
    };
    let ended = matches!(end, PipeError::Closed | PipeError::Truncated);
    assert!(ended, "the sender was killed: Closed or Truncated expected, {end:?} found");
    assert!(next >= before, "{before} messages had come, and {next} were received");
}

fn talk_to_a_killed_process(largest: usize, before: usize) {
    step("talk to a process that is killed while it listens");
    let (mine, theirs) = pair();
    let (peer, mut mine) = Peer::start(
        mine,
        theirs,
        |mut theirs: Connection| {
            while theirs.recv::<String>().is_ok() {}
        },
    );
    (0..before).for_each(|number| sent(mine.send(&message(number, largest))));
    peer.signal(Signal::SIGKILL);
    let result = (before..).find_map(|number| mine.send(&message(number, largest)).err());
    closed(result.map_or(Ok(()), Err), "the listener was killed");
}
