//! A schedule: the choices of one execution, as a line of text that a person can copy.
//!
//! ```text
//! waiting_for_room:1.tz8KXb2Qz3F.o0x7-1.p1x0.q1.m2.4be12a
//! └─ check         │ │           │      │    │  │  └─ checksum of all before it
//!                  │ │           │      │    │  └─ all threads kept in step, new ones so far behind
//!                  │ │           │      │    └─ it was tried whether readers queue behind a writer
//!                  │ │           │      └─ thread 1 polls at the first place where it may
//!                  │ │           └─ outcomes: seven times the first one, once the second
//!                  │ └─ turns: 8 steps of whose turn it is, 2 of thread b, 3 again
//!                  └─ version
//! ```
//!
//! Each entry of the turns ends with letters of upper case, one for every four steps or so: fingerprints
//! of what was done until then. So code that was changed since is noticed where it takes other steps. Nothing in it names a line of the
//! source, so that a `println!` more does not make it useless.
//!
//! The characters are those that no shell and no terminal takes for more than they are.

use std::fmt;

mod read;
#[cfg(test)]
mod tests;

/// Raised whenever the same schedule would be another execution: when the model checker's steps, their
/// kinds, or the rules change by which it is somebody's turn.
pub const VERSION: u32 = 1;

/// Fingerprints are letters.
pub const FINGERPRINTS: u8 = 26;

/// Threads have letters too, from `a` on.
pub const THREADS: u8 = 25;

/// Stands for the thread whose turn it is.
const USUAL: char = 'z';

/// The choices of one execution.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Schedule {
    /// The check that was run, by its name.
    pub check: String,
    /// Who made the steps, one after the other.
    pub turns: Vec<Turns>,
    /// Which outcome each step had that could have several, as many times in a row.
    pub outcomes: Vec<(u32, u32)>,
    /// Where threads were known to poll: a thread's number, and which of the places that it came to.
    pub polls: Vec<(u32, u32)>,
    /// It was tried whether readers queue behind a writer that waits.
    pub readers_queue: bool,
    /// All threads kept in step, with new ones so far behind (or ahead).
    pub lag: Option<i32>,
}

/// Some steps in a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Turns {
    /// The thread that made them, below [`THREADS`]; `None`: each time the one whose turn it was, the
    /// same as before if it could go on.
    pub thread: Option<u8>,
    /// How many, 1 or more.
    pub steps: u32,
    /// Numbers below [`FINGERPRINTS`] that depend on what was done: after every so many steps
    /// ([`Turns::stride`]), and after the last.
    pub prints: Vec<u8>,
}

impl Turns {
    /// Of so many steps in a row each has a fingerprint. Long entries have longer strides, so that none has
    /// more than sixteen letters.
    pub fn stride(steps: u32) -> u32 {
        steps.div_ceil(16).max(4)
    }
}

/// Why a text is no schedule that can be replayed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unreadable {
    /// It does not look like one: `check:1.….checksum`.
    Shape,
    /// Characters are missing or are others than they were: the checksum says so.
    Mistyped,
    /// It is from another version of the grader, which would make another execution of it.
    Version(u32),
}

impl Schedule {
    /// Reads what [`Display`](fmt::Display) wrote.
    ///
    /// # Errors
    /// When the text was not written like that, or was changed since, if only by one character.
    pub fn parse(text: &str) -> Result<Self, Unreadable> {
        read::schedule(text)
    }

    /// Steps, all in all.
    pub fn steps(&self) -> u64 {
        self.turns.iter().map(|turns| u64::from(turns.steps)).sum()
    }
}

impl fmt::Display for Schedule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text = format!("{}:{VERSION}", self.check);
        let times = |count: u32| if count == 1 { String::new() } else { format!("x{count}") };
        let turns = self.turns.iter().map(|turns| {
            let thread = turns.thread.map_or(USUAL, |thread| char::from(b'a' + thread));
            let steps = if turns.steps == 1 { String::new() } else { turns.steps.to_string() };
            let prints: String = turns.prints.iter().map(|it| char::from(b'A' + it)).collect();
            format!("{thread}{steps}{prints}")
        });
        let outcomes: Vec<String> = self
            .outcomes
            .iter()
            .map(|&(which, count)| format!("{which}{}", times(count)))
            .collect();
        let polls: Vec<String> =
            self.polls.iter().map(|(thread, place)| format!("{thread}x{place}")).collect();
        let queue = if self.readers_queue { "1" } else { "" };
        let lag = self.lag.map_or_else(String::new, |lag| {
            if lag < 0 { format!("n{}", lag.unsigned_abs()) } else { lag.to_string() }
        });
        let parts = [
            ('t', turns.collect()),
            ('o', outcomes.join("-")),
            ('p', polls.join("-")),
            ('q', queue.to_owned()),
            ('m', lag),
        ];
        for (letter, part) in parts.iter().filter(|(_, part)| !part.is_empty()) {
            text += &format!(".{letter}{part}");
        }
        write!(f, "{text}.{:06x}", checksum(&text))
    }
}

/// CRC-24 of OpenPGP (RFC 9580, section 6.1.1). It notices every change within three characters in a
/// row: one that is another, two that changed places.
fn checksum(text: &str) -> u32 {
    text.bytes().fold(0x00b7_04ce, |crc, byte| {
        (0..8).fold(crc ^ u32::from(byte) << 16, |crc, _| {
            let shifted = crc << 1;
            if shifted & 0x0100_0000 == 0 { shifted } else { shifted ^ 0x0186_4cfb }
        })
    })
}
