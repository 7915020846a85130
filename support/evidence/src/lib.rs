//! What a check found, as data.
//!
//! A check runs in a process of its own and tells the grader what it found by way of a [`Record`];
//! the grader, the book and the exports all draw the same [`Evidence`].
//!
//! # Layout
//! - [`fault`]: the closed list of what can be wrong, by name;
//! - [`record`]: what a check is asked ([`Request`]) and what it answers ([`Record`]);
//! - [`bounds`]: how much of a learner's text is told;
//! - [`channel`]: how both travel between the two processes;
//! - [`found`]: [`Evidence`], one variant per kind;
//! - [`interleaving`]: a schedule as lanes and rows, and `interleaving::render`, which draws it;
//! - [`schedule`]: its choices as a line of text that can be replayed;
//! - [`mod@require`]: an assertion that names its fault.

pub mod bounds;
pub mod channel;
pub mod fault;
pub mod found;
pub mod interleaving;
pub mod record;
pub mod require;
pub mod schedule;

pub use fault::Fault;
pub use found::{
    Counterexample, Cut, Evidence, Place, Sampled, Schedules, Search, Speedup, SpeedupRound,
};
pub use interleaving::Interleaving;
pub use record::{Failure, Outcome, Record, Request};
pub use require::Broken;
pub use schedule::Schedule;
