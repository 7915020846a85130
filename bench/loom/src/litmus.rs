//! Tests of weak memory: the published ones, and random ones.

use std::sync::atomic::Ordering::{self, Acquire, Relaxed, Release, SeqCst};

use Access::{Add, Fence, Read, Write};

use crate::program::{Random, VARIABLES};

/// A step of a thread. Variables are numbered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Access {
    /// Into the next register.
    Read(usize, Ordering),
    Write(usize, u8, Ordering),
    /// Adds one; the old value goes into the next register.
    Add(usize, Ordering),
    Fence(Ordering),
}

/// What can be seen of one execution.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Observed {
    /// Of the first thread, then of the second, ….
    pub registers: Vec<u8>,
    /// The variables at the end.
    pub variables: [u8; VARIABLES],
}

/// A few threads, and what each does.
#[derive(Debug, Clone)]
pub(crate) struct Test {
    pub name: String,
    pub threads: Vec<Vec<Access>>,
}

const X: usize = 0;
const Y: usize = 1;

fn test(name: &str, threads: &[&[Access]]) -> Test {
    Test { name: name.to_owned(), threads: threads.iter().map(|thread| thread.to_vec()).collect() }
}

/// The published tests, by their usual names.
pub(crate) fn published() -> Vec<Test> {
    let mut tests = two_threads();
    tests.extend(more_threads());
    tests
}

fn two_threads() -> Vec<Test> {
    let message = |name, write, read, data| {
        let sender = [Write(X, 1, Relaxed), Write(Y, 1, write)];
        test(name, &[&sender, &[Read(Y, read), Read(X, data)]])
    };
    let buffering = |name, write, read| {
        test(name, &[&[Write(X, 1, write), Read(Y, read)], &[Write(Y, 1, write), Read(X, read)]])
    };
    let fences = |name, release, acquire| {
        let sender = [Write(X, 1, Relaxed), Fence(release), Write(Y, 1, Relaxed)];
        test(name, &[&sender, &[Read(Y, Relaxed), Fence(acquire), Read(X, Relaxed)]])
    };
    let fenced = |mine, other| [Write(mine, 1, Relaxed), Fence(SeqCst), Read(other, Relaxed)];
    vec![
        message("MP relaxed", Relaxed, Relaxed, Relaxed),
        message("MP release/acquire", Release, Acquire, Relaxed),
        message("MP relaxed, data SeqCst", Relaxed, Relaxed, SeqCst),
        fences("MP fences", Release, Acquire),
        buffering("SB release/acquire", Release, Acquire),
        buffering("SB SeqCst", SeqCst, SeqCst),
        buffering("SB SeqCst writes only", SeqCst, Relaxed),
        test("SB SeqCst fences", &[&fenced(X, Y), &fenced(Y, X)]),
        test(
            "LB relaxed",
            &[&[Read(X, Relaxed), Write(Y, 1, Relaxed)], &[Read(Y, Relaxed), Write(X, 1, Relaxed)]],
        ),
        test(
            "LB release/acquire",
            &[&[Read(X, Acquire), Write(Y, 1, Release)], &[Read(Y, Acquire), Write(X, 1, Release)]],
        ),
        test(
            "CoRR",
            &[&[Write(X, 1, Relaxed), Write(X, 2, Relaxed)], &[Read(X, Relaxed), Read(X, Relaxed)]],
        ),
        test("CoWR", &[&[Write(X, 1, Relaxed), Read(X, Relaxed)], &[Write(X, 2, Relaxed)]]),
        test("CoRW", &[&[Read(X, Relaxed), Write(X, 1, Relaxed)], &[Write(X, 2, Relaxed)]]),
        test(
            "S release/acquire",
            &[
                &[Write(X, 2, Relaxed), Write(Y, 1, Release)],
                &[Read(Y, Acquire), Write(X, 1, Relaxed)],
            ],
        ),
        test(
            "R SeqCst",
            &[&[Write(X, 1, SeqCst), Write(Y, 1, SeqCst)], &[Write(Y, 2, SeqCst), Read(X, SeqCst)]],
        ),
        test(
            "2+2W relaxed",
            &[
                &[Write(X, 1, Relaxed), Write(Y, 2, Relaxed)],
                &[Write(Y, 1, Relaxed), Write(X, 2, Relaxed)],
            ],
        ),
        test(
            "2+2W SeqCst",
            &[
                &[Write(X, 1, SeqCst), Write(Y, 2, SeqCst)],
                &[Write(Y, 1, SeqCst), Write(X, 2, SeqCst)],
            ],
        ),
        test("two updates", &[&[Add(X, Relaxed)], &[Add(X, Relaxed)]]),
    ]
}

fn more_threads() -> Vec<Test> {
    let independent = |name, write, read| {
        let forth = [Read(X, read), Read(Y, read)];
        let back = [Read(Y, read), Read(X, read)];
        test(name, &[&[Write(X, 1, write)], &[Write(Y, 1, write)], &forth, &back])
    };
    let causality = |name, write, read| {
        let relay = [Read(X, Relaxed), Write(Y, 1, write)];
        test(name, &[&[Write(X, 1, Relaxed)], &relay, &[Read(Y, read), Read(X, Relaxed)]])
    };
    let fenced = |first, second| [Read(first, Relaxed), Fence(SeqCst), Read(second, Relaxed)];
    let sender = [Write(X, 1, Relaxed), Write(Y, 1, Release)];
    let receiver = [Read(Y, Acquire), Read(X, Relaxed)];
    vec![
        independent("IRIW release/acquire", Release, Acquire),
        independent("IRIW SeqCst", SeqCst, SeqCst),
        test(
            "IRIW SeqCst fences",
            &[&[Write(X, 1, Relaxed)], &[Write(Y, 1, Relaxed)], &fenced(X, Y), &fenced(Y, X)],
        ),
        causality("WRC relaxed", Relaxed, Relaxed),
        causality("WRC release/acquire", Release, Acquire),
        test(
            "RWC SeqCst",
            &[
                &[Write(X, 1, SeqCst)],
                &[Read(X, SeqCst), Read(Y, SeqCst)],
                &[Write(Y, 1, SeqCst), Read(X, SeqCst)],
            ],
        ),
        test("release sequence: update", &[&sender, &[Add(Y, Relaxed)], &receiver]),
        test("release sequence: store", &[&sender, &[Write(Y, 2, Relaxed)], &receiver]),
    ]
}

/// A test of two or three threads that mixes orderings.
pub(crate) fn random(seed: u64) -> Test {
    let random = &mut Random::new(seed + 1);
    let threads = 2 + random.below(2);
    let length = if threads == 2 { 3 } else { 2 };
    let thread = |_| (0..length).map(|_| access(random)).collect();
    Test { name: format!("random {seed}"), threads: (0..threads).map(thread).collect() }
}

fn access(random: &mut Random) -> Access {
    let variable = random.below(VARIABLES);
    let one = |random: &mut Random, orderings: [Ordering; 3]| orderings[random.below(3)];
    match random.below(8) {
        0..=2 => Read(variable, one(random, [Relaxed, Acquire, SeqCst])),
        3..=5 => {
            Write(variable, 1 + random.below(2) as u8, one(random, [Relaxed, Release, SeqCst]))
        }
        6 => Add(variable, one(random, [Relaxed, Ordering::AcqRel, SeqCst])),
        _ => Fence(one(random, [Acquire, Release, SeqCst])),
    }
}
