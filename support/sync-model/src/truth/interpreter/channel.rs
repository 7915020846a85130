//! Steps on the channel.

use super::super::program::{ChannelOp, GONE, NOT_NOW, Op};
use super::state::{At, State, with};

/// A stage of sending: the item is there, and waits to be taken.
const HANDS_OVER: u8 = 1;
/// A stage of receiving what is handed over: the receiver is there.
const WAITS: u8 = 1;

pub(super) fn step(at: &At<'_>, op: ChannelOp) -> Vec<State> {
    let receiver_is_gone = !at.state.threads[receiver(at)].has_end;
    let put = |next: State, item: u8| with(next, |next| next.items.push((item, at.thread)));
    match op {
        ChannelOp::Send(_) if at.place().stage == HANDS_OVER => hand_over(at),
        ChannelOp::Send(_) | ChannelOp::TrySend(_) if receiver_is_gone => vec![at.note(GONE)],
        ChannelOp::Send(_) if !has_room(at) => Vec::new(),
        ChannelOp::Send(item) if hands_over(at) => put(at.stage(HANDS_OVER), item),
        ChannelOp::Send(item) => put(at.note(1), item),
        ChannelOp::TrySend(item) => try_send(at, item),
        ChannelOp::Receive | ChannelOp::ReceiveTimeout if comes(at) && at.place().stage == 0 => {
            vec![at.stage(WAITS)]
        }
        ChannelOp::Receive => receive(at).unwrap_or_default(),
        // The time may be over at any moment, but not if an item is there when the thread looks.
        ChannelOp::ReceiveTimeout | ChannelOp::TryReceive => {
            receive(at).unwrap_or_else(|| vec![at.note(NOT_NOW)])
        }
        ChannelOp::Drop => leave(at),
    }
}

fn receiver(at: &At<'_>) -> usize {
    at.program.receiver.expect("a program that uses the channel has one")
}

/// Whether who sends an item waits until it is taken.
fn hands_over(at: &At<'_>) -> bool {
    at.program.capacity == Some(0)
}

/// Whether to come is a step of the receiver's.
fn comes(at: &At<'_>) -> bool {
    hands_over(at) && at.semantics.receivers_come_in_a_step
}

fn has_room(at: &At<'_>) -> bool {
    // An item that is handed over has to be somewhere in the meantime.
    at.program.capacity.is_none_or(|capacity| at.state.items.len() < capacity.max(1))
}

fn try_send(at: &At<'_>, item: u8) -> Vec<State> {
    let put = || with(at.note(1), |next| next.items.push((item, at.thread)));
    if !has_room(at) {
        return vec![at.note(NOT_NOW)];
    }
    if !hands_over(at) {
        return put();
    }
    let stage = if comes(at) { WAITS } else { 0 };
    let waits = [ChannelOp::Receive, ChannelOp::ReceiveTimeout]
        .iter()
        .any(|&receive| !at.threads_at(Op::Channel(receive), stage).is_empty());
    if waits { put() } else { vec![at.note(NOT_NOW)] }
}

/// Over when the item was taken, or when nobody will take it.
fn hand_over(at: &At<'_>) -> Vec<State> {
    let receiver_is_gone = !at.state.threads[receiver(at)].has_end;
    match at.state.items.iter().position(|&(_, sender)| sender == at.thread) {
        None => vec![at.note(1)],
        Some(place) if receiver_is_gone => with(at.note(GONE), |next| {
            next.items.remove(place);
        }),
        Some(_) => Vec::new(),
    }
}

/// `None`: there is nothing, and there are senders left.
fn receive(at: &At<'_>) -> Option<Vec<State>> {
    if let Some(&(item, _)) = at.state.items.first() {
        return Some(with(at.note(item), |next| {
            next.items.remove(0);
        }));
    }
    let others = at.state.threads.iter().enumerate();
    let senders = others.filter(|&(thread, place)| thread != at.thread && place.has_end).count();
    (senders == 0).then(|| vec![at.note(GONE)])
}

fn leave(at: &At<'_>) -> Vec<State> {
    // At the thread's end there is no operation to pass.
    let is_last = at.place().counter == at.program.threads[at.thread].len();
    with(if is_last { at.stage(0) } else { at.pass() }, |next| {
        next.threads[at.thread].has_end = false;
        // Who hands an item over takes it back; all others are lost.
        if at.thread == receiver(at) && !hands_over(at) {
            next.items.clear();
        }
    })
}
