//! `cargo grade`.
fn main() {}
