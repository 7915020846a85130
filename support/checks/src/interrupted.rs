//! Real threads that are stopped at random moments.
//!
//! A model checker sees every order of steps, but only of an answer that behaves there as it does
//! elsewhere. So the same promises are also checked with the standard library's own threads and
//! locks, in the very build that examples run: there is nothing by which an answer could tell. What
//! makes races show is that, again and again, a thread is stopped where it is, between any two
//! instructions, while the others go on.
//!
//! No clock decides anything: there are so many rounds of so many turns, and more of them while too few
//! stops have hit.

mod crowd;
mod dice;
#[cfg(all(target_os = "linux", target_env = "gnu"))]
mod stop;
/// Elsewhere, nobody is stopped: threads just run.
#[cfg(not(all(target_os = "linux", target_env = "gnu")))]
mod stop {
    pub(super) struct Stopped;

    impl Stopped {
        pub fn thread(_thread: i32, _dice: &mut super::Dice) -> Option<Self> {
            None
        }
    }

    pub(super) fn stops() -> u64 {
        0
    }
}

pub use crowd::crowd;
pub use dice::Dice;

/// Rounds of a check, at least.
const ROUNDS: u64 = 64;
/// And at most, also where threads can hardly be stopped.
const MOST_ROUNDS: u64 = 144;
/// How many stops are enough.
const STOPS: u64 = 3_000;

/// Calls `round` again and again, with 0, 1 and so on. The threads of a [`crowd`] that it starts are
/// stopped at random moments. (Where the system has no way to do so, outside Linux, they just run.)
///
/// # Panics
/// As `round` does.
pub fn interrupted(mut round: impl FnMut(u64)) {
    let before = stop::stops();
    for number in 0..MOST_ROUNDS {
        if number >= ROUNDS && stop::stops() - before >= STOPS {
            break;
        }
        round(number);
    }
}
