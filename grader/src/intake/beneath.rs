//! Files and folders below a folder that somebody else made. No link is followed on the way, nothing
//! is waited for, and what is opened stays what was looked at.

use std::fs::{self, File, ReadDir};
use std::io::{self, Read as _};
use std::os::fd::AsRawFd as _;
use std::path::Path;

use nix::errno::Errno;
use nix::fcntl::{OFlag, open, openat, readlinkat};
use nix::sys::stat::Mode;

/// The folder that a submission is.
///
/// # Errors
/// When it is none, or may not be read.
pub fn root(path: &Path) -> io::Result<File> {
    Ok(open(path, folder_flags(), Mode::empty())?.into())
}

/// A folder in a folder.
///
/// # Errors
/// When it is none, or may not be read; a link is `ELOOP`.
pub fn folder(around: &File, name: &str) -> io::Result<File> {
    match openat(around, name, folder_flags(), Mode::empty()) {
        // So says the kernel of a link as well.
        Err(Errno::ENOTDIR) if readlinkat(around, name).is_ok() => Err(Errno::ELOOP.into()),
        opened => Ok(opened?.into()),
    }
}

/// A regular file in a folder.
///
/// # Errors
/// When it is something else, or may not be read; a link is `ELOOP`.
pub fn file(around: &File, name: &str) -> io::Result<File> {
    // Opening a pipe would wait for somebody to write to it.
    let flags = OFlag::O_RDONLY | OFlag::O_NOFOLLOW | OFlag::O_NONBLOCK | OFlag::O_CLOEXEC;
    let file = File::from(openat(around, name, flags, Mode::empty())?);
    match file.metadata()? {
        what if what.is_file() => Ok(file),
        what if what.is_dir() => Err(Errno::EISDIR.into()),
        _ => Err(io::Error::other("it is not a regular file")),
    }
}

/// At most so many bytes of a file that is so many folders further down.
///
/// # Errors
/// As [`folder`] and [`file`].
pub fn bytes(root: &File, inside: &str, limit: u64) -> io::Result<Vec<u8>> {
    let mut around = root.try_clone()?;
    let (folders, name) = inside.rsplit_once('/').unwrap_or(("", inside));
    for name in folders.split('/').filter(|name| !name.is_empty()) {
        around = folder(&around, name)?;
    }
    let mut bytes = Vec::new();
    file(&around, name)?.take(limit).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// What is in a folder, in no order. There may be more of it than anybody wants to hear.
///
/// # Errors
/// When it may not be read.
pub fn entries(folder: &File) -> io::Result<ReadDir> {
    fs::read_dir(format!("/proc/self/fd/{}", folder.as_raw_fd()))
}

fn folder_flags() -> OFlag {
    OFlag::O_RDONLY | OFlag::O_DIRECTORY | OFlag::O_NOFOLLOW | OFlag::O_CLOEXEC
}
