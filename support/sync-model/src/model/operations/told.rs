//! What is said of a scenario that fails.

use evidence::{Broken, Counterexample, Fault};

use super::Operations;
use super::history::{Called, History};
use super::program::Program;

/// What it means that no order explains the answers.
pub(super) fn broken<S, M>(
    operations: &Operations<S, M>,
    program: &Program,
    history: &History,
) -> Broken {
    if program.threads.is_empty()
        && let Some(message) = first_wrong(operations, program, history)
    {
        return Broken { fault: Fault::WrongAnswer, message };
    }
    let message = "No order of these calls, one after the other, gives these results.".to_owned();
    Broken { fault: Fault::NotLinearizable, message }
}

/// The first call of one thread that did not return what is right.
fn first_wrong<S, M>(
    operations: &Operations<S, M>,
    program: &Program,
    history: &History,
) -> Option<String> {
    let mut model = (operations.starts[program.start].model)();
    history.calls.iter().find_map(|called| {
        let operation = &operations.operations[called.call.operation];
        let right = operation.at_once(&mut model, called.call.argument);
        let answer = called.answer.as_ref()?;
        let words = operation.words(called.call.argument);
        match right {
            Some(right) if answer.equals(&*right) => None,
            Some(right) => Some(format!("`{words}` returned {answer:?}; {right:?} is right.")),
            None => Some(format!("`{words}` returned {answer:?} where it has to wait.")),
        }
    })
}

/// The scenario, and what its calls returned.
pub(super) fn scenario<S, M>(
    operations: &Operations<S, M>,
    program: &Program,
    history: &History,
    passed: u32,
) -> Counterexample {
    let made = &operations.starts[program.start].words;
    let input = program.words(made, &operations.operations);
    Counterexample { input, message: results(operations, history), passed, at: None }
}

/// What the calls returned, thread by thread.
fn results<S, M>(operations: &Operations<S, M>, history: &History) -> String {
    let of = |called: &Called| {
        let words = operations.operations[called.call.operation].words(called.call.argument);
        match &called.answer {
            Some(answer) => format!("{words} → {answer:?}"),
            None => format!("{words} does not return"),
        }
    };
    let last = history.calls.iter().map(|called| called.thread).max().unwrap_or(0);
    let mut threads = Vec::new();
    for thread in 0..=last {
        let calls = history.calls.iter().filter(|called| called.thread == thread);
        let calls: Vec<String> = calls.map(of).collect();
        if !calls.is_empty() {
            let name = if thread == 0 { "main".to_owned() } else { format!("T{thread}") };
            threads.push(format!("{name}: {}", calls.join("; ")));
        }
    }
    threads.join(". ")
}
