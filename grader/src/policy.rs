//! What strict grading does not let an answer use.
//!
//! Two lists, because each catches what the other cannot: [`tokens`] sees what the compiler would
//! act upon before names mean anything (`cfg`, `include!`, `#[path]`, `asm!`), and [`paths`] has
//! clippy resolve every name, so that no alias, re-export or macro hides one. The first is what
//! makes the second sound. Clippy reads what the compiler compiles, in both flavours, if nothing in
//! the source depends on which of them reads it, and all such dependence begins with a word of the
//! first list: no macro can make a word that is not in the source.

pub mod paths;
pub mod tokens;
