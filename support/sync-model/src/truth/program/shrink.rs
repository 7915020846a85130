//! A long program that fails says little: what it does not need is taken away.

use super::Program;

/// The program without all operations that it can do without and still `fails`.
pub(crate) fn shrink(mut program: Program, fails: impl Fn(&Program) -> bool) -> Program {
    loop {
        let found = shorter(&program).find(|shorter| shorter.is_valid() && fails(shorter));
        let Some(shorter) = found else { return program };
        program = shorter;
    }
}

/// One operation less, or two of a thread: a lock goes with its unlock. Or a shorter loop.
fn shorter(program: &Program) -> impl Iterator<Item = Program> + '_ {
    let places = program.threads.iter().enumerate();
    let single =
        places.flat_map(|(thread, ops)| (0..ops.len()).map(move |at| (thread, at, None::<usize>)));
    let places = program.threads.iter().enumerate();
    let pairs = places.flat_map(|(thread, ops)| {
        let count = ops.len();
        (0..count).flat_map(move |at| ((at + 1)..count).map(move |other| (thread, at, Some(other))))
    });
    single.chain(pairs).map(|(thread, at, other)| {
        let mut shorter = program.clone();
        other.map(|other| shorter.threads[thread].remove(other));
        shorter.threads[thread].remove(at);
        if program.twins && thread > 0 {
            let ops = shorter.threads[thread].clone();
            shorter.threads[1..].fill(ops);
        }
        shorter
    })
}
