//! What an answer promises to those who use it: every public item of the stub, with its exact type.
//!
//! An exercise keeps it as Rust, in `tests/contract/mod.rs`, and each of its test programs includes it:
//! so the compiler compares, for whom no spelling of a type is too odd. [`write()`] makes that file from
//! the stub; [`breach()`] says in a learner's terms what the compiler found. An answer that breaks its
//! contract is not run at all. Pure.

mod explain;
mod lookup;
mod print;
mod read;
mod write;

pub(crate) use explain::{Breach, How};
pub use explain::{Findings, breach};
pub use write::write;

/// Where the contract lies in an exercise's folder.
pub const FILE: &str = "tests/contract/mod.rs";

/// Whether both say the same: lines are broken as rustfmt likes it.
pub fn is_same(one: &str, other: &str) -> bool {
    let words = |text: &str| {
        let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
        [",)", ",}", ",>"].iter().fold(text, |text, end| text.replace(end, &end[1..]))
    };
    words(one) == words(other)
}

/// The method of this trait that checks call, and that an inherent one of the same name would hide.
fn hidden_method(of_trait: &str) -> Option<&'static str> {
    let known = [("Default", "default"), ("Clone", "clone"), ("Display", "to_string")];
    known.iter().find(|(name, _)| *name == of_trait).map(|(_, method)| *method)
}
