//! Frames: how messages are told apart on a stream that knows only bytes.

mod adversary;
mod contract;

use std::io::ErrorKind;

use adversary::{Adversary, Move};
use checks::{Fault, example, require};
use pipes as answer;
use pipes::{MAX_FRAME, PipeError, read_frame, write_frame};

/// The frame of `Hi`: the length 2, least significant byte first, and the two letters.
const HI: &[u8] = b"\x02\0\0\0Hi";

fn written(payload: &[u8]) -> Vec<u8> {
    let mut stream = Vec::new();
    write_frame(&mut stream, payload).expect("a vector takes every frame");
    stream
}

#[test]
fn frame_is_length_and_bytes() {
    example(|| {
        assert_eq!(written(b"Hi"), HI, "write_frame(b\"Hi\")");
        assert_eq!(written(b""), [0, 0, 0, 0], "write_frame(b\"\")");
        // 300 = 1 * 256 + 44
        assert_eq!(written(&[7; 300])[..4], [44, 1, 0, 0], "the length of 300 bytes");

        let stream = &mut &[HI, b"\0\0\0\0", HI].concat()[..];
        for expected in [&b"Hi"[..], b"", b"Hi"] {
            let frame = read_frame(stream).expect("a whole frame");
            assert_eq!(frame.as_deref(), Some(expected), "read_frame");
        }
        let end = read_frame(stream).expect("the end of the stream is no error");
        assert_eq!(end, None, "read_frame at the end of the stream");
    });
}

/// A message that was cut off is not the end of the conversation: somebody died.
#[test]
fn cut_frame_is_truncated() {
    example(|| {
        for cut in 1..HI.len() {
            let result = read_frame(&mut &HI[..cut]);
            require!(
                Fault::WrongAnswer,
                matches!(result, Err(PipeError::Truncated)),
                "of a frame of {} bytes only {cut} came: Truncated expected, {result:?} found",
                HI.len()
            );
        }
    });
}

/// The length comes from the other side, and the other side may be an enemy, or broken.
#[test]
fn hostile_length_is_refused() {
    example(|| {
        assert_eq!(MAX_FRAME, 16 * 1024 * 1024, "MAX_FRAME");
        for announced in [MAX_FRAME + 1, u32::MAX as usize] {
            let stream = [&(announced as u32).to_le_bytes()[..], &[0; 64]].concat();
            let result = read_frame(&mut &stream[..]);
            require!(
                Fault::WrongAnswer,
                matches!(result, Err(PipeError::TooLarge { len }) if len == announced),
                "a length of {announced} bytes was announced: TooLarge expected, {result:?} found"
            );
        }
        let mut stream = Vec::new();
        let result = write_frame(&mut stream, &vec![0; MAX_FRAME + 1]);
        require!(
            Fault::WrongAnswer,
            matches!(result, Err(PipeError::TooLarge { len }) if len == MAX_FRAME + 1),
            "a frame of MAX_FRAME + 1 bytes was to be sent: TooLarge expected, {result:?} found"
        );
        assert_eq!(stream.len(), 0, "bytes written of a frame that is too large");

        let largest = read_frame(&mut &written(&vec![1; MAX_FRAME])[..]);
        let len = largest.expect("the largest frame is not too large").map(|frame| frame.len());
        assert_eq!(len, Some(MAX_FRAME), "the length of the largest frame");
    });
}

/// `read` and `write` may pass on fewer bytes than you ask for. That is no error and no end.
#[test]
fn short_reads_and_writes_are_continued() {
    example(|| {
        for most in 1..=HI.len() {
            let mut stream = Adversary::holding(&HI.repeat(2), &[Move::Pass(most)]);
            for _ in 0..2 {
                let frame = read_frame(&mut stream).expect("a whole frame");
                let expected = Some(&b"Hi"[..]);
                assert_eq!(frame.as_deref(), expected, "from a stream of {most} bytes at a time");
            }
            let mut stream = Adversary::empty(&[Move::Pass(most)]);
            write_frame(&mut stream, b"Hi").expect("a stream that takes every byte in the end");
            assert_eq!(stream.bytes, HI, "written to a stream of {most} bytes at a time");
        }
    });
}

/// A signal may interrupt any call: it failed with `EINTR`, and nothing is wrong.
#[test]
fn interrupted_calls_are_repeated() {
    example(|| {
        for moves in [
            &[Move::Interrupt, Move::Pass(100)][..],
            &[Move::Pass(1), Move::Interrupt, Move::Interrupt],
            &[Move::Pass(3), Move::Interrupt],
        ] {
            let mut stream = Adversary::holding(HI, moves);
            let frame = read_frame(&mut stream).expect("an interruption is no failure");
            assert_eq!(frame.as_deref(), Some(&b"Hi"[..]), "read with {moves:?}");
            let end = read_frame(&mut stream).expect("an interruption is no failure");
            assert_eq!(end, None, "the end of the stream, with {moves:?}");
            let mut stream = Adversary::empty(moves);
            write_frame(&mut stream, b"Hi").expect("an interruption is no failure");
            assert_eq!(stream.bytes, HI, "written with {moves:?}");
        }
    });
}

#[test]
fn failures_reach_the_caller() {
    example(|| {
        let kind = ErrorKind::PermissionDenied;
        let fail = [Move::Pass(3), Move::Fail(kind)];
        let read = read_frame(&mut Adversary::holding(HI, &fail)).map(|_| ());
        let write = write_frame(&mut Adversary::empty(&fail), b"Hi");
        for (call, result) in [("read_frame", read), ("write_frame", write)] {
            require!(
                Fault::WrongAnswer,
                matches!(&result, Err(PipeError::Io(error)) if error.kind() == kind),
                "{call} on a stream that fails: Io({kind:?}) expected, {result:?} found"
            );
        }
        let gone = [Move::Pass(3), Move::Fail(ErrorKind::BrokenPipe)];
        let result = write_frame(&mut Adversary::empty(&gone), b"Hi");
        require!(
            Fault::WrongAnswer,
            matches!(result, Err(PipeError::Closed)),
            "write_frame to a stream that nobody reads: Closed expected, {result:?} found"
        );
        let result = write_frame(&mut Adversary::empty(&[Move::Refuse]), b"Hi");
        require!(
            Fault::WrongAnswer,
            matches!(result, Err(PipeError::Io(_))),
            "write_frame to a stream that takes nothing (Ok(0)): Io expected, {result:?} found"
        );
    });
}
