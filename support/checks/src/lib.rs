//! The functions that checks call.
//!
//! A check is a `#[test]` whose body is one call of [`example`], [`property`], [`process`] or a
//! [`Speedup`]. The call runs what it is given, finds out what went wrong and where, and tells the
//! grader by way of [`evidence::channel`]. Without a grader, under plain `cargo test`, it prints
//! the same in words and panics.
//!
//! # Layout
//! - `example`: plain assertions, also for processes;
//! - `property`: laws that random inputs try to break;
//! - `conclusion`: from "the body returned" or "it panicked" to an [`evidence::Outcome`], told once;
//! - `panics`: who panicked, where, and which panic came first;
//! - `step`: what a check is about to do, and [`within`], a deadline for one step;
//! - `implements`: whether a type implements a trait, as a question;
//! - `speedup`: whether an answer works in parallel, without the wall clock;
//! - `asleep`: whether a thread that waits sleeps or spins;
//! - `interrupted`: real threads that are stopped at random moments;
//! - `plain`: the outcome in words, for plain `cargo test`.

mod asleep;
mod conclusion;
mod example;
mod implements;
mod interrupted;
mod panics;
mod plain;
mod property;
mod speedup;
mod step;

pub use asleep::waits_asleep;
pub use evidence::{Fault, require};
pub use example::{example, process};
pub use interrupted::{Dice, crowd, interrupted};
pub use property::{Property, property};
pub use proptest;
pub use speedup::{Speedup, judge, works_side_by_side};
pub use step::{step, within};

/// Where all randomness of this check comes from: the grader's seed, or 0 without a grader.
pub fn seed() -> u64 {
    evidence::channel::channel().map_or(0, |channel| channel.request().seed)
}
