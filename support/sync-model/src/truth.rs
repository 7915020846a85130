//! Is the model checker right? It is compared with an interpreter that tries everything.
//!
//! - `program`: tiny random programs, of all that the facade offers;
//! - `interpreter`: all their outcomes, by brute force over the states that they can reach;
//!   `by_hand`: whether that is right;
//! - `subject`: the same programs on the model's own locks, atomics, channels and threads;
//! - `differential`: both must agree;
//! - `told`: what is told of each step of theirs is what the engine lets happen;
//! - `litmus`: weak memory: the published tests, and random programs against the axioms;
//! - `replays`: what is written down of an execution leads to the same one;
//! - `speed`: how many executions a program needs, and how many a second;
//!   `finishes`: programs of the size that learners' mistakes need are decided.

mod by_hand;
mod differential;
mod finishes;
mod interpreter;
mod litmus;
mod program;
mod replays;
mod speed;
mod subject;
mod told;

pub(crate) use program::Random;
