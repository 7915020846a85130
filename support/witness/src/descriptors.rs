//! Descriptors that were opened and never closed.

use std::os::fd::RawFd;

use evidence::{Fault, require};

use crate::eventually;

/// The descriptors that are open at one moment.
#[derive(Debug, Clone)]
pub struct Snapshot(Vec<RawFd>);

/// The descriptors that are open now.
pub fn now() -> Snapshot {
    Snapshot(fork::open_descriptors().expect("the system lists the descriptors of a process"))
}

/// The descriptors that a program started now would inherit.
pub fn inheritable() -> Snapshot {
    let found = fork::inheritable_descriptors();
    Snapshot(found.expect("the system lists the descriptors of a process"))
}

impl Snapshot {
    /// Those of `self` that were not open at the moment of `earlier`.
    pub fn since(&self, earlier: &Self) -> Vec<RawFd> {
        self.0.iter().copied().filter(|fd| !earlier.0.contains(fd)).collect()
    }

    /// Requires that no more descriptors are open now than at the moment of this snapshot. Closing
    /// may come a little later than the event that it belongs to, so this looks more than once.
    ///
    /// # Panics
    /// With [`Fault::LeakedDescriptor`] if there are more; `after` says after what.
    pub fn require_no_growth(&self, after: &str) {
        let (before, mut open) = (self.0.len(), 0);
        let shrunk = eventually(|| {
            open = now().0.len();
            open <= before
        });
        let message = "descriptors were open before, and now there are";
        require!(Fault::LeakedDescriptor, shrunk, "after {after}: {before} {message} {open}");
    }
}
