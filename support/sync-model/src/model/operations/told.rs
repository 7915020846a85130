//! What is said of a scenario that fails.

use evidence::{Broken, Evidence, Fault};

use super::Operations;
use super::history::{Called, History};
use super::operation::{Answer, Call};
use super::program::Program;

/// Characters of an answer, at most.
const MOST_SHOWN: usize = 80;

/// What it means that no order explains the answers.
pub(super) fn broken<S, M>(
    operations: &Operations<S, M>,
    program: &Program,
    history: &History,
) -> Broken {
    if program.threads.len() < 2
        && let Some(message) = first_wrong(operations, program, history)
    {
        return Broken { fault: Fault::WrongAnswer, message };
    }
    let message = "No order of these calls, one after the other, gives these results.".to_owned();
    Broken { fault: Fault::NotLinearizable, message }
}

/// The first call that did not return what is right, where each is over before the next one begins.
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
            Some(right) => {
                let (answer, right) = (shown(&**answer), shown(&*right));
                Some(format!("`{words}` returned {answer}; {right} is right."))
            }
            None => {
                let answer = shown(&**answer);
                Some(format!("`{words}` returned {answer} where it has to wait."))
            }
        }
    })
}

/// The scenario: a line for each thread, with what its calls returned.
pub(super) fn scenario<S, M>(
    operations: &Operations<S, M>,
    program: &Program,
    history: &History,
    passed: u32,
) -> Evidence {
    let told = |thread: usize, calls: &[Call], begun: usize| {
        let mut mine = history.calls.iter().filter(|called| called.thread == thread).skip(begun);
        let told = calls.iter().map(|call| {
            let words = operations.operations[call.operation].words(call.argument);
            match mine.next() {
                Some(Called { answer: Some(answer), .. }) => {
                    format!("{words} {}", returned(&**answer))
                }
                Some(Called { panicked: true, .. }) => format!("{words} panics"),
                Some(_) => format!("{words} does not return"),
                None => words,
            }
        });
        told.collect::<Vec<_>>().join("; ")
    };
    let made = &operations.starts[program.start].words;
    let mut lines = vec![format!("main: {made}")];
    if !program.before.is_empty() {
        lines[0] += &format!("; {}", told(0, &program.before, 0));
    }
    for (number, calls) in program.threads.iter().enumerate() {
        let lane = history.lanes.get(number).copied().unwrap_or(number + 1);
        lines.push(format!("T{lane}: {}", told(number + 1, calls, 0)));
    }
    if !program.after.is_empty() {
        let after = told(0, &program.after, program.before.len());
        lines.push(format!("main, when they are done: {after}"));
    }
    Evidence::Scenario { text: lines.join("\n"), passed }
}

/// That the call has returned, and what.
pub(super) fn returned(answer: &dyn Answer) -> String {
    match shown(answer).as_str() {
        "()" => "returns".to_owned(),
        answer => format!("→ {answer}"),
    }
}

/// The answer as it prints itself, if that is short.
fn shown(answer: &dyn Answer) -> String {
    let text = format!("{answer:?}");
    match text.char_indices().nth(MOST_SHOWN) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}
