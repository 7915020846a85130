//! Random programs: the checker finds exactly the outcomes that the axioms allow.
//!
//! `LOCKSTEP_FUZZ=100000` sets how many programs are tried.

use super::super::Random;
use super::{axioms, model, notation};

/// Programs that take more executions than this are left out.
const MAX_EXECUTIONS: u64 = 100_000;

#[test]
fn random_programs_have_the_outcomes_that_the_axioms_allow() {
    let asked = std::env::var("LOCKSTEP_FUZZ").ok().and_then(|number| number.parse().ok());
    let (mut compared, mut missed, mut invented, mut executions, mut graphs) = (0, 0, 0, 0, 0);
    for seed in 1..=asked.unwrap_or(300) {
        let program = notation::random(&mut Random::new(seed));
        let Some(found) = model::outcomes(&program, true, MAX_EXECUTIONS) else { continue };
        let allowed = axioms::outcomes(&program);
        let lost: Vec<_> = allowed.difference(&found.outcomes).collect();
        let wrong: Vec<_> = found.outcomes.difference(&allowed).collect();
        if !lost.is_empty() || !wrong.is_empty() {
            println!("program {seed}: {program:?}\nmissed {lost:?}\ninvented {wrong:?}");
        }
        compared += 1;
        missed += lost.len();
        invented += wrong.len();
        executions += found.executions;
        graphs += allowed.len();
    }
    println!(
        "{compared} random programs, {graphs} outcomes, {executions} executions: \
         {missed} missed, {invented} invented"
    );
    assert_eq!((missed, invented), (0, 0));
}
