//! Frames and values survive, however the stream is split.

mod adversary;
mod contract;

use adversary::{Adversary, Move};
use checks::proptest::collection::vec;
use checks::proptest::prelude::{Just, Strategy, any, prop_oneof};
use checks::{Fault, property, require};
use pipes as answer;
use pipes::{PipeError, duplex, read_frame, write_frame};

/// All ways to split a stream: a few bytes at a time, with signals in between. One move passes on at
/// least a byte, or the stream would never get anywhere.
fn moves() -> impl Strategy<Value = Vec<Move>> {
    let any_move = prop_oneof![(1..40_usize).prop_map(Move::Pass), Just(Move::Interrupt)];
    (1..40_usize, vec(any_move, 0..6)).prop_map(|(most, mut moves)| {
        moves.push(Move::Pass(most));
        moves
    })
}

fn payloads() -> impl Strategy<Value = Vec<Vec<u8>>> {
    vec(vec(any::<u8>(), 0..300), 0..5)
}

#[test]
fn frames_survive_any_splitting() {
    property((payloads(), moves(), moves()), |(payloads, writing, reading)| {
        let mut stream = Adversary::empty(&writing);
        for payload in &payloads {
            write_frame(&mut stream, payload).expect("the stream takes every byte in the end");
        }
        let mut stream = Adversary::holding(&stream.bytes, &reading);
        for payload in &payloads {
            let frame = read_frame(&mut stream).expect("all frames are whole");
            assert_eq!(frame.as_ref(), Some(payload));
        }
        assert_eq!(read_frame(&mut stream).expect("a clean end"), None);
    });
}

#[test]
fn frames_before_a_cut_are_whole() {
    property((payloads(), moves(), any::<usize>()), |(payloads, reading, cut)| {
        let mut bytes = Vec::new();
        let mut ends = vec![0];
        for payload in &payloads {
            write_frame(&mut bytes, payload).expect("a vector takes every byte");
            ends.push(bytes.len());
        }
        let cut = cut % (bytes.len() + 1);
        let mut stream = Adversary::holding(&bytes[..cut], &reading);
        for payload in &payloads[..ends.iter().filter(|&&end| end <= cut).count() - 1] {
            let frame = read_frame(&mut stream).expect("the frames before the cut are whole");
            assert_eq!(frame.as_ref(), Some(payload));
        }
        let last = read_frame(&mut stream);
        let (holds, expected) = if ends.contains(&cut) {
            (matches!(last, Ok(None)), "Ok(None)")
        } else {
            (matches!(last, Err(PipeError::Truncated)), "Err(Truncated)")
        };
        let len = bytes.len();
        assert!(holds, "after {cut} of {len} bytes: {expected} expected, {last:?} found");
    });
}

/// Values of every shape that fit into the kernel's buffer, so that one process can do it alone.
#[test]
fn values_survive_the_journey() {
    type Value = (i64, String, Option<Vec<u8>>, bool);
    let values = vec((any::<i64>(), ".{0,40}", any::<Option<Vec<u8>>>(), any::<bool>()), 1..5);
    property(values, |values: Vec<Value>| {
        let (mut here, mut there) = duplex().expect("a pair of connections");
        for value in &values {
            here.send(value).expect("the other side is there");
        }
        // A value of another type is an error of its own, and does not disturb the next.
        here.send("not a number").expect("the other side is there");
        here.send(&42).expect("the other side is there");
        for value in &values {
            assert_eq!(&there.recv::<Value>().expect("a value that was sent"), value);
        }
        let stranger = there.recv::<u64>();
        require!(
            Fault::WrongAnswer,
            matches!(stranger, Err(PipeError::Decode(_))),
            "a text came where a number was expected: Decode expected, {stranger:?} found"
        );
        assert_eq!(there.recv::<u64>().expect("the value after it"), 42);
    });
}
