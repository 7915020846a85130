//! The closed list of faults. A fault is named once, here; `exercise.toml` hints, the first line of
//! a wrong answer, reports and the book all use the same kebab-case names.

pub mod wording;

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

macro_rules! faults {
    ($($(#[$doc:meta])* $name:ident => $id:literal),* $(,)?) => {
        /// What is wrong with an answer. See [`wording`] for what it means.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum Fault { $($(#[$doc])* #[serde(rename = $id)] $name),* }

        impl Fault {
            /// Every fault, in the order of this list.
            pub const ALL: &[Fault] = &[$(Fault::$name),*];

            /// The kebab-case name, as it stands in files and reports.
            pub fn id(self) -> &'static str {
                match self { $(Fault::$name => $id),* }
            }
        }
    };
}

faults! {
    /// The source does not compile.
    CompileError => "compile-error",
    /// A source file that the exercise needs is not there.
    MissingSource => "missing-source",
    /// A public item is missing, or is of another type than in the stub.
    OtherSignature => "other-signature",
    /// A value, a result or an error differs from what was asked for.
    WrongAnswer => "wrong-answer",
    /// The learner's code panicked where it should not.
    Panic => "panic",
    /// A part of the stub is still `todo!()`.
    NotYetWritten => "not-yet-written",
    /// A random input, shrunk to a small one, breaks a law.
    Counterexample => "counterexample",
    /// Two threads read the same old value: one update is lost.
    LostUpdate => "lost-update",
    /// Every thread waits for another one.
    Deadlock => "deadlock",
    /// A thread waits for a lock that it holds itself.
    SelfDeadlock => "self-deadlock",
    /// A thread sleeps although what it waits for has happened.
    LostWakeup => "lost-wakeup",
    /// Threads run for ever without getting anywhere.
    Livelock => "livelock",
    /// A thread burns CPU time, or wakes up again and again, while it only has to wait.
    BusyWaiting => "busy-waiting",
    /// Two threads touch the same memory at once, and nothing orders them.
    DataRace => "data-race",
    /// Two threads were inside a section that only one may enter (or more than the permits allow).
    NotExclusive => "not-exclusive",
    /// An item was lost.
    LostItem => "lost-item",
    /// An item was delivered twice.
    DuplicatedItem => "duplicated-item",
    /// Items came out in the wrong order.
    WrongOrder => "wrong-order",
    /// No order of the calls, one after the other, gives what they returned.
    NotLinearizable => "not-linearizable",
    /// A permit was lost or made up.
    LostPermit => "lost-permit",
    /// The model checker never saw the learner's locks: they are not the facade's.
    Unseen => "unseen",
    /// Something of the real standard library where the facade's belongs: its name stands in the
    /// source, or it blocked inside a model.
    RealPrimitive => "real-primitive",
    /// A value that nobody can reach is never dropped.
    Leak => "leak",
    /// The same schedule gave two different runs.
    Nondeterminism => "nondeterminism",
    /// The stack ran out.
    StackOverflow => "stack-overflow",
    /// Nothing runs at the same time: the work is done one item after the other.
    Serial => "serial",
    /// Parallel, but one thread does most of the work.
    Unbalanced => "unbalanced",
    /// Parallel, but with far more work than a plain loop needs.
    Wasteful => "wasteful",
    /// Nothing came within the deadline.
    Hang => "hang",
    /// The process ended before its check was done.
    EndedEarly => "ended-early",
    /// The process was killed by a signal of its own making (abort, segmentation fault).
    Crashed => "crashed",
    /// More memory than a check may use.
    OutOfMemory => "out-of-memory",
    /// More output than a check may print.
    TooMuchOutput => "too-much-output",
    /// Child processes or daemons were left running.
    LeftBehind => "left-behind",
    /// A file descriptor stayed open where it should not.
    LeakedDescriptor => "leaked-descriptor",
    /// A child process was not reaped.
    Zombie => "zombie",
    /// A task was lost.
    LostTask => "lost-task",
    /// A task ran twice.
    RepeatedTask => "repeated-task",
    /// A worker died, and nobody took its place.
    LostWorker => "lost-worker",
    /// The source uses something that the exercise does not allow.
    Forbidden => "forbidden",
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id())
    }
}

/// The name is none of [`Fault::ALL`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownFault(pub String);

impl fmt::Display for UnknownFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "there is no fault called `{}`", self.0)
    }
}

impl std::error::Error for UnknownFault {}

impl FromStr for Fault {
    type Err = UnknownFault;

    fn from_str(id: &str) -> Result<Self, UnknownFault> {
        Self::ALL.iter().copied().find(|f| f.id() == id).ok_or_else(|| UnknownFault(id.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_unique_and_read_back() {
        for &fault in Fault::ALL {
            assert_eq!(fault.id().parse(), Ok(fault));
            assert_eq!(serde_json::to_string(&fault).unwrap(), format!("\"{fault}\""));
        }
    }
}
