//! What strict grading does not let an answer use.
//!
//! Two lists, because each catches what the other cannot: [`tokens`] sees what the compiler would
//! act upon before names mean anything (`cfg`, `include!`, `#[path]`, `asm!`), and [`paths`] has
//! clippy resolve every name, so that no alias, re-export or macro hides one. The first is what
//! makes the second sound: without `cfg` there is no code that clippy does not see.

pub mod paths;
pub mod tokens;
