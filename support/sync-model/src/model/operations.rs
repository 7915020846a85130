//! Scenarios that nobody has to write: from a list of operations and a sequential model.
//!
//! # Layout
//! - `operation`: what threads can do; `program`: which thread does what; `generate`: which are tried;
//! - `execution`: one run of a program; `history`: what its calls returned; `order`: whether some order of
//!   the calls explains that;
//! - `campaign`: one program after the other, and a smaller one where one fails; `told`: what is said of it.

use std::fmt;
use std::hash::Hash;
use std::panic::Location;
use std::sync::Arc;

use evidence::{Evidence, Fault, Outcome};

use super::{Model, failed};

use campaign::{Campaign, Findings};
use operation::{Answer, Operation};

mod campaign;
mod execution;
mod generate;
mod history;
mod operation;
mod order;
mod program;
mod told;

/// What scenarios start with.
struct Start<S, M> {
    words: String,
    subject: Box<dyn Fn() -> S + Send + Sync>,
    model: Box<dyn Fn() -> M + Send + Sync>,
}

/// What threads can do with a subject of type `S`, and what each call means for `M`, a plain model of it.
///
/// From this list [`check`](Self::check) makes scenarios. First every two operations at the same time, in
/// every state of the model that one call leads to, so that two calls that take two locks in opposite orders
/// are found, whichever they are. Then every two that have to wait beside one that changes the model, each
/// beside two calls that change it one after the other, and random ones of two or three threads. Each is searched as any scenario is. The list and the seed alone
/// decide what is tried, on every machine the same.
///
/// An execution is right if its calls could have been made one after the other: if there is an order of them
/// in which the model returns what the subject has returned, and in which no call comes before one that was
/// over when it began (Herlihy and Wing, "Linearizability", 1990). Calls that wait for ever are right if the
/// model then says of each that it has to wait, and wrong otherwise. Panics, data races and all else that
/// fails a scenario fail here, too. What calls return is kept for a while, so it should be plain data. Of a
/// scenario that fails, smaller ones are tried; the smallest that fails in the same way is shown. The idea is
/// Lincheck's (Koval and others, CAV 2023).
///
/// ```
/// use sync_model::{Mutex, model::Operations};
///
/// let stack = || Mutex::new(Vec::new());
/// Operations::new()
///     .start("stack()", stack, Vec::new)
///     .call_with(
///         "push",
///         [1, 2, 3],
///         |stack, item| stack.lock().unwrap().push(item),
///         |model, item| Some(model.push(item)),
///     )
///     .call("pop()", |stack| stack.lock().unwrap().pop(), |model| Some(model.pop()))
///     .at_the_end("len()", |stack| stack.lock().unwrap().len(), |model| model.len())
///     .check();
/// ```
pub struct Operations<S, M> {
    starts: Vec<Start<S, M>>,
    /// Those for threads first, then those for the end.
    operations: Vec<Operation<S, M>>,
    /// How many of them are for threads.
    count: usize,
}

impl<S, M> Default for Operations<S, M> {
    fn default() -> Self {
        Self::new()
    }
}

impl<S, M> Operations<S, M> {
    /// No operations yet.
    #[must_use]
    pub fn new() -> Self {
        Self { starts: Vec::new(), operations: Vec::new(), count: 0 }
    }

    /// Scenarios may start with this subject and its model. `words` say how it is made: they stand before the
    /// calls in what a learner reads.
    #[must_use]
    pub fn start(
        mut self,
        words: &str,
        subject: impl Fn() -> S + Send + Sync + 'static,
        model: impl Fn() -> M + Send + Sync + 'static,
    ) -> Self {
        let (subject, model) = (Box::new(subject), Box::new(model));
        self.starts.push(Start { words: words.to_owned(), subject, model });
        self
    }

    /// A call without arguments, as `words` say, and what it does to the model and returns there. `None`: the
    /// call has to wait; what it has done to the model by then does not count.
    #[must_use]
    #[track_caller]
    pub fn call<R: PartialEq + fmt::Debug + Send + 'static>(
        self,
        words: &str,
        on_subject: impl Fn(&S) -> R + Send + Sync + 'static,
        on_model: impl Fn(&mut M) -> Option<R> + Send + Sync + 'static,
    ) -> Self {
        self.add(Operation {
            name: words.to_owned(),
            source: Location::caller(),
            arguments: vec![String::new()],
            on_subject: Box::new(move |subject, _| Box::new(on_subject(subject))),
            begin: None,
            end: Box::new(move |model, _, _| Some(answer(on_model(model)?))),
        })
    }

    /// A call with one of these arguments, the simplest first; `words` are written before it. A scenario deals
    /// them in turn, also if its calls are of several operations, so that what they put in differs; some take
    /// the first for all, random ones any. See [`call`](Self::call).
    ///
    /// # Panics
    /// Without arguments.
    #[must_use]
    #[track_caller]
    pub fn call_with<A, R>(
        self,
        words: &str,
        arguments: impl Into<Vec<A>>,
        on_subject: impl Fn(&S, A) -> R + Send + Sync + 'static,
        on_model: impl Fn(&mut M, A) -> Option<R> + Send + Sync + 'static,
    ) -> Self
    where
        A: Clone + fmt::Debug + Send + Sync + 'static,
        R: PartialEq + fmt::Debug + Send + 'static,
    {
        let arguments: Arc<[A]> = arguments.into().into();
        assert!(!arguments.is_empty(), "{words} is called with an argument: list one at least");
        let theirs = Arc::clone(&arguments);
        self.add(Operation {
            name: words.to_owned(),
            source: Location::caller(),
            arguments: arguments.iter().map(|argument| format!("{argument:?}")).collect(),
            on_subject: Box::new(move |subject, argument| {
                Box::new(on_subject(subject, theirs[argument].clone()))
            }),
            begin: None,
            end: Box::new(move |model, argument, _| {
                Some(answer(on_model(model, arguments[argument].clone())?))
            }),
        })
    }

    /// A call that takes effect at two moments, between which others may come: `begin` and `end` say what
    /// each of them means for the model, or that the call has to wait there. `end` gets what `begin` has
    /// noted. So is a guard that is taken and dropped, or a call that may wait for what it finds when it begins.
    #[must_use]
    #[track_caller]
    pub fn call_in_two<R: PartialEq + fmt::Debug + Send + 'static>(
        self,
        words: &str,
        on_subject: impl Fn(&S) -> R + Send + Sync + 'static,
        begin: impl Fn(&mut M) -> Option<usize> + Send + Sync + 'static,
        end: impl Fn(&mut M, usize) -> Option<R> + Send + Sync + 'static,
    ) -> Self {
        self.add(Operation {
            name: words.to_owned(),
            source: Location::caller(),
            arguments: vec![String::new()],
            on_subject: Box::new(move |subject, _| Box::new(on_subject(subject))),
            begin: Some(Box::new(move |model, _| begin(model))),
            end: Box::new(move |model, _, noted| Some(answer(end(model, noted)?))),
        })
    }

    /// A call that the scenario's own thread makes when all others are done: it shows what they have left
    /// behind. It must not have to wait.
    #[must_use]
    #[track_caller]
    pub fn at_the_end<R: PartialEq + fmt::Debug + Send + 'static>(
        self,
        words: &str,
        on_subject: impl Fn(&S) -> R + Send + Sync + 'static,
        on_model: impl Fn(&mut M) -> R + Send + Sync + 'static,
    ) -> Self {
        let count = self.count;
        let mut all = self.call(words, on_subject, move |model| Some(on_model(model)));
        all.operations[count..].rotate_left(1);
        Self { count, ..all }
    }

    fn add(mut self, operation: Operation<S, M>) -> Self {
        self.operations.insert(self.count, operation);
        self.count += 1;
        self
    }
}

impl<S, M> Operations<S, M>
where
    S: Send + Sync + 'static,
    M: Clone + Eq + Hash + 'static,
{
    /// Checks all scenarios with the default settings: see [`check_with`](Self::check_with).
    ///
    /// # Panics
    /// As `check_with` does.
    #[track_caller]
    pub fn check(self) {
        self.check_with(Model::new());
    }

    /// Checks the scenarios, one after the other, until one fails or enough executions were run. `model` says how
    /// each of them is searched; its budget is for all together. That no more than every two operations fit
    /// into the budget is a pass; that these do not is inconclusive.
    ///
    /// # Panics
    /// If it fails and no grader is listening; without a start, or without an operation for threads.
    #[track_caller]
    pub fn check_with(self, model: Model) {
        assert!(!self.starts.is_empty() && self.count > 0, "a list has a start and an operation");
        let check = Location::caller();
        model.conduct(
            |_, _, _| {
                let because = NOT_REPLAYED.to_owned();
                Outcome::Inconclusive { because, evidence: Vec::new() }
            },
            |session, model| Campaign::new(session, self, model.plan, model.settings, check).run(),
            |model, findings| outcome(model, findings, check.file()),
        );
    }
}

/// A schedule does not say of which scenario it is, so nobody is told one.
const NOT_REPLAYED: &str = "Generated scenarios cannot be replayed: no schedule says which of them it is of. \
                            Grade the exercise again.";

fn answer<R: PartialEq + fmt::Debug + Send + 'static>(answer: R) -> Box<dyn Answer> {
    Box::new(answer)
}

fn outcome(model: &Model, findings: Findings, check_file: &str) -> Outcome {
    let Findings { found, scenarios, failing } = findings;
    let unseen = !found.saw_all;
    let mut outcome = model.clone().at_least(1).outcome(found, check_file);
    if unseen && let Outcome::Passed { evidence } = outcome {
        let message = "The checker never saw your threads meet, whichever calls they made. Locks, \
                       atomics and threads must come from `sync`, not from `std`.";
        outcome = failed(Fault::Unseen, message, evidence);
    }
    let evidence = match &mut outcome {
        Outcome::Passed { evidence } | Outcome::Inconclusive { evidence, .. } => evidence,
        Outcome::Failed(failure) => &mut failure.evidence,
    };
    for seen in evidence.iter_mut() {
        if let Evidence::Search(search) = seen {
            search.scenarios = Some(scenarios);
        }
    }
    if let Some(scenario) = failing {
        evidence.insert(0, scenario);
    }
    outcome
}
