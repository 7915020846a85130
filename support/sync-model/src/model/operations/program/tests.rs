//! What is smaller is so by one step, and each step is there.

use super::*;

fn call(operation: usize, argument: usize) -> Call {
    Call { operation, argument }
}

#[test]
fn one_thread_one_call_or_one_argument_less() {
    let program = Program {
        start: 0,
        before: vec![call(0, 0)],
        threads: vec![vec![call(0, 2), call(1, 0)], vec![call(2, 0)]],
        after: vec![call(3, 0)],
    };
    let less = |change: fn(&mut Program)| {
        let mut smaller = program.clone();
        change(&mut smaller);
        smaller
    };
    let expected = [
        less(|program| {
            program.threads.remove(0);
        }),
        less(|program| {
            program.threads.remove(1);
        }),
        less(|program| {
            program.before.pop();
        }),
        less(|program| {
            program.threads[0].remove(0);
        }),
        less(|program| {
            program.threads[0].remove(1);
        }),
        // Its last call gone, the thread is, too.
        less(|program| {
            program.threads.remove(1);
        }),
        less(|program| {
            program.after.pop();
        }),
        less(|program| program.threads[0][0].argument = 1),
    ];
    assert_eq!(program.smaller(), expected);
}

#[test]
fn nothing_is_smaller_than_nothing() {
    assert_eq!(Program::default().smaller(), []);
}
