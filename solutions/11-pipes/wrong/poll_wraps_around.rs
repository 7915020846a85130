//! Fails: long_waits_are_long (wrong-answer)
//!
//! The timeout is cut to the 32 bits that the kernel counts in. One of 2^32 milliseconds is none at all.

use std::fmt;
use std::io::{self, IoSlice, Read, Write};
use std::os::fd::{AsFd, AsRawFd, OwnedFd};
use std::time::{Duration, Instant};

use nix::errno::Errno;
use nix::poll::{PollFd, PollFlags, PollTimeout};
use nix::sys::socket::{self, AddressFamily, MsgFlags, SockFlag, SockType};
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

/// What the first bytes of a stream tell.
enum Cut {
    /// Not yet a frame.
    More,
    /// A whole frame, of so many bytes of payload.
    Whole(usize),
    /// An announcement that nobody has to believe.
    Absurd(usize),
}

fn look(bytes: &[u8]) -> Cut {
    let Some((header, rest)) = bytes.split_first_chunk::<4>() else { return Cut::More };
    let len = u32::from_le_bytes(*header) as usize;
    match len {
        absurd if absurd > MAX_FRAME => Cut::Absurd(absurd),
        whole if whole <= rest.len() => Cut::Whole(whole),
        _ => Cut::More,
    }
}

/// Writes `payload` as one frame.
///
/// # Errors
/// `TooLarge`, `Closed`, `Io`.
pub fn write_frame(to: &mut impl Write, payload: &[u8]) -> Result<(), PipeError> {
    if payload.len() > MAX_FRAME {
        return Err(PipeError::TooLarge { len: payload.len() });
    }
    let header = (payload.len() as u32).to_le_bytes();
    let mut slices = [IoSlice::new(&header), IoSlice::new(payload)];
    let mut rest = &mut slices[..];
    // Empty slices at the front go away: an empty payload leaves nothing to write.
    IoSlice::advance_slices(&mut rest, 0);
    while !rest.is_empty() {
        match to.write_vectored(rest) {
            Ok(0) => return Err(PipeError::Io(io::ErrorKind::WriteZero.into())),
            Ok(n) => IoSlice::advance_slices(&mut rest, n),
            Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
            Err(e) if e.kind() == io::ErrorKind::BrokenPipe => return Err(PipeError::Closed),
            Err(e) => return Err(PipeError::Io(e)),
        }
    }
    Ok(())
}

/// Reads one frame and returns its payload; `None` if the stream ends before the frame begins.
///
/// # Errors
/// `Truncated`, `TooLarge`, `Io`.
pub fn read_frame(from: &mut impl Read) -> Result<Option<Vec<u8>>, PipeError> {
    // Never asks for a byte of the next frame: first up to four bytes, then up to what is missing.
    let mut seen: Vec<u8> = Vec::new();
    let mut scratch = [0u8; 8192];
    loop {
        let missing = match look(&seen) {
            Cut::Whole(_) => {
                seen.drain(..4);
                return Ok(Some(seen));
            }
            Cut::Absurd(len) => return Err(PipeError::TooLarge { len }),
            Cut::More if seen.len() < 4 => 4 - seen.len(),
            Cut::More => {
                let len = u32::from_le_bytes([seen[0], seen[1], seen[2], seen[3]]) as usize;
                len + 4 - seen.len()
            }
        };
        let space = missing.min(scratch.len());
        match from.read(&mut scratch[..space]) {
            Ok(0) if seen.is_empty() => return Ok(None),
            Ok(0) => return Err(PipeError::Truncated),
            Ok(n) => seen.extend_from_slice(&scratch[..n]),
            Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
            Err(e) => return Err(PipeError::Io(e)),
        }
    }
}

/// The sending side of a socket, as a `Write` that raises no signal.
struct Quiet<'a>(&'a OwnedFd);

impl Write for Quiet<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.write_vectored(&[IoSlice::new(bytes)])
    }

    fn write_vectored(&mut self, slices: &[IoSlice<'_>]) -> io::Result<usize> {
        let flags = MsgFlags::MSG_NOSIGNAL;
        match socket::sendmsg::<()>(self.0.as_raw_fd(), slices, &[], flags, None) {
            // The peer died while the call waited for room, with mail of ours unread.
            Err(Errno::ECONNRESET) => Err(io::ErrorKind::BrokenPipe.into()),
            other => Ok(other?),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Two connections: what is sent on one is received on the other.
///
/// # Errors
/// [`PipeError::Io`]: no descriptors are left.
pub fn duplex() -> Result<(Connection, Connection), PipeError> {
    let kind = SockType::Stream;
    match socket::socketpair(AddressFamily::Unix, kind, None, SockFlag::SOCK_CLOEXEC) {
        Ok((one, two)) => {
            let wrap = |end| Connection { end, inbox: Vec::new() };
            Ok((wrap(one), wrap(two)))
        }
        Err(errno) => Err(PipeError::Io(errno.into())),
    }
}

/// One end of a duplex connection between two processes.
#[derive(Debug)]
pub struct Connection {
    end: OwnedFd,
    inbox: Vec<u8>,
}

impl Connection {
    /// Sends `value` as one frame of JSON. Blocks until the system has taken all of it.
    ///
    /// # Errors
    /// `Closed`, `TooLarge`, `Io`.
    pub fn send<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), PipeError> {
        let json = serde_json::to_vec(value)
            .map_err(|why| PipeError::Io(io::Error::new(io::ErrorKind::InvalidData, why)))?;
        write_frame(&mut Quiet(&self.end), &json)
    }

    /// Receives the next value; blocks until it has come.
    ///
    /// # Errors
    /// `Closed`, `Truncated`, `TooLarge`, `Decode`, `Io`.
    pub fn recv<T: DeserializeOwned>(&mut self) -> Result<T, PipeError> {
        let mut chunk = vec![0; 65536];
        loop {
            match look(&self.inbox) {
                Cut::Absurd(len) => return Err(PipeError::TooLarge { len }),
                Cut::Whole(len) => {
                    let value = serde_json::from_slice(&self.inbox[4..4 + len]);
                    self.inbox.drain(..4 + len);
                    return value.map_err(|why| PipeError::Decode(why.to_string()));
                }
                Cut::More => {}
            }
            match socket::recv(self.end.as_raw_fd(), &mut chunk, MsgFlags::empty()) {
                Err(Errno::EINTR) => {}
                Ok(0) | Err(Errno::ECONNRESET) if self.inbox.is_empty() => {
                    return Err(PipeError::Closed);
                }
                Ok(0) | Err(Errno::ECONNRESET) => return Err(PipeError::Truncated),
                Ok(n) => self.inbox.extend_from_slice(&chunk[..n]),
                Err(errno) => return Err(PipeError::Io(errno.into())),
            }
        }
    }

    /// Waits for at most `timeout` until `recv` would find something.
    ///
    /// # Errors
    /// [`PipeError::Io`]: the system refuses to wait.
    pub fn poll(&self, timeout: Duration) -> Result<bool, PipeError> {
        if !matches!(look(&self.inbox), Cut::More) {
            return Ok(true);
        }
        let deadline = Instant::now().checked_add(timeout);
        loop {
            let patience = match deadline {
                None => PollTimeout::NONE,
                Some(end) => {
                    let left = end.saturating_duration_since(Instant::now());
                    let millis = left.as_nanos().div_ceil(1_000_000) as u32;
                    PollTimeout::try_from(millis).unwrap_or(PollTimeout::MAX)
                }
            };
            let mut watched = [PollFd::new(self.end.as_fd(), PollFlags::POLLIN)];
            match nix::poll::poll(&mut watched, patience) {
                Ok(0) if deadline.is_some() => return Ok(false),
                Ok(0) | Err(Errno::EINTR) => {}
                Ok(_) => return Ok(true),
                Err(errno) => return Err(PipeError::Io(errno.into())),
            }
        }
    }
}
