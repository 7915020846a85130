//! Exit codes. Scripts rely on them: they do not change.

use std::process::ExitCode;

/// How the grader ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Exit {
    /// Every check passed.
    Passed = 0,
    /// Some check failed.
    Failed = 1,
    /// The command line or the course's configuration is wrong.
    Usage = 2,
    /// Nothing failed, but something could not be decided on this machine.
    Inconclusive = 3,
    /// The grader or the machine is at fault; no answer is.
    Fault = 4,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        ExitCode::from(exit as u8)
    }
}
