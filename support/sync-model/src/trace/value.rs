//! What atomics hold, and plain values behind locks.

use std::fmt;

/// A value that was read or written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Value {
    Int(i128),
    Bool(bool),
    Char(char),
    Pointer(usize),
    /// An address with a number that tells it from others: see `explain::addresses`.
    Address(usize),
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Value::Int(value) => value.fmt(f),
            Value::Bool(value) => value.fmt(f),
            Value::Char(value) => write!(f, "{value:?}"),
            Value::Pointer(0) => f.write_str("null"),
            Value::Pointer(_) => f.write_str("a pointer"),
            Value::Address(number) => write!(f, "address {number}"),
        }
    }
}
