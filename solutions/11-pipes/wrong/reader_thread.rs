//! Fails: hello_and_hi (hang)
//!
//! A thread that is started with the connection reads ahead, so that `send` never has to listen. But a
//! fork takes no thread along except the one that forks: in the new process nobody reads.

use std::collections::VecDeque;
use std::fmt;
use std::io::{self, ErrorKind, Read, Write};
use std::os::unix::net::UnixStream;
use std::time::Duration;

use serde::Serialize;
use serde::de::DeserializeOwned;
use sync::{Arc, Condvar, Mutex, thread};

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
            // A socket says `ConnectionReset` when its peer left without reading all its mail.
            ErrorKind::BrokenPipe | ErrorKind::ConnectionReset => Self::Closed,
            _ => Self::Io(error),
        }
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
/// - [`PipeError::Closed`]: the connection was reset.
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
/// # Errors
/// [`PipeError::Io`]: no descriptors are left.
pub fn duplex() -> Result<(Connection, Connection), PipeError> {
    let (one, other) = UnixStream::pair()?;
    Ok((Connection::new(one)?, Connection::new(other)?))
}

/// What has come, and how it ended.
type Inbox = (Mutex<VecDeque<Result<Vec<u8>, PipeError>>>, Condvar);

/// One end of a duplex connection between two processes.
#[derive(Debug)]
pub struct Connection {
    socket: UnixStream,
    inbox: Arc<Inbox>,
}

impl Connection {
    fn new(socket: UnixStream) -> io::Result<Self> {
        let inbox = Arc::new(Inbox::default());
        let (mut from, into) = (socket.try_clone()?, Arc::clone(&inbox));
        thread::spawn(move || {
            loop {
                let frame = read_frame(&mut from).and_then(|frame| frame.ok_or(PipeError::Closed));
                let ended = frame.is_err();
                into.0.lock().unwrap().push_back(frame);
                into.1.notify_all();
                if ended {
                    break;
                }
            }
        });
        Ok(Self { socket, inbox })
    }

    /// Sends `value` as one frame of JSON.
    ///
    /// # Errors
    /// [`PipeError::Closed`], [`PipeError::TooLarge`] or [`PipeError::Io`].
    pub fn send<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), PipeError> {
        let payload = serde_json::to_vec(value).map_err(io::Error::from)?;
        write_frame(&mut self.socket, &payload)
    }

    /// Receives the next value; blocks until it has come.
    ///
    /// # Errors
    /// Any [`PipeError`].
    pub fn recv<T: DeserializeOwned>(&mut self) -> Result<T, PipeError> {
        let queue = self.inbox.0.lock().unwrap();
        let mut queue = self.inbox.1.wait_while(queue, |queue| queue.is_empty()).unwrap();
        match queue.pop_front() {
            Some(Ok(payload)) => {
                serde_json::from_slice(&payload).map_err(|e| PipeError::Decode(e.to_string()))
            }
            // The end stays the end.
            Some(Err(_)) => {
                queue.push_back(Err(PipeError::Closed));
                Err(PipeError::Closed)
            }
            None => unreachable!("the wait ends when there is something"),
        }
    }

    /// Waits for at most `timeout` until `recv` would find something.
    ///
    /// # Errors
    /// None.
    pub fn poll(&self, timeout: Duration) -> Result<bool, PipeError> {
        let queue = self.inbox.0.lock().unwrap();
        let waited = self.inbox.1.wait_timeout_while(queue, timeout, |queue| queue.is_empty());
        Ok(!waited.unwrap().0.is_empty())
    }
}
