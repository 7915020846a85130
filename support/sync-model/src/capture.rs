//! What the code prints while a schedule is replayed, so that it can be shown at the step where it was.
//!
//! Standard output and standard error lead into one pipe meanwhile. It is read after each step; all that
//! comes is passed on to standard error as it was, so that whoever limits what a check may print sees
//! it. A thread of its own reads as well: code that prints without end and makes no step would else
//! wait for ever, once the pipe is full.

use std::fs::File;
use std::io::{self, PipeReader, Read, Write};
use std::os::fd::{AsFd, AsRawFd, OwnedFd, RawFd};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;

/// Of what was printed so much is kept for [`so_far`].
const KEPT: usize = 16 * 1024;

/// Milliseconds for which the thread that reads along waits before it looks whether it is still needed.
const LOOK: i32 = 20;

static READER: Mutex<Option<Reader>> = Mutex::new(None);

struct Reader {
    pipe: PipeReader,
    /// Where it goes to after all.
    through: File,
    /// Since it was taken last.
    fresh: Vec<u8>,
    /// The beginning of it all.
    all: Vec<u8>,
}

/// Standard output and standard error are captured as long as this lives.
pub(crate) struct Capture {
    /// What they were before.
    before: [(RawFd, OwnedFd); 2],
    done: Arc<AtomicBool>,
    along: Option<JoinHandle<()>>,
}

impl Capture {
    /// Begins.
    ///
    /// # Errors
    /// When the operating system has no pipe or no descriptor left.
    pub(crate) fn begin() -> io::Result<Self> {
        let _ = io::stdout().flush();
        let (pipe, writer) = io::pipe()?;
        let out = (io::stdout().as_raw_fd(), io::stdout().as_fd().try_clone_to_owned()?);
        let err = (io::stderr().as_raw_fd(), io::stderr().as_fd().try_clone_to_owned()?);
        let through = File::from(err.1.try_clone()?);
        without_waiting(&pipe)?;
        let number = pipe.as_raw_fd();
        *lock() = Some(Reader { pipe, through, fresh: Vec::new(), all: Vec::new() });
        let done = Arc::new(AtomicBool::new(false));
        let is_done = Arc::clone(&done);
        let along = std::thread::spawn(move || {
            while !is_done.load(Ordering::Relaxed) {
                wait_for(number);
                lock().iter_mut().for_each(Reader::read);
            }
        });
        let capture = Self { before: [out, err], done, along: Some(along) };
        for (number, _) in &capture.before {
            lead(*number, writer.as_raw_fd())?;
        }
        Ok(capture)
    }
}

impl Drop for Capture {
    fn drop(&mut self) {
        let _ = io::stdout().flush();
        for (number, before) in &self.before {
            let _ = lead(*number, before.as_raw_fd());
        }
        self.done.store(true, Ordering::Relaxed);
        if let Some(along) = self.along.take() {
            let _ = along.join();
        }
        if let Some(mut reader) = lock().take() {
            reader.read();
        }
    }
}

impl Reader {
    /// Takes what is there now.
    fn read(&mut self) {
        let mut bytes = [0; 4096];
        while let Ok(count @ 1..) = self.pipe.read(&mut bytes) {
            let bytes = &bytes[..count];
            self.fresh.extend_from_slice(bytes);
            let room = KEPT.saturating_sub(self.all.len()).min(count);
            self.all.extend_from_slice(&bytes[..room]);
            let _ = self.through.write_all(bytes);
        }
    }
}

/// What was printed since this was asked last.
pub(crate) fn take() -> Option<String> {
    // `print!` keeps what does not end a line.
    let _ = io::stdout().flush();
    let mut reader = lock();
    let reader = reader.as_mut()?;
    reader.read();
    let fresh = std::mem::take(&mut reader.fresh);
    (!fresh.is_empty()).then(|| String::from_utf8_lossy(&fresh).into_owned())
}

/// The beginning of all that was printed, if it is captured.
pub(crate) fn so_far() -> Option<String> {
    let mut reader = lock();
    let reader = reader.as_mut()?;
    reader.read();
    (!reader.all.is_empty()).then(|| String::from_utf8_lossy(&reader.all).into_owned())
}

fn lock() -> MutexGuard<'static, Option<Reader>> {
    READER.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Makes the descriptor with this number another name for `target`.
fn lead(number: RawFd, target: RawFd) -> io::Result<()> {
    // SAFETY: plain numbers; whoever uses `number` finds what `target` is from now on.
    let result = unsafe { libc::dup2(target, number) };
    if result < 0 { Err(io::Error::last_os_error()) } else { Ok(()) }
}

/// A read finds what is there, and never waits for more.
fn without_waiting(pipe: &PipeReader) -> io::Result<()> {
    // SAFETY: the pipe is open as long as it is borrowed; only its flags change.
    let result = unsafe { libc::fcntl(pipe.as_raw_fd(), libc::F_SETFL, libc::O_NONBLOCK) };
    if result < 0 { Err(io::Error::last_os_error()) } else { Ok(()) }
}

/// Waits until something is there to be read, or for a while.
fn wait_for(number: RawFd) {
    let mut ready = libc::pollfd { fd: number, events: libc::POLLIN, revents: 0 };
    // SAFETY: one valid entry, which lives until the call returns.
    unsafe { libc::poll(&raw mut ready, 1, LOOK) };
}
