//! Never waits for a peer that only talks: a socket that does not block, and an inbox for what comes
//! while we are sending. With the reference, two sides that both send large frames and never listen
//! wait for each other for ever; with this one they do not.

use std::collections::VecDeque;
use std::fmt;
use std::io::{self, ErrorKind, Read, Write};
use std::os::fd::AsFd;
use std::os::unix::net::UnixStream;
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
    // In one piece, so that a small frame costs one system call and not two. `write_all` goes on
    // after a short write and after EINTR, and gives up when the stream takes nothing at all.
    let mut frame = Vec::with_capacity(HEADER + len);
    frame.extend_from_slice(&(len as u32).to_le_bytes());
    frame.extend_from_slice(payload);
    to.write_all(&frame).map_err(failure)
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
    let len = frame_length(&header).ok_or(PipeError::Truncated)?;
    if len > MAX_FRAME {
        return Err(PipeError::TooLarge { len });
    }
    let payload = read_up_to(from, len).map_err(failure)?;
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
    // The standard library marks both to be closed on exec, so that no program which is started
    // later keeps a copy and with it the connection.
    let (one, other) = UnixStream::pair().map_err(failure)?;
    Ok((Connection::new(one)?, Connection::new(other)?))
}

/// One end of a duplex connection between two processes.
#[derive(Debug)]
pub struct Connection {
    stream: Duplex,
}

impl Connection {
    fn new(socket: UnixStream) -> Result<Self, PipeError> {
        socket.set_nonblocking(true).map_err(failure)?;
        Ok(Self { stream: Duplex { socket, inbox: VecDeque::new() } })
    }

    /// Sends `value` as one frame of JSON. Both sides may send at once: while this one waits for
    /// room it takes in what the other one sends.
    ///
    /// # Errors
    /// - [`PipeError::Closed`]: the other side is gone.
    /// - [`PipeError::TooLarge`]: the JSON is longer than [`MAX_FRAME`]. Nothing is sent.
    /// - [`PipeError::Io`]: any other error; of kind `InvalidData` if `value` has no JSON form.
    pub fn send<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), PipeError> {
        let payload = serde_json::to_vec(value).map_err(|error| failure(error.into()))?;
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
        if self.stream.is_ready() {
            return Ok(true);
        }
        self.stream.wait(PollFlags::POLLIN, Some(timeout)).map_err(failure)
    }
}

/// A socket that does not block, and what came while we were sending.
#[derive(Debug)]
struct Duplex {
    socket: UnixStream,
    inbox: VecDeque<u8>,
}

impl Duplex {
    /// The most that is taken in ahead of `recv`: a whole frame, so that no peer waits for ever to
    /// get its frame out. A peer that never listens itself gets no further with the next one.
    const ROOM: usize = HEADER + MAX_FRAME;

    /// Bytes that are asked of the kernel at once.
    const CHUNK: usize = 64 * 1024;

    /// Whether the inbox alone decides the next `recv`: by a whole frame, or by a hostile length.
    fn is_ready(&self) -> bool {
        let header: Vec<u8> = self.inbox.iter().take(HEADER).copied().collect();
        frame_length(&header).is_some_and(|len| len > MAX_FRAME || self.inbox.len() - HEADER >= len)
    }

    /// Takes in what the socket holds now; 0: the peer is gone.
    fn take_in(&mut self) -> io::Result<usize> {
        let mut chunk = [0; Self::CHUNK];
        let count = self.socket.read(&mut chunk)?;
        self.inbox.extend(&chunk[..count]);
        Ok(count)
    }

    /// Waits until the socket has room, and takes in what comes meanwhile: if both sides only
    /// pushed, both would wait for ever for the other one to listen.
    fn make_room(&mut self) -> io::Result<()> {
        let listening = self.inbox.len() < Self::ROOM;
        let events = if listening { PollFlags::POLLIN } else { PollFlags::empty() };
        self.wait(events | PollFlags::POLLOUT, None)?;
        if listening {
            match self.take_in() {
                // Only the way out was ready.
                Err(error) if error.kind() == ErrorKind::WouldBlock => {}
                // A peer that is gone is noticed by the next write.
                taken => drop(taken?),
            }
        }
        Ok(())
    }

    /// Waits until one of `events` or a hang-up; false when `timeout` has passed. `None`: for ever.
    fn wait(&self, events: PollFlags, timeout: Option<Duration>) -> io::Result<bool> {
        // `None` also where the clock cannot tell such a distant moment.
        let deadline = timeout.and_then(|timeout| Instant::now().checked_add(timeout));
        loop {
            let left = deadline.map(|d| d.saturating_duration_since(Instant::now()));
            let mut watched = [PollFd::new(self.socket.as_fd(), events)];
            match nix::poll::poll(&mut watched, milliseconds(left)) {
                Ok(0) if left != Some(Duration::ZERO) => {}
                // A signal came in between; what is left of the time counts on.
                Err(Errno::EINTR) => {}
                ready => return Ok(ready? > 0),
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

impl Read for Duplex {
    fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        while self.inbox.is_empty() {
            match self.take_in() {
                Err(error) if error.kind() == ErrorKind::WouldBlock => {
                    self.wait(PollFlags::POLLIN, None)?;
                }
                Ok(0) => return Ok(0),
                taken => drop(taken?),
            }
        }
        self.inbox.read(bytes)
    }
}

impl Write for Duplex {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        loop {
            // A socket of the standard library reports a dead peer as an error, never by SIGPIPE.
            match self.socket.write(bytes) {
                Err(error) if error.kind() == ErrorKind::WouldBlock => self.make_room()?,
                written => return written,
            }
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
