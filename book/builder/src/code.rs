//! The code on the pages: compiled and run, so that none is shown that does not do what its page says.
//!
//! # Layout
//! - [`rust`]: `rust` blocks are doctests;
//! - [`python`]: `python` blocks are parsed, and run if they say so.

pub mod python;
pub mod rust;
