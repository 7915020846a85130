//! The published tests, each with its verdict under RC11: by the checker and by the axioms.

use super::{axioms, causality, coherence, fences, model, notation, ordering, updates};

/// What RC11 says of an outcome.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    /// Possible, and not by interleaving.
    Weak,
    /// Possible, also by interleaving.
    Possible,
    Forbidden,
    /// C11 allows it. RC11 does not: a cycle of program order and reads-from.
    LoadBuffering,
}

/// Name, program, outcome asked for, verdict.
pub(super) type Test = (&'static str, &'static str, &'static str, Verdict);

/// More than any of the tests takes.
const MAX_EXECUTIONS: u64 = 1_000_000;

/// Whether the outcome or any other one was missed, and whether one was invented.
fn judge(&(name, text, condition, verdict): &Test) -> (bool, bool) {
    let litmus = notation::parse(text);
    let search =
        |weak| model::outcomes(&litmus.program, weak, MAX_EXECUTIONS).expect("it is small");
    let (weak, strong) = (search(true), search(false));
    let asked = |outcome: &notation::Outcome| litmus.meets(outcome, condition);
    let found = weak.outcomes.iter().any(asked);
    let expected = matches!(verdict, Verdict::Weak | Verdict::Possible);
    let by_interleaving = strong.outcomes.iter().any(asked);
    let axioms = axioms::outcomes(&litmus.program);
    assert_eq!(axioms.iter().any(asked), expected, "{name}: is the verdict right?");
    assert_eq!(by_interleaving, verdict == Verdict::Possible, "{name}: by interleaving");
    assert!(strong.outcomes.is_subset(&weak.outcomes), "{name}: interleaving is possible");
    let said = if found { "found" } else { "not found" };
    let verdict = format!("{verdict:?}");
    println!("{name:<36} {verdict:<13} {said:<9} {:>7} executions", weak.executions);
    let (missed, invented) = (!axioms.is_subset(&weak.outcomes), !weak.outcomes.is_subset(&axioms));
    (missed || (expected && !found), invented || (found && !expected))
}

#[test]
fn published_tests_have_their_verdicts() {
    let groups = [
        ("coherence", coherence::TESTS),
        ("causality", causality::TESTS),
        ("ordering", ordering::TESTS),
        ("fences", fences::TESTS),
        ("updates", updates::TESTS),
    ];
    let mut rows = groups.map(|(name, tests)| count(name, tests)).to_vec();
    let sum = |of: fn(&Row) -> usize| rows.iter().map(of).sum();
    rows.push(("all", sum(|row| row.1), sum(|row| row.2), sum(|row| row.3)));
    println!("\n{:<12} {:>6} {:>7} {:>9}", "group", "tests", "missed", "invented");
    for (name, tests, missed, invented) in &rows {
        println!("{name:<12} {tests:>6} {missed:>7} {invented:>9}");
    }
    let (_, _, missed, invented) = rows[rows.len() - 1];
    assert_eq!((missed, invented), (0, 0));
}

/// A group, its tests, missed, invented.
type Row = (&'static str, usize, usize, usize);

fn count(name: &'static str, tests: &[Test]) -> Row {
    let verdicts: Vec<_> = tests.iter().map(judge).collect();
    let missed = verdicts.iter().filter(|(missed, _)| *missed).count();
    let invented = verdicts.iter().filter(|(_, invented)| *invented).count();
    (name, tests.len(), missed, invented)
}
