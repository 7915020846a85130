//! A folder for a check's temporary files.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use nix::unistd::mkdtemp;

/// A folder that goes with all that is in it. A check that is killed removes nothing by itself.
///
/// It lies among the system's temporary files, not in the target folder: there every file system
/// has FIFOs and sockets, and the path of a socket has room for only 108 bytes. The supervisor owns
/// it, so that it goes even if the grader is killed.
pub(super) struct Scratch(PathBuf);

impl Scratch {
    pub(super) fn new(temporary: &Path) -> io::Result<Self> {
        Ok(Self(mkdtemp(&temporary.join("check-XXXXXX"))?))
    }

    pub(super) fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        // What a check has made unremovable is left to the system.
        let _ = fs::remove_dir_all(&self.0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn goes_with_what_is_in_it() {
        let temporary = tempfile::tempdir().unwrap();
        let [one, other] = [(); 2].map(|()| Scratch::new(temporary.path()).unwrap());
        assert_ne!(one.path(), other.path());
        fs::create_dir_all(one.path().join("a/b")).unwrap();
        drop((one, other));
        assert_eq!(fs::read_dir(temporary.path()).unwrap().count(), 0);
    }
}
