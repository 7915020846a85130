//! Fails: signals_do_not_prolong_poll (hang)
//!
//! After each signal `poll` waits for the whole timeout again. Signals that come often enough make it wait
//! for ever.

use std::fmt;
use std::io::{self, ErrorKind, Read, Write};
use std::os::fd::{AsFd, AsRawFd, BorrowedFd};
use std::os::unix::net::UnixStream;
use std::time::Duration;

use nix::errno::Errno;
use nix::poll::{PollFd, PollFlags, PollTimeout, poll};
use nix::sys::socket::{MsgFlags, send};
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

/// Writes `payload` as one frame.
///
/// # Errors
/// See [`PipeError`].
pub fn write_frame(to: &mut impl Write, payload: &[u8]) -> Result<(), PipeError> {
    let len = payload.len();
    if len > MAX_FRAME {
        return Err(PipeError::TooLarge { len });
    }
    let mut frame = Vec::with_capacity(4 + len);
    frame.extend_from_slice(&(len as u32).to_le_bytes());
    frame.extend_from_slice(payload);
    match to.write_all(&frame).and_then(|()| to.flush()) {
        Ok(()) => Ok(()),
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Err(PipeError::Closed),
        Err(error) => Err(PipeError::Io(error)),
    }
}

/// Reads one frame and returns its payload; `None` if the stream ends before the frame begins.
///
/// # Errors
/// See [`PipeError`].
pub fn read_frame(from: &mut impl Read) -> Result<Option<Vec<u8>>, PipeError> {
    let mut header = Vec::with_capacity(4);
    from.by_ref().take(4).read_to_end(&mut header).map_err(PipeError::Io)?;
    let header: [u8; 4] = match header.len() {
        0 => return Ok(None),
        4 => [header[0], header[1], header[2], header[3]],
        _ => return Err(PipeError::Truncated),
    };
    let len = u32::from_le_bytes(header) as usize;
    if len > MAX_FRAME {
        return Err(PipeError::TooLarge { len });
    }
    let mut payload = Vec::new();
    from.by_ref().take(len as u64).read_to_end(&mut payload).map_err(PipeError::Io)?;
    if payload.len() < len {
        return Err(PipeError::Truncated);
    }
    Ok(Some(payload))
}

/// Two connections: what is sent on one is received on the other.
///
/// # Errors
/// [`PipeError::Io`]: no descriptors are left.
pub fn duplex() -> Result<(Connection, Connection), PipeError> {
    let (a, b) = UnixStream::pair().map_err(PipeError::Io)?;
    Ok((Connection { socket: Wire(a) }, Connection { socket: Wire(b) }))
}

/// One end of a duplex connection between two processes.
#[derive(Debug)]
pub struct Connection {
    socket: Wire,
}

/// The socket, without `SIGPIPE` and without `ECONNRESET`.
#[derive(Debug)]
struct Wire(UnixStream);

impl Read for Wire {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self.0.read(buffer) {
            Err(error) if error.kind() == ErrorKind::ConnectionReset => Ok(0),
            read => read,
        }
    }
}

impl Write for Wire {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match send(self.0.as_raw_fd(), bytes, MsgFlags::MSG_NOSIGNAL) {
            Err(Errno::ECONNRESET) => Err(ErrorKind::BrokenPipe.into()),
            sent => Ok(sent?),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Waits until `fd` is readable or hung up; false after `timeout` at the earliest.
fn wait_readable(fd: BorrowedFd<'_>, timeout: Duration) -> io::Result<bool> {
    loop {
        let left = (timeout != Duration::MAX).then_some(timeout);
        let millis = match left {
            None => PollTimeout::NONE,
            // Rounded up, so that the kernel never wakes us early.
            Some(left) => PollTimeout::try_from(left.as_nanos().div_ceil(1_000_000))
                .unwrap_or(PollTimeout::MAX),
        };
        let mut fds = [PollFd::new(fd, PollFlags::POLLIN)];
        match poll(&mut fds, millis) {
            Ok(0) => return Ok(false),
            Err(Errno::EINTR) => {}
            Ok(_) => return Ok(true),
            Err(error) => return Err(error.into()),
        }
    }
}

impl Connection {
    /// Sends `value` as one frame of JSON.
    ///
    /// # Errors
    /// See [`PipeError`].
    pub fn send<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), PipeError> {
        let json = serde_json::to_vec(value)
            .map_err(|error| PipeError::Io(io::Error::new(ErrorKind::InvalidData, error)))?;
        write_frame(&mut self.socket, &json)
    }

    /// Receives the next value; blocks until it has come.
    ///
    /// # Errors
    /// See [`PipeError`].
    pub fn recv<T: DeserializeOwned>(&mut self) -> Result<T, PipeError> {
        let frame = read_frame(&mut self.socket)?.ok_or(PipeError::Closed)?;
        serde_json::from_slice(&frame).map_err(|error| PipeError::Decode(error.to_string()))
    }

    /// Waits for at most `timeout` until `recv` would find something.
    ///
    /// # Errors
    /// [`PipeError::Io`]: the system refuses to wait.
    pub fn poll(&self, timeout: Duration) -> Result<bool, PipeError> {
        wait_readable(self.socket.0.as_fd(), timeout).map_err(PipeError::Io)
    }
}
