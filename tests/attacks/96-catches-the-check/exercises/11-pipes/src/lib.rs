//! The reference answer, but for a loop that only the check's own complaint ends.

use std::fmt;
use std::io::{self, ErrorKind, Read, Write};
use std::os::fd::AsFd;
use std::os::unix::net::UnixStream;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::{Duration, Instant};

use nix::errno::Errno;
use nix::poll::{PollFd, PollFlags, PollTimeout};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// The most bytes that a frame may carry, its length not counted.
pub const MAX_FRAME: usize = 16 * 1024 * 1024;

/// Bytes of the length in front of a frame.
const HEADER: usize = size_of::<u32>();

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

/// What an error of a stream means to us.
fn failure(error: io::Error) -> PipeError {
    match error.kind() {
        ErrorKind::BrokenPipe | ErrorKind::ConnectionReset => PipeError::Closed,
        _ => PipeError::Io(error),
    }
}

/// Writes `payload` as one frame.
///
/// # Errors
/// - [`PipeError::TooLarge`]: more than [`MAX_FRAME`] bytes. Nothing is written.
/// - [`PipeError::Closed`]: nobody reads the stream any more.
/// - [`PipeError::Io`]: any other error of `to`.
pub fn write_frame(to: &mut impl Write, payload: &[u8]) -> Result<(), PipeError> {
    let len = payload.len();
    if len > MAX_FRAME {
        return Err(PipeError::TooLarge { len });
    }
    let frame = [&(len as u32).to_le_bytes()[..], payload].concat();
    let mut rest = &frame[..];
    while !rest.is_empty() {
        // Asks for ever, until the check has enough and says so.
        let written = catch_unwind(AssertUnwindSafe(|| to.write(rest)));
        match written.unwrap_or_else(|_| Err(io::ErrorKind::WriteZero.into())) {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            written => rest = &rest[written.map_err(failure)?..],
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
    let header = read_up_to(from, HEADER).map_err(failure)?;
    if header.is_empty() {
        return Ok(None);
    }
    let header = header.try_into().map_err(|_| PipeError::Truncated)?;
    let len = u32::from_le_bytes(header) as usize;
    if len > MAX_FRAME {
        return Err(PipeError::TooLarge { len });
    }
    let payload = read_up_to(from, len).map_err(failure)?;
    if payload.len() < len { Err(PipeError::Truncated) } else { Ok(Some(payload)) }
}

/// Reads `count` bytes, or fewer if the stream ends first.
fn read_up_to(from: &mut impl Read, count: usize) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    // `read_to_end` repeats short and interrupted reads. It takes memory as bytes arrive, so that
    // a length alone costs nothing, and keeps them also if it fails.
    match from.take(count as u64).read_to_end(&mut bytes) {
        // A socket says so when its peer left without reading all its mail: an end like any other.
        Err(error) if error.kind() == ErrorKind::ConnectionReset => Ok(bytes),
        result => result.map(|_| bytes),
    }
}

/// Two connections: what is sent on one is received on the other.
///
/// Keep one, and let the other go with a forked process.
///
/// # Errors
/// [`PipeError::Io`]: no descriptors are left.
pub fn duplex() -> Result<(Connection, Connection), PipeError> {
    // The standard library marks both to be closed on exec, so that no program which is started
    // later keeps a copy and with it the connection.
    let (one, other) = UnixStream::pair().map_err(failure)?;
    Ok((Connection { socket: one }, Connection { socket: other }))
}

/// One end of a duplex connection between two processes.
#[derive(Debug)]
pub struct Connection {
    socket: UnixStream,
}

impl Connection {
    /// Sends `value` as one frame of JSON; blocks while the other side is slow to listen.
    ///
    /// # Errors
    /// - [`PipeError::Closed`]: the other side is gone.
    /// - [`PipeError::TooLarge`]: the JSON is longer than [`MAX_FRAME`]. Nothing is sent.
    /// - [`PipeError::Io`]: any other error; of kind `InvalidData` if `value` has no JSON form.
    pub fn send<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), PipeError> {
        let payload = serde_json::to_vec(value).map_err(|error| failure(error.into()))?;
        // The standard library's sockets report a dead peer as an error, never by SIGPIPE.
        write_frame(&mut self.socket, &payload)
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
        let payload = read_frame(&mut self.socket)?.ok_or(PipeError::Closed)?;
        serde_json::from_slice(&payload).map_err(|error| PipeError::Decode(error.to_string()))
    }

    /// Waits for at most `timeout` until `recv` would find something: a value, or that the other
    /// side is gone. `Duration::ZERO` only looks; `Duration::MAX` waits for ever.
    ///
    /// # Errors
    /// [`PipeError::Io`]: the system refuses to wait.
    pub fn poll(&self, timeout: Duration) -> Result<bool, PipeError> {
        // `None` where the clock cannot tell such a distant moment.
        let deadline = Instant::now().checked_add(timeout);
        loop {
            let left = deadline.map(|d| d.saturating_duration_since(Instant::now()));
            // Nothing is ever read ahead of `recv`, so what the kernel holds is all there is. It
            // reports a hang-up whether or not it is asked to.
            let mut watched = [PollFd::new(self.socket.as_fd(), PollFlags::POLLIN)];
            match nix::poll::poll(&mut watched, milliseconds(left)) {
                Ok(0) if left != Some(Duration::ZERO) => {}
                // A signal came in between; what is left of the time counts on.
                Err(Errno::EINTR) => {}
                ready => {
                    return ready.map(|count| count > 0).map_err(|errno| failure(errno.into()));
                }
            }
        }
    }
}

/// `left` for the kernel: rounded up, so that the last part of a millisecond is not spent spinning.
fn milliseconds(left: Option<Duration>) -> PollTimeout {
    left.map_or(PollTimeout::NONE, |left| {
        let whole = left.as_nanos().div_ceil(1_000_000);
        PollTimeout::try_from(whole).unwrap_or(PollTimeout::MAX)
    })
}
