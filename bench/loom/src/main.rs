//! Is the course's model checker right, and is loom? Both against an independent truth. And how fast are
//! they, beside shuttle?
//!
//! `truth` as an argument asks for the first alone, `speed` for the second; words after that are parts of
//! the names of programs, of which only these are then run.
//!
//! # Layout
//! - `program`, `interpreter`: random programs and all their outcomes by brute force. Those of the
//!   model checker's own tests grew out of them, and have more than loom offers;
//! - `litmus`: tests of weak memory; `axioms`, `relation`: what the language allows them to show;
//! - `ours`, `theirs`: the two checkers; `scenario`: the programs, once on the types of each;
//! - `search`: a search and what it saw; `tally`: the sums;
//! - `speed`: how long the programs take that the checker itself is measured by; `sampling`: the third
//!   checker, shuttle; `table`: how the numbers are printed.

use std::collections::BTreeSet;

use crate::litmus::{Observed, Test};
use crate::program::{Feature, Outcome, Program, Random};
use crate::search::{Ending, Seen};
use crate::tally::Tally;

mod axioms;
mod interpreter;
mod litmus;
mod ours;
mod program;
mod relation;
mod sampling;
mod search;
mod speed;
mod table;
mod tally;
mod theirs;

/// Random programs of each kind.
const PROGRAMS: u64 = 40;

/// Random tests of weak memory.
const RANDOM_TESTS: u64 = 200;

type Checker<In, Out> = (&'static str, fn(&In) -> Seen<Out>);

fn main() {
    // What a checker reports is read from its panic; it need not be printed, too.
    std::panic::set_hook(Box::new(|_| {}));
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.split_first() {
        None => {
            truth();
            speed::compare(&[]);
        }
        Some((part, [])) if part == "truth" => truth(),
        Some((part, words)) if part == "speed" => speed::compare(words),
        Some(_) => {
            eprintln!("arguments: none, or `truth`, or `speed` and words");
            std::process::exit(2);
        }
    }
}

fn truth() {
    programs();
    published();
    random_tests();
}

/// Sequentially consistent programs: locks, condition variables, atomics, parking.
fn programs() {
    let checkers: [Checker<Program, Outcome>; 3] = [
        ("course", |it| ours::search(ours::scenario::random(it, false), false)),
        ("loom", |it| theirs::search(theirs::scenario::random(it, false))),
        ("loom, updates", |it| theirs::search(theirs::scenario::random(it, true))),
    ];
    let features = [
        Feature::Atomics,
        Feature::Mutexes,
        Feature::TryLock,
        Feature::Condvars,
        Feature::Timeouts,
        Feature::Park,
    ];
    println!("{PROGRAMS} random programs of each kind, all SeqCst, against brute force\n");
    println!("{}", Tally::header());
    let mut sums: [Tally; 3] = Default::default();
    for feature in features {
        for ((name, run), sum) in checkers.iter().zip(&mut sums) {
            let mut tally = Tally::default();
            for seed in 1..=PROGRAMS {
                let program = program::random(feature, &mut Random::new(seed));
                let all: BTreeSet<Outcome> = interpreter::outcomes(&program).into_keys().collect();
                let may_be_stuck = all.iter().any(|outcome| outcome.stuck);
                let possible = all.into_iter().filter(|outcome| !outcome.stuck).collect();
                let seen = run(&program);
                let wrong = tally.add(&seen, &possible, &possible, may_be_stuck);
                if *name == "course" {
                    report(&format!("{feature:?} {seed}: {program:?}"), wrong, &seen, &possible);
                }
            }
            println!("{}", tally.row(&format!("{feature:?}: {name}")));
            sum.merge(&tally);
        }
    }
    for ((name, _), sum) in checkers.iter().zip(&sums) {
        println!("{}", sum.row(&format!("all: {name}")));
    }
}

fn ours_weak(test: &Test) -> Seen<Observed> {
    ours::search(ours::scenario::litmus(test), true)
}

fn theirs_weak(test: &Test) -> Seen<Observed> {
    theirs::search(theirs::scenario::litmus(test))
}

/// The published litmus tests, one by one.
fn published() {
    println!("\nLitmus tests: how many outcomes are allowed, and how many each checker saw\n");
    println!("{:<26} {:>8} {:>6} {:>8} {:>8}", "", "language", "RC11", "course", "loom");
    for test in litmus::published() {
        let allowed = axioms::allowed(&test);
        let cell = |seen: Seen<Observed>| {
            let invented = seen.outcomes.difference(&allowed.by_language).count();
            let right = seen.outcomes.len() - invented;
            let mark = if seen.ending == Ending::Complete { "" } else { "*" };
            match invented {
                0 => format!("{right}{mark}"),
                _ => format!("{right} + {invented}{mark}"),
            }
        };
        let (language, rc11) = (allowed.by_language.len(), allowed.by_rc11.len());
        let (mine, other) = (cell(ours_weak(&test)), cell(theirs_weak(&test)));
        println!("{:<26} {language:>8} {rc11:>6} {mine:>8} {other:>8}", test.name);
    }
    println!("+: forbidden outcomes that were seen nevertheless; *: the search did not finish");
}

/// Random tests of weak memory.
fn random_tests() {
    println!("\n{RANDOM_TESTS} random litmus tests with mixed orderings, against the axioms\n");
    println!("{}", Tally::header());
    let checkers: [Checker<Test, Observed>; 2] = [("course", ours_weak), ("loom", theirs_weak)];
    for (name, run) in checkers {
        let mut tally = Tally::default();
        for seed in 0..RANDOM_TESTS {
            let test = litmus::random(seed);
            let allowed = axioms::allowed(&test);
            let seen = run(&test);
            // The language allows load buffering, but nobody is asked to find it.
            let wrong = tally.add(&seen, &allowed.by_rc11, &allowed.by_language, false);
            if name == "course" {
                report(&format!("{test:?}"), wrong, &seen, &allowed.by_rc11);
            }
        }
        println!("{}", tally.row(name));
    }
}

/// Shows a program that the course's checker got wrong.
fn report<O: Ord + std::fmt::Debug>(
    program: &str,
    wrong: (usize, usize),
    seen: &Seen<O>,
    possible: &BTreeSet<O>,
) {
    if let Ending::Crashed(message) = &seen.ending {
        println!("! {program}\n  {message}");
    } else if wrong != (0, 0) {
        println!("! {program}");
        println!("  missed: {:?}", possible.difference(&seen.outcomes).collect::<Vec<_>>());
        println!("  invented: {:?}", seen.outcomes.difference(possible).collect::<Vec<_>>());
    }
}
