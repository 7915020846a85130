//! An assertion that names its fault.

use crate::Fault;

/// The panic payload of [`require!`](crate::require!): which promise is broken, and how.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Broken {
    /// What kind of mistake it is.
    pub fault: Fault,
    /// What happened, in one or two sentences, with the values seen.
    pub message: String,
}

/// Panics with [`Broken`] unless the condition holds.
///
/// ```should_panic
/// use evidence::{require, Fault};
/// let counter = 1;
/// require!(Fault::LostUpdate, counter == 2, "two threads added 1 each; the counter is {counter}");
/// ```
#[macro_export]
macro_rules! require {
    ($fault:expr, $condition:expr, $($message:tt)+) => {
        if !$condition {
            ::std::panic::panic_any($crate::Broken { fault: $fault, message: format!($($message)+) })
        }
    };
}
