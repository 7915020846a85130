//! What the processes of these checks say to each other, and what they make of the answers.

use checks::{Fault, require};
use pipes::{Connection, PipeError, duplex};

/// Two connected ends.
pub fn pair() -> (Connection, Connection) {
    got(duplex(), "duplex")
}

/// The value that should have come.
pub fn got<T>(result: Result<T, PipeError>, what: &str) -> T {
    result.unwrap_or_else(|error| {
        require!(Fault::WrongAnswer, false, "{what}: a value expected, Err({error:?}) found");
        unreachable!("the requirement above never holds")
    })
}

/// Requires that a value could be sent.
pub fn sent(result: Result<(), PipeError>) {
    got(result, "send");
}

/// Requires that a call told that the other side is gone.
pub fn closed(result: Result<(), PipeError>, because: &str) {
    require!(
        Fault::WrongAnswer,
        matches!(result, Err(PipeError::Closed)),
        "{because}: Err(Closed) expected, {result:?} found"
    );
}
