//! A stream that keeps every rule of `Read` and `Write`, and makes use of all of them.
#![allow(dead_code)] // each test file needs another part of it

use std::io::{self, ErrorKind, Read, Write};

/// What a hostile stream does in one call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Move {
    /// Passes on at most so many bytes.
    Pass(usize),
    /// Passes on nothing: a signal came first (`EINTR`). To try again is all that is to be done.
    Interrupt,
    /// Fails for good.
    Fail(ErrorKind),
    /// Takes no more bytes, now or ever (`Ok(0)`).
    Refuse,
}

/// A stream that plays its moves in turn, over and over, on the bytes that it holds.
#[derive(Debug)]
pub struct Adversary {
    /// What is to be read, or what has been written.
    pub bytes: Vec<u8>,
    moves: Vec<Move>,
    played: usize,
}

impl Adversary {
    /// A stream to read `bytes` from.
    pub fn holding(bytes: &[u8], moves: &[Move]) -> Self {
        Self { bytes: bytes.to_vec(), moves: moves.to_vec(), played: 0 }
    }

    /// A stream to write to.
    pub fn empty(moves: &[Move]) -> Self {
        Self::holding(&[], moves)
    }

    fn next(&mut self, wanted: usize) -> io::Result<usize> {
        let turn = self.moves[self.played % self.moves.len()];
        self.played += 1;
        match turn {
            Move::Pass(most) => Ok(wanted.min(most)),
            Move::Interrupt => Err(ErrorKind::Interrupted.into()),
            Move::Fail(kind) => Err(kind.into()),
            Move::Refuse => {
                let calls = self.played;
                checks::require!(
                    checks::Fault::Livelock,
                    calls < 1000,
                    "the stream took no byte in {calls} calls, and it is asked again and again"
                );
                Ok(0)
            }
        }
    }
}

impl Read for Adversary {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let count = self.next(into.len().min(self.bytes.len()))?;
        into[..count].copy_from_slice(&self.bytes[..count]);
        self.bytes.drain(..count);
        Ok(count)
    }
}

impl Write for Adversary {
    fn write(&mut self, from: &[u8]) -> io::Result<usize> {
        let count = self.next(from.len())?;
        self.bytes.extend_from_slice(&from[..count]);
        Ok(count)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
