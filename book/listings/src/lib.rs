//! Code that the book shows at length, one module per chapter. Pages include parts of it by anchor:
//!
//! ```text
//! {{#include ../listings/src/gil.rs:take}}
//! ```
//!
//! The dependencies are those that a short block on a page may use as well.
