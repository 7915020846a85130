//! More than a thousand random programs: the search finds every outcome that brute force finds, and no
//! other; and with a limit on preemptions, exactly those that need no more of them.

use std::collections::BTreeSet;

use super::program::{Feature, Outcome, Program, Random};
use super::{interpreter, program, subject};

/// Programs whose schedules are more than these are left out: they would take too long.
const MAX_EXECUTIONS: u64 = 5_000;

#[track_caller]
fn agree(program: &Program) -> bool {
    let Some(seen) = subject::outcomes(program, None, MAX_EXECUTIONS) else { return false };
    let expected: BTreeSet<Outcome> = interpreter::outcomes(program).into_keys().collect();
    let missed: Vec<_> = expected.difference(&seen.outcomes).collect();
    let impossible: Vec<_> = seen.outcomes.difference(&expected).collect();
    assert!(
        missed.is_empty() && impossible.is_empty(),
        "{program:#?}\nmissed: {missed:#?}\nimpossible: {impossible:#?}"
    );
    true
}

#[track_caller]
fn agree_within_bounds(program: &Program) {
    let all = interpreter::outcomes(program);
    for bound in 0..=2 {
        let Some(seen) = subject::outcomes(program, Some(bound), MAX_EXECUTIONS) else { return };
        for (outcome, &fewest) in &all {
            assert!(
                fewest > bound || seen.outcomes.contains(outcome),
                "with {bound} preemptions, {outcome:?} was missed in {program:#?}"
            );
        }
        for outcome in &seen.outcomes {
            let fewest = all.get(outcome).unwrap_or_else(|| panic!("{outcome:?} is impossible"));
            assert!(*fewest <= bound, "{outcome:?} needs {fewest} preemptions: {program:#?}");
        }
    }
}

fn check(feature: Feature, count: u64) {
    let mut compared = 0;
    for seed in 0..count {
        let program = program::random(feature, &mut Random::new(seed + 1));
        compared += u64::from(agree(&program));
        // Time passing has its own price, which the interpreter does not know.
        if feature != Feature::Timeouts && seed % 3 == 0 {
            agree_within_bounds(&program);
        }
    }
    println!("{feature:?}: {compared} of {count} programs compared");
    assert!(compared * 10 >= count * 8, "only {compared} of {count} programs were small enough");
}

#[test]
fn atomics() {
    check(Feature::Atomics, 250);
}

#[test]
fn mutexes() {
    check(Feature::Mutexes, 400);
}

#[test]
fn try_lock() {
    check(Feature::TryLock, 200);
}

#[test]
fn condition_variables() {
    check(Feature::Condvars, 250);
}

#[test]
fn timeouts() {
    check(Feature::Timeouts, 150);
}

#[test]
fn park_and_unpark() {
    check(Feature::Park, 400);
}
