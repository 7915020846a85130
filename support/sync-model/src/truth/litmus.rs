//! Weak memory: the published litmus tests, and random programs.
//!
//! - `notation`: how programs are written; `model`: their outcomes, by the checker;
//! - `axioms`: their outcomes by the axioms of RC11, over `relation`s; `differential`: random programs.

mod axioms;
mod differential;
mod model;
mod notation;
mod relation;
