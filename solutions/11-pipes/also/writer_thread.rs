//! Blocking sockets: while one thread pushes a frame out, the other takes in what comes.

use std::collections::VecDeque;
use std::fmt;
use std::io::{self, ErrorKind, Read, Write};
use std::os::fd::{AsFd, BorrowedFd};
use std::os::unix::net::UnixStream;
use std::time::{Duration, Instant};

use nix::errno::Errno;
use nix::poll::{PollFd, PollFlags, PollTimeout, poll};
use serde::Serialize;
use serde::de::DeserializeOwned;
use sync::thread;

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

impl From<io::Error> for PipeError {
    fn from(error: io::Error) -> Self {
        match error.kind() {
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
    let len = payload.len();
    if len > MAX_FRAME {
        return Err(PipeError::TooLarge { len });
    }
    // In one piece, so that a small frame costs one system call and not two. `write_all` goes on
    // after a short write and after EINTR, and gives up when the stream takes nothing at all.
    let mut frame = Vec::with_capacity(HEADER + len);
    frame.extend_from_slice(&(len as u32).to_le_bytes());
    frame.extend_from_slice(payload);
    Ok(to.write_all(&frame)?)
}

/// Reads one frame and returns its payload; `None` if the stream ends before the frame begins.
///
/// # Errors
/// - [`PipeError::Truncated`]: the stream ends in the middle of the frame.
/// - [`PipeError::TooLarge`]: the frame is longer than [`MAX_FRAME`]. No memory was spent on it.
/// - [`PipeError::Io`]: any other error of `from`.
pub fn read_frame(from: &mut impl Read) -> Result<Option<Vec<u8>>, PipeError> {
    let header = read_up_to(from, HEADER)?;
    if header.is_empty() {
        return Ok(None);
    }
    let len = frame_length(&header).ok_or(PipeError::Truncated)?;
    if len > MAX_FRAME {
        return Err(PipeError::TooLarge { len });
    }
    let payload = read_up_to(from, len)?;
    if payload.len() < len { Err(PipeError::Truncated) } else { Ok(Some(payload)) }
}

/// The length that a header announces; `None` if the header is cut.
fn frame_length(header: &[u8]) -> Option<usize> {
    header.first_chunk().map(|bytes| u32::from_le_bytes(*bytes) as usize)
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
    let (one, other) = UnixStream::pair()?;
    let connection = |socket| Connection { stream: Duplex { socket, inbox: VecDeque::new() } };
    Ok((connection(one), connection(other)))
}

/// One end of a duplex connection between two processes.
#[derive(Debug)]
pub struct Connection {
    stream: Duplex,
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
        self.stream.push(&payload)
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
        let payload = read_frame(&mut self.stream)?.ok_or(PipeError::Closed)?;
        serde_json::from_slice(&payload).map_err(|error| PipeError::Decode(error.to_string()))
    }

    /// Waits for at most `timeout` until `recv` would find something: a value, or that the other
    /// side is gone. `Duration::ZERO` only looks; `Duration::MAX` waits for ever.
    ///
    /// # Errors
    /// [`PipeError::Io`]: the system refuses to wait.
    pub fn poll(&self, timeout: Duration) -> Result<bool, PipeError> {
        let Duplex { socket, inbox } = &self.stream;
        Ok(!inbox.is_empty() || is_ready(&mut [readable(socket)], Some(timeout))?)
    }
}

/// A socket, and what came while we were sending.
#[derive(Debug)]
struct Duplex {
    socket: UnixStream,
    inbox: VecDeque<u8>,
}

impl Duplex {
    /// Writes a frame in a second thread, and takes in what comes until that is done.
    ///
    /// The thread ends with this call. One that lived longer would not be there after a fork.
    fn push(&mut self, payload: &[u8]) -> Result<(), PipeError> {
        // Nothing is ever written to this pipe: its end is the news.
        let (done, writing) = io::pipe()?;
        let Self { socket, inbox } = self;
        thread::scope(|scope| {
            let mut to = &*socket;
            let writer = scope.spawn(move || {
                let result = write_frame(&mut to, payload);
                drop(writing);
                result
            });
            loop {
                let mut watched = [readable(&done), readable(socket)];
                is_ready(&mut watched, None)?;
                let [done, incoming] = watched.map(|fd| fd.any().unwrap_or(true));
                // At the end of the stream the writer fails by itself, so nothing is to be done.
                let at_end = incoming && take_in(socket, inbox)? == 0;
                if done || at_end {
                    return writer.join().expect("writing a frame does not panic");
                }
            }
        })
    }
}

impl Read for Duplex {
    fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        if self.inbox.is_empty() {
            take_in(&self.socket, &mut self.inbox)?;
        }
        self.inbox.read(bytes)
    }
}

/// Moves what has come into the inbox, and waits for it if nothing has; 0: the peer is gone.
fn take_in(mut socket: &UnixStream, inbox: &mut VecDeque<u8>) -> io::Result<usize> {
    let mut chunk = [0; 64 * 1024];
    let count = socket.read(&mut chunk)?;
    inbox.extend(&chunk[..count]);
    Ok(count)
}

fn readable(fd: &impl AsFd) -> PollFd<'_> {
    let fd: BorrowedFd<'_> = fd.as_fd();
    PollFd::new(fd, PollFlags::POLLIN)
}

/// Waits until one of the descriptors is ready; false when `timeout` has passed. `None`: for ever.
fn is_ready(watched: &mut [PollFd<'_>], timeout: Option<Duration>) -> io::Result<bool> {
    let deadline = timeout.and_then(|timeout| Instant::now().checked_add(timeout));
    loop {
        let left = deadline.map(|d| d.saturating_duration_since(Instant::now()));
        let limit = left.map_or(PollTimeout::NONE, |left| {
            let whole = left.as_nanos().div_ceil(1_000_000);
            PollTimeout::try_from(whole).unwrap_or(PollTimeout::MAX)
        });
        match poll(watched, limit) {
            Ok(0) if left != Some(Duration::ZERO) => {}
            Err(Errno::EINTR) => {}
            ready => return Ok(ready? > 0),
        }
    }
}
