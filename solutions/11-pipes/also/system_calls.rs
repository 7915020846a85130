//! System calls by hand: every short transfer, interruption and error is dealt with in plain sight.

use std::fmt;
use std::io::{self, ErrorKind, Read, Write};
use std::os::fd::{AsFd, AsRawFd, OwnedFd};
use std::time::{Duration, Instant};

use nix::errno::Errno;
use nix::poll::{PollFd, PollFlags, PollTimeout, poll};
use nix::sys::socket::{AddressFamily, MsgFlags, SockFlag, SockType, recv, send, socketpair};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// The most bytes that a frame may carry, its length not counted.
pub const MAX_FRAME: usize = 16 * 1024 * 1024;

/// Why a message did not come or go.
#[derive(Debug)]
pub enum PipeError {
    /// The other side is gone.
    Closed,
    /// The stream ended in the middle of a frame.
    Truncated,
    /// A frame of more than [`MAX_FRAME`] bytes was to be sent, or is announced by the other side.
    TooLarge {
        /// The bytes of its payload.
        len: usize,
    },
    /// A frame came, and it is not a value of the type that was asked for.
    Decode(String),
    /// Any other error of the stream.
    Io(io::Error),
}

impl fmt::Display for PipeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Closed => f.write_str("the other side is gone"),
            Self::Truncated => f.write_str("the stream ended in the middle of a frame"),
            Self::TooLarge { len } => write!(f, "a frame of {len} bytes, of {MAX_FRAME} at most"),
            Self::Decode(why) => write!(f, "not the value that was expected: {why}"),
            Self::Io(error) => write!(f, "the stream failed: {error}"),
        }
    }
}

impl std::error::Error for PipeError {}

impl From<io::Error> for PipeError {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            ErrorKind::BrokenPipe | ErrorKind::ConnectionReset => Self::Closed,
            _ => Self::Io(error),
        }
    }
}

impl From<Errno> for PipeError {
    fn from(errno: Errno) -> Self {
        io::Error::from(errno).into()
    }
}

/// Writes `payload` as one frame.
///
/// # Errors
/// - [`PipeError::TooLarge`]: more than [`MAX_FRAME`] bytes. Nothing is written.
/// - [`PipeError::Closed`]: nobody reads the stream any more.
/// - [`PipeError::Io`]: any other error of `to`.
pub fn write_frame(to: &mut impl Write, payload: &[u8]) -> Result<(), PipeError> {
    let frame = frame(payload)?;
    let mut rest = &frame[..];
    while !rest.is_empty() {
        match to.write(rest) {
            Ok(0) => return Err(PipeError::Io(ErrorKind::WriteZero.into())),
            Ok(count) => rest = &rest[count..],
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return Err(error.into()),
        }
    }
    Ok(())
}

/// Reads one frame and returns its payload; `None` if the stream ends before the frame begins.
///
/// # Errors
/// - [`PipeError::Truncated`]: the stream ends in the middle of the frame.
/// - [`PipeError::TooLarge`]: the frame is longer than [`MAX_FRAME`]. No memory was spent on it.
/// - [`PipeError::Io`]: any other error of `from`.
pub fn read_frame(from: &mut impl Read) -> Result<Option<Vec<u8>>, PipeError> {
    let mut header = [0; 4];
    match fill(from, &mut header)? {
        0 => return Ok(None),
        4 => {}
        _ => return Err(PipeError::Truncated),
    }
    let mut payload = vec![0; announced(header)?];
    if fill(from, &mut payload)? < payload.len() {
        return Err(PipeError::Truncated);
    }
    Ok(Some(payload))
}

/// Reads until `bytes` is full or the stream ends; returns how many bytes came.
fn fill(from: &mut impl Read, bytes: &mut [u8]) -> io::Result<usize> {
    let mut filled = 0;
    while filled < bytes.len() {
        match from.read(&mut bytes[filled..]) {
            Ok(0) => break,
            Ok(count) => filled += count,
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            // A socket says so when its peer left without reading all its mail: an end like any other.
            Err(error) if error.kind() == ErrorKind::ConnectionReset => break,
            Err(error) => return Err(error),
        }
    }
    Ok(filled)
}

fn frame(payload: &[u8]) -> Result<Vec<u8>, PipeError> {
    let len = payload.len();
    if len > MAX_FRAME {
        return Err(PipeError::TooLarge { len });
    }
    Ok([&(len as u32).to_le_bytes(), payload].concat())
}

fn announced(header: [u8; 4]) -> Result<usize, PipeError> {
    let len = u32::from_le_bytes(header) as usize;
    if len > MAX_FRAME { Err(PipeError::TooLarge { len }) } else { Ok(len) }
}

/// Two connections: what is sent on one is received on the other.
///
/// Keep one, and let the other go with a forked process.
///
/// # Errors
/// [`PipeError::Io`]: no descriptors are left.
pub fn duplex() -> Result<(Connection, Connection), PipeError> {
    let flags = SockFlag::SOCK_CLOEXEC;
    let (one, other) = socketpair(AddressFamily::Unix, SockType::Stream, None, flags)?;
    Ok((
        Connection { socket: one, inbox: Vec::new() },
        Connection { socket: other, inbox: Vec::new() },
    ))
}

/// One end of a duplex connection between two processes.
#[derive(Debug)]
pub struct Connection {
    socket: OwnedFd,
    /// What has come and belongs to frames that nobody has asked for yet.
    inbox: Vec<u8>,
}

impl Connection {
    /// Sends `value` as one frame of JSON. Both sides may send at once: while this one waits for
    /// room it takes in what the other one sends.
    ///
    /// # Errors
    /// - [`PipeError::Closed`]: the other side is gone.
    /// - [`PipeError::TooLarge`]: the JSON is longer than [`MAX_FRAME`]. Nothing is sent.
    /// - [`PipeError::Io`]: any other error; of kind `InvalidData` if `value` has no JSON form.
    pub fn send<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), PipeError> {
        let payload = serde_json::to_vec(value).map_err(io::Error::from)?;
        let frame = frame(&payload)?;
        let mut rest = &frame[..];
        while !rest.is_empty() {
            // The flags are for this call alone: do not wait, and do not kill us by SIGPIPE.
            let flags = MsgFlags::MSG_DONTWAIT | MsgFlags::MSG_NOSIGNAL;
            match send(self.socket.as_raw_fd(), rest, flags) {
                Ok(count) => rest = &rest[count..],
                Err(Errno::EINTR) => {}
                Err(Errno::EAGAIN) => {
                    // No room: the other side may be waiting for us to listen.
                    self.wait(PollFlags::POLLIN | PollFlags::POLLOUT, None)?;
                    self.take_in()?;
                }
                Err(errno) => return Err(errno.into()),
            }
        }
        Ok(())
    }

    /// Receives the next value; blocks until it has come.
    ///
    /// # Errors
    /// - [`PipeError::Closed`]: the other side is gone, and all that it sent has been received.
    /// - [`PipeError::Truncated`]: it died in the middle of a frame.
    /// - [`PipeError::TooLarge`]: it announces more than [`MAX_FRAME`] bytes.
    /// - [`PipeError::Decode`]: the frame is not a `T`. The next `recv` gets the next frame.
    /// - [`PipeError::Io`]: any other error.
    pub fn recv<T: DeserializeOwned>(&mut self) -> Result<T, PipeError> {
        let payload = loop {
            if let Some(payload) = self.next_frame()? {
                break payload;
            }
            self.wait(PollFlags::POLLIN, None)?;
            if self.take_in()? == Some(0) {
                return Err(if self.inbox.is_empty() {
                    PipeError::Closed
                } else {
                    PipeError::Truncated
                });
            }
        };
        serde_json::from_slice(&payload).map_err(|error| PipeError::Decode(error.to_string()))
    }

    /// Waits for at most `timeout` until `recv` would find something: a value, or that the other
    /// side is gone. `Duration::ZERO` only looks; `Duration::MAX` waits for ever.
    ///
    /// # Errors
    /// [`PipeError::Io`]: the system refuses to wait.
    pub fn poll(&self, timeout: Duration) -> Result<bool, PipeError> {
        Ok(!self.inbox.is_empty() || self.wait(PollFlags::POLLIN, Some(timeout))?)
    }

    /// Takes the first frame out of the inbox, if it is whole.
    fn next_frame(&mut self) -> Result<Option<Vec<u8>>, PipeError> {
        let Some(header) = self.inbox.first_chunk() else { return Ok(None) };
        let end = 4 + announced(*header)?;
        if self.inbox.len() < end {
            return Ok(None);
        }
        let rest = self.inbox.split_off(end);
        let frame = std::mem::replace(&mut self.inbox, rest);
        Ok(Some(frame[4..].to_vec()))
    }

    /// Takes in what has come: `None` if nothing has, 0 if the other side is gone.
    fn take_in(&mut self) -> Result<Option<usize>, PipeError> {
        let mut chunk = [0; 64 * 1024];
        match recv(self.socket.as_raw_fd(), &mut chunk, MsgFlags::MSG_DONTWAIT) {
            Ok(count) => {
                self.inbox.extend_from_slice(&chunk[..count]);
                Ok(Some(count))
            }
            Err(Errno::EAGAIN | Errno::EINTR) => Ok(None),
            Err(errno) => Err(errno.into()),
        }
    }

    /// Waits until one of `events` or a hang-up; false when `timeout` has passed. `None`: for ever.
    fn wait(&self, events: PollFlags, timeout: Option<Duration>) -> Result<bool, PipeError> {
        let start = Instant::now();
        loop {
            let left = timeout.map(|timeout| timeout.saturating_sub(start.elapsed()));
            let limit = match left {
                // Rounded up, so that the last part of a millisecond is not spent spinning.
                Some(left) => {
                    left.as_nanos().div_ceil(1_000_000).try_into().unwrap_or(PollTimeout::MAX)
                }
                None => PollTimeout::NONE,
            };
            match poll(&mut [PollFd::new(self.socket.as_fd(), events)], limit) {
                Ok(0) if left != Some(Duration::ZERO) => {}
                Err(Errno::EINTR) => {}
                ready => return Ok(ready? > 0),
            }
        }
    }
}
