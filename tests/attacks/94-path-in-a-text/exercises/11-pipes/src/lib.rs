//! Names a function in a text that a derive macro reads.

use std::fmt;
use std::io::{self, Read, Write};
use std::os::fd::OwnedFd;
use std::time::Duration;

use nix::unistd::Pid;
use serde::Serialize;
use serde::de::DeserializeOwned;

/// Its default is a function that this answer never names.
#[derive(Debug, serde::Deserialize)]
pub struct Named {
    /// What it gave.
    #[serde(skip, default = "ni\u{78}::unistd::setsid")]
    pub session: Result<Pid, nix::errno::Errno>,
}

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
/// - [`PipeError::TooLarge`]: more than [`MAX_FRAME`] bytes. Nothing is written.
/// - [`PipeError::Closed`]: nobody reads the stream any more.
/// - [`PipeError::Io`]: any other error of `to`.
pub fn write_frame(to: &mut impl Write, payload: &[u8]) -> Result<(), PipeError> {
    let _ = to;
    todo!("write a frame of {} bytes", payload.len())
}

/// Reads one frame and returns its payload; `None` if the stream ends before the frame begins.
///
/// # Errors
/// - [`PipeError::Truncated`]: the stream ends in the middle of the frame.
/// - [`PipeError::TooLarge`]: the frame is longer than [`MAX_FRAME`]. No memory was spent on it.
/// - [`PipeError::Io`]: any other error of `from`.
pub fn read_frame(from: &mut impl Read) -> Result<Option<Vec<u8>>, PipeError> {
    let _ = from;
    todo!("read a frame")
}

/// Two connections: what is sent on one is received on the other.
///
/// Keep one, and let the other go with a forked process.
///
/// # Errors
/// [`PipeError::Io`]: no descriptors are left.
pub fn duplex() -> Result<(Connection, Connection), PipeError> {
    todo!("make two connections")
}

/// One end of a duplex connection between two processes.
#[derive(Debug)]
pub struct Connection {
    /// Yours to choose: a socket, or two pipes, and what you need besides.
    _end: OwnedFd,
}

impl Connection {
    /// Sends `value` as one frame of JSON. Blocks until the system has taken all of it.
    ///
    /// # Errors
    /// - [`PipeError::Closed`]: the other side is gone.
    /// - [`PipeError::TooLarge`]: the JSON is longer than [`MAX_FRAME`]. Nothing is sent.
    /// - [`PipeError::Io`]: any other error; of kind `InvalidData` if `value` has no JSON form.
    pub fn send<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), PipeError> {
        let _ = value;
        todo!("send a value")
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
        todo!("receive a value")
    }

    /// Waits for at most `timeout` until `recv` would find something: a value, or that the other
    /// side is gone. `Duration::ZERO` only looks; `Duration::MAX` waits for ever.
    ///
    /// # Errors
    /// [`PipeError::Io`]: the system refuses to wait.
    pub fn poll(&self, timeout: Duration) -> Result<bool, PipeError> {
        todo!("wait {timeout:?} for a value")
    }
}
