//! What an answer may not use.
//!
//! In strict grading there are two lists, because each catches what the other cannot: [`tokens`]
//! sees what the compiler would act upon before names mean anything (`cfg`, `include!`, `#[path]`,
//! `asm!`), and [`paths`] has clippy resolve every name, so that no alias, re-export or macro hides
//! one. The first is what makes the second sound. Clippy reads what the compiler compiles, in both
//! flavours, if nothing in the source depends on which of them reads it, and all such dependence
//! begins with a word of the first list: no macro can make a word that is not in the source.
//!
//! Where an exercise has model checks, [`flavour`] adds what would tell the two flavours apart.
//! [`crates`] is a list of what is allowed instead, for a crate that has too much of the system in it, and
//! [`holes`] knows the usual forms of a hole in the compiler.
//!
//! However an answer is graded, [`facade`] says where it goes around `sync`, so that the model
//! checker would not see it. That is help, not a wall: a macro can put a name together from pieces,
//! and then the model checker says that it sees nothing.
//!
//! Sources can be made so that reading them takes all of the stack or all time, so the grader has them
//! read [`apart`].

pub mod apart;
pub mod crates;
pub mod facade;
pub mod flavour;
pub mod holes;
pub mod paths;
pub mod tokens;
