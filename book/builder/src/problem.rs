//! What keeps the book from being built: where, what, and what to do.

use std::fmt;
use std::path::PathBuf;

/// A reason to refuse the book.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    /// The file, relative to the workspace.
    pub file: PathBuf,
    /// Its line, from 1; `None`: the file as a whole.
    pub line: Option<usize>,
    /// What is wrong.
    pub what: String,
    /// What to do about it.
    pub remedy: String,
}

impl Problem {
    /// A problem of a whole file.
    pub fn of(file: impl Into<PathBuf>, complaint: Complaint) -> Self {
        Problem { file: file.into(), line: None, what: complaint.what, remedy: complaint.remedy }
    }

    /// A problem of a line.
    pub fn at(file: impl Into<PathBuf>, line: usize, complaint: Complaint) -> Self {
        Problem { line: Some(line), ..Problem::of(file, complaint) }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.file.display())?;
        if let Some(line) = self.line {
            write!(f, ":{line}")?;
        }
        write!(f, ": {}\n    {}", self.what, self.remedy)
    }
}

/// A problem whose place the caller knows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Complaint {
    /// What is wrong.
    pub what: String,
    /// What to do about it.
    pub remedy: String,
}

impl Complaint {
    /// Says what is wrong, and what to do.
    pub fn new(what: impl Into<String>, remedy: impl Into<String>) -> Self {
        Complaint { what: what.into(), remedy: remedy.into() }
    }
}
