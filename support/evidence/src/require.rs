//! An assertion that names its fault.
//!
//! It may be raised where the checked code calls the check: in a stream that the check implements, in a
//! function that it hands over. That code may catch the panic, so the first one is kept, and a check in
//! which a promise was broken does not pass, whoever caught what.

use std::panic;
use std::sync::{Mutex, PoisonError};

use crate::Fault;

static FIRST: Mutex<Option<Broken>> = Mutex::new(None);

/// The panic payload of [`require!`](crate::require!): which promise is broken, and how.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Broken {
    /// What kind of mistake it is.
    pub fault: Fault,
    /// What happened, in one or two sentences, with the values seen.
    pub message: String,
}

/// Keeps in mind that a promise is broken, and raises it.
///
/// # Panics
/// Always, with [`Broken`].
#[track_caller]
pub fn break_promise(fault: Fault, message: String) -> ! {
    let broken = Broken { fault, message };
    // In a forked child the lock may be taken for ever: there the panic alone has to do.
    if let Ok(mut first) = FIRST.try_lock() {
        first.get_or_insert_with(|| broken.clone());
    }
    panic::panic_any(broken)
}

/// The first promise that was broken in this process since the last call, and forgets it.
pub fn take_broken() -> Option<Broken> {
    FIRST.lock().unwrap_or_else(PoisonError::into_inner).take()
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
            $crate::require::break_promise($fault, format!($($message)+))
        }
    };
}
