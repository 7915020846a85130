//! One execution of a generated scenario, and whether what came of it is right.

use std::cell::RefCell;
use std::hash::Hash;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::Operations;
use super::history::History;
use super::operation::Call;
use super::program::Program;
use super::{order, told};
use crate::engine::{
    self, Access, Accesses, Ending, Identity, Intent, Mode, ObjectId, Scenario, Stop,
};
use crate::thread;
use crate::trace::{Detail, Kind, Panicked, Source, Trace};

/// A scenario and its author's operations.
pub(super) struct Generated<S, M> {
    pub operations: Arc<Operations<S, M>>,
    pub program: Program,
    /// Where the check stands.
    pub check: Source,
    /// Of the last execution, if that has failed.
    history: Arc<Mutex<History>>,
    /// Histories that are right: most executions of a scenario have one of a few.
    right: RefCell<Vec<History>>,
}

/// Who makes the calls of one thread.
struct Caller<S, M> {
    operations: Arc<Operations<S, M>>,
    history: Arc<Mutex<History>>,
    subject: Arc<S>,
    /// 0: the scenario's own thread, which makes its calls while it is alone.
    thread: usize,
    /// One for each of the other threads, touched when a call of that thread returns.
    returns: [ObjectId; MOST_THREADS],
}

/// Threads that make calls at the same time, at most.
const MOST_THREADS: usize = 3;

impl<S, M> Generated<S, M> {
    pub(super) fn new(operations: Arc<Operations<S, M>>, program: Program, check: Source) -> Self {
        let (history, right) = (Arc::default(), RefCell::default());
        Self { operations, program, check, history, right }
    }

    /// What the calls of the last execution have returned, if it has failed.
    pub(super) fn history(&self) -> MutexGuard<'_, History> {
        lock(&self.history)
    }
}

impl<S, M> Scenario for Generated<S, M>
where
    S: Send + Sync + 'static,
    M: Clone + Eq + Hash + 'static,
{
    fn run(&self) {
        // What is dropped may take a step, which nobody may take while the history is locked.
        let before = std::mem::take(&mut *self.history());
        drop(before);
        let subject = Arc::new((self.operations.starts[self.program.start].subject)());
        let returns = std::array::from_fn(|_| Identity::new().find().0);
        let caller = |thread| Caller {
            operations: Arc::clone(&self.operations),
            history: Arc::clone(&self.history),
            subject: Arc::clone(&subject),
            thread,
            returns,
        };
        let own = caller(0);
        self.program.before.iter().for_each(|call| own.call(*call));
        let start = |(number, calls): (usize, &Vec<Call>)| {
            let (caller, calls) = (caller(number + 1), calls.clone());
            self.history().lanes.push(engine::next_thread().1);
            thread::spawn(move || calls.into_iter().for_each(|call| caller.call(call)))
        };
        let threads: Vec<_> = self.program.threads.iter().enumerate().map(start).collect();
        for thread in threads {
            thread.join().expect("a call that panics ends the execution");
        }
        self.program.after.iter().for_each(|call| own.call(*call));
    }

    fn judge(&self, ending: Ending, trace: &mut Trace) -> Ending {
        match ending.stop {
            None if !self.is_right() => {
                let broken = told::broken(&self.operations, &self.program, &self.history());
                let stop = Some(Stop::Panic(trace.panics.len()));
                let message = broken.message.clone();
                let (file, line, column) =
                    (self.check.file().to_owned(), self.check.line(), self.check.column());
                let broken = Some(broken);
                trace.panics.push(Panicked { thread: 0, message, file, line, column, broken });
                Ending { stop, ..ending }
            }
            // Calls that wait may do so for ever, if the model says that they wait.
            Some(Stop::Deadlock | Stop::Livelock) if self.is_right() => {
                Ending { stop: None, ..ending }
            }
            _ => ending,
        }
    }
}

impl<S, M: Clone + Eq + Hash> Generated<S, M> {
    /// Whether some order explains what the last execution has returned.
    fn is_right(&self) -> bool {
        let mut history = self.history();
        let mut known = self.right.borrow_mut();
        if known.iter().any(|known| known.is_like(&history)) {
            return true;
        }
        let model = (self.operations.starts[self.program.start].model)();
        let is_right = order::explains(&self.operations.operations, &history, model);
        if is_right {
            known.push(std::mem::take(&mut history));
        }
        is_right
    }
}

impl<S, M> Caller<S, M> {
    /// Makes the call and takes note of what it returns.
    fn call(&self, call: Call) {
        let operation = &self.operations.operations[call.operation];
        let words = operation.words(call.argument);
        let at_its_begin = || lock(&self.history).begin(self.thread, call);
        let number = self.step(Kind::Call, operation.source, at_its_begin, &[&words]);
        let answer =
            catch_unwind(AssertUnwindSafe(|| (operation.on_subject)(&self.subject, call.argument)));
        // Whatever the others would do after a panic, it is what has to be told.
        let Ok(answer) = answer else {
            lock(&self.history).calls[number].panicked = true;
            engine::stop_with_panic()
        };
        let returned = told::returned(&*answer);
        let at_its_end = || lock(&self.history).end(number, answer);
        self.step(Kind::Return, operation.source, at_its_end, &[&words, &returned]);
    }

    /// Calls that overlap may come one before the other or not: the search has to try what makes a
    /// difference. That is whether a call returns before one of another thread begins.
    fn step<R>(&self, kind: Kind, source: Source, effect: impl FnOnce() -> R, words: &[&str]) -> R {
        let mut intent = Intent::new(kind, source);
        if self.thread == 0 {
            // It is alone: nothing to compete with, and to begin says nothing.
            let result = effect();
            if kind == Kind::Return {
                engine::record(intent, noted(words));
            }
            return result;
        }
        intent.accesses = self.accesses(kind);
        engine::perform(intent, &engine::always, || (effect(), noted(words)))
    }

    fn accesses(&self, kind: Kind) -> Accesses {
        let access = |thread: usize, mode| Access { object: self.returns[thread - 1], mode };
        if kind == Kind::Return {
            return Accesses([Some(access(self.thread, Mode::Write)), None]);
        }
        let mut others = (1..=MOST_THREADS).filter(|other| *other != self.thread);
        Accesses([(); 2].map(|()| others.next().map(|other| access(other, Mode::Read))))
    }
}

/// Keeps these words; returns where the first ones are.
fn noted(words: &[&str]) -> Detail {
    let keep = |word: &&str| engine::with_trace(|trace| trace.text((*word).to_owned()));
    let kept: Vec<Detail> = words.iter().map(keep).collect();
    kept[0]
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
