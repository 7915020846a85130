//! Fails: closed_when_the_peer_is_gone (wrong-answer)
//!
//! Once a `send` has found the other side gone, the connection counts as over. What the other side had sent
//! before is never received.

use std::collections::VecDeque;
use std::fmt;
use std::io::{self, Read, Write};
use std::os::fd::{AsFd, AsRawFd};
use std::os::unix::net::UnixStream;
use std::time::{Duration, Instant};

use nix::errno::Errno;
use nix::poll::{PollFd, PollFlags, PollTimeout};
use nix::sys::socket::{MsgFlags, recv, send};
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

impl From<Errno> for PipeError {
    fn from(errno: Errno) -> Self {
        match errno {
            Errno::EPIPE | Errno::ECONNRESET => Self::Closed,
            other => Self::Io(other.into()),
        }
    }
}

fn frame(payload: &[u8]) -> Result<Vec<u8>, PipeError> {
    match u32::try_from(payload.len()) {
        Ok(len) if payload.len() <= MAX_FRAME => Ok([&len.to_le_bytes()[..], payload].concat()),
        _ => Err(PipeError::TooLarge { len: payload.len() }),
    }
}

/// Writes `payload` as one frame.
///
/// # Errors
/// `TooLarge`, `Closed`, `Io`.
pub fn write_frame(to: &mut impl Write, payload: &[u8]) -> Result<(), PipeError> {
    // `write_all` goes on after Interrupted and after half a write.
    to.write_all(&frame(payload)?).map_err(|error| match error.kind() {
        io::ErrorKind::BrokenPipe => PipeError::Closed,
        _ => PipeError::Io(error),
    })
}

/// Reads one frame and returns its payload; `None` if the stream ends before the frame begins.
///
/// # Errors
/// `Truncated`, `TooLarge`, `Io`.
pub fn read_frame(from: &mut impl Read) -> Result<Option<Vec<u8>>, PipeError> {
    // `read_to_end` goes on after Interrupted, and a `Take` ends where it shall or where the stream does.
    let mut header = Vec::with_capacity(4);
    from.by_ref().take(4).read_to_end(&mut header).map_err(PipeError::Io)?;
    let header: [u8; 4] = match header.try_into() {
        Ok(header) => header,
        Err(short) if short.is_empty() => return Ok(None),
        Err(_) => return Err(PipeError::Truncated),
    };
    let len = u32::from_le_bytes(header);
    if len as usize > MAX_FRAME {
        return Err(PipeError::TooLarge { len: len as usize });
    }
    let mut payload = Vec::new();
    from.by_ref().take(u64::from(len)).read_to_end(&mut payload).map_err(PipeError::Io)?;
    if payload.len() < len as usize { Err(PipeError::Truncated) } else { Ok(Some(payload)) }
}

/// Two connections: what is sent on one is received on the other.
///
/// # Errors
/// [`PipeError::Io`]: no descriptors are left.
pub fn duplex() -> Result<(Connection, Connection), PipeError> {
    let (one, two) = UnixStream::pair().map_err(PipeError::Io)?;
    let make = |socket: UnixStream| -> io::Result<Connection> {
        socket.set_nonblocking(true)?;
        Ok(Connection { socket, inbox: VecDeque::new(), over: false })
    };
    Ok((make(one).map_err(PipeError::Io)?, make(two).map_err(PipeError::Io)?))
}

/// One end of a duplex connection between two processes.
#[derive(Debug)]
pub struct Connection {
    socket: UnixStream,
    /// What has come and was not asked for yet.
    inbox: VecDeque<u8>,
    /// Nothing more will come.
    over: bool,
}

impl Connection {
    /// Sends `value` as one frame of JSON. Blocks until the system has taken all of it.
    ///
    /// # Errors
    /// `Closed`, `TooLarge`, `Io`.
    pub fn send<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), PipeError> {
        let json = serde_json::to_vec(value).map_err(|why| {
            PipeError::Io(io::Error::new(io::ErrorKind::InvalidData, why.to_string()))
        })?;
        let frame = frame(&json)?;
        let mut left = &frame[..];
        while !left.is_empty() {
            match send(self.socket.as_raw_fd(), left, MsgFlags::MSG_NOSIGNAL) {
                Ok(taken) => left = &left[taken..],
                Err(Errno::EINTR) => {}
                Err(Errno::EAGAIN) => {
                    let mut wanted = PollFlags::POLLOUT;
                    wanted.set(PollFlags::POLLIN, !self.over);
                    self.rest(wanted, PollTimeout::NONE)?;
                    if !self.over {
                        self.listen()?;
                    }
                }
                Err(errno) => {
                    self.over |= matches!(errno, Errno::EPIPE | Errno::ECONNRESET);
                    return Err(errno.into());
                }
            }
        }
        Ok(())
    }

    /// Receives the next value; blocks until it has come.
    ///
    /// # Errors
    /// `Closed`, `Truncated`, `TooLarge`, `Decode`, `Io`.
    pub fn recv<T: DeserializeOwned>(&mut self) -> Result<T, PipeError> {
        while !self.finds_something() {
            self.rest(PollFlags::POLLIN, PollTimeout::NONE)?;
            self.listen()?;
        }
        if let Some(len) = self.announced().filter(|&len| len > MAX_FRAME) {
            return Err(PipeError::TooLarge { len });
        }
        // All of the frame is here, or all that will ever come.
        match read_frame(&mut self.inbox)? {
            None => Err(PipeError::Closed),
            Some(json) => {
                serde_json::from_slice(&json).map_err(|why| PipeError::Decode(why.to_string()))
            }
        }
    }

    /// Waits for at most `timeout` until `recv` would find something.
    ///
    /// # Errors
    /// [`PipeError::Io`]: the system refuses to wait.
    pub fn poll(&self, timeout: Duration) -> Result<bool, PipeError> {
        if self.finds_something() {
            return Ok(true);
        }
        let begun = Instant::now();
        loop {
            let left = timeout.saturating_sub(begun.elapsed());
            // One more than the whole milliseconds, unless there is nothing left at all.
            let millis = if left.is_zero() { 0 } else { left.as_millis() + 1 };
            let patience = PollTimeout::try_from(millis).unwrap_or(PollTimeout::MAX);
            if self.rest(PollFlags::POLLIN, patience)? {
                return Ok(true);
            }
            if left.is_zero() {
                return Ok(false);
            }
        }
    }

    /// Sleeps until something of `wanted` (or a hang-up) is there; false: not yet.
    fn rest(&self, wanted: PollFlags, patience: PollTimeout) -> Result<bool, PipeError> {
        let mut watched = [PollFd::new(self.socket.as_fd(), wanted)];
        match nix::poll::poll(&mut watched, patience) {
            Ok(count) => Ok(count > 0),
            Err(Errno::EINTR) => Ok(false),
            Err(errno) => Err(PipeError::Io(errno.into())),
        }
    }

    /// Puts into the inbox what is there now.
    fn listen(&mut self) -> Result<(), PipeError> {
        let mut some = [0; 16384];
        match recv(self.socket.as_raw_fd(), &mut some, MsgFlags::empty()) {
            Ok(0) | Err(Errno::ECONNRESET) => self.over = true,
            Ok(count) => self.inbox.extend(&some[..count]),
            Err(Errno::EAGAIN | Errno::EINTR) => {}
            Err(errno) => return Err(PipeError::Io(errno.into())),
        }
        Ok(())
    }

    fn announced(&self) -> Option<usize> {
        let mut header = [0; 4];
        for (index, byte) in header.iter_mut().enumerate() {
            *byte = *self.inbox.get(index)?;
        }
        Some(u32::from_le_bytes(header) as usize)
    }

    fn finds_something(&self) -> bool {
        self.over
            || self.announced().is_some_and(|len| len > MAX_FRAME || self.inbox.len() - 4 >= len)
    }
}
