//! One of an author's operations, whatever its arguments and results are.

use std::any::Any;
use std::fmt;

use crate::trace::Source;

/// What a call returned, or should return.
pub(super) trait Answer: Any + fmt::Debug + Send {
    fn equals(&self, other: &dyn Answer) -> bool;
}

impl<R: Any + PartialEq + fmt::Debug + Send> Answer for R {
    fn equals(&self, other: &dyn Answer) -> bool {
        let other: &dyn Any = other;
        other.downcast_ref::<R>() == Some(self)
    }
}

/// Makes a call of the subject, with the argument of this number.
pub(super) type OnSubject<S> = Box<dyn Fn(&S, usize) -> Box<dyn Answer> + Send + Sync>;

/// The first moment of a call of the model, and what it notes for the second; `None`: it has to wait.
pub(super) type Begin<M> = Box<dyn Fn(&mut M, usize) -> Option<usize> + Send + Sync>;

/// The last moment of a call of the model, and what the call returns; `None`: it has to wait.
pub(super) type End<M> = Box<dyn Fn(&mut M, usize, usize) -> Option<Box<dyn Answer>> + Send + Sync>;

/// Something that threads can do with a subject of type `S`, of which `M` is the model.
pub(super) struct Operation<S, M> {
    /// What is written before the argument; all that is written, if it has none.
    pub name: String,
    /// Where the author has listed it.
    pub source: Source,
    /// The arguments, as they are written. An operation without has one that is empty.
    pub arguments: Vec<String>,
    pub on_subject: OnSubject<S>,
    /// Only if it takes effect in two moments.
    pub begin: Option<Begin<M>>,
    pub end: End<M>,
}

/// An operation and its argument, by their numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Call {
    pub operation: usize,
    pub argument: usize,
}

impl<S, M> Operation<S, M> {
    /// The call as it is written.
    pub(super) fn words(&self, argument: usize) -> String {
        match self.arguments[argument].as_str() {
            "" => self.name.clone(),
            written => format!("{}({written})", self.name),
        }
    }

    /// What the whole call returns if nobody comes in between; `None`: it has to wait.
    pub(super) fn at_once(&self, model: &mut M, argument: usize) -> Option<Box<dyn Answer>> {
        let noted = match &self.begin {
            Some(begin) => begin(model, argument)?,
            None => 0,
        };
        (self.end)(model, argument, noted)
    }
}
