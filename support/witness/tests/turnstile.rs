//! Turnstile, peers and traces, seen from the side of a check.

use std::fs::File;
use std::thread;
use std::time::Duration;

use evidence::{Broken, Fault, require};
use nix::sys::signal::Signal;
use witness::{Dice, Peer, Turnstile, descriptors, processes};

/// One test at a time: children and descriptors are counted for the whole process.
fn alone() -> std::sync::MutexGuard<'static, ()> {
    static ALONE: std::sync::Mutex<()> = std::sync::Mutex::new(());
    ALONE.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}

/// The requirement that `body` breaks.
fn broken(body: impl FnOnce() + std::panic::UnwindSafe) -> Broken {
    *std::panic::catch_unwind(body).unwrap_err().downcast().expect("a named fault")
}

#[test]
fn tasks_arrive_and_wait_for_the_check() {
    let _alone = alone();
    let mut turnstile = Turnstile::new();
    let ticket = turnstile.ticket();
    let (peer, ()) = Peer::start((), ticket, |ticket| {
        ticket.arrive(7);
        ticket.pass();
        ticket.tell(8, 42);
    });
    let first = turnstile.expect(1, Fault::LostTask, "a peer");
    assert_eq!((first[0].task, first[0].process), (7, peer.id()));
    assert_eq!(turnstile.next_within(Duration::from_millis(20)), None, "the gate is shut");
    turnstile.admit(1);
    let second = turnstile.expect(1, Fault::LostTask, "a peer");
    assert_eq!((second[0].task, second[0].note), (8, 42));
    peer.finish();
    assert_eq!(turnstile.arrived(), []);
}

#[test]
fn a_gate_can_be_shut_again() {
    let _alone = alone();
    let mut turnstile = Turnstile::new();
    turnstile.admit(3);
    turnstile.shut();
    let (peer, ()) = Peer::start((), turnstile.ticket(), |ticket| {
        ticket.pass();
        ticket.arrive(1);
    });
    assert_eq!(turnstile.next_within(Duration::from_millis(20)), None, "the gate is shut");
    turnstile.admit(1);
    peer.finish();
    assert_eq!(turnstile.arrived().len(), 1);
}

#[test]
fn presence_ends_with_the_process() {
    let _alone = alone();
    let mut turnstile = Turnstile::new();
    let (peer, ()) = Peer::start((), turnstile.ticket(), |ticket| {
        ticket.stay();
        ticket.arrive(1);
        thread::sleep(Duration::MAX);
    });
    turnstile.expect(1, Fault::LostTask, "a peer");
    processes::kill(peer.id());
    assert!(turnstile.is_deserted());
    assert_eq!(peer.ended(), Err(fork::Ended::Killed(Signal::SIGKILL)));
    processes::require_no_child("the peer's end");
}

#[test]
fn a_peer_hands_its_failures_on() {
    let _alone = alone();
    let (peer, ()) = Peer::start((), (), |()| require!(Fault::WrongOrder, false, "the wrong way"));
    let seen = broken(|| peer.finish());
    assert_eq!((seen.fault, seen.message.as_str()), (Fault::WrongOrder, "the wrong way"));

    let (peer, ()) = Peer::<()>::start((), (), |()| std::process::abort());
    assert_eq!(broken(|| peer.finish()).fault, Fault::Crashed);

    let (peer, ()) = Peer::<()>::start((), (), |()| std::process::exit(0));
    assert_eq!(broken(|| peer.finish()).fault, Fault::EndedEarly);

    let (peer, ()) = Peer::<()>::start((), (), |()| todo!());
    let payload = std::panic::catch_unwind(|| peer.finish()).unwrap_err();
    assert_eq!(*payload.downcast::<String>().unwrap(), "not yet implemented");
}

#[test]
fn a_zombie_is_seen_and_left_alone() {
    let _alone = alone();
    let mut child = fork::child(|| 3).unwrap();
    processes::kill(child.id().into());
    let seen = broken(|| processes::require_no_zombie("a test"));
    assert_eq!(seen.fault, Fault::Zombie);
    assert!(seen.message.ends_with(&format!("process {}", child.id())), "{}", seen.message);
    child.wait().unwrap();
    processes::require_no_child("the wait");
}

#[test]
fn a_leak_is_seen() {
    let _alone = alone();
    let before = descriptors::now();
    before.require_no_growth("nothing");
    let file = File::open("/dev/null").unwrap();
    assert_eq!(descriptors::now().since(&before).len(), 1);
    assert_eq!(descriptors::inheritable().since(&before).len(), 0);
    assert_eq!(broken(|| before.require_no_growth("a test")).fault, Fault::LeakedDescriptor);
    drop(file);
    before.require_no_growth("the end");
}

#[test]
fn dice_repeat() {
    let rolls = |seed| {
        let mut dice = Dice::new(seed);
        (0..100).map(|_| dice.roll(6)).collect::<Vec<_>>()
    };
    assert_eq!(rolls(1), rolls(1));
    assert_ne!(rolls(1), rolls(2));
    assert!((0..6).all(|side| rolls(1).contains(&side)));
}
