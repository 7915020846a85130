//! Runs nothing.

/// Runs nothing.
pub fn example(_: impl FnOnce()) {}
