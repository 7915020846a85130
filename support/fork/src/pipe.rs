//! Typed pipes: each value is one frame, a `u32` little-endian length and that many bytes of JSON.

use std::io::{self, BufRead, BufReader, PipeReader, PipeWriter, Read, Write};
use std::marker::PhantomData;
use std::os::fd::{AsFd, AsRawFd, BorrowedFd, RawFd};

use serde::Serialize;
use serde::de::DeserializeOwned;

/// A new pipe for values of type `T`: what is sent at one end is received at the other, in order.
///
/// # Errors
/// No descriptors are left.
pub fn pipe<T>() -> io::Result<(Sender<T>, Receiver<T>)> {
    let (from, to) = io::pipe()?;
    let sender = Sender { to, carries: PhantomData };
    Ok((sender, Receiver { from: BufReader::new(from), carries: PhantomData }))
}

/// The end of a pipe that values go into.
#[derive(Debug)]
pub struct Sender<T> {
    to: PipeWriter,
    carries: PhantomData<fn(T)>,
}

impl<T: Serialize> Sender<T> {
    /// Sends `value`; blocks while the pipe is full.
    ///
    /// # Errors
    /// - `BrokenPipe`: nobody holds the receiving end any more. The value was not received whole.
    /// - `InvalidData`: the value has no JSON form, or one of 4 GiB and more. Nothing was sent.
    pub fn send(&mut self, value: &T) -> io::Result<()> {
        let mut frame = vec![0; 4];
        serde_json::to_writer(&mut frame, value)?;
        let length = u32::try_from(frame.len() - 4)
            .map_err(|_| io::Error::new(io::ErrorKind::InvalidData, "a value of 4 GiB or more"))?;
        frame[..4].copy_from_slice(&length.to_le_bytes());
        self.to.write_all(&frame)
    }
}

/// The end of a pipe that values come out of.
#[derive(Debug)]
pub struct Receiver<T> {
    from: BufReader<PipeReader>,
    carries: PhantomData<fn() -> T>,
}

impl<T: DeserializeOwned> Receiver<T> {
    /// Receives the next value; blocks until there is one. `None`: nobody holds the sending end any
    /// more, and all that was sent has been received.
    ///
    /// # Errors
    /// - `UnexpectedEof`: the sender died in the middle of a value.
    /// - `InvalidData`: the value is not a `T`.
    pub fn recv(&mut self) -> io::Result<Option<T>> {
        if self.at_end()? {
            return Ok(None);
        }
        let mut length = [0; 4];
        self.from.read_exact(&mut length)?;
        let length = u32::from_le_bytes(length);
        let mut frame = Vec::new();
        // Grows with what arrives: a length alone costs no memory.
        self.from.by_ref().take(length.into()).read_to_end(&mut frame)?;
        if frame.len() < length as usize {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        Ok(Some(serde_json::from_slice(&frame)?))
    }

    /// Whether something of the next value has been fetched already, so that the pipe itself may
    /// look empty to `poll(2)`.
    pub fn is_buffered(&self) -> bool {
        !self.from.buffer().is_empty()
    }

    fn at_end(&mut self) -> io::Result<bool> {
        loop {
            match self.from.fill_buf() {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                filled => return filled.map(<[u8]>::is_empty),
            }
        }
    }
}

impl<T> AsFd for Sender<T> {
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.to.as_fd()
    }
}

impl<T> AsRawFd for Sender<T> {
    fn as_raw_fd(&self) -> RawFd {
        self.to.as_raw_fd()
    }
}

impl<T> AsFd for Receiver<T> {
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.from.get_ref().as_fd()
    }
}

impl<T> AsRawFd for Receiver<T> {
    fn as_raw_fd(&self) -> RawFd {
        self.from.get_ref().as_raw_fd()
    }
}
