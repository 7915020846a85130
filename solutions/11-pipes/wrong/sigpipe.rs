//! Fails: dead_peer_is_no_death_sentence (crashed)
//!
//! A plain write to a pipe that nobody reads any more. Rust programs ignore `SIGPIPE`, so it seems to
//! work; in a program that does not, the signal kills the writer before it can see an error.

use std::collections::VecDeque;
use std::fmt;
use std::io::{self, ErrorKind, PipeReader, PipeWriter, Read, Write};
use std::os::fd::AsFd;
use std::time::{Duration, Instant};

use nix::errno::Errno;
use nix::poll::{PollFd, PollFlags, PollTimeout, poll};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// The most bytes that a frame may carry, its length not counted.
pub const MAX_FRAME: usize = 16 * 1024 * 1024;

/// Bytes of the length in front of a frame.
const HEADER: usize = size_of::<u32>();

/// Bytes that a pipe takes at once if it takes any: Linux's `PIPE_BUF`. So no write has to wait, and the
/// pipes need no mode in which none does.
const PIECE: usize = 4096;

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
            ErrorKind::BrokenPipe => Self::Closed,
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
    // a length alone costs nothing.
    from.take(count as u64).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Two connections: what is sent on one is received on the other.
///
/// Keep one, and let the other go with a forked process.
///
/// # Errors
/// [`PipeError::Io`]: no descriptors are left.
pub fn duplex() -> Result<(Connection, Connection), PipeError> {
    let (from_other, to_one) = io::pipe()?;
    let (from_one, to_other) = io::pipe()?;
    Ok((Connection::new(from_other, to_other), Connection::new(from_one, to_one)))
}

/// One end of a duplex connection between two processes.
#[derive(Debug)]
pub struct Connection {
    stream: Pipes,
}

impl Connection {
    fn new(from: PipeReader, to: PipeWriter) -> Self {
        Self { stream: Pipes { from, to, inbox: VecDeque::new() } }
    }

    /// Sends `value` as one frame of JSON. Both sides may send at once: while this one waits for
    /// room it takes in what the other one sends.
    ///
    /// # Errors
    /// - [`PipeError::Closed`]: the other side is gone.
    /// - [`PipeError::TooLarge`]: the JSON is longer than [`MAX_FRAME`]. Nothing is sent.
    /// - [`PipeError::Io`]: any other error; of kind `InvalidData` if `value` has no JSON form.
    pub fn send<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), PipeError> {
        let payload = serde_json::to_vec(value).map_err(io::Error::from)?;
        write_frame(&mut self.stream, &payload)
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
        // What is in the inbox came while we were sending, and the rest of its frame is on its way.
        Ok(!self.stream.inbox.is_empty() || self.stream.wait(false, Some(timeout))?)
    }
}

/// The two pipes, and what came while we were sending.
#[derive(Debug)]
struct Pipes {
    from: PipeReader,
    to: PipeWriter,
    inbox: VecDeque<u8>,
}

impl Pipes {
    /// Takes in what the pipe holds, and waits if that is nothing; 0: the peer is gone.
    fn take_in(&mut self) -> io::Result<usize> {
        let mut chunk = [0; 64 * 1024];
        let count = self.from.read(&mut chunk)?;
        self.inbox.extend(&chunk[..count]);
        Ok(count)
    }

    /// Waits until there is something to read, or, if `writing`, room to write; false when `timeout`
    /// has passed. `None`: for ever.
    fn wait(&self, writing: bool, timeout: Option<Duration>) -> io::Result<bool> {
        let deadline = timeout.and_then(|timeout| Instant::now().checked_add(timeout));
        loop {
            let left = deadline.map(|d| d.saturating_duration_since(Instant::now()));
            let incoming = PollFd::new(self.from.as_fd(), PollFlags::POLLIN);
            let outgoing = PollFd::new(self.to.as_fd(), PollFlags::POLLOUT);
            let watched = &mut [incoming, outgoing][..if writing { 2 } else { 1 }];
            match poll(watched, milliseconds(left)) {
                Ok(0) if left != Some(Duration::ZERO) => {}
                Err(Errno::EINTR) => {}
                ready => return Ok(ready? > 0),
            }
        }
    }
}

/// Whether a call on this end of a pipe would return at once.
fn is_ready(end: &impl AsFd, event: PollFlags) -> io::Result<bool> {
    Ok(poll(&mut [PollFd::new(end.as_fd(), event)], PollTimeout::ZERO)? > 0)
}

fn milliseconds(left: Option<Duration>) -> PollTimeout {
    left.map_or(PollTimeout::NONE, |left| {
        let whole = left.as_nanos().div_ceil(1_000_000);
        PollTimeout::try_from(whole).unwrap_or(PollTimeout::MAX)
    })
}

impl Read for Pipes {
    fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        while self.inbox.is_empty() {
            if self.take_in()? == 0 {
                return Ok(0);
            }
        }
        self.inbox.read(bytes)
    }
}

impl Write for Pipes {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let piece = &bytes[..bytes.len().min(PIECE)];
        while !is_ready(&self.to, PollFlags::POLLOUT)? {
            // No room: the other side may be waiting for us to listen.
            self.wait(true, None)?;
            if is_ready(&self.from, PollFlags::POLLIN)? {
                self.take_in()?;
            }
        }
        self.to.write(piece)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
