//! Weak memory: the published litmus tests, and random programs.
//!
//! - `notation`: how programs are written; `model`: their outcomes, by the checker;
//! - `axioms`: their outcomes by the axioms of RC11, over `relation`s;
//! - `published`: each test has its verdict; the tests themselves: `coherence`, `causality`,
//!   `ordering`, `fences`, `updates`;
//! - `differential`: random programs; `threads`: locks, and the start and end of threads.

mod axioms;
mod causality;
mod coherence;
mod differential;
mod fences;
mod model;
mod notation;
mod ordering;
mod published;
mod relation;
mod threads;
mod updates;
