//! What the calls of an execution returned, and which of them were over before others began.

use super::operation::{Answer, Call};

/// A call that was begun.
#[derive(Debug)]
pub(super) struct Called {
    pub call: Call,
    /// 0: the scenario's own thread.
    pub thread: usize,
    /// The calls that had returned by then, one bit each.
    pub after: u64,
    /// `None`: it has not returned.
    pub answer: Option<Box<dyn Answer>>,
    /// It has ended with a panic.
    pub panicked: bool,
}

/// The calls of an execution, in the order in which they began.
#[derive(Debug, Default)]
pub(super) struct History {
    pub calls: Vec<Called>,
    /// The threads' numbers in the order of all starts: the subject may have threads of its own.
    pub lanes: Vec<usize>,
}

impl History {
    /// A call begins; returns its number.
    pub(super) fn begin(&mut self, thread: usize, call: Call) -> usize {
        let after = self.returned();
        self.calls.push(Called { call, thread, after, answer: None, panicked: false });
        self.calls.len() - 1
    }

    /// The call with this number returns.
    pub(super) fn end(&mut self, number: usize, answer: Box<dyn Answer>) {
        self.calls[number].answer = Some(answer);
    }

    /// Whether the same calls returned the same, and the same ones were over before others began.
    pub(super) fn is_like(&self, other: &History) -> bool {
        let is_like = |(one, other): (&Called, &Called)| {
            let answers = match (&one.answer, &other.answer) {
                (Some(one), Some(other)) => one.equals(&**other),
                (None, None) => true,
                _ => false,
            };
            answers && (one.call, one.thread, one.after) == (other.call, other.thread, other.after)
        };
        let mut pairs = self.calls.iter().zip(&other.calls);
        self.calls.len() == other.calls.len() && pairs.all(is_like)
    }

    fn returned(&self) -> u64 {
        let numbered = self.calls.iter().enumerate();
        let returned = numbered.filter(|(_, called)| called.answer.is_some());
        returned.map(|(number, _)| 1 << number).fold(0, |all, one: u64| all | one)
    }
}
