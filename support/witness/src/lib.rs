//! What checks need to see of real processes.
//!
//! A check that forks must not believe what the checked code says of its processes: it sees for
//! itself, and it sees by handshake, never by waiting a while.
//!
//! # Layout
//! - [`Peer`]: a second process that runs a part of the check and reports back;
//! - [`Turnstile`]: tasks tell where they run, and wait until the check lets them go on;
//! - [`processes`]: zombies, and the death of processes that somebody else started;
//! - [`descriptors`]: what was opened and never closed;
//! - [`Dice`]: random moments that a seed repeats.

pub mod descriptors;
mod dice;
mod peer;
pub mod processes;
mod turnstile;

pub use dice::Dice;
pub use peer::Peer;
pub use turnstile::{Arrival, Ticket, Turnstile};

use std::time::{Duration, Instant};

/// How long a check waits for what must happen: far longer than any right answer needs, also on a
/// busy machine. It costs time only when an answer is wrong.
pub const PATIENCE: Duration = Duration::from_secs(10);

/// How long a check looks for something to go away that should have gone already.
const GRACE: Duration = Duration::from_secs(3);

/// Looks again and again until `condition` holds; false if it has not after a few seconds.
///
/// Only for states that no descriptor and no call can wait for.
pub fn eventually(mut condition: impl FnMut() -> bool) -> bool {
    let deadline = Instant::now() + GRACE;
    while !condition() {
        if Instant::now() >= deadline {
            return false;
        }
        std::thread::sleep(Duration::from_millis(1));
    }
    true
}
