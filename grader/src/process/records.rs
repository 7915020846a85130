//! What a check says on its channel, and who says it.
//!
//! A process that the check forks has all that the check has: its memory, with the nonce in it, and its
//! end of the channel. So the nonce alone does not tell who speaks. The kernel does: it writes the
//! sender's process id beside every piece (`SO_PASSCRED`), in our own numbers whatever namespace the
//! sender is in, and only who is privileged outside of a sandbox can have it write another one. What
//! other processes say is not an offence, since a child may have lost its way into the check's code; it
//! just does not count.

use std::io::{self, IoSliceMut, Write as _};
use std::os::fd::{AsFd, AsRawFd as _, BorrowedFd, OwnedFd};
use std::os::unix::net::UnixStream;

use evidence::record::{Message, Record};
use evidence::{Outcome, Request};
use nix::cmsg_space;
use nix::errno::Errno;
use nix::sys::socket::{
    ControlMessageOwned, MsgFlags, RecvMsg, UnixCredentials, recvmsg, setsockopt, sockopt,
};

/// A check says little; more than this on its channel, whoever says it, is a flood.
const FLOOD: usize = 4 * 1024 * 1024;

/// The supervisor's end of a check's channel.
#[derive(Debug)]
pub(super) struct Records {
    socket: UnixStream,
    nonce: String,
    /// The check's process, once it is known.
    check: Option<i32>,
    /// What has come of the check's next line.
    line: Vec<u8>,
    /// Bytes that came, from anybody.
    total: usize,
    /// Whether nothing more will come.
    pub(super) ended: bool,
    /// What the check has told so far.
    pub(super) told: Told,
}

/// What a check told on its channel.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Told {
    /// That it began.
    pub(super) begun: bool,
    /// The last step that it announced.
    pub(super) last_step: Option<String>,
    /// Its first completion; nothing after it counts.
    pub(super) outcome: Option<Outcome>,
}

impl Records {
    /// A channel with the request in it, and the check's end of it.
    pub(super) fn open(request: &Request) -> io::Result<(Self, OwnedFd)> {
        let (ours, theirs) = UnixStream::pair()?;
        // Before anybody can write: what was sent earlier has no sender.
        setsockopt(&ours, sockopt::PassCred, &true)?;
        let mut line = serde_json::to_vec(request)?;
        line.push(b'\n');
        (&ours).write_all(&line)?;
        // Nothing more will come: whoever reads standard input after the check sees its end.
        ours.shutdown(std::net::Shutdown::Write)?;
        let records = Self {
            socket: ours,
            nonce: request.nonce.clone(),
            check: None,
            line: Vec::new(),
            total: 0,
            ended: false,
            told: Told::default(),
        };
        Ok((records, OwnedFd::from(theirs)))
    }

    /// Listens to this process alone. Where it is not told, that is the first one which speaks: none of
    /// the answer's code has run before the check's first word.
    pub(super) fn listen_to(&mut self, process: u32) {
        self.check = i32::try_from(process).ok();
    }

    /// Takes all that is there.
    pub(super) fn drain_to_the_end(&mut self) {
        while self.drain() && !self.is_flooded() {}
    }

    /// Takes what is there now, at most a mebibyte, so that a flood does not starve the clock. Whether
    /// there may be more.
    pub(super) fn drain(&mut self) -> bool {
        let mut buffer = [0; 64 * 1024];
        for _ in 0..16 {
            match self.receive(&mut buffer) {
                Ok((0, _)) => self.ended = true,
                Ok((length, sender)) => self.take(&buffer[..length], sender),
                Err(Errno::EINTR) => {}
                Err(Errno::EAGAIN) => return false,
                Err(_) => self.ended = true,
            }
            if self.ended {
                return false;
            }
        }
        true
    }

    /// Whether more came than a check would say.
    pub(super) fn is_flooded(&self) -> bool {
        self.total > FLOOD
    }

    /// One piece, which is of one sender: the kernel glues no two senders' bytes together.
    fn receive(&self, buffer: &mut [u8]) -> Result<(usize, Option<i32>), Errno> {
        let mut space = cmsg_space!(UnixCredentials);
        let mut buffers = [IoSliceMut::new(buffer)];
        let flags = MsgFlags::MSG_DONTWAIT | MsgFlags::MSG_CMSG_CLOEXEC;
        let piece = recvmsg::<()>(self.socket.as_raw_fd(), &mut buffers, Some(&mut space), flags)?;
        Ok((piece.bytes, sender(&piece)))
    }

    fn take(&mut self, bytes: &[u8], sender: Option<i32>) {
        self.total += bytes.len();
        let Some(sender) = sender else { return };
        if *self.check.get_or_insert(sender) != sender || self.told.outcome.is_some() {
            return;
        }
        for part in bytes.split_inclusive(|&byte| byte == b'\n') {
            self.line.extend_from_slice(part);
            if part.ends_with(b"\n") {
                let line = std::mem::take(&mut self.line);
                self.understand(&line);
            }
        }
    }

    fn understand(&mut self, line: &[u8]) {
        let Ok(record) = serde_json::from_slice::<Record>(line) else { return };
        if record.nonce != self.nonce || self.told.outcome.is_some() {
            return;
        }
        match record.message {
            Message::Begun => self.told.begun = true,
            Message::Step(text) => self.told.last_step = Some(text),
            Message::Done(outcome) => self.told.outcome = Some(outcome),
        }
    }
}

impl AsFd for Records {
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.socket.as_fd()
    }
}

/// Who sent it. A piece that brings more than its sender, as descriptors, does not fit the space for
/// that and has none.
fn sender(piece: &RecvMsg<'_, '_, ()>) -> Option<i32> {
    piece.cmsgs().ok()?.find_map(|message| match message {
        ControlMessageOwned::ScmCredentials(credentials) => Some(credentials.pid()),
        _ => None,
    })
}

#[cfg(test)]
mod tests;
