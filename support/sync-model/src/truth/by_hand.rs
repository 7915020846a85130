//! Is the interpreter right, with which the search is compared? Programs so small that their outcomes
//! can be told by hand.

use std::collections::BTreeSet;

use super::interpreter::{Semantics, outcomes};
use super::program::{
    AtomicOp, ChannelOp, End, GONE, MutexOp, NOT_NOW, OnceOp, Op, Program, RwLockOp, SleepOp,
    ThreadOp, WENT_WELL,
};

/// Nothing that the standard library leaves open, and all of it.
const LITTLE: Semantics = Semantics {
    writers_first: false,
    weak_exchanges_fail: false,
    spurious_parks: false,
    receivers_come_in_a_step: false,
};
const MUCH: Semantics = Semantics {
    writers_first: true,
    weak_exchanges_fail: true,
    spurious_parks: true,
    receivers_come_in_a_step: true,
};

fn program(threads: &[&[Op]]) -> Program {
    let threads = threads.iter().map(|ops| ops.to_vec()).collect();
    Program { threads, parties: 2, ..Program::default() }
}

/// Thread 0 has the receiver.
fn with_channel(capacity: Option<usize>, threads: &[&[Op]]) -> Program {
    Program { receiver: Some(0), capacity, ..program(threads) }
}

fn ends(program: &Program, semantics: Semantics) -> BTreeSet<End> {
    assert!(program.is_valid(), "{program}");
    outcomes(program, semantics).into_keys().map(|outcome| outcome.end).collect()
}

/// What a thread may have read at the end.
fn reads(program: &Program, semantics: Semantics, thread: usize) -> BTreeSet<Vec<u8>> {
    assert!(program.is_valid(), "{program}");
    let outcomes = outcomes(program, semantics).into_keys();
    outcomes.map(|mut outcome| outcome.registers.swap_remove(thread)).collect()
}

#[test]
fn an_update_in_two_steps_is_lost_with_one_preemption() {
    let (load, store) = (Op::Atomic(AtomicOp::Load(0)), Op::Atomic(AtomicOp::Store(0, 1)));
    let both_see_nothing = |outcome: &super::program::Outcome| outcome.registers == [[0], [0]];
    let all = outcomes(&program(&[&[load, store], &[load, store]]), LITTLE);
    let fewest = all.iter().find(|(outcome, _)| both_see_nothing(outcome)).map(|(_, &cost)| cost);
    assert_eq!(fewest, Some(1));
}

#[test]
fn a_reader_that_reads_twice_may_queue_behind_a_writer() {
    let [read, write, release] =
        [RwLockOp::Read(0), RwLockOp::Write(0), RwLockOp::Release(0)].map(Op::RwLock);
    let twice = program(&[&[read, read, release, release], &[write, release]]);
    assert_eq!(ends(&twice, LITTLE), BTreeSet::from([End::Finished]));
    assert_eq!(ends(&twice, MUCH), BTreeSet::from([End::Finished, End::Stuck]));
    let once = program(&[&[read, release], &[read, release], &[write, release]]);
    assert_eq!(ends(&once, MUCH), BTreeSet::from([End::Finished]));
}

#[test]
fn a_weak_exchange_fails_without_reason_once() {
    let exchange = Op::Atomic(AtomicOp::ExchangeWeak(0, 0, 1));
    let twice = program(&[&[exchange, exchange]]);
    let (at_once, then) = (vec![WENT_WELL, 1], vec![0, WENT_WELL]);
    assert_eq!(reads(&twice, LITTLE, 0), BTreeSet::from([at_once.clone()]));
    assert_eq!(reads(&twice, MUCH, 0), BTreeSet::from([at_once, then]));
}

#[test]
fn a_thread_may_wake_without_reason_once() {
    let [lock, unlock] = [MutexOp::Lock(0), MutexOp::Unlock(0)].map(Op::Mutex);
    let wait = Op::Sleep(SleepOp::Wait);
    let mut once = program(&[&[lock, wait, unlock]]);
    assert_eq!(ends(&once, MUCH), BTreeSet::from([End::Stuck]));
    once.spurious = true;
    assert_eq!(ends(&once, LITTLE), BTreeSet::from([End::Finished, End::Stuck]));
    let park = Op::Sleep(SleepOp::Park);
    let twice = Program { spurious: true, ..program(&[&[lock, wait, unlock, park]]) };
    assert_eq!(ends(&twice, MUCH), BTreeSet::from([End::Stuck]));
}

#[test]
fn a_timeout_and_a_notification_may_both_come() {
    let [lock, unlock] = [MutexOp::Lock(0), MutexOp::Unlock(0)].map(Op::Mutex);
    let [wait, notify] = [SleepOp::WaitTimeout, SleepOp::NotifyOne].map(Op::Sleep);
    let waits = program(&[&[lock, wait, unlock], &[notify]]);
    assert_eq!(reads(&waits, MUCH, 0), BTreeSet::from([vec![0], vec![1]]));
}

#[test]
fn one_leader_and_one_that_is_first() {
    let meet = program(&[&[Op::Meet], &[Op::Meet]]);
    let leaders: BTreeSet<_> = outcomes(&meet, MUCH).into_keys().map(|o| o.registers).collect();
    assert_eq!(leaders, BTreeSet::from([vec![vec![0], vec![1]], vec![vec![1], vec![0]]]));
    let call = Op::Once(OnceOp::Call(0, 0));
    let calls = program(&[&[call], &[call]]);
    let firsts: BTreeSet<_> = outcomes(&calls, MUCH).into_keys().map(|o| o.registers).collect();
    assert_eq!(firsts, BTreeSet::from([vec![vec![0], vec![]], vec![vec![], vec![0]]]));
}

#[test]
fn blocked_senders_go_on_in_any_order() {
    let [receive, one, two, three] =
        [ChannelOp::Receive, ChannelOp::Send(1), ChannelOp::Send(2), ChannelOp::Send(3)]
            .map(Op::Channel);
    for capacity in [None, Some(1), Some(0)] {
        let sends = with_channel(capacity, &[&[receive; 3], &[one], &[two, three]]);
        let orders = BTreeSet::from([vec![1, 2, 3], vec![2, 1, 3], vec![2, 3, 1]]);
        assert_eq!(reads(&sends, MUCH, 0), orders, "capacity {capacity:?}");
    }
}

#[test]
fn handing_over_needs_a_receiver_that_waits() {
    let [receive, attempt, send, try_receive] =
        [ChannelOp::Receive, ChannelOp::TrySend(1), ChannelOp::Send(1), ChannelOp::TryReceive]
            .map(Op::Channel);
    let waits = with_channel(Some(0), &[&[receive], &[attempt]]);
    assert_eq!(reads(&waits, MUCH, 1), BTreeSet::from([vec![1], vec![NOT_NOW]]));
    let looks = with_channel(Some(0), &[&[try_receive], &[attempt]]);
    assert_eq!(reads(&looks, MUCH, 1), BTreeSet::from([vec![GONE], vec![NOT_NOW]]));
    // An item that nobody took goes back.
    let leaves = with_channel(Some(0), &[&[], &[send]]);
    assert_eq!(reads(&leaves, MUCH, 1), BTreeSet::from([vec![GONE]]));
}

#[test]
fn a_receiver_that_has_told_that_it_comes_need_not_be_there() {
    let [receive, attempt] = [ChannelOp::Receive, ChannelOp::TrySend(1)].map(Op::Channel);
    let [tell, look] = [AtomicOp::Store(0, 1), AtomicOp::Load(0)].map(Op::Atomic);
    let told = with_channel(Some(0), &[&[tell, receive], &[look, attempt]]);
    let too_early = vec![1, NOT_NOW];
    assert!(reads(&told, MUCH, 1).contains(&too_early));
    assert!(!reads(&told, LITTLE, 1).contains(&too_early));
}

#[test]
fn a_thread_that_is_joined_is_finished() {
    let [look, join] = [ThreadOp::IsFinished(1), ThreadOp::Join(1)].map(Op::Thread);
    let [load, store] = [AtomicOp::Load(0), AtomicOp::Store(0, 1)].map(Op::Atomic);
    let joins = program(&[&[look, join, load], &[store]]);
    assert_eq!(reads(&joins, MUCH, 0), BTreeSet::from([vec![0, 1], vec![1, 1]]));
    let looks = program(&[&[look, load], &[store]]);
    assert!(!reads(&looks, MUCH, 0).contains(&vec![1, 0]));
}
